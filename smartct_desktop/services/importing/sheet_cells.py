"""The cells of a sheet made ready: blank texts are blank, merged cells hold for all their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smartct_desktop.domain.book import PLAIN, Area, Row, Sheet
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.heading_rows import text_of
from smartct_desktop.services.importing.understood import RawColumn


def without_empty_texts(sheet: Sheet) -> Sheet:
    """Take cells that hold nothing but blanks for blank; rows of only such cells are none."""
    rows = [_emptied(row) for row in sheet.rows]
    return replace(sheet, rows=[row for row in rows if row.values.count(None) < len(row.values)])


def _emptied(row: Row) -> Row:
    empty = [isinstance(value, str) and (not value or value.isspace()) for value in row.values]
    if not any(empty):
        return row
    pairs = zip(row.values, empty, strict=True)
    return replace(row, values=tuple(None if blank else value for value, blank in pairs))


def raw_column(column: MappedColumn, rows: Sequence[Row], merged: Sequence[Area]) -> RawColumn:
    """Gather the cells of a column; a cell merged over several rows holds for each of them."""
    index = column.index
    values = [row.values[index] if index < len(row.values) else None for row in rows]
    looks = [row.looks[index] if index < len(row.looks) else PLAIN for row in rows]
    for area in merged:
        if area.first_column == index and area.last_row > area.first_row:
            places = [p for p, row in enumerate(rows) if (row.number, index) in area]
            for place in places[1:]:
                if values[place] is None:
                    values[place], looks[place] = values[places[0]], looks[places[0]]
    return RawColumn(
        str(column.code),
        column.letter,
        column.header,
        [row.number for row in rows],
        values,
        looks if any(look is not PLAIN for look in looks) else (),
    )


def title_of_row(row: Row) -> str:
    """Give all that stands in a row as one text."""
    return " ".join(filter(None, map(text_of, row.values)))
