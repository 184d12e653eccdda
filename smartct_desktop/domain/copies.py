"""What two copies of a document share: the last moment of the one that the other knows as well.

Copies share the steps that were done before they parted, each known by an id of its own. The moment
at which they parted follows from that, without asking any clock: it is what the one held when it
knew nothing yet that the other does not know. Undoing and redoing leave marks of their own, so that
a step which is undone in one copy is told from one that is redone in the other. A step that merged
another copy brings along the marks of all that copy knew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.changes import StepState


@dataclass(frozen=True, slots=True)
class Turn:
    """One undoing or redoing of a step; an `old` one is of a version that noted only the last."""

    mark: str
    back: bool
    old: bool = False


@dataclass(frozen=True, slots=True)
class StepMarks:
    """What tells a step from all others in whatever copy, and what became of it in this one."""

    no: int
    id: str
    state: StepState
    turns: tuple[Turn, ...] = ()
    joins: frozenset[str] = frozenset()

    @property
    def holds(self) -> bool:
        """Whether it is a part of what the copy holds now."""
        return self.state is StepState.DONE


@dataclass(frozen=True, slots=True)
class Ground:
    """A moment of one copy: the numbers of the steps that held then, and the marks of all known."""

    holding: frozenset[int]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parted:
    """How two copies parted; `ours` and `theirs` are the moments from which they are compared.

    At least one of the two is given, and both if neither copy tells more than the other.
    `our_new` and `their_new` are numbers of the steps that hold in one copy only, `our_undone` and
    `their_undone` of those that were taken back in one copy only. `unknown` is what only the other
    copy knows: without it there is nothing to bring.
    """

    ours: Ground | None
    theirs: Ground | None
    our_new: tuple[int, ...]
    our_undone: tuple[int, ...]
    their_new: tuple[int, ...]
    their_undone: tuple[int, ...]
    unknown: frozenset[str]


def parted(ours: Sequence[StepMarks], theirs: Sequence[StepMarks]) -> Parted | None:
    """Compare what two copies know; None if they do not share a single step."""
    ours, theirs = _that_change(ours), _that_change(theirs)
    our_marks, their_marks = marks_of(ours), marks_of(theirs)
    mine, other = {one.id: one for one in ours}, {one.id: one for one in theirs}
    if not mine.keys() & other.keys():
        return None
    here = _ground(ours, their_marks, other)
    there = _ground(theirs, our_marks, mine)
    return Parted(
        None if here.marks < there.marks else here,
        None if there.marks < here.marks else there,
        *_moved(ours, here),
        *_moved(theirs, there),
        their_marks - our_marks,
    )


def marks_of(steps: Iterable[StepMarks]) -> frozenset[str]:
    """Give the marks of all that a copy knows."""
    return frozenset(_marks(steps))


def _marks(steps: Iterable[StepMarks]) -> Iterator[str]:
    for step in steps:
        yield step.id
        for turn in step.turns:
            yield turn.mark
        if step.holds:
            yield from step.joins


def _that_change(steps: Iterable[StepMarks]) -> list[StepMarks]:
    return [step for step in steps if step.state is not StepState.NOTED]


def _ground(
    steps: Iterable[StepMarks], known: frozenset[str], others: Mapping[str, StepMarks]
) -> Ground:
    """Give the last moment of a copy of which the other one knows all."""
    holding: list[StepMarks] = []
    marks: set[str] = set()
    for step in steps:
        if step.id not in known:
            continue
        marks.add(step.id)
        turns = _known_turns(step, known, others.get(step.id))
        marks |= {turn.mark for turn in turns if turn.mark in known}
        if not turns or not turns[-1].back:
            holding.append(step)
            marks |= step.joins
    return Ground(frozenset(step.no for step in holding), frozenset(marks))


def _known_turns(
    step: StepMarks, known: frozenset[str], other: StepMarks | None
) -> tuple[Turn, ...]:
    """Give the first turns of a step, as far as the other copy knows them.

    If an old version noted only the last turn, and it is not the same in both, nobody can tell
    which was first: each copy goes from its own, and where that makes a difference it is asked.
    """
    for place, turn in enumerate(step.turns):
        unclear = turn.old and other is not None and any(one.old for one in other.turns)
        if turn.mark not in known and not unclear:
            return step.turns[:place]
    return step.turns


def _moved(steps: Iterable[StepMarks], ground: Ground) -> tuple[tuple[int, ...], tuple[int, ...]]:
    steps = list(steps)
    new = tuple(step.no for step in steps if step.holds and step.no not in ground.holding)
    undone = tuple(step.no for step in steps if not step.holds and step.no in ground.holding)
    return new, undone
