"""Where the values of a record come from: who typed them, or which file brought them.

Read from the history of the record. A step that was undone is as if it had never been; where a step
took back an older one, its values are those from before, with the origin they had then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from smartct_desktop.domain.changes import Action, Origin, PastChange, PastStep, Source, StepState
from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record

_MOST = 500  # changes that are looked at for one field
History = Sequence[tuple[PastStep, PastChange]]
"""All changes of one record, newest first, as `Reader.record_history` gives them."""


@dataclass(frozen=True)
class Given:
    """One value a field was given: by which step, and where in a file it stood.

    `again` is the step that brought the value back after it had been another one.
    """

    value: Value
    step: PastStep
    origin: Origin | None
    again: PastStep | None = None

    @property
    def source(self) -> Source | None:
        """The file that brought the value; None if it was typed."""
        return self.step.source


@dataclass(frozen=True)
class FieldOrigin:
    """Where the value of a field comes from, and the values it had before, newest first."""

    now: Given
    before: tuple[Given, ...]


@dataclass(frozen=True)
class _Move:
    """A step that holds gave a field this value."""

    step: PastStep
    change: PastChange
    value: Value


def read_origin(reader: Reader, record: Record, name: str) -> FieldOrigin | None:
    """Read where the value of a field comes from; of very many values before only the newest."""
    history = reader.record_history(record.schema.kind, record.id, 0, _MOST, name)
    return origin_of(record, name, history)


def origin_of(record: Record, name: str, history: History) -> FieldOrigin | None:
    """Give the origin of one field; None if it was always blank, or nothing is known of it.

    A field whose past the history does not know has none either.
    """
    holding = ((step, change) for step, change in history if step.state is StepState.DONE)
    given = _given(_moves(name, getattr(record, name), holding))
    if given and any(one.value not in (None, ()) for one in given):
        return FieldOrigin(given[-1], tuple(reversed(given[:-1])))
    return None


def _moves(name: str, now: Value, holding: Iterable[tuple[PastStep, PastChange]]) -> list[_Move]:
    """The steps that gave a field its values, oldest first.

    An addition is told with the values of today, so what it gave is found by going back from them.
    """
    moves: list[_Move] = []
    value: Value = now
    for step, change in holding:
        match change.action:
            case Action.ADD:
                moves.append(_Move(step, change, value))
                value = None
            case Action.REMOVE:
                value = change.before.get(name)
            case Action.CHANGE if name in change.after or name in change.before:
                moves.append(_Move(step, change, value))
                value = change.before.get(name)
            case Action.CHANGE:
                pass
    return moves[::-1]


def _given(moves: Sequence[_Move]) -> list[Given]:
    """The values one after the other with their origins, from the first that is not blank."""
    given: list[Given] = []
    for move in moves:
        about = move.step.about
        one = Given(move.value, move.step, move.change.origin)
        if about is not None:
            known = _known(given, move, about.no, back=about.relation.back)
            if known is not None:
                one = replace(known, again=move.step)
        if given and given[-1].value == one.value and one.again is not None:
            given[-1] = one
        elif given or one.value not in (None, ()):
            given.append(one)
    return given


def _known(given: Sequence[Given], move: _Move, no: int, *, back: bool) -> Given | None:
    """The value that a step brings back: of before the step it takes back, or of that step."""
    for one in reversed(given):
        right = one.step.no < no if back else one.step.no == no
        if right and one.value == move.value:
            return one
    return None
