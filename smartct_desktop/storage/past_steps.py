"""Reading the steps of the history: which there are, and what undo and redo would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

import sqlalchemy as sa

from smartct_desktop.domain.changes import (
    PastStep,
    Related,
    Relation,
    Source,
    StepCounts,
    StepFilter,
    StepSort,
    StepState,
)
from smartct_desktop.domain.copies import StepMarks, Turn
from smartct_desktop.domain.folding import fold
from smartct_desktop.storage.books import JOINED, STEP
from smartct_desktop.storage.connection import Source as Connected
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.filters import holds

_LATER = STEP.alias("later")
_BACK = tuple(relation.value for relation in Relation if relation.back)
_DONE, _UNDONE, _SET_ASIDE, _NOTED = (state.value for state in StepState)


def _newest_answer(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Give a column of the newest step that holds and is about a step."""
    return (
        sa.select(column)
        .where(_LATER.c.about == STEP.c.no, _LATER.c.state == _DONE)
        .order_by(_LATER.c.no.desc())
        .limit(1)
        .correlate(STEP)
        .scalar_subquery()
    )


STEP_COLUMNS = (
    *(STEP.c.no, STEP.c.at, STEP.c.by, STEP.c.label, STEP.c.state, STEP.c.records),
    *(STEP.c.file, STEP.c.sha256, STEP.c.sender, STEP.c.about, STEP.c.relation),
    *(_newest_answer(_LATER.c.no), _newest_answer(_LATER.c.relation)),
)
"""What `past_step` is made of."""

Raw = Sequence[Any]
EnumT = TypeVar("EnumT", bound=Enum)

_TAKEN_BACK = sa.and_(
    STEP.c.state == _DONE, _newest_answer(_LATER.c.relation).in_(_BACK).is_(sa.true())
)


class PastSteps:
    """Reads steps as the history keeps them."""

    def __init__(self, source: Connected) -> None:
        self._source = source

    def history(self, start: int, stop: int, wanted: StepFilter) -> list[PastStep]:
        """Fetch steps, newest first."""
        steps = sa.select(*STEP_COLUMNS).where(*_conditions(wanted)).order_by(STEP.c.no.desc())
        rows = self._source.fetch(steps.limit(max(0, stop - start)).offset(start))
        return [past_step(row) for row in rows]

    def count(self, wanted: StepFilter) -> int:
        """How many steps there are."""
        counted = sa.select(sa.func.count()).select_from(STEP).where(*_conditions(wanted))
        ((count,),) = self._source.fetch(counted)
        return int(count)

    def counts(self) -> StepCounts:
        """Count the steps by all that they can be filtered by. Work for a job."""
        sorts = {sort: self.count(StepFilter(sort=sort)) for sort in StepSort}
        kinds: dict[str, int] = {}
        for text, steps in self._grouped(STEP.c.kinds):
            for kind in (text or "").split():
                kinds[kind] = kinds.get(kind, 0) + steps
        frequent = sorted(kinds.items(), key=lambda item: -item[1])
        people = sorted(self._grouped(STEP.c.by), key=lambda item: -item[1])
        newest = sa.func.max(STEP.c.no).desc()
        files = (sa.select(STEP.c.file, sa.func.count()).where(STEP.c.file.is_not(None))).group_by(
            STEP.c.file
        )
        named = self._source.fetch(files.order_by(newest))
        return StepCounts(sorts, dict(frequent), dict(people), dict(map(tuple, named)))

    def step(self, no: int) -> PastStep:
        """Fetch one step. Raises KeyError."""
        found = self._first(STEP.c.no == no, STEP.c.no)
        if found is None:
            raise KeyError(no)
        return found

    def next_undo(self) -> PastStep | None:
        """Give the newest step that holds."""
        return self._first(STEP.c.state == _DONE, STEP.c.no.desc())

    def next_redo(self) -> PastStep | None:
        """Give the step that was undone last: undone steps follow all that hold."""
        return self._first(STEP.c.state == _UNDONE, STEP.c.no)

    def marks(self) -> list[StepMarks]:
        """Give what tells all steps from those of other copies, oldest first."""
        joins: dict[int, set[str]] = {}
        for no, mark in self._source.fetch(sa.select(JOINED.c.step, JOINED.c.mark)):
            joins.setdefault(no, set()).add(mark)
        steps = sa.select(STEP.c.no, STEP.c.id, STEP.c.state, STEP.c.turns).order_by(STEP.c.no)
        return [
            StepMarks(
                *(no, id_, known(StepState, state), tuple(_turns(turns))),
                frozenset(joins.get(no, ())),
            )
            for no, id_, state, turns in self._source.fetch(steps)
        ]

    def imported(self, sha256: str) -> PastStep | None:
        """Give the newest step that holds, also in part, and came from a file with this content."""
        undone = _newest_answer(_LATER.c.relation).is_not_distinct_from(Relation.UNDOES.value)
        holds_from = sa.and_(STEP.c.sha256 == sha256, STEP.c.state == _DONE, sa.not_(undone))
        return self._first(holds_from, STEP.c.no.desc())

    def _first(
        self, condition: sa.ColumnElement[bool], order: sa.ColumnElement[Any]
    ) -> PastStep | None:
        wanted = sa.select(*STEP_COLUMNS).where(condition).order_by(order).limit(1)
        for row in self._source.fetch(wanted):
            return past_step(row)
        return None

    def _grouped(self, column: sa.ColumnElement[Any]) -> list[tuple[Any, int]]:
        rows = self._source.fetch(sa.select(column, sa.func.count()).group_by(column))
        return [(value, steps) for value, steps in rows]


