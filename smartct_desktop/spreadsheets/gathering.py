"""Gathers the rows of readers that know each cell's look at once into blocks of shared patterns."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.book import PLAIN, Look, Mark, Value
from smartct_desktop.spreadsheets.blocks import Block, Budget, Pattern

_CACHED_PATTERNS = 10_000


class Gatherer:
    """Takes the rows of one sheet, up to the number wanted; `more` says that there are others."""

    def __init__(self, budget: Budget, wanted: int | None) -> None:
        self.more = False
        self.width = 0
        self._budget = budget
        self._left = wanted
        self._block = Block()
        self._patterns: dict[Pattern, int] = {}
        self._count = 0

    def take(self, number: int, values: Sequence[Value], looks: Sequence[Look]) -> Block | None:
        """Take a row; gives a block when one is full. Blank ends are cut off, blank rows left out.

        Raises `Trouble` if the book has more than is read.
        """
        end = len(values)
        while end and values[end - 1] is None and Mark.NO_RESULT not in looks[end - 1].marks:
            end -= 1
        if not end:
            return None
        if self._left is not None:
            if self._left == 0:
                self.more = True
                return None
            self._left -= 1
        self.width = max(self.width, end)
        self._block.add(number, tuple(values[:end]), self._pattern(looks, end))
        return self.flush() if self._block.full else None

    def flush(self) -> Block:
        """Give the block as far as it is filled."""
        block, self._block = self._block, Block()
        self._budget.spend(block)
        return block

    def _pattern(self, looks: Sequence[Look], end: int) -> int:
        while end and looks[end - 1] is PLAIN:
            end -= 1
        if not end:
            return 0
        pattern = tuple(looks[:end])
        place = self._patterns.get(pattern)
        if place is None:
            if len(self._patterns) > _CACHED_PATTERNS:
                self._patterns.clear()
            self._count += 1
            place = self._patterns[pattern] = self._count
            self._block.new_patterns.append(pattern)
        return place
