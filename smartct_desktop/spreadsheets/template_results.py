"""What formulas come to that only add up cells which are known: their results are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from smartct_desktop.spreadsheets.cells_out import rounded
from smartct_desktop.spreadsheets.template_cells import CellFilling
from smartct_desktop.spreadsheets.template_parts import GivenSheet
from smartct_desktop.spreadsheets.xlsx_facts import area_of

_SUM = re.compile(r"=?\s*SUM\(\s*(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)\s*\)\s*")
_MOST_CELLS = 200_000
_PLACES = 9


def known_results(
    sheet: GivenSheet, fillings: Mapping[tuple[int, int], CellFilling]
) -> Mapping[tuple[int, int], Decimal]:
    """Give the sums of areas in which no formula stands; of all other formulas nothing."""
    found: dict[tuple[int, int], Decimal] = {}
    for place, cell in sheet.cells.items():
        match = _SUM.fullmatch(cell.formula or "")
        if match is None or any(place in one for one in sheet.arrays):
            continue
        total = _sum(sheet, fillings, match[1])
        if total is not None:
            found[place] = total
    return found


def _sum(
    sheet: GivenSheet, fillings: Mapping[tuple[int, int], CellFilling], text: str
) -> Decimal | None:
    """Add up an area; None if anything in it is not known for sure."""
    area = area_of(text)
    if area is None:
        return None
    rows = range(area.first_row, area.last_row + 1)
    columns = range(area.first_column, area.last_column + 1)
    if len(rows) * len(columns) > _MOST_CELLS:
        return None
    total = Decimal(0)
    for place in ((row, column) for row in rows for column in columns):
        filling, cell = fillings.get(place), sheet.cells.get(place)
        if filling is not None:
            match filling.value:
                case date() | time():
                    return None
                case int() | Decimal():
                    total += filling.value
                case _:
                    pass
        elif cell is not None and (
            cell.formula is not None or any(place in a for a in sheet.arrays)
        ):
            return None
        elif cell is not None and cell.filled and cell.text is None:
            if cell.number is None:
                return None
            total += cell.number
    exact = rounded(total, _PLACES)
    if exact is None:
        return None
    whole = exact.to_integral_value()
    return whole if whole == exact else exact.normalize()
