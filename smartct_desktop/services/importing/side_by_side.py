"""Tables that stand beside each other on one sheet, with a blank column between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from smartct_desktop.domain.book import Row
from smartct_desktop.services.importing.heading_rows import Head
from smartct_desktop.services.importing.kinds_of_table import complete
from smartct_desktop.services.importing.layout import Table

_LEAST_APART = 0.2
"""The share of rows that only one of two tables fills, if they are two."""


def parted(table: Table) -> list[Table]:
    """Give the tables that stand side by side, or the table itself if it is one."""
    groups = list(_groups(table))
    if table.spread is not None or len(groups) < 2 or not all(complete(g) for g in groups):
        return [table]
    parts = [_part(table, group, first=not place) for place, group in enumerate(groups)]
    return parts if _repeat(groups) or _apart(table, parts) else [table]


def _groups(table: Table) -> Iterator[tuple[Head, ...]]:
    """Part the headings at columns that are blank from top to bottom."""
    used = {head.column for head in table.heads}
    width = max((len(row.values) for row in table.rows), default=0)
    gaps = [
        column
        for column in range(max(used, default=0))
        if column not in used
        and (column >= width or all(row.value(column) is None for row in table.rows))
    ]
    group: list[Head] = []
    for head in table.heads:
        if group and any(group[-1].column < gap < head.column for gap in gaps):
            yield tuple(group)
            group = []
        group.append(head)
    if group:
        yield tuple(group)


def _part(table: Table, heads: Sequence[Head], *, first: bool) -> Table:
    low, high = heads[0].column, heads[-1].column
    rows = tuple(cut for row in table.rows if (cut := _cut(row, low, high)) is not None)
    return replace(table, heads=tuple(heads), rows=rows, left=0 if first else low)


def _cut(row: Row, low: int, high: int) -> Row | None:
    """Give the part of a row from one column to another; None if it is blank there."""
    values = (None,) * low + row.values[low : high + 1]
    if all(value is None for value in values):
        return None
    while values[-1] is None:
        values = values[:-1]
    return replace(row, values=values)


def _repeat(groups: Sequence[Sequence[Head]]) -> bool:
    """Whether all groups have a heading in common: one table would not say it twice."""
    texts = [{head.text for head in group if head.senses} for group in groups]
    shared = set.intersection(*texts)
    return len(shared) > 1 or any(len(shared) == len(own) for own in texts)


def _apart(table: Table, parts: Sequence[Table]) -> bool:
    """Whether the tables are of different lengths."""
    total = len(table.rows)
    return any(total - len(part.rows) >= max(1.0, _LEAST_APART * total) for part in parts)
