"""What can be done with the current column, as lines of the palette."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from smartct_desktop.ui.grid.column_deeds import ColumnDeed, deeds_without_a_column
from smartct_desktop.ui.grid.columns import heading
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.quick_open.entries import Entry, Group

if TYPE_CHECKING:  # the pages are made when they are first shown
    from smartct_desktop.ui.grid.page import TablePage

_ELSEWHERE = frozenset({"choose"})
"""Deeds that have an action of the window as well."""


def column_entries(page: TablePage | None) -> Iterator[Entry]:
    """The deeds for the column of the current cell; without one they say what is missing."""
    if page is None:
        yield from _entries(deeds_without_a_column(tr("Open a tab with a table first.")), "")
        return
    index = page.table.currentIndex()
    if not index.isValid():
        yield from _entries(deeds_without_a_column(tr("Choose a cell first.")), "")
        return
    name = heading(page.model.columns[index.column()])
    deeds = [deed for part in page.menus.deeds.of(index.column()) for deed in part]
    yield from _entries(deeds, name)


def _entries(deeds: list[ColumnDeed], column: str) -> Iterator[Entry]:
    for deed in deeds:
        if deed.name in _ELSEWHERE:
            continue
        words = [tr("column “{name}”", name=column) if column else tr("column")]
        if deed.on is not None:
            words.append(tr("on") if deed.on else tr("off"))
        yield Entry(
            key=f"column:{deed.name}",
            group=Group.COLUMN,
            title=deed.label,
            act=deed.act,
            detail=" · ".join(words),
            icon="columns-3",
            keys=deed.keys,
            reason=deed.reason,
        )
