"""Questions of a plan, by what they are about and where they are put."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from smartct_desktop.services.importing.asked import Item, Question
from smartct_desktop.services.importing.plan import Plan

Place = tuple[str | None, int]
"""A sheet and the number of a row."""

_RANKS = ("file", "sheet", "column", "value", "name", "row", "cell")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and those of its items that are looked at."""

    question: Question
    items: tuple[Item, ...]

    @property
    def open(self) -> bool:
        """Whether any of the items is unanswered."""
        return any(not item.answered for item in self.items)


def asked_by_place(plan: Plan) -> dict[Place, tuple[Asked, ...]]:
    """Give what is asked of single rows, by row."""
    found: dict[Place, list[Asked]] = defaultdict(list)
    for question in plan.questions:
        items: dict[int, list[Item]] = defaultdict(list)
        for item in question.items:
            for number in item.rows:
                items[number].append(item)
        for number, here in items.items():
            for sheet in _sheets(plan, question):
                found[sheet, number].append(Asked(question, tuple(here)))
    return {place: tuple(asked) for place, asked in found.items()}


def _sheets(plan: Plan, question: Question) -> Iterator[str | None]:
    """The sheets whose rows a question can mean: its own, or all with records."""
    if question.sheet is not None:
        yield question.sheet
        return
    for sheet in plan.sheets:
        if sheet.kind is not None:
            yield sheet.name


def rank(question: Question) -> int:
    """Give the place of a question in the order in which they are asked."""
    return _RANKS.index(question.per) if question.per in _RANKS else len(_RANKS)
