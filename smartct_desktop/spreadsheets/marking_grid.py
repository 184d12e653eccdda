"""What was read from a file that is no .xlsx, as a workbook with the same cells in their places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from smartct_desktop.domain.book import (
    Area,
    Book,
    Cell,
    CellError,
    Look,
    NumberFormat,
    Sheet,
    Value,
    Visibility,
)
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.cells_out import clean
from smartct_desktop.spreadsheets.names_out import sheet_names
from smartct_desktop.spreadsheets.xlsx_face import (
    XlsxFormat,
    XlsxSheet,
    XlsxWorkbook,
    abandon,
    done,
    finish,
    new_workbook,
    put_text,
)
from smartct_desktop.spreadsheets.xlsx_formats import meaning

_LONGEST = 32_767
_MOST_EXACT = 10**15
_FIRST_DAY = dt.date(1900, 3, 1)  # Excel's calendar is wrong before
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_MOMENTS = (NumberFormat.DATE, NumberFormat.MOMENT, NumberFormat.TIME, NumberFormat.DURATION)
_NUMBERS = (NumberFormat.NUMBER, NumberFormat.PERCENT)
_LARGEST_AREA = 20_000  # cells
_MOST_MERGED = 500_000  # cells
_CODES = {
    dt.datetime: "yyyy-mm-dd hh:mm:ss",
    dt.date: "yyyy-mm-dd",
    dt.time: "hh:mm:ss",
    dt.timedelta: "[h]:mm:ss",
}


def grid_workbook(
    book: Book, path: Path, folder: Path, progress: Progress
) -> Mapping[str | None, str]:
    """Write the cells of a book; gives the names that its sheets bear now. Raises `Cancelled`.

    `folder` takes what is needed meanwhile.
    """
    stem = Path(book.file_name).stem
    names = sheet_names([stem if one.name is None else one.name for one in book.sheets])
    with path.open("wb") as file:
        workbook = new_workbook(file, folder, streamed=False)
        try:
            pens = _Pens(workbook)
            for sheet, name in zip(book.sheets, names, strict=True):
                _fill(workbook.add_worksheet(name), sheet, pens, progress)
            finish(workbook)
        except BaseException:
            abandon(workbook)
            raise
    return {sheet.name: name for sheet, name in zip(book.sheets, names, strict=True)}


class _Pens:
    """The formats of the cells, each made once."""

    def __init__(self, workbook: XlsxWorkbook) -> None:
        self._workbook = workbook
        self._made: dict[str, XlsxFormat] = {}

    def __call__(self, code: str) -> XlsxFormat:
        if code not in self._made:
            self._made[code] = self._workbook.add_format({"num_format": code})
        return self._made[code]


def _fill(made: XlsxSheet, sheet: Sheet, pens: _Pens, progress: Progress) -> None:
    _merge(made, sheet.merged)  # first: merging blanks the cells
    words = Sentence("Writing the cells")
    for row in progress.through(words, sheet.rows, len(sheet.rows)):
        for column, value in enumerate(row.values):
            if value is not None:
                _put(made, (row.number - 1, column), value, row.look(column), pens)
    for (number, column), comment in sheet.comments.items():
        done(made.write_comment(number - 1, column, clean(comment), {}))
    if sheet.visibility is Visibility.HIDDEN:
        made.hide()
    elif sheet.visibility is Visibility.VERY_HIDDEN:
        made.very_hidden()


def _merge(made: XlsxSheet, areas: Sequence[Area]) -> None:
    """Merge cells; what lies over another area, or is larger than any list, stays unmerged."""
    taken: set[tuple[int, int]] = set()
    for area in areas:
        rows = range(area.first_row - 1, area.last_row)
        columns = range(area.first_column, area.last_column + 1)
        size = len(rows) * len(columns)
        if size < 2 or size > _LARGEST_AREA or len(taken) > _MOST_MERGED:
            continue
        cells = {(row, column) for row in rows for column in columns}
        if cells.isdisjoint(taken):
            taken |= cells
            done(made.merge_range(rows[0], columns[0], rows[-1], columns[-1], ""))


def _put(made: XlsxSheet, place: tuple[int, int], value: Value, look: Look, pens: _Pens) -> None:
    row, column = place
    match value:
        case bool():
            done(made.write_boolean(row, column, value, None))
        case CellError():
            formula = f"={value.code}" if value.code in _ERRORS else "=#VALUE!"
            done(made.write_formula(row, column, formula, None, value.code))
        case dt.datetime() | dt.date() | dt.time() | dt.timedelta() if _has_number(value):
            known = meaning(look.code) is look.format
            code = look.code if known and look.format in _MOMENTS else _CODES[type(value)]
            done(made.write_datetime(row, column, value, pens(code)))
        case int() | float() if abs(value) < _MOST_EXACT:
            code = look.code if meaning(look.code) in _NUMBERS else "General"
            done(made.write_number(row, column, value, pens(code)))
        case None:
            pass
        case _:
            text = clean(Cell(value, look).shown)[:_LONGEST]
            if text:
                put_text(made, row, column, text, pens("@"))


def _has_number(value: dt.date | dt.time | dt.timedelta) -> bool:
    """Whether workbooks have a number for it."""
    match value:
        case dt.timedelta():
            return value >= dt.timedelta()
        case dt.time():
            return True
        case dt.datetime():
            return value.date() >= _FIRST_DAY
        case _:
            return value >= _FIRST_DAY
