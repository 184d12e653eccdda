"""Where the tables of a sheet are: heading rows, what stands above them, the rows below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from smartct_desktop.domain.book import Row, Sheet, Value
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.heading_rows import (
    Block,
    Head,
    Merged,
    block_of,
    deepened,
    merged_rows,
    with_days,
)
from smartct_desktop.services.importing.headings import Headings
from smartct_desktop.services.importing.kinds_of_table import EVENTS, complete, rank
from smartct_desktop.services.importing.stacked_rows import Spread, Stack, stack_of

SEARCHED_ROWS = 60
"""How many rows that are not blank are looked at for the first headings."""

_DAY = re.compile(r"\s*(?:[^\W\d]{1,12}[.,]*\s*){0,2}\d{1,4}\b(?!.{30})", re.DOTALL)
_LEAST_HITS = 2
_LEAST_WIDTH = 3
"""How many columns a table beside the best one has at least, of which not all are known."""
_LEAST_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet. `rows` are all rows from below the headings to the next table.

    Where a record takes several rows of the sheet, `rows` has one for it, with the number of the
    first, and `spread` tells where its cells really stand. `left` is the first column of a table
    beside another, 0 for all others. `fault` says why a table that was found cannot be read,
    `kind` what it lists where that is not told by its headings.
    """

    header_rows: tuple[int, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    left: int = 0
    spread: Spread | None = None
    fault: Sentence | None = None
    kind: str = ""

    @property
    def first_row(self) -> int:
        """The row with which it begins; a form has no row of headings."""
        return self.header_rows[0] if self.header_rows else self.rows[0].number


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a sheet, and the rows above the first one."""

    above: tuple[Row, ...]
    tables: tuple[Table, ...]


def find_tables(sheet: Sheet, headings: Headings) -> Layout:
    """Find the tables of a sheet; none where no row looks like headings."""
    merged = merged_rows(sheet.merged)
    first = _best_block(sheet, headings, merged, 0, SEARCHED_ROWS)
    if first is None:
        return Layout(tuple(sheet.rows), ())
    stack = stack_of(sheet, headings, merged, first.first)
    if stack is not None:
        return Layout(tuple(sheet.rows[: stack.first]), (_stacked(sheet, stack),))
    first = deepened(sheet, headings, merged, first)
    blocks = list(_earlier_blocks(sheet, headings, merged, first))
    blocks += [first, *_further_blocks(sheet, headings, merged, first)]
    ends = [block.first for block in blocks[1:]] + [len(sheet.rows)]
    tables = []
    for found, end in zip(blocks, ends, strict=True):
        block = with_days(sheet, merged, found)
        tables.append(
            Table(
                tuple(row.number for row in sheet.rows[block.first : block.last + 1]),
                named_heads(block.heads, headings),
                tuple(sheet.rows[block.last + 1 : _without_title(sheet, block.last + 1, end)]),
            )
        )
    return Layout(tuple(sheet.rows[: blocks[0].first]), tuple(tables))


def _stacked(sheet: Sheet, stack: Stack) -> Table:
    rows, spread, fault = stack.records(sheet.rows[stack.last + 1 :])
    header_rows = tuple(row.number for row in sheet.rows[stack.first : stack.last + 1])
    return Table(header_rows, stack.heads, tuple(rows), spread=spread, fault=fault)


def named_heads(heads: Sequence[Head], headings: Headings) -> tuple[Head, ...]:
    """Look harder for what the headings mean that are in no dictionary as they stand."""
    return tuple(
        head if head.senses else Head(head.column, head.text, headings.senses(head.text))
        for head in heads
    )


def _without_title(sheet: Sheet, start: int, end: int) -> int:
    """Leave out the title of the next table: a text by itself, above its headings, after a gap."""
    last = end - 1
    if end == len(sheet.rows) or last <= start:
        return end
    title, before, below = sheet.rows[last], sheet.rows[last - 1], sheet.rows[end]
    alone = _filled(title) == 1 and below.number == title.number + 1
    return last if alone and title.number > before.number + 1 else end


def _further_blocks(
    sheet: Sheet, headings: Headings, merged: Merged, first: Block
) -> Iterator[Block]:
    """Find headings of other tables below: they follow a gap or a title, and say other things."""
    texts = tuple(head.text for head in first.heads)
    previous = first.last
    for index in range(first.last + 2, len(sheet.rows)):
        row = sheet.rows[index]
        if _follows(sheet, index):
            continue
        if index <= previous + 1 or _filled(row) < _LEAST_HITS:
            continue
        block = block_of(sheet, headings, merged, index, index)
        if block is None or not _heads_another(sheet, block):
            continue
        if tuple(head.text for head in block.heads) != texts:
            previous = block.last
            yield block


def _earlier_blocks(
    sheet: Sheet, headings: Headings, merged: Merged, best: Block
) -> Iterator[Block]:
    """Find headings of other tables above those that are known best, which stand after a gap.

    A single row below headings of events tells which event the list under it is about.
    """
    texts = tuple(head.text for head in best.heads)
    free = 0
    for index in range(best.first - 2):
        row = sheet.rows[index]
        if index < free or _filled(row) < _LEAST_HITS or _follows(sheet, index):
            continue
        block = block_of(sheet, headings, merged, index, index)
        if block is None or not _heads_another(sheet, block):
            continue
        end = index + 1
        while end < best.first and _follows(sheet, end) and _filled(sheet.rows[end]) > 1:
            end += 1
        alone = end == index + 2 and [kind for _, kind in rank(block.heads)[:1]] == [EVENTS]
        apart = end < best.first or not _follows(sheet, best.first)
        if end > index + 1 and apart and not alone and complete(block.heads):
            if tuple(head.text for head in block.heads) != texts:
                yield block
            free = end


def _heads_another(sheet: Sheet, block: Block) -> bool:
    """Whether a row are the headings of one more table; of two columns, both must be known."""
    row = sheet.rows[block.first]
    if _filled(row) >= _LEAST_WIDTH:
        return block.score >= _LEAST_WIDTH * 0.9 and _share(row, block) >= 0.6
    below = sheet.rows[block.last + 1 : block.last + 2]
    begun = any(_follows(sheet, block.last + 1) and _filled(line) > 1 for line in below)
    return begun and block.score >= _LEAST_HITS * 0.9 and complete(block.heads)


def _follows(sheet: Sheet, index: int) -> bool:
    """Whether a row stands right below another with more than a title."""
    if index == 0:
        return False
    before, row = sheet.rows[index - 1], sheet.rows[index]
    return row.number == before.number + 1 and _filled(before) > 1


def _best_block(
    sheet: Sheet, headings: Headings, merged: Merged, start: int, stop: int
) -> Block | None:
    best: Block | None = None
    for index, _ in enumerate(islice(sheet.rows, start, stop), start):
        block = block_of(sheet, headings, merged, index, index)
        if block is None or (best and block.score <= best.score):
            continue
        if block.score >= _LEAST_HITS * 0.9 and _share(sheet.rows[index], block) >= _LEAST_SHARE:
            best = block
    return best


def _filled(row: Row) -> int:
    return sum(value is not None for value in row.values)


def _share(row: Row, block: Block) -> float:
    """Give the share of known headings; among several days the others are looked at."""
    known = sum(1 for head in block.heads if head.senses)
    days = sum(_like_day(value) for value in row.values)
    return known / max(1, _filled(row) - (days if days > 1 else 0))


def _like_day(value: Value) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and bool(_DAY.match(value)))
