"""Rows on their way from the reader to the book, in blocks: no whole sheet is held twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from smartct_desktop.domain.book import PLAIN, Book, Look, Row, Sheet, Value
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.limits import Limits

BLOCK_ROWS = 500
_BLOCK_CELLS = 50_000

Pattern = tuple[Look, ...]


@dataclass(slots=True)
class Block:
    """Some rows: numbers, values, and for each row which pattern of looks it has.

    Patterns are numbered through the sheet, 0 being the one without any; `new_patterns` are those
    that the blocks before did not name.
    """

    numbers: list[int] = field(default_factory=list)
    values: list[tuple[Value, ...]] = field(default_factory=list)
    patterns: list[int] = field(default_factory=list)
    new_patterns: list[Pattern] = field(default_factory=list)
    cells: int = 0

    def add(self, number: int, values: tuple[Value, ...], pattern: int) -> None:
        self.numbers.append(number)
        self.values.append(values)
        self.patterns.append(pattern)
        self.cells += len(values)

    @property
    def full(self) -> bool:
        return len(self.numbers) >= BLOCK_ROWS or self.cells >= _BLOCK_CELLS


@dataclass(frozen=True, slots=True)
class Advance:
    """How many bytes of how many are read."""

    done: int
    total: int


# What a reader gives, in this order: advances at any time; for each sheet its blocks and then the
# sheet itself, without its rows; last the book, without its sheets.
Message: TypeAlias = Advance | Block | Sheet | Book


class Budget:
    """What may still be read of a book, over all its sheets."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._rows = self._cells = self._characters = self._facts = 0

    def spend(self, block: Block) -> None:
        """Count a block. Raises `Trouble` if the book has more than is read."""
        limits = self._limits
        self._rows += len(block.numbers)
        self._cells += block.cells
        self._characters += sum(
            len(value) for row in block.values for value in row if type(value) is str
        )
        if self._rows > limits.rows:
            raise refusals.too_many_rows(self._name, limits.rows)
        if self._cells > limits.cells or self._characters > limits.characters:
            raise refusals.too_much(self._name)

    def spend_facts(self, count: int = 1) -> None:
        """Count merged areas, comments, links and the like. Raises `Trouble` as `spend`."""
        self._facts += count
        if self._facts > self._limits.facts:
            raise refusals.too_much(self._name)


class RowsOfBlocks:
    """Puts the rows of one sheet together again, in the process that keeps them."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._patterns: list[Pattern] = [()]
        self._looks: dict[Look, Look] = {PLAIN: PLAIN}

    def add(self, block: Block) -> None:
        known = self._looks
        self._patterns.extend(
            tuple(known.setdefault(look, look) for look in pattern)
            for pattern in block.new_patterns
        )
        patterns = self._patterns
        self._rows.extend(
            Row(number, values, patterns[pattern])
            for number, values, pattern in zip(
                block.numbers, block.values, block.patterns, strict=True
            )
        )

    def in_order(self, name: str, sheet: str) -> tuple[Row, ...]:
        """All rows by number; some programs write them in another order.

        Raises `Trouble` if a row stands twice: which of both counts, nobody can tell.
        """
        rows = self._rows
        if any(before.number >= row.number for before, row in pairwise(rows)):
            rows.sort(key=lambda row: row.number)
            twice = first_twice(row.number for row in rows)
            if twice is not None:
                raise refusals.damaged_at(name, sheet, str(twice))
        return tuple(rows)


def first_twice(ordered: Iterable[int]) -> int | None:
    """The first number that is followed by itself."""
    return next((after for before, after in pairwise(ordered) if before == after), None)
