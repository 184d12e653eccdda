"""Making one record of two that mean the same: chosen values, all mentions, the names of both.

One of the two is kept with its id. Whatever names the other one names it afterwards, the names of
the other become its other names, and what was decided about them holds for it, so that the next
import finds it under each of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.changes import Change, Step, Touched
from smartct_desktop.domain.checking import check, problems
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.sender import Judgement, Sender, Verdict
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.pairs import ONCE, apart, pair_of

_NAMES = ("name", "legal_name", "name_latin")
_MOST_REFUSALS = 5


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field in which the two differ, and which value is proposed: the filled one, or ours."""

    field: Field
    kept: Value
    other: Value
    propose_other: bool


@dataclass(frozen=True)
class Merger:
    """What merging would do.

    `moved` counts the records that name the other one, by field. `notes` say what else becomes of
    what they share; with `refusals` nothing can be merged.
    """

    kept: Record
    other: Record
    names: tuple[str, str]
    choices: tuple[FieldChoice, ...]
    moved: Mapping[Field, int]
    notes: tuple[Sentence, ...]
    refusals: tuple[Sentence, ...]
    mentions: tuple[Change, ...]
    judgements: tuple[Judgement, ...]
    senders: tuple[Sender, ...]

    @property
    def proposed(self) -> frozenset[str]:
        """The fields of which the other one's value is proposed."""
        return frozenset(one.field.name for one in self.choices if one.propose_other)

    def result(self, taken: Iterable[str]) -> Record:
        """Give the record that is kept, with the other one's values in the fields `taken`."""
        values = {name: getattr(self.other, name) for name in taken}
        return _with_names(self.kept.replace(**values), self.kept, self.other)

    def as_step(self, taken: Iterable[str]) -> Step:
        """Give the step that does it. Raises `Invalid`, and `Trouble` if it is refused."""
        if self.refusals:
            raise Trouble(self.refusals[0], Sentence("Change that first, then merge."))
        result = self.result(taken)
        check(result)
        label = Sentence("merger of {other} into {kept}", other=self.names[1], kept=self.names[0])
        learned = _judgements_for(result, self.other, self.judgements)
        remembered = _answers_for(result, self.other, self.senders)
        moved = [change for change in self.mentions if change.before != change.after]
        own = [Change(self.kept, result)] if result != self.kept else []
        gone = Change(self.other, None)
        return Step(label, (*own, *moved, *learned, *remembered, gone))


def plan_merger(reader: Reader, kind: str, kept: Id, other: Id) -> Merger:
    """Find out what making one of two records would do. Raises KeyError if one is not there.

    Work for a job if much names them.
    """
    keeping, going = reader.record(kind, kept), reader.record(kind, other)
    captions = reader.captions(kind, [kept, other])
    mentions = _Mentions(reader, kind, kept, other)
    names = tuple(captions[id_].strip() or schema_of(kind).label for id_ in (kept, other))
    judgements = tuple(j for j in reader.all(Judgement) if j.subject == kind)
    return Merger(
        keeping,
        going,
        (names[0], names[1]),
        tuple(_choices(keeping, going)),
        mentions.moved,
        tuple(mentions.notes),
        (*_refused(keeping, going, names), *mentions.refusals),
        tuple(mentions.changes.values()),
        judgements,
        tuple(sender for sender in reader.all(Sender) if sender.answers),
    )


def merge(document: Document, merger: Merger, taken: Iterable[str] | None = None) -> Touched:
    """Merge as planned, in one step; `taken` None takes what is proposed. `Invalid`, `Trouble`."""
    return document.do(merger.as_step(merger.proposed if taken is None else taken))


def _choices(kept: Record, other: Record) -> Iterator[FieldChoice]:
    for field in kept.schema.told:
        own, its = getattr(kept, field.name), getattr(other, field.name)
        if own != its and field.name != "aliases":
            yield FieldChoice(field, own, its, own in (None, ()))


