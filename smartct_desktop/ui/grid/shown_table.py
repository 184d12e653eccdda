"""What a tab shows, ready to be exported: columns and rows in order, and the line that tells."""

from __future__ import annotations

from dataclasses import replace

from smartct_desktop.domain.query import Path, Sort
from smartct_desktop.services.reports.view_list import BroughtColumn, ShownTable
from smartct_desktop.ui.grid.columns import AnyColumn, Column, heading
from smartct_desktop.ui.grid.page import TablePage
from smartct_desktop.ui.i18n import say, tr


def shown_table(page: TablePage, *, chosen: bool = False) -> ShownTable:
    """Give what a page shows: of all its rows, or of the chosen ones only.

    What was typed into the filter field a moment ago counts, also before its rows are there.
    """
    page.search_now()
    visual = [page.model.columns[place] for place in page.table.visual_columns()]
    ids = page.selected_ids() if chosen else []
    told = _told(page)
    if chosen:
        n = len(ids)
        told.append(tr("Only 1 chosen row.") if n == 1 else tr("Only {n} chosen rows.", n=n))
    current = page.views.current
    shown = ShownTable(
        query=replace(page.model.query, columns=()),
        columns=tuple(_column(one) for one in visual),
        told=" ".join(told),
        name="" if page.views.edited or current == page.views.usual else say(current.name),
        bring=page.tab.gather,
    )
    return shown.only(ids) if chosen else shown


def _column(column: AnyColumn) -> Path | BroughtColumn:
    if isinstance(column, Column):
        return column.path
    return BroughtColumn(column.name, heading(column), column.type)


def _told(page: TablePage) -> list[str]:
    """Say what the rows were filtered by, how they are ordered, and how grouped."""
    query, kind = page.model.query, page.tab.kind
    told = []
    filters = [one.text for one in page.chips.named]
    typed = page.filter_field.text().strip()
    refused = page.filtering.refusal is not None
    if typed and not refused:
        filters.append(typed)
    if filters:
        told.append(tr("Filtered by {filters}.", filters="; ".join(filters)))
    if typed and refused:
        told.append(tr("The filter “{text}” was not understood.", text=typed))
    if query.group is not None:
        path = heading(Column(kind, query.group.path))
        told.append(tr("Grouped by {column}.", column=path))
    if query.sort:
        columns = ", ".join(_order(kind, sort) for sort in query.sort)
        told.append(tr("Ordered by {columns}.", columns=columns))
    return told


def _order(kind: str, sort: Sort) -> str:
    words = heading(Column(kind, sort.path))
    return tr("{column} (descending)", column=words) if sort.descending else words
