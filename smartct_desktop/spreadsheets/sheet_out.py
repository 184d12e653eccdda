"""One data sheet of a written workbook: title block, headings, rows, totals, print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Kind, Purpose, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.cells_out import (
    Fits,
    clean,
    shorten,
)
from smartct_desktop.spreadsheets.looks_out import Looks
from smartct_desktop.spreadsheets.marks_out import write_marks
from smartct_desktop.spreadsheets.names_out import headings
from smartct_desktop.spreadsheets.pens_out import Pen, Surroundings
from smartct_desktop.spreadsheets.print_out import set_running_lines, set_up_pages
from smartct_desktop.spreadsheets.title_out import title_lines
from smartct_desktop.spreadsheets.widths_out import (
    HIGHEST_ROW,
    LINE_HEIGHT,
    heading_height,
    value_lines,
    width_for,
    width_of,
)
from smartct_desktop.spreadsheets.xlsx_face import XlsxSheet, done, put_text

MOST_ROWS = 1_048_576
"""Rows that one worksheet can hold, headings and totals among them."""

MOST_COLUMNS = 16_384

_SAMPLE_ROWS = 200
_ROWS_PER_REPORT = 200
_ROWS_BELOW = 2  # an empty one and the totals
_ROWS_PER_CLOSING = 2
_TO_FILL_IN = "_" * 50
_TITLE_HEIGHT = 24
_ROOM_TO_WRITE = 24  # points: a row in which somebody signs
_SUBTOTAL_SUM, _SUBTOTAL_COUNT = 109, 103
_LONGEST_NOTE = 1000
_NOTE_SIZE = {"x_scale": 2, "font_size": 9}


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """The worksheet for a table, and the names that it and its named table have."""

    sheet: XlsxSheet
    name: str
    table_name: str


class DataSheet:
    """Writes one table into one worksheet, top to bottom.

    A streamed sheet keeps no row in memory; it has a filter instead of a named table, and an empty
    row above the totals, so that the filter and sorting leave them alone.
    """

    def __init__(
        self, report: Report, table: Table, place: SheetPlace, looks: Looks, fits: Fits
    ) -> None:
        if len(table.columns) > MOST_COLUMNS:
            raise ValueError(f"a worksheet holds {MOST_COLUMNS} columns")
        self._report = report
        self._table = table
        self._place = place
        self._sheet = place.sheet
        self._looks = looks
        self._streamed = not looks.ruled
        # A streamed sheet keeps nothing of its rows, not even which of them are high.
        self._wraps = table.purpose is Purpose.PRINT and not self._streamed
        around = Surroundings(
            sheet=place.sheet,
            sheet_name=place.name,
            words=report.words,
            looks=looks,
            fits=fits,
            wrapped=self._wraps,
            linked=not self._streamed,
        )
        names = headings(column.heading for column in table.columns)
        self._pens = [
            Pen(around, column, heading, index)
            for index, (column, heading) in enumerate(zip(table.columns, names, strict=True))
        ]
        self._first_seen = next(pen.index for pen in self._pens if not pen.column.hidden)
        self._heading_row = 0
        self._link_ratios()

    @property
    def first_row(self) -> int:
        """The row (from 0) of the first record, once it is written."""
        return self._heading_row + 1

    def _link_ratios(self) -> None:
        """Tell the pens of ratios beside which columns they stand."""
        of = {pen.column.heading: pen.index for pen in self._pens}
        for pen in self._pens:
            ratio = pen.column.ratio
            if ratio is not None:
                pen.of = (_letters(of[ratio.part]), _letters(of[ratio.whole]))

    def write(self, progress: Progress) -> int:
        """Write everything; answers how many records there were.

        Raises `Cancelled`, `Invalid` for a value that is no number, `Trouble` for more rows than a
        worksheet holds, `TypeError` and `ValueError` for a report that contradicts itself.
        """
        rows = iter(self._table.rows)
        sample = list(islice(rows, _SAMPLE_ROWS))
        self._check_length(sample)
        widths = self._set_widths(sample)
        self._heading_row = self._write_title_block(sum(widths))
        self._write_headings(widths)
        count = self._write_rows(chain(sample, rows), widths, progress)
        last = self._heading_row + count + self._write_blank_rows(self._heading_row + count)
        if last > self._heading_row:
            self._close_table(last)
            last += self._write_closing(last)
        else:
            self._write_nothing()
        self._widen(widths)
        bottom = min(last + _ROWS_BELOW, MOST_ROWS - 1)
        set_up_pages(self._sheet, self._table, bottom, MOST_COLUMNS, sum(widths))
        set_running_lines(self._sheet, self._report, self._place.name)
        return count

    def _set_widths(self, sample: Sequence[Row]) -> list[float]:
        widths = []
        for pen in self._pens:
            width = width_of(pen.column, pen.heading, pen.index, sample)
            self._set_width(pen, width)
            widths.append(0.0 if pen.column.hidden else width)
        return widths

    def _set_width(self, pen: Pen, width: float) -> None:
        options = {"hidden": True} if pen.column.hidden else None
        done(self._sheet.set_column(pen.index, pen.index, width, None, options))

    def _check_length(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if len(row) != len(self._pens):
                raise ValueError(
                    f"sheet {self._place.name!r}: a row of {len(row)} values "
                    f"for {len(self._pens)} columns"
                )

    def _write_title_block(self, width: float) -> int:
        """Answers the row for the headings."""
        if self._table.purpose is Purpose.MACHINE:
            return 0
        lines = title_lines(self._report, self._table, self._looks, width)
        for row, (text, look) in enumerate(lines):
            put_text(self._sheet, row, self._first_seen, text, look)
        self._sheet.set_row(0, _TITLE_HEIGHT)
        return len(lines) + 1

    def _write_headings(self, widths: Sequence[float]) -> None:
        row = self._heading_row
        shown = [
            (pen.heading, width) for pen, width in zip(self._pens, widths, strict=True) if width
        ]
        self._sheet.set_row(row, heading_height(shown))
        for pen in self._pens:
            look = self._looks.heading(pen.column)
            put_text(self._sheet, row, pen.index, pen.heading, look)
            if pen.column.note and not pen.column.hidden:
                note = shorten(clean(pen.column.note), _LONGEST_NOTE, "…")
                done(self._sheet.write_comment(row, pen.index, note, _NOTE_SIZE))
        self._sheet.freeze_panes(row + 1, self._table.frozen)
        self._sheet.repeat_rows(row, row)

    def _write_rows(self, rows: Iterable[Row], widths: Sequence[float], progress: Progress) -> int:
        pens = self._pens
        room = MOST_ROWS - self._heading_row - 1 - (_ROWS_BELOW if self._table.has_totals else 0)
        expected = self._table.row_count or 0
        count = 0
        for values in rows:
            if count % _ROWS_PER_REPORT == 0:
                progress.report(
                    Sentence("Writing {sheet}", sheet=self._place.name), count, expected
                )
            if count == room:
                raise _too_many_rows(self._place.name)
            count += 1
            row = self._heading_row + count
            if len(values) != len(pens):
                self._check_length([values])
            for pen, value in zip(pens, values, strict=True):
                pen.put(row, value)
            if self._wraps:
                self._set_height(row, values, widths)
        return count

    def _write_blank_rows(self, last: int) -> int:
        """Rule the empty rows that are filled in by hand; answers how many there are."""
        for row in range(last + 1, last + 1 + self._table.blank):
            for pen in self._pens:
                pen.put(row, None)
            done(self._sheet.set_row(row, _ROOM_TO_WRITE))
        return self._table.blank

    def _set_height(self, row: int, values: Row, widths: Sequence[float]) -> None:
        """Make room for texts of several lines, which LibreOffice would let run into the next."""
        lines = max(
            value_lines(column, value, width)
            for column, value, width in zip(self._table.columns, values, widths, strict=True)
        )
        least = _ROOM_TO_WRITE if self._table.blank else 0
        if lines > 1 or least:
            height = min(max(lines * LINE_HEIGHT, least), HIGHEST_ROW)
            done(self._sheet.set_row(row, height))

    def _close_table(self, last: int) -> None:
        """Make the rows a table or give them a filter, and write the totals."""
        top, right = self._heading_row, len(self._pens) - 1
        total_row = last + (2 if self._streamed else 1) if self._table.has_totals else None
        bottom = last if total_row is None else total_row
        if self._streamed:
            done(self._sheet.autofilter(top, 0, last, right))
        else:
            options = {
                "name": self._place.table_name,
                "style": None,
                "total_row": total_row is not None,
                "columns": [self._table_column(pen, last) for pen in self._pens],
            }
            done(self._sheet.add_table(top, 0, bottom, right, options))
        if total_row is not None:
            self._write_totals(total_row, last)
        write_marks(self._sheet, self._table.columns, self._looks, top + 1, last)
        self._sheet.ignore_errors({"number_stored_as_text": _area(top + 1, 0, last, right)})

    def _table_column(self, pen: Pen, last: int) -> dict[str, object]:
        options: dict[str, object] = {
            "header": pen.heading,
            "header_format": self._looks.heading(pen.column),
        }
        if pen.column.total is not Total.NONE:
            options["total_function"] = self._formula(pen, last)
        elif pen.index == self._first_seen and self._table.has_totals:
            options["total_string"] = clean(self._report.words.total)
        return options

    def _write_totals(self, row: int, last: int) -> None:
        label = clean(self._report.words.total)
        for pen in self._pens:
            counted = pen.column.total is Total.COUNT
            first = pen.index == self._first_seen
            if pen.column.total is not Total.NONE:
                look = self._looks.total(pen.column, counted=counted, label=label if first else "")
                formula = self._formula(pen, last)
                done(self._sheet.write_formula(row, pen.index, formula, look, pen.total))
                continue
            look = self._looks.total(pen.column)
            if first:
                put_text(self._sheet, row, pen.index, label, look)
            else:
                done(self._sheet.write_blank(row, pen.index, None, look))

    def _formula(self, pen: Pen, last: int) -> str:
        """Sum or count of the rows that the filter lets through."""
        function = _SUBTOTAL_COUNT if pen.column.total is Total.COUNT else _SUBTOTAL_SUM
        area = _area(self._heading_row + 1, pen.index, last, pen.index)
        return f"=SUBTOTAL({function},{area})"

    def _write_nothing(self) -> None:
        """Say that there is nothing, where people read it."""
        if self._table.purpose is Purpose.PRINT:
            text = clean(self._report.words.nothing)
            put_text(self._sheet, self._heading_row + 1, self._first_seen, text, self._looks.line)

    def _write_closing(self, last: int) -> int:
        """Write the lines to be filled in by hand; answers how many rows they take."""
        row = last + _ROWS_BELOW
        for text in self._table.closing:
            row += _ROWS_PER_CLOSING
            line = f"{clean(text)}: {_TO_FILL_IN}"
            put_text(self._sheet, row, self._first_seen, line, self._looks.line)
        return _ROWS_PER_CLOSING * len(self._table.closing)

    def _widen(self, widths: Sequence[float]) -> None:
        """Make room for the widest numbers, which are known only now."""
        for pen, width in zip(self._pens, widths, strict=True):
            shown = [pen.shown(pen.widest)]
            if pen.column.total is Total.SUM:
                shown.append(pen.shown(pen.units))
            if pen.index == self._first_seen and pen.column.total is not Total.NONE:
                shown = [f"{self._report.words.total}   {text}" for text in shown]
            needed = max(map(width_for, shown))
            if needed > width and pen.column.kind in _NUMBERS:
                self._set_width(pen, needed)


_NUMBERS = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY})


def _area(first_row: int, first_col: int, last_row: int, last_col: int) -> str:
    return f"{_letters(first_col)}{first_row + 1}:{_letters(last_col)}{last_row + 1}"


def _letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _too_many_rows(name: str) -> Trouble:
    return Trouble(
        Sentence(
            "{sheet} has more rows than a worksheet can hold ({most}).", sheet=name, most=MOST_ROWS
        ),
        Sentence("Choose a shorter period or fewer records, then try again."),
    )
