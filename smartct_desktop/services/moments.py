"""The document at an earlier moment: what the history says its records were, and what moved since.

The history keeps what each step changed, so the way back is walked from now, newest step first.
Steps that were undone with Undo leave no moment of their own: of them nothing is told.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.changes import (
    Action,
    PastChange,
    PastStep,
    StepFilter,
    StepState,
)
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figure_preview import with_records

_PAGE = 1000
_FACTS = frozenset(
    {
        *("partnership", "exchange", "organisation", "event", "attendance", "label"),
        "membership",
    }
)
"""The kinds whose records the figures are counted from."""

T = TypeVar("T")
Key = tuple[str, Id]
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that has another value."""

    field: Field
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """One record that was added, removed or changed; of the first two all that is filled in."""

    kind: str
    id: Id
    action: Action
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """The document after step `step`, 0 before the first; `None` is now."""

    step: int | None = None


NOW = Moment()
BEGINNING = Moment(0)


def at_step(reader: Reader, no: int) -> Moment:
    """Give the moment after a step. Raises `Trouble` if there is no such one."""
    if no:
        try:
            reader.step(no)
        except KeyError:
            raise Trouble(Sentence("There is no step {no}.", no=no)) from None
    return Moment(no)


def at_end_of(reader: Reader, day: date) -> Moment:
    """Give the moment at the end of a day, in the time of this machine."""
    midnight = datetime.combine(day + timedelta(1), time()).astimezone().astimezone(UTC)
    before = reader.history(0, 1, StepFilter(before=midnight))
    return Moment(before[0].no if before else 0)


def steps_since(reader: Reader, no: int) -> Iterator[PastStep]:
    """Give the steps after one that hold, newest first."""
    start = 0
    while page := reader.history(start, start + _PAGE):
        start += len(page)
        for step in page:
            if step.no <= no:
                return
            if step.state is StepState.DONE:
                yield step


def changes_of(reader: Reader, step: PastStep) -> list[PastChange]:
    """Give all changes of a step."""
    found: list[PastChange] = []
    while page := reader.step_changes(step.no, len(found), len(found) + _PAGE):
        found += page
    return found


class Past:
    """The records that were otherwise at one moment: what is not among them is as it is now."""

    def __init__(self, reader: Reader, moment: Moment) -> None:
        self._reader = reader
        self._whole: dict[Key, dict[str, Value] | None] = {}
        self._moved: dict[Key, dict[str, Value]] = {}
        if moment.step is not None:
            for step in steps_since(reader, moment.step):
                for change in reversed(changes_of(reader, step)):
                    self._take_back(change)

    @property
    def keys(self) -> frozenset[Key]:
        """The kinds and ids of these records."""
        return frozenset((*self._whole, *self._moved))

    def values_of(self, key: Key, now: Mapping[Key, Record]) -> Values | None:
        """Give the values of one record at the moment; None if it was not there."""
        if key in self._whole:
            return self._whole[key]
        record = now.get(key)
        if record is None:
            return None
        values = {**filled_in(record), **self._moved.get(key, {})}
        return {name: value for name, value in values.items() if value not in (None, ())}

    def _take_back(self, change: PastChange) -> None:
        key = (change.kind, change.id)
        match change.action:
            case Action.ADD:
                self._whole[key] = None
                self._moved.pop(key, None)
            case Action.REMOVE:
                self._whole[key] = dict(change.before)
                self._moved.pop(key, None)
            case Action.CHANGE:
                whole = self._whole.get(key)
                moved = self._moved.setdefault(key, {}) if whole is None else whole
                moved.update(change.before)


def filled_in(record: Record) -> dict[str, Value]:
    """Give what people and files filled in of a record."""
    values = {field.name: getattr(record, field.name) for field in record.schema.told}
    return {name: value for name, value in values.items() if value not in (None, ())}


def differences(reader: Reader, before: Moment, after: Moment = NOW) -> list[RecordDifference]:
    """Compare two moments of one document; in the order of kinds and ids. Work for a job."""
    old, new = Past(reader, before), Past(reader, after)
    keys = old.keys | new.keys
    now = read_many(reader, keys)
    found = (_difference(key, old.values_of(key, now), new.values_of(key, now)) for key in keys)
    return sorted(filter(None, found), key=_order)


def file_differences(before: Reader, after: Reader) -> list[RecordDifference]:
    """Compare two documents, such as a backup and the one of now. Reads all; work for a job."""
    found: list[RecordDifference | None] = []
    for schema in SCHEMAS:
        old = {record.id: record for record in before.all(schema.record)}
        for record in after.all(schema.record):
            former = old.pop(record.id, None)
            if former != record:
                values = filled_in(former) if former else None
                found.append(_difference((schema.kind, record.id), values, filled_in(record)))
        found += (_difference((schema.kind, id_), filled_in(one), None) for id_, one in old.items())
    return sorted(filter(None, found), key=_order)


def facts_at(reader: Reader, moment: Moment, facts: FigureFacts) -> FigureFacts:
    """Give what the figures were counted from at a moment, from what they are counted from now."""
    past = Past(reader, moment)
    keys = {key for key in past.keys if key[0] in _FACTS}
    now = read_many(reader, keys)
    there: list[Record] = []
    gone: dict[str, set[Id]] = {}
    own = facts.own
    for key in keys:
        kind, id_ = key
        values = past.values_of(key, now)
        if values is None:
            gone.setdefault(kind, set()).add(id_)
        else:
            there.append(schema_of(kind).make(values, id_))
        if own is not None and own.id == id_ and not (values and values.get("own")):
            own = None

    def kept(kind: str, known: Mapping[Id, T]) -> Mapping[Id, T]:
        lost = gone.get(kind)
        return {id_: one for id_, one in known.items() if id_ not in lost} if lost else known

    without = dataclasses.replace(
        facts,
        own=own,
        exchanges=kept("exchange", facts.exchanges),
        organisations=kept("organisation", facts.organisations),
        events=kept("event", facts.events),
        attendance=kept("attendance", facts.attendance),
        labels=kept("label", facts.labels),
        memberships=kept("membership", facts.memberships),
        abouts={},
    )
    return with_records(without, there)


def read_many(reader: Reader, keys: Iterable[Key]) -> dict[Key, Record]:
    """Fetch the records that exist among these."""
    wanted: dict[str, list[Id]] = {}
    for kind, id_ in keys:
        wanted.setdefault(kind, []).append(id_)
    return {
        (kind, id_): record
        for kind, ids in wanted.items()
        for id_, record in reader.get_many(schema_of(kind).record, ids).items()
    }


def _difference(key: Key, before: Values | None, after: Values | None) -> RecordDifference | None:
    old, new = before or {}, after or {}
    fields = tuple(
        FieldDifference(field, old.get(field.name), new.get(field.name))
        for field in schema_of(key[0]).told
        if old.get(field.name) != new.get(field.name)
    )
    if before is None and after is None:
        return None
    if before is None:
        return RecordDifference(*key, Action.ADD, fields)
    if after is None:
        return RecordDifference(*key, Action.REMOVE, fields)
    return RecordDifference(*key, Action.CHANGE, fields) if fields else None


_KINDS = {schema.kind: place for place, schema in enumerate(SCHEMAS)}


def _order(one: RecordDifference) -> tuple[int, Id]:
    return _KINDS[one.kind], one.id