def _turns(text: str | None) -> Iterator[Turn]:
    """Read the marks of turns; a moment stands for one that was noted by an older version."""
    for mark in (text or "").split():
        yield Turn(mark, mark.startswith("<"), old="T" in mark)


def _conditions(wanted: StepFilter) -> Iterator[sa.ColumnElement[bool]]:
    for word in fold(wanted.words).split():
        yield holds(STEP.c.folded, word)
    if wanted.sort is not None:
        yield _of_sort(wanted.sort)
    if wanted.kind:
        yield sa.func.instr(STEP.c.kinds, f" {wanted.kind} ") > 0
    if wanted.by is not None:
        yield STEP.c.by == wanted.by
    if wanted.file:
        yield STEP.c.file == wanted.file
    if wanted.since is not None:
        yield STEP.c.at >= _kept(wanted.since)
    if wanted.before is not None:
        yield STEP.c.at < _kept(wanted.before)


def _of_sort(sort: StepSort) -> sa.ColumnElement[bool]:
    match sort:
        case StepSort.IMPORT:
            return STEP.c.file.is_not(None)
        case StepSort.EDIT:
            typed = sa.and_(STEP.c.file.is_(None), STEP.c.about.is_(None))
            return sa.and_(typed, STEP.c.state != _NOTED)
        case StepSort.NOTE:
            return STEP.c.state == _NOTED
        case StepSort.UNDONE:
            return sa.or_(STEP.c.state == _UNDONE, _TAKEN_BACK)
        case StepSort.SET_ASIDE:
            return STEP.c.state == _SET_ASIDE


def _kept(at: datetime) -> str:
    """Give a moment as the history writes it, to compare with."""
    return at.astimezone(UTC).isoformat()


def past_step(row: Raw) -> PastStep:
    """Make a step of the columns `STEP_COLUMNS`. Raises `Trouble` if they make no sense."""
    no, at, by, label, state, records, file, sha256, sender, *related = row[: len(STEP_COLUMNS)]
    about, relation, answer, answered = related
    return PastStep(
        no,
        moment(at),
        by,
        label,
        known(StepState, state),
        records,
        None if file is None else Source(file, sha256, sender),
        None if about is None else Related(about, known(Relation, relation)),
        None if answer is None else Related(answer, known(Relation, answered)),
    )


def moment(text: str) -> datetime:
    """Read a moment. Raises `Trouble` if it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise damaged() from error


def known(words: type[EnumT], code: str) -> EnumT:
    """Give the member that is written like this. Raises `Trouble` if there is none."""
    try:
        return words(code)
    except ValueError as error:
        raise damaged() from error
