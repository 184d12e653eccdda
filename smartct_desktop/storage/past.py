"""Reading the history: what the steps changed in the records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from smartct_desktop.domain.changes import (
    Action,
    LaterMove,
    Origin,
    PastChange,
    PastStep,
    StepState,
)
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.record import Record
from smartct_desktop.storage.books import CHANGE, STEP
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.filters import one_of
from smartct_desktop.storage.past_steps import (
    STEP_COLUMNS,
    PastSteps,
    Raw,
    known,
    moment,
    past_step,
)
from smartct_desktop.storage.records import Records, chunks
from smartct_desktop.storage.sources import CrossJoin, wanted

_CHANGE = (
    *(CHANGE.c.kind, CHANGE.c.record, CHANGE.c.action, CHANGE.c.before, CHANGE.c.after),
    *(CHANGE.c.sheet, CHANGE.c.row),
)


class Past:
    """Reads changes as the history keeps them; `steps` reads the steps."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._source = records.source
        self.steps = PastSteps(records.source)

    def step_changes(self, no: int, start: int, stop: int) -> list[PastChange]:
        """Fetch the changes of a step."""
        wanted = (
            sa.select(*_CHANGE)
            .where(CHANGE.c.step == no, CHANGE.c.n >= start, CHANGE.c.n < stop)
            .order_by(CHANGE.c.n)
        )
        return list(self._past_changes(self._source.fetch(wanted)))

    def record_history(
        self, kind: str, id_: Id, start: int = 0, stop: int | None = None, field: str = ""
    ) -> list[tuple[PastStep, PastChange]]:
        """Give changes of one record, newest first."""
        wanted = (
            sa.select(*STEP_COLUMNS, *_CHANGE)
            .join_from(CHANGE, STEP, STEP.c.no == CHANGE.c.step)
            .where(*_of_record(kind, id_, field))
            .order_by(CHANGE.c.step.desc())
            .offset(start)
            .limit(None if stop is None else stop - start)
        )
        rows = self._source.fetch(wanted)
        changes = self._past_changes([row[len(STEP_COLUMNS) :] for row in rows])
        return [(past_step(row), change) for row, change in zip(rows, changes, strict=True)]

    def record_history_count(self, kind: str, id_: Id) -> int:
        """How many changes of one record there are."""
        wanted = sa.select(sa.func.count()).select_from(CHANGE).where(*_of_record(kind, id_, ""))
        return int(self._source.fetch(wanted)[0][0])

    def first_senders(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give who sent the file that brought each of these records, where one did."""
        each, earlier = wanted("ids"), CHANGE.alias("earlier")
        first = (
            sa.select(sa.func.min(earlier.c.step))
            .where(earlier.c.record == CHANGE.c.record, earlier.c.kind == kind)
            .scalar_subquery()
        )
        senders = (
            sa.select(CHANGE.c.record, STEP.c.sender)
            .select_from(CrossJoin(each, CHANGE, CHANGE.c.record == each.c.value))
            .join(STEP, STEP.c.no == CHANGE.c.step)
            .where(CHANGE.c.kind == kind, CHANGE.c.step == first, STEP.c.sender.is_not(None))
        )
        found: dict[Id, str] = {}
        for chunk in chunks(ids):
            found.update(map(tuple, self._source.fetch(senders, {"ids": json.dumps(chunk)})))
        return found

    def later_moves(self, no: int) -> Iterator[LaterMove]:
        """Give the fields that holding steps after this one moved in its records, oldest first."""
        later = CHANGE.alias("later")
        same = sa.and_(
            later.c.record == CHANGE.c.record,
            later.c.kind == CHANGE.c.kind,
            later.c.step > CHANGE.c.step,
        )
        wanted = (
            sa.select(
                *(later.c.step, later.c.kind, later.c.record, later.c.action),
                *(later.c.before, later.c.after),
            )
            .join_from(CHANGE, later, same)
            .join(STEP, STEP.c.no == later.c.step)
            .where(CHANGE.c.step == no, STEP.c.state == StepState.DONE.value)
            .order_by(later.c.step)
        )
        for step, kind, id_, action, before, after in self._source.fetch(wanted):
            did = known(Action, action)
            old, new = self._values(kind, before), self._values(kind, after)
            yield LaterMove(step, kind, Id(id_), did, old, new)

    def removed(self, kind: str) -> list[tuple[PastStep, PastChange]]:
        """Give the removals of records that somebody deleted, newest first."""
        wanted = (
            sa.select(*STEP_COLUMNS, *_CHANGE)
            .join_from(CHANGE, STEP, STEP.c.no == CHANGE.c.step)
            .where(CHANGE.c.kind == kind, CHANGE.c.action == Action.REMOVE.value)
            .where(STEP.c.state == StepState.DONE.value)
            .order_by(CHANGE.c.step.desc())
        )
        rows = [(past_step(row), row[len(STEP_COLUMNS) :]) for row in self._source.fetch(wanted)]
        there = self._records.captions(kind, [Id(change[1]) for _, change in rows])
        gone = [
            (step, change)
            for step, change in rows
            if change[1] not in there and not (step.about and step.about.relation.back)
        ]
        changes = self._past_changes([change for _, change in gone])
        return [(step, change) for (step, _), change in zip(gone, changes, strict=True)]

    def last_changes(self, kind: str, ids: Iterable[Id]) -> dict[Id, datetime]:
        """When each of these records was last changed by a step that holds, in UTC."""
        found: dict[Id, datetime] = {}
        for chunk in chunks(ids):
            wanted = (
                sa.select(CHANGE.c.record, sa.func.max(STEP.c.no), STEP.c.at)
                .join_from(CHANGE, STEP, STEP.c.no == CHANGE.c.step)
                .where(one_of(CHANGE.c.record, chunk), CHANGE.c.kind == kind)
                .where(STEP.c.state == StepState.DONE.value)
                .group_by(CHANGE.c.record)
            )
            for record, _, at in self._source.fetch(wanted):
                found[Id(record)] = moment(at)
        return found

    def _past_changes(self, rows: Sequence[Raw]) -> Iterator[PastChange]:
        captions = self._captions(rows)
        added = self._records_added(rows)
        for kind, id_, action, before, after, sheet, number in rows:
            old, new = self._values(kind, before), self._values(kind, after)
            if action == Action.ADD.value and after is None:
                new = self._added(kind, id_, added.get(id_))
            caption = captions.get(id_)
            yield PastChange(
                kind=kind,
                id=Id(id_),
                caption=self._caption(kind, id_) if caption is None else caption,
                action=known(Action, action),
                before=old,
                after=new,
                origin=None if number is None else Origin(sheet, number),
            )

    def _captions(self, rows: Sequence[Raw]) -> dict[str, str]:
        """Fetch the captions of the records that are there."""
        return {
            id_: caption
            for kind, ids in _by_kind(rows).items()
            for id_, caption in self._records.captions(kind, ids).items()
        }

    def _records_added(self, rows: Sequence[Raw]) -> dict[str, Record]:
        """Fetch the records that are there because a change added them."""
        additions = [row for row in rows if row[2] == Action.ADD.value]
        return {
            record.id: record
            for kind, ids in _by_kind(additions).items()
            for record in self._records.many(kind, ids)
        }

    def _added(self, kind: str, id_: str, record: Record | None) -> dict[str, Value]:
        """Give the values of a record that was added: those of now, or at its removal."""
        if record is None:
            return self._last_values(kind, id_)
        values = {field.name: getattr(record, field.name) for field in record.schema.told}
        return {name: value for name, value in values.items() if value not in (None, ())}

    def _last_values(self, kind: str, id_: str) -> dict[str, Value]:
        """Give the values that a record which is gone had last."""
        removed = (CHANGE.c.action == Action.REMOVE.value, CHANGE.c.before)
        undone = (CHANGE.c.action == Action.ADD.value, CHANGE.c.after)
        whole = (
            sa.select(sa.case(removed, undone))
            .where(CHANGE.c.record == id_, CHANGE.c.kind == kind, sa.or_(removed[0], undone[0]))
            .order_by(CHANGE.c.step.desc())
        )
        for (text,) in self._source.fetch(whole):
            if text is not None:
                return self._values(kind, text)
        return {}

    def _values(self, kind: str, text: str | None) -> dict[str, Value]:
        return {} if text is None else values_of(self._records, kind, text)

    def _caption(self, kind: str, id_: str) -> str:
        """Make the caption of a record that is gone."""
        values = self._last_values(kind, id_)
        shape = self._records.tables[kind]
        texts: list[str] = []
        for name in shape.schema.caption:
            value, stored = values.get(name), shape.by_name[name]
            if value in (None, ()):
                continue
            if stored.target is not None:
                texts += self._records.captions(stored.target, [Id(str(value))]).values()
            else:
                texts.append(stored.codec.shown(value))
        return " ".join(filter(None, texts))


def _by_kind(rows: Sequence[Raw]) -> dict[str, list[Id]]:
    ids: dict[str, list[Id]] = {}
    for kind, id_, *_ in rows:
        ids.setdefault(kind, []).append(Id(id_))
    return ids


def values_of(records: Records, kind: str, text: str) -> dict[str, Value]:
    """Read the JSON of the history; a field that is no more is left out. Raises `Trouble`."""
    shape = records.tables[kind]
    try:
        kept = json.loads(text).items()
        return {name: shape.valued(name, k) for name, k in kept if name in shape.by_name}
    except (ValueError, KeyError, AttributeError) as error:
        raise damaged() from error


def _of_record(kind: str, id_: Id, field: str) -> list[sa.ColumnElement[bool]]:
    """The changes of one record; with `field`, of those that say nothing of it only a few."""
    wanted = [CHANGE.c.record == id_, CHANGE.c.kind == kind]
    if field:
        key = f'"{field}"'  # as it stands among the values; a text with it inside does no harm
        moved = [sa.func.instr(column, key) > 0 for column in (CHANGE.c.before, CHANGE.c.after)]
        wanted.append(sa.or_(CHANGE.c.action != Action.CHANGE.value, *moved))
    return wanted
