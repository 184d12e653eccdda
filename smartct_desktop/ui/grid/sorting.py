"""What a click on a heading does to the order of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smartct_desktop.domain.query import Path, Query, Sort


def sorted_by(sorts: Sequence[Sort], path: Path, *, more: bool) -> tuple[Sort, ...]:
    """Up, down, and back to the usual order; with `more` beside what is sorted by already."""
    before = next((sort for sort in sorts if sort.path == path), None)
    after: tuple[Sort, ...] = (Sort(path),)
    if before is not None:
        after = () if before.descending else (Sort(path, descending=True),)
    if not more:
        return after
    if before is None:
        return (*sorts, *after)
    kept: list[Sort] = []
    for sort in sorts:
        kept += after if sort.path == path else (sort,)
    return tuple(kept)


def with_sort(query: Query, sort: Sequence[Sort]) -> Query:
    """The query in this order; groups come the way round that their column is sorted."""
    group = query.group
    if group is not None:
        own = next((one for one in sort if one.path == group.path), None)
        group = replace(group, descending=own is not None and own.descending)
    return replace(query, sort=tuple(sort), group=group)
