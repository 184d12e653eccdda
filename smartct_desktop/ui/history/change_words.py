"""How the records and fields of past changes are said, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from smartct_desktop.domain.catalog import BY_KIND, schema_of
from smartct_desktop.domain.changes import PastChange
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.sender import Verdict
from smartct_desktop.services.lessons import Lesson, is_lessons, lessons_in
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import say, tr

_UNKNOWN = "?"  # what a sender is called whom nobody named


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a change in words, or one thing that was learned; a blank is an empty text."""

    about: str
    before: str
    after: str


class Named:
    """Captions of records, fetched for many changes at once and remembered."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._captions: dict[tuple[str, Id], str] = {}

    def look_up(self, changes: Iterable[PastChange]) -> None:
        """Fetch the captions of all records that changes name."""
        wanted: dict[str, set[Id]] = {}
        for change in changes:
            for field in schema_of(change.kind).references:
                for values in (change.before, change.after):
                    value = values.get(field.name)
                    if value is not None and isinstance(field.type, Reference):
                        wanted.setdefault(field.type.kind, set()).add(Id(str(value)))
        for kind, ids in wanted.items():
            found = self._reader.captions(kind, ids)
            self._captions |= {(kind, id_): found.get(id_, "") for id_ in ids}

    def captions(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """The captions of the records that exist among these."""
        known = {id_: self._captions.get((kind, id_)) for id_ in ids}
        missing = [id_ for id_, caption in known.items() if caption is None]
        fetched = self._reader.captions(kind, missing) if missing else {}
        return {id_: caption for id_, caption in known.items() if caption} | fetched


def record_words(kind: str, caption: str) -> str:
    """What a record is called where it stands alone."""
    name = caption.strip()
    if kind == "sender" and name == _UNKNOWN:
        return tr("unknown sender")
    if kind == "judgement":  # whose caption ends with the verdict, which is a field of its own
        for verdict in Verdict:
            name = name.removesuffix(verdict.label).strip()
    return name or tr(schema_of(kind).label)


def differences(change: PastChange, texts: Texts, reader: Reader | Named) -> list[Difference]:
    """The fields a change moved, in the order of the form."""
    found: list[Difference] = []
    for field in schema_of(change.kind).fields:
        if field.name not in change.before and field.name not in change.after:
            continue
        if is_lessons(field):
            found += _learned(field, change)
            continue
        before = _value(field, change.before, texts, reader)
        after = _value(field, change.after, texts, reader)
        if before or after:
            found.append(Difference(tr(field.label), before, after))
    return found


def value_words(field: Field, value: Value, texts: Texts, reader: Reader | Named) -> str:
    """What a value of a field is called; empty for a blank."""
    if value is None or value == ():
        return ""
    if is_lessons(field):
        return tr("{n} answers", n=len(lessons_in(field, str(value))))
    caption = None
    if isinstance(field.type, Reference):
        id_ = Id(str(value))
        caption = reader.captions(field.type.kind, [id_]).get(id_) or tr("(no longer there)")
    return texts.shown(field.type, value, caption)


def _value(field: Field, values: Mapping[str, Value], texts: Texts, reader: Reader | Named) -> str:
    value = values.get(field.name)
    if field.code == "judgement.subject" and value in BY_KIND:
        return tr(schema_of(str(value)).label)
    if field.code == "judgement.record" and value is not None:
        return _judged(str(values.get("subject") or "organisation"), Id(str(value)), reader)
    return value_words(field, value, texts, reader)


def _judged(kind: str, id_: Id, reader: Reader | Named) -> str:
    """The record with which a name was compared: a decision keeps its kind and its id only."""
    if kind not in BY_KIND:
        return id_
    return reader.captions(kind, [id_]).get(id_) or tr("(no longer there)")


def _learned(field: Field, change: PastChange) -> Iterator[Difference]:
    """What was learned of a sender's files, or is no longer held, answer by answer."""
    before = lessons_in(field, str(change.before.get(field.name) or ""))
    after = lessons_in(field, str(change.after.get(field.name) or ""))
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        lesson = new or old
        if lesson is not None and old != new:
            yield Difference(_about(lesson), _answer(old), _answer(new))


def _about(lesson: Lesson) -> str:
    topic = say(lesson.topic)
    return f"{topic}: {lesson.about}" if lesson.about else topic


def _answer(lesson: Lesson | None) -> str:
    return say(lesson.answer) if lesson is not None else ""
