"""What the tables of a merge show, made line by line when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action, PastStep
from smartct_desktop.domain.fields import Field, Id, Reference
from smartct_desktop.domain.joining import Doubt
from smartct_desktop.services.joining import Joining, action_of
from smartct_desktop.services.joining_words import TOPICS, JoiningWords
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import say, tr

_ACTIONS = {Action.ADD: "added", Action.CHANGE: "changed", Action.REMOVE: "removed"}

Line = Sequence[str]


class LinesMade(Sequence[Line]):
    """As many lines as there are, each made once by `make(row)`."""

    def __init__(self, count: int, make: Callable[[int], Line]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, row: int) -> Line: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Line]: ...
    def __getitem__(self, row: int | slice) -> Line | Sequence[Line]:
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(self._count))]
        if not 0 <= row < self._count:
            raise IndexError(row)
        if row not in self._made:
            self._made[row] = self._make(row)
        return self._made[row]


def question_lines(words: JoiningWords, doubts: Sequence[Doubt]) -> LinesMade:
    """What each question is about, of what sort it is, and its answer."""

    def make(row: int) -> Line:
        asked = words.asked(doubts[row])
        given = next((say(text) for one, text in asked.options if one is asked.doubt.answer), "")
        return (one_line(asked.about), say(TOPICS[asked.doubt.topic]), one_line(given))

    return LinesMade(len(doubts), make)


def step_lines(steps: Sequence[PastStep], undone: Sequence[PastStep]) -> LinesMade:
    """When, who, and what; steps that were taken back last."""
    every = (*steps, *undone)

    def make(row: int) -> Line:
        step = every[row]
        label = step.label if row < len(steps) else tr("undone: {step}", step=step.label)
        return (f"{step.at.astimezone():%d.%m.%Y %H:%M}", step.by, label)

    return LinesMade(len(every), make)


def change_lines(joining: Joining, words: JoiningWords, texts: Texts) -> LinesMade:
    """Which record, what becomes of it, and which values."""
    compared, changes = joining.compared, joining.changes

    def shown(field: Field, record: object) -> str:
        value = getattr(record, field.name)
        caption = None
        if isinstance(field.type, Reference) and value is not None:
            caption = compared.called((field.type.kind, Id(str(value))))
        return one_line(texts.shown(field.type, value, caption))

    def make(row: int) -> Line:
        change = changes[row]
        fields = schema_of(change.kind).told
        if change.before is None or change.after is None:
            record = change.record
            values = [
                f"{tr(field.label)}: {shown(field, record)}"
                for field in fields
                if getattr(record, field.name) not in (None, ())
            ]
        else:
            values = [
                f"{tr(field.label)}: {shown(field, change.before) or tr('blank')} → "
                f"{shown(field, change.after) or tr('blank')}"
                for field in fields
                if getattr(change.before, field.name) != getattr(change.after, field.name)
            ]
        named = words.named((change.kind, change.id))
        done = "made one" if joining.unites(change) else _ACTIONS[action_of(change)]
        return (named, tr(done), "; ".join(values))

    return LinesMade(len(changes), make)


def one_line(text: str) -> str:
    """A text with line breaks, on one line."""
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())