def _refused(kept: Record, other: Record, names: Sequence[str]) -> Iterator[Sentence]:
    if kept.id == other.id:
        yield Sentence("A record cannot be merged with itself.")
    if not isinstance(kept, Organisation) or not isinstance(other, Organisation):
        return
    cluster = OrganisationType.CLUSTER
    if kept.type is cluster and other.type is cluster and kept.partner_role and other.partner_role:
        yield Sentence(
            "{kept} and {other} are both partners of a partnership, each with a profile of its own:"
            " they are two clusters.",
            kept=names[0],
            other=names[1],
        )
    elif other.type is cluster and kept.type is not cluster:
        yield Sentence(
            "{other} is a cluster: keep it, and merge {kept} into it.",
            kept=names[0],
            other=names[1],
        )


class _Mentions:
    """What names the other record, and what it becomes when it names the kept one instead."""

    def __init__(self, reader: Reader, kind: str, kept: Id, other: Id) -> None:
        self._reader = reader
        self._kind, self._kept, self._other = kind, kept, other
        self.moved: dict[Field, int] = {}
        self.changes: dict[Id, Change] = {}
        self.notes: list[Sentence] = []
        self.refusals: list[Sentence] = []
        for field in references_to(kind):
            self._move(field)
        for name in ONCE:
            self._fold(name)
        self._find_contradictions()

    def _move(self, field: Field) -> None:
        found = self._reader.naming(field.kind, field.name, [self._other], ())
        ids = [id_ for id_, *_ in found]
        if not ids:
            return
        self.moved[field] = len(ids)
        unread = [id_ for id_ in ids if id_ not in self.changes]
        read = self._reader.get_many(schema_of(field.kind).record, unread)
        self.changes |= {id_: Change(record, record) for id_, record in read.items()}
        for id_ in ids:
            change = self.changes[id_]
            if change.after is not None:
                moved = change.after.replace(**{field.name: self._kept})
                self.changes[id_] = Change(change.before, moved)

    def _fold(self, kind: str) -> None:
        """Make one of two records for the same pair."""
        names = ONCE[kind]
        moved = [c for c in self.changes.values() if c.kind == kind and c.after is not None]
        if not moved:
            return
        beside: dict[tuple[Value, ...], list[Record]] = defaultdict(list)
        for record in self._of_kept(kind, names):
            if record.id not in self.changes:
                beside[pair_of(record)].append(record)
        for change in moved:
            assert change.after is not None
            own = pair_of(change.after)
            if len(set(own)) < len(own):
                self._lead_to_itself(change)
                continue
            twin = next((r for r in beside[own] if not apart(r, change.after)), None)
            if twin is None:
                beside[own].append(change.after)
                continue
            joined, lost = _joined(twin, change.after)
            before = self.changes[twin.id].before if twin.id in self.changes else twin
            self.changes[twin.id] = Change(before, joined)
            self.changes[change.id] = Change(change.before, None)
            beside[own][beside[own].index(twin)] = joined
            self._tell_folded(joined, lost)

    def _of_kept(self, kind: str, names: Sequence[str]) -> Iterable[Record]:
        ids: dict[Id, None] = {}
        for name in names:
            if getattr(schema_of(kind).by_name[name].type, "kind", "") == self._kind:
                ids |= {id_: None for id_, *_ in self._reader.naming(kind, name, [self._kept], ())}
        return self._reader.get_many(schema_of(kind).record, ids).values()

    def _lead_to_itself(self, change: Change) -> None:
        """A membership of one of the two in the other: nobody is a member of itself."""
        self.changes[change.id] = Change(change.before, None)
        label = schema_of(change.kind).label.lower()
        self.notes.append(
            Sentence("The {record} of one of the two in the other is removed.", record=label)
        )

    def _tell_folded(self, joined: Record, lost: Sequence[Field]) -> None:
        label = schema_of(joined.schema.kind).plural.lower()
        caption = self._caption_beside(joined)
        self.notes.append(
            Sentence("Two {records} for {what} become one.", records=label, what=caption)
        )
        for field in lost:
            self.notes.append(
                Sentence(
                    "{field}: of the two for {what} the kept one's value stays.",
                    field=field.label,
                    what=caption,
                )
            )

    def _caption_beside(self, record: Record) -> str:
        """What the other side of a pair is called."""
        for name in ONCE[record.schema.kind]:
            field = record.schema.by_name[name]
            value = getattr(record, name)
            if value != self._kept:
                kind = str(getattr(field.type, "kind", ""))
                return self._reader.captions(kind, [value]).get(value, "").strip()
        return ""

    def _find_contradictions(self) -> None:
        """Refuse what could no longer be, such as an exchange of an organisation with itself."""
        broken: list[tuple[Record, Sentence]] = []
        for change in self.changes.values():
            if change.after is None or change.before is None:
                continue
            before = set(problems(change.before))
            found = next((p for p in problems(change.after) if p not in before), None)
            if found is not None:
                broken.append((change.after, found.sentence))
        for record, sentence in broken[:_MOST_REFUSALS]:
            kind = record.schema.kind
            name = self._reader.captions(kind, [record.id]).get(record.id, "").strip()
            label = record.schema.label
            self.refusals.append(
                Sentence("{record}: {why}", record=f"{label} {name}".strip(), why=sentence)
            )
        if len(broken) > _MOST_REFUSALS:
            self.refusals.append(
                Sentence("{n} more contradict it as well.", n=len(broken) - _MOST_REFUSALS)
            )


