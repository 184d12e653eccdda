"""A few cells of a column beside what they were understood as, for the person to check."""

from __future__ import annotations

from typing import Any

from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.read_sheets import ReadTable
from smartct_desktop.services.importing.text_cells import shown

_MOST = 5
_LOOKED_AT = 300


def samples_of(column: MappedColumn, table: ReadTable) -> tuple[tuple[str, Any], ...]:
    """Give pairs of a cell as it is shown and its value; none of columns that are not taken.

    What is shown of a column that must not be taken stays in the file.
    """
    if column.code is None:
        return ()
    understood = table.columns.get(column.code)
    if understood is None:
        return ()
    found: dict[str, Any] = {}
    for place, row in enumerate(table.rows.data[:_LOOKED_AT]):
        value = row.value(column.index)
        if value is None:
            continue
        text = shown(value, row.look(column.index).code)
        if text not in found:
            found[text] = understood.asked.get(place) or understood.values[place]
            if len(found) == _MOST:
                break
    return tuple(found.items())
