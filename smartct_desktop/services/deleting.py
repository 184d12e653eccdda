"""Deleting records: what names them, what becomes of that, all in one step.

Whatever names a record that goes can go along, lose the mention where the field may be blank, or
name another record instead. Where no answer is plain one has to be given before anything is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.holding import refuse_restricted, refuse_while_held
from smartct_desktop.services.mention_refusals import MentionRefusals

_PART_OF = {
    "attachment": frozenset({"exchange", "event", "organisation", "person"}),
    "waiver": frozenset({"exchange", "event", "organisation"}),
}
"""Optional mentions that still say to what a record belongs."""

_PARTS = frozenset(
    {
        *("snapshot", "label", "membership", "profile"),
        *("session", "attendance", "event_count"),
        *("exchange_day", "exchange_person"),
    }
)
"""Kinds that mean nothing without the records they must name: they go with them."""

_WITNESSES = frozenset({"exchange", "payment"})
"""Kinds that must not lose what they name unless somebody says so."""

_STAYING = frozenset({"partnership"})
"""Kinds that never go because something else does."""

_LOOKING = Sentence("Looking for what names them")


class Way(Enum):
    """What can become of a record that names one which is deleted."""

    ALONG = "along"  # it is deleted too
    BLANK = "blank"  # its field becomes blank
    OTHER = "other"  # it names another record instead


@dataclass(frozen=True, slots=True)
class Choice:
    """What shall become of the records that name what goes in one field.

    `other` is the record to name instead; None while nobody has said which.
    """

    way: Way
    other: Id | None = None


@dataclass(frozen=True)
class Naming:
    """The records that name what goes in one field; those that go for another reason are left out.

    `choice` is None while it is not plain what shall become of them. `refusal` says why the choice
    cannot stand.
    """

    field: Field
    ids: tuple[Id, ...]
    ways: tuple[Way, ...]
    choice: Choice | None
    refusal: Sentence | None = None

    @property
    def way(self) -> Way | None:
        """What becomes of the records, None while that is open."""
        return self.choice.way if self.choice is not None else None

    @property
    def settled(self) -> bool:
        """Whether it is said what becomes of them, and that can be."""
        if self.choice is None or self.refusal is not None:
            return False
        return self.choice.way is not Way.OTHER or self.choice.other is not None


@dataclass(frozen=True)
class Deletion:
    """What deleting records would do; `names` are the captions of the first of them."""

    kind: str
    ids: tuple[Id, ...]
    names: tuple[str, ...]
    namings: tuple[Naming, ...]

    @property
    def settled(self) -> bool:
        """Whether it can be done."""
        return all(one.settled for one in self.namings)

    @cached_property
    def going(self) -> int:
        """How many records go, those that go along among them."""
        return len(self.ids) + sum(len(n.ids) for n in self.namings if n.way is Way.ALONG)

    @property
    def touched(self) -> int:
        """How many records go or are changed."""
        return len(self.ids) + sum(len(one.ids) for one in self.namings)

    @property
    def label(self) -> Sentence:
        """The name of the step."""
        schema = schema_of(self.kind)
        if len(self.ids) == 1:
            name = self.names[0].strip()
            if not name:
                return Sentence("removal of {kind}", kind=schema.label.lower())
            return Sentence("removal of {kind} {record}", kind=schema.label.lower(), record=name)
        return Sentence("removal of {n} {kind}", n=len(self.ids), kind=schema.plural.lower())


def plan_deletion(
    reader: Reader,
    kind: str,
    ids: Sequence[Id],
    choices: Mapping[str, Choice] | None = None,
    progress: Progress | None = None,
) -> Deletion:
    """Find out what names the records, what names those that go along, and what becomes of it.

    `choices` are what a person said, by the code of the field. Records that are gone already are
    left out. Work for a job.
    """
    captions = reader.captions(kind, ids)
    there = tuple(id_ for id_ in dict.fromkeys(ids) if id_ in captions)
    planner = _Planner(reader, choices or {}, progress or Progress())
    planner.follow(kind, there)
    namings = tuple(planner.namings())
    return Deletion(kind, there, tuple(captions[id_] for id_ in there), namings)


class _Planner:
    """Follows the mentions of what goes until nothing more goes along."""

    def __init__(self, reader: Reader, choices: Mapping[str, Choice], progress: Progress) -> None:
        self._reader = reader
        self._choices = choices
        self._progress = progress
        self._going: dict[str, set[Id]] = defaultdict(set)
        self._found: dict[Field, dict[Id, None]] = {}
        self._along: dict[Field, dict[Id, None]] = {}

    def follow(self, kind: str, ids: Iterable[Id]) -> None:
        """Find what names these, and what names that if it goes along."""
        self._going[kind] |= set(ids)
        waiting = {kind: list(ids)}
        while waiting:
            named, looked_at = waiting.popitem()
            for field in references_to(named):
                self._progress.report(_LOOKING)
                found = self._reader.naming(field.kind, field.name, looked_at, ())
                owners = [Id(own) for own, *_ in found]
                self._found.setdefault(field, {}).update(dict.fromkeys(owners))
                choice = self._choice(field)
                if choice is None or choice.way is not Way.ALONG:
                    continue
                new = [own for own in owners if own not in self._going[field.kind]]
                if new:
                    self._along.setdefault(field, {}).update(dict.fromkeys(new))
                    self._going[field.kind] |= set(new)
                    waiting.setdefault(field.kind, []).extend(new)

    def namings(self) -> Iterator[Naming]:
        """Give what was found, field by field; at least one record each."""
        staying = {
            field: [own for own in found if own not in self._going[field.kind]]
            for field, found in self._found.items()
        }
        refusals = MentionRefusals(self._reader, self._going, self._progress)
        for field, ids in staying.items():
            choice = self._choice(field)
            if ids and choice is not None and (choice.way is Way.BLANK or choice.other is not None):
                refusals.take(field, ids, choice.other)
        told = refusals.found()
        for field in self._found:
            ids = [*self._along.get(field, ()), *staying[field]]
            if ids:
                choice = self._choice(field)
                yield Naming(field, tuple(ids), ways_of(field), choice, told.get(field))

    def _choice(self, field: Field) -> Choice | None:
        chosen = self._choices.get(field.code)
        return chosen if chosen is not None and chosen.way in ways_of(field) else _plain(field)


def ways_of(field: Field) -> tuple[Way, ...]:
    """Give what can become of records that name in this field what goes."""
    along = () if field.kind in _STAYING else (Way.ALONG,)
    blank = () if field.required or _is_part(field) else (Way.BLANK,)
    return (*along, *blank, Way.OTHER)


def _plain(field: Field) -> Choice | None:
    """What is done if nobody says anything; None where somebody has to."""
    if _is_part(field):
        return Choice(Way.ALONG)
    if field.kind in _WITNESSES or field.required:
        return None
    return Choice(Way.BLANK)


def _is_part(field: Field) -> bool:
    if field.kind in _PARTS:
        return field.required
    return field.name in _PART_OF.get(field.kind, ())


def deletion_step(reader: Reader, deletion: Deletion) -> Step:
    """Give the step that does it.

    Raises `Trouble` while it is open what becomes of a mention, and while records are on hold.
    """
    open_ones = sum(len(one.ids) for one in deletion.namings if not one.settled)
    if open_ones:
        raise Trouble(
            Sentence("{n} records name what would be deleted.", n=open_ones),
            Sentence("Say first what shall become of them."),
        )
    going = [(deletion.kind, id_) for id_ in deletion.ids]
    along = {one.field.kind for one in deletion.namings if one.way is Way.ALONG}
    refuse_while_held(reader, {deletion.kind, *along})
    if deletion.kind == "person":
        refuse_restricted(reader, deletion.ids)
    moved: dict[tuple[str, Id], dict[str, Id | None]] = {}
    for one in deletion.namings:
        assert one.choice is not None
        if one.way is Way.ALONG:
            going[:0] = [(one.field.kind, id_) for id_ in one.ids]
        else:
            for id_ in one.ids:
                moved.setdefault((one.field.kind, id_), {})[one.field.name] = one.choice.other
    changes: list[Change] = []
    for key, before in _records(reader, moved):
        after = before.replace(**moved[key])
        check(after)
        changes.append(Change(before, after))
    changes += [Change(record, None) for _, record in _records(reader, going)]
    return Step(deletion.label, tuple(changes))


def _records(
    reader: Reader, keys: Iterable[tuple[str, Id]]
) -> Iterator[tuple[tuple[str, Id], Record]]:
    """Fetch the records that exist among these, in their order."""
    ids: dict[str, list[Id]] = {}
    for kind, id_ in keys:
        ids.setdefault(kind, []).append(id_)
    for kind, wanted in ids.items():
        read = reader.get_many(schema_of(kind).record, wanted)
        yield from (((kind, id_), read[id_]) for id_ in wanted if id_ in read)


def delete(document: Document, deletion: Deletion) -> None:
    """Delete the records as planned, in one step. Raises `Trouble` while something is open."""
    step = deletion_step(document.read, deletion)
    if step.changes:
        document.do(step)
