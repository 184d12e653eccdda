"""Planning to forget a person: everything is looked through, nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.changes import StepFilter, StepState
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Email, Field, Id, Link, LongText, Text
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.exchange_person import ExchangePerson
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.privacy.grounds import (
    Ground,
    ground_for,
    proves,
    refuse_restricted,
)
from smartct_desktop.services.privacy.kept_backups import all_backups
from smartct_desktop.services.privacy.knowing import get_to_know
from smartct_desktop.services.privacy.out_of_reach import out_of_reach
from smartct_desktop.services.privacy.paper_text import text_of
from smartct_desktop.services.privacy.plan import KeptBackup, Known, Mention, Mode, Paper, Plan
from smartct_desktop.services.privacy.traces import Trace, words_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.retention import kept_until
from smartct_desktop.services.stock import Stock

_LOOKING = Sentence("Looking for the person")
_PAPERS = Sentence("Looking into attached files")
_AROUND = 40
_PAGE = 500
_OWN = frozenset({"attendance", "exchange_person"})

NAMESAKE = Sentence("somebody or something else has this name, too")


def plan_forgetting(  # noqa: PLR0913 (where, who, how)
    document: Document,
    reader: Reader,
    facts: ProgrammeFacts,
    person: Id,
    today: date,
    *,
    mode: Mode = Mode.ANONYMISE,
    unlawful: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Look at all that a document holds of a person. Raises `Trouble`, `Cancelled`; slow.

    `unlawful` says that the data should never have been stored, which counts more than the duty to
    keep records.
    """
    progress = progress or Progress()
    known = get_to_know(reader, person)
    known = get_to_know(reader, person, _Search(reader, known, progress).common_words())
    search = _Search(reader, known, progress)
    mentions = tuple(search.mentions())
    stock = Stock.read(reader, facts, today)
    retention = kept_until(stock.facts, stock.rules)
    held = reader.get_many(Person, [person])[person]
    ground: Ground | None = None
    refusal = hint = None
    try:
        refuse_restricted(held)
        ground = ground_for(
            retention,
            over=retention.over(today),
            proving=proves(reader, person),
            unlawful=unlawful,
        )
    except Trouble as trouble:
        refusal, hint = trouble.sentence, trouble.hint
    return Plan(
        known=known,
        today=today,
        mode=mode,
        ground=ground,
        records=search.records(),
        mentions=mentions,
        papers=tuple(_papers(document, reader, known, search.exchanges, progress)),
        backups=tuple(_backups(document)),
        steps=search.steps(),
        exports=(*out_of_reach(document), *_exports(reader)),
        refusal=refusal,
        hint=hint,
        restricted=held.restricted_on is not None,
    )


class _Search:
    """Goes through the texts of all records."""

    def __init__(self, reader: Reader, known: Known, progress: Progress) -> None:
        self._reader = reader
        self._known = known
        self._progress = progress
        self._named = [(one.field.kind, one.id) for one in reader.referring("person", known.person)]
        self._own = {("person", known.person), *((k, i) for k, i in self._named if k in _OWN)}
        visits = [id_ for kind, id_ in self._named if kind == "exchange"]
        taking_part = [id_ for kind, id_ in self._named if kind == "exchange_person"]
        found = reader.get_many(ExchangePerson, taking_part).values()
        self.exchanges = frozenset((*visits, *(one.exchange for one in found)))

    def records(self) -> Counter[str]:
        """Count the records that name the person."""
        return Counter(["person", *(kind for kind, _ in dict.fromkeys(self._named))])

    def common_words(self) -> set[str]:
        """Give the parts of the name that stand in small letters somewhere: they are words."""
        common: set[str] = set()
        for _, _, text, found in self._found():
            for one in found:
                word = text[one.start : one.stop]
                around = text[max(0, one.start - 1) : one.start] + text[one.stop : one.stop + 1]
                if word.islower() and word.isalpha() and not set(around) & set("@._-/"):
                    common.update(words_of(word))
        return common

    def mentions(self) -> Iterator[Mention]:
        """Give the texts that name the person in records that are not their own."""
        for field, id_, text, found in self._found():
            if (field.kind, id_) in self._own or id_ in self._known.others:
                continue
            shared = all(one.shared for one in found)
            marked = field.personal is not None or field.free_text
            why = NAMESAKE if shared else None
            if not marked:
                why = Sentence("this does not usually tell of people")
            yield Mention(
                place=(field.kind, id_, field.name),
                record=self._caption(field.kind, id_),
                label=field.label,
                excerpt=_excerpt(text, found[0]),
                text=text,
                shared=shared,
                ticked=marked and not shared,
                why=why,
            )

    def steps(self) -> int:
        """Count the steps that touched the records of the person."""
        numbers = {
            step.no for kind, id_ in self._own for step, _ in self._reader.record_history(kind, id_)
        }
        return len(numbers)

    def _found(self) -> Iterator[tuple[Field, Id, str, list[Trace]]]:
        for place, schema in enumerate(SCHEMAS):
            self._progress.report(_LOOKING, place, len(SCHEMAS))
            fields = [
                f for f in schema.fields if isinstance(f.type, Text | LongText | Email | Link)
            ]
            if not fields:
                continue
            for id_, *texts in self._reader.columns(schema.kind, [f.name for f in fields]):
                for field, text in zip(fields, texts, strict=True):
                    if text and (found := self._known.traces.found(text)):
                        yield field, Id(id_), text, found

    def _caption(self, kind: str, id_: Id) -> str:
        return self._reader.captions(kind, [id_]).get(id_, "")


def _excerpt(text: str, trace: Trace) -> str:
    start, stop = max(0, trace.start - _AROUND), trace.stop + _AROUND
    piece = " ".join(text[start:stop].split())
    return f"{'…' if start else ''}{piece}{'…' if stop < len(text) else ''}"


def _papers(
    document: Document,
    reader: Reader,
    known: Known,
    exchanges: frozenset[Id],
    progress: Progress,
) -> Iterator[Paper]:
    every = list(reader.all(Attachment))
    seen: set[str] = set()
    for place, paper in enumerate(every):
        progress.report(_PAPERS, place, len(every))
        if paper.sha256 in seen:
            continue
        own = paper.person == known.person
        near = own or paper.exchange in exchanges
        found = _is_named_in(document, paper, known)
        if found or near:
            seen.add(paper.sha256)
            yield Paper(
                sha256=paper.sha256,
                file_name=paper.file_name,
                owner=_owner(reader, paper),
                found=found,
                ticked=own or bool(found),
            )


def _is_named_in(document: Document, paper: Attachment, known: Known) -> bool | None:
    try:
        content = b"".join(document.content(paper.sha256, paper.file_name))
    except Trouble:
        return None
    text = text_of(paper.file_name, content)
    if text is None:
        return None
    return any(not one.shared for one in known.traces.found(text))


def _owner(reader: Reader, paper: Attachment) -> str:
    for kind in ("exchange", "event", "organisation", "person"):
        id_ = getattr(paper, kind)
        if id_ is not None:
            return reader.captions(kind, [id_]).get(id_, "")
    return ""


def _backups(document: Document) -> Iterator[KeptBackup]:
    for one in all_backups(document.path, document.key):
        made = one.manifest.made_at.isoformat() if one.manifest else ""
        yield KeptBackup(one.path, made)


def _exports(reader: Reader) -> Sequence[str]:
    wanted = StepFilter(words="personal data")
    count = reader.history_count(wanted)
    return [
        step.label
        for start in range(0, count, _PAGE)
        for step in reader.history(start, min(start + _PAGE, count), wanted)
        if step.state is StepState.NOTED
    ]