def _joined(kept: Record, other: Record) -> tuple[Record, list[Field]]:
    """Fill the blanks of one record from another; give also the fields in which both differ."""
    values: dict[str, Value] = {}
    lost = []
    for field in kept.schema.fields:
        own, its = getattr(kept, field.name), getattr(other, field.name)
        if own in (None, ()):
            values[field.name] = its
        elif its not in (None, ()) and own != its:
            lost.append(field)
    return kept.replace(**values), lost


def _names_of(record: Record) -> Iterator[str]:
    """Give all names a record goes by."""
    for name in _NAMES:
        value = getattr(record, name, None)
        if value:
            yield str(value)
    yield from filter(None, map(str.strip, (getattr(record, "aliases", None) or "").splitlines()))


def _with_names(result: Record, kept: Record, other: Record) -> Record:
    """Keep every name of the two that the result does not bear, as another name of it."""
    if "aliases" not in result.schema.by_name:
        return result
    borne = {fold(str(getattr(result, name))) for name in _NAMES if getattr(result, name)}
    others: dict[str, str] = {}
    for name in (*_names_of(kept), *_names_of(other)):
        if fold(name) not in borne:
            others.setdefault(fold(name), name)
    return result.replace(aliases="\n".join(others.values()) or None)


def _judgements_for(
    result: Record, other: Record, judgements: Iterable[Judgement]
) -> Iterator[Change]:
    """Let what was decided about the other record hold for the result, and add its names."""
    borne = {fold(name) for name in _names_of(result)}
    known = {(fold(j.written), j.verdict) for j in judgements if j.record == result.id}
    for judgement in judgements:
        key = (fold(judgement.written), judgement.verdict)
        untrue = judgement.verdict is Verdict.NOT_SAME and key[0] in borne
        if judgement.record == result.id and untrue:
            yield Change(judgement, None)
        elif judgement.record == other.id:
            double = key in known
            known.add(key)
            moved = None if untrue or double else judgement.replace(record=result.id)
            yield Change(judgement, moved)
    for name in dict.fromkeys(_names_of(other)):
        key = (fold(name), Verdict.SAME)
        if key not in known:
            known.add(key)
            learned = Judgement(
                subject=result.schema.kind, written=name, record=result.id, verdict=Verdict.SAME
            )
            yield Change(None, learned)


def _answers_for(result: Record, other: Record, senders: Iterable[Sender]) -> Iterator[Change]:
    """Let answers that chose the other record choose the result when their file comes again."""
    if not isinstance(result, Organisation) or not isinstance(other, Organisation):
        return
    gone = {other.name, f"{other.name} [{other.id}]"}

    def answered(value: Any) -> Any:
        return result.name if isinstance(value, str) and value in gone else value

    for sender in senders:
        text = _rewritten(sender.answers or "", answered)
        if text is not None and text != sender.answers:
            yield Change(sender, sender.replace(answers=text))


def _rewritten(text: str, answered: Callable[[Any], Any]) -> str | None:
    """Give remembered answers with those about organisations put anew; None if unreadable."""
    try:
        files = read_json(text)
        for answers in files.values():
            for question, given in answers.items():
                about = question.startswith(("which_organisation", "same_organisation"))
                if about and isinstance(given, dict):
                    answers[question] = {item: answered(value) for item, value in given.items()}
    except (ValueError, AttributeError):
        return None
    return json.dumps(files, ensure_ascii=False)
