"""Reads an .xls workbook, Excel's format until 2003: every sheet with cells, with its facts."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.book import Book as OldBook
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet as OldSheet

from smartct_desktop.domain.book import (
    PLAIN,
    Area,
    Book,
    BookFormat,
    CellError,
    Look,
    Mark,
    NumberFormat,
    Sheet,
    Value,
    Visibility,
)
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Advance, Block, Budget, Message
from smartct_desktop.spreadsheets.compound import stream_of
from smartct_desktop.spreadsheets.gathering import Gatherer
from smartct_desktop.spreadsheets.raised_digits import raised
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.xlsx_formats import meaning
from smartct_desktop.spreadsheets.xlsx_moments import from_serial
from smartct_desktop.spreadsheets.xlsx_numbers import EXACT_DIGITS, MOMENT_FORMATS
from smartct_desktop.spreadsheets.xlsx_styles import with_marks

_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_STREAMS = frozenset({"workbook", "book"})
_VISIBILITY = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_EXACT = 10**EXACT_DIGITS
_BOLD = 600
_SUPERSCRIPT = 1
_FILTER = "_filterdatabase"  # names are kept in small letters

# Everything that the library raises on files that are cut off or tampered with.
_BROKEN = (
    XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
)


def read_xls(request: Request) -> Iterator[Message]:
    """Read a workbook sheet by sheet.

    Formulas are not told from values in this format: each is taken as it was last calculated.
    Raises `Trouble` if it is damaged, needs a password or has more than the limits allow.
    """
    budget = Budget(request.name, request.limits)
    content = request.path.read_bytes()
    with _explained(request.name):
        book = xlrd.open_workbook(
            file_contents=stream_of(content, _STREAMS),
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,  # one cell far away would fill up all rows
        )
        looks = _looks(book)
        count = book.nsheets
    if not count:
        raise refusals.empty(request.name)
    for place in range(count):
        yield from _read_sheet(request, book, place, looks, budget)
        yield Advance(place + 1, count)
    notes = []
    if _MACROS in content:
        notes.append(Sentence("The workbook contains macros. They are never run."))
    yield Book(request.name, request.sha256, BookFormat.XLS, (), bool(book.datemode), tuple(notes))


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        if "encrypted" in str(error):
            raise refusals.password_needed(name) from error
        raise refusals.damaged(name) from error


def _read_sheet(
    request: Request, book: OldBook, place: int, looks: Sequence[Look], budget: Budget
) -> Iterator[Block | Sheet]:
    with _explained(request.name):
        sheet = book.sheet_by_index(place)
        sheet.tidy_dimensions()
    rows = Gatherer(budget, request.rows)
    cells = _Cells(book, sheet, looks)
    for number in range(sheet.nrows):
        with _explained(request.name):
            values, seen = cells.row(number)
        block = rows.take(number + 1, values, seen)
        if block is not None:
            yield block
        if rows.more:
            break
    yield rows.flush()
    with _explained(request.name):
        facts = _facts(book, sheet, place, rows, budget)
        book.unload_sheet(place)
    yield facts


class _Cells:
    """Makes values and looks of the cells of one sheet."""

    def __init__(self, book: OldBook, sheet: OldSheet, looks: Sequence[Look]) -> None:
        self._sheet = sheet
        self._looks = looks
        self._from_1904 = bool(book.datemode)
        self._struck = [bool(font.struck_out) for font in book.font_list]
        self._raised = [font.escapement == _SUPERSCRIPT for font in book.font_list]
        self._marked: dict[tuple[int, int], Look] = {}

    def row(self, number: int) -> tuple[list[Value], list[Look]]:
        """Give the values of a row, counted from 0, and their looks."""
        sheet = self._sheet
        values: list[Value] = []
        looks: list[Look] = []
        cells = zip(sheet.row_types(number), sheet.row_values(number), strict=True)
        for column, (kind, content) in enumerate(cells):
            style = sheet.cell_xf_index(number, column)
            look = self._looks[style] if 0 <= style < len(self._looks) else PLAIN
            value, mark = self._value(kind, content, look)
            runs = self._sheet.rich_text_runlist_map.get((number, column), ())
            if runs and isinstance(value, str):
                value = self._with_raised(value, runs)
                if self._partly_struck(runs):
                    mark |= Mark.PARTLY_STRUCK
            values.append(value)
            looks.append(self._with(style, look, mark) if mark else look)
        return values, looks

    def _value(self, kind: int, content: object, look: Look) -> tuple[Value, Mark]:
        if isinstance(content, str):
            return content or None, Mark(0)
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(content), Mark(0)
        if kind == xlrd.XL_CELL_ERROR and isinstance(content, int):
            return CellError(error_text_from_code.get(content, "#ERR!")), Mark(0)
        if not isinstance(content, int | float):
            return None, Mark(0)
        if look.format in MOMENT_FORMATS:
            return from_serial(float(content), look.format, from_1904=self._from_1904)
        number = int(content) if float(content).is_integer() else content
        return number, Mark(0) if -_EXACT < number < _EXACT else Mark.ROUNDED

    def _with_raised(self, text: str, runs: Sequence[tuple[int, int]]) -> str:
        """Give a text in which the digits of raised parts are raised ones."""
        ends = [*(start for start, _ in runs[1:]), len(text)]
        pieces = [text[: runs[0][0]]]
        for (start, font), end in zip(runs, ends, strict=True):
            above = font < len(self._raised) and self._raised[font]
            pieces.append(raised(text[start:end]) if above else text[start:end])
        return "".join(pieces)

    def _partly_struck(self, runs: Sequence[tuple[int, int]]) -> bool:
        fonts = [font for _, font in runs]
        return any(self._struck[font] for font in fonts if font < len(self._struck))

    def _with(self, style: int, look: Look, mark: Mark) -> Look:
        key = style, mark.value
        if key not in self._marked:
            self._marked[key] = with_marks(look, mark)
        return self._marked[key]


def _looks(book: OldBook) -> list[Look]:
    """The look of each cell format in order."""
    known: dict[Look, Look] = {PLAIN: PLAIN}
    looks = []
    for entry in book.xf_list:
        form = book.format_map.get(entry.format_key)
        code = form.format_str if form is not None else "General"
        font = book.font_list[entry.font_index] if entry.font_index < len(book.font_list) else None
        ground = entry.background
        look = Look(
            meaning(code),
            code,
            Mark.STRUCK if font is not None and font.struck_out else Mark(0),
            bool(font is not None and font.weight >= _BOLD),
            f"indexed {ground.pattern_colour_index}" if ground and ground.fill_pattern else "",
        )
        if look.format is NumberFormat.GENERAL:
            look = replace(look, code="General")
        looks.append(known.setdefault(look, look))
    return looks


def _facts(book: OldBook, sheet: OldSheet, place: int, rows: Gatherer, budget: Budget) -> Sheet:
    """The sheet without its rows."""
    merged = [Area(low + 1, left, high, right - 1) for low, high, left, right in sheet.merged_cells]
    comments = {(row + 1, column): note.text for (row, column), note in sheet.cell_note_map.items()}
    links = {
        (link.frowx + 1, link.fcolx): link.url_or_path
        for link in sheet.hyperlink_list
        if link.frowx is not None and link.fcolx is not None and isinstance(link.url_or_path, str)
    }
    budget.spend_facts(len(merged) + len(comments) + len(links))
    hidden_rows = frozenset(
        row + 1
        for row, info in sheet.rowinfo_map.items()
        if info.hidden and row < sheet.nrows and any(map(bool, sheet.row_types(row)))
    )
    area = _filter_area(book, place)
    return Sheet(
        name=sheet.name,
        rows=(),
        visibility=_VISIBILITY[sheet.visibility if sheet.visibility in {1, 2} else 0],
        whole=not rows.more,
        merged=tuple(merged),
        hidden_rows=hidden_rows,
        hidden_columns=frozenset(
            column
            for column, info in sheet.colinfo_map.items()
            if info.hidden and column < rows.width
        ),
        filter_area=area,
        filtered_rows=frozenset(
            row for row in hidden_rows if area is not None and area.first_row < row <= area.last_row
        ),
        comments=comments,
        links=links,
    )


def _filter_area(book: OldBook, place: int) -> Area | None:
    """The area of the sheet's autofilter, which stands behind a hidden name."""
    for name in book.name_map.get(_FILTER, ()):
        meant = name.result.value if name.scope == place and name.result is not None else None
        if isinstance(meant, list) and meant:
            low, high, left, right = meant[0].coords[2:6]
            return Area(low + 1, left, high, right - 1)
    return None
