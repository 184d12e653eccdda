"""What stands out in a written sheet: marked cells, and numbers shaded by their size."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.charts import Mark
from smartct_desktop.domain.report import Column
from smartct_desktop.spreadsheets.cells_out import clean
from smartct_desktop.spreadsheets.looks_out import SHADES, Looks
from smartct_desktop.spreadsheets.xlsx_face import XlsxSheet, done

_LONGEST_COMPARED = 250
"""Characters of a text within a formula, which holds 255."""


def write_marks(
    sheet: XlsxSheet, columns: Sequence[Column], looks: Looks, first: int, last: int
) -> None:
    """Write the marks of all columns for the rows from `first` to `last`.

    Shaded columns side by side share one scale, so that they can be compared.
    """
    for index, column in enumerate(columns):
        for mark in column.marks:
            options = {**_condition(mark), "format": looks.mark(mark.tone)}
            done(sheet.conditional_format(first, index, last, index, options))
    for left, right in _shaded(columns):
        low, high = SHADES
        options = {"type": "2_color_scale", "min_color": low, "max_color": high}
        done(sheet.conditional_format(first, left, last, right, options))


def _condition(mark: Mark) -> dict[str, object]:
    if mark.text:
        escaped = clean(mark.text)[:_LONGEST_COMPARED].replace('"', '""')
        return {"type": "cell", "criteria": "==", "value": f'"{escaped}"'}
    if mark.above is not None:
        return {"type": "cell", "criteria": ">", "value": mark.above}
    return {"type": "no_blanks"}


def _shaded(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Give the first and the last of each row of shaded columns."""
    found: list[tuple[int, int]] = []
    for index, column in enumerate(columns):
        if not column.shaded:
            continue
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found
