"""The sheets of a template: to be filled in, with lists to choose from, or only to explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from smartct_desktop.domain.book import column_name
from smartct_desktop.domain.collection import Entry, Filling, Stamp
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Report, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.cells_out import Fits, clean, shorten
from smartct_desktop.spreadsheets.collection_looks import CollectionLooks
from smartct_desktop.spreadsheets.pens_out import Pen, Surroundings
from smartct_desktop.spreadsheets.print_out import set_running_lines
from smartct_desktop.spreadsheets.sheet_out import SheetPlace
from smartct_desktop.spreadsheets.widths_out import (
    HIGHEST_ROW,
    LINE_HEIGHT,
    heading_height,
    value_lines,
    width_of,
)
from smartct_desktop.spreadsheets.xlsx_face import (
    XlsxSheet,
    XlsxWorkbook,
    done,
    put_text,
)

RECORD_ID, HINTS = "record_id", "record_id ?"
"""What stands above the hidden record ids in the row of headings and in the row of hints."""

_STAMPED, _HEADED, _HINTED, _FIRST = 0, 1, 2, 3
_LAST_ROW = 1_048_575
_LAST_COLUMN = 16_383
_PREPARED = 300  # free rows that are filtered and sorted with the others
_PRINTED = 20  # free rows on paper
_SAMPLE = 200
_A4 = 9
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_NARROWEST = 12.0
_PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "insert_hyperlinks": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_ID_REFUSED = {"validate": "custom", "value": "=FALSE", "input_title": "", "error_type": "stop"}


class CollectionSheet:
    """Writes one sheet of a template.

    The first row is hidden and says for programs what the sheet and its columns are, so that
    headings can be changed, columns moved and rows sorted without any harm. Headings are locked,
    without a password. The cells below are not, those of the hidden record ids neither: programs
    refuse to sort locked cells, and ids that stay behind when rows are sorted would be worse.
    """

    def __init__(
        self, report: Report, table: Table, place: SheetPlace, looks: CollectionLooks, fits: Fits
    ) -> None:
        if table.filling is None:
            raise ValueError("only a table of a template becomes such a sheet")
        self._report = report
        self._table = table
        self._filling: Filling = table.filling
        self._place = place
        self._sheet: XlsxSheet = place.sheet
        self._looks = looks
        self._fits = fits
        self._rows = 0
        self._filled: list[int] = []
        self.first_row = _FIRST if self._filling.entries else _HINTED

    def write(self, progress: Progress) -> int:
        """Write everything; answers how many records there are. Raises as `DataSheet.write`."""
        rows = list(self._table.rows)
        self._rows = len(rows)
        progress.report(Sentence("Writing {sheet}", sheet=self._place.name))
        first = self.first_row
        entered = bool(self._filling.entries)
        pens = self._pens(unlocked=entered)
        widths = [
            max(width_of(pen.column, pen.heading, pen.index, rows[:_SAMPLE]), _NARROWEST)
            for pen in pens
        ]
        self._columns(pens, widths, unlocked=entered)
        self._head(pens, widths)
        for number, row in enumerate(rows, first):
            for pen, value in zip(pens, row, strict=True):
                pen.put(number, value)
            if not entered:
                self._set_height(number, row, widths)
        self._filled = [pen.filled for pen in pens]
        if entered:
            self._validate(first, len(rows))
        self._sheet.protect("", _PROTECTION)
        self._set_up_print(first + len(rows))
        return len(rows) if entered else 0

    @property
    def stamp(self) -> Stamp:
        """What says which template this is."""
        return self._filling.stamp

    def names(self) -> Iterator[tuple[str, str]]:
        """Give the names of the columns to choose from, with where they are; once all is written.

        A column that is filled in may have one too: then what is entered there can be chosen.
        """
        quoted = self._place.name.replace("'", "''")
        for index, name in enumerate(self._filling.lists):
            count = _PREPARED + self._rows if self._filling.entries else self._filled[index]
            column = column_name(index)
            first, last = self.first_row + 1, self.first_row + max(count, 1)
            if name:
                yield name, f"='{quoted}'!${column}${first}:${column}${last}"

    def _pens(self, *, unlocked: bool) -> list[Pen]:
        looks = self._looks.unlocked if unlocked else self._looks.locked
        around = Surroundings(
            sheet=self._sheet,
            sheet_name=self._place.name,
            words=self._report.words,
            looks=looks,
            fits=self._fits,
            wrapped=not unlocked,
            linked=True,
        )
        return [
            Pen(around, column, clean(column.heading), index)
            for index, column in enumerate(self._table.columns)
        ]

    def _columns(self, pens: Sequence[Pen], widths: Sequence[float], *, unlocked: bool) -> None:
        for pen, width in zip(pens, widths, strict=True):
            look = self._looks.unlocked.value(pen.column, wrapped=False) if unlocked else None
            options = {"hidden": True} if pen.column.hidden else None
            done(self._sheet.set_column(pen.index, pen.index, width, look, options))
        if unlocked:  # a row can only be deleted if no cell of it is locked
            done(self._sheet.set_column(len(pens), _LAST_COLUMN, 8.43, self._looks.free))

    def _head(self, pens: Sequence[Pen], widths: Sequence[float]) -> None:
        sheet, looks, filling = self._sheet, self._looks, self._filling
        self._write_stamp()
        shown = [(p.heading, w) for p, w in zip(pens, widths, strict=True) if not p.column.hidden]
        row = _HEADED
        sheet.set_row(row, heading_height(shown))
        for pen in pens:
            heading = RECORD_ID if pen.column.hidden else pen.heading
            put_text(sheet, row, pen.index, heading, looks.locked.heading(pen.column))
        if not filling.entries:
            sheet.freeze_panes(row + 1, 0)
            return
        for pen, entry in zip(pens, filling.entries, strict=True):
            hint = HINTS if pen.column.hidden else clean(entry.hint)
            look = looks.hint(pen.column, required=entry.required)
            if hint:
                put_text(sheet, _HINTED, pen.index, hint, look)
            else:
                done(sheet.write_blank(_HINTED, pen.index, None, look))
        sheet.freeze_panes(_FIRST, self._table.frozen)
        sheet.repeat_rows(_HEADED, _HINTED)

    def _write_stamp(self) -> None:
        sheet, filling = self._sheet, self._filling
        put_text(sheet, _STAMPED, 0, str(filling.stamp), self._looks.code)
        for index, entry in enumerate(filling.entries):
            if index and entry.code:
                put_text(sheet, _STAMPED, index, entry.code, self._looks.code)
        sheet.set_row(_STAMPED, LINE_HEIGHT, None, {"hidden": True})

    def _set_height(self, number: int, row: Row, widths: Sequence[float]) -> None:
        """Make room for texts of several lines."""
        lines = max(
            value_lines(column, value, width)
            for column, value, width in zip(self._table.columns, row, widths, strict=True)
        )
        if lines > 1:
            self._sheet.set_row(number, min(lines * LINE_HEIGHT, HIGHEST_ROW))

    # What may be typed.

    def _validate(self, first: int, count: int) -> None:
        right = len(self._table.columns) - 1
        # The filter stands on the row of hints, so that sorting leaves the headings alone.
        bottom = first + count + _PREPARED - 1
        done(self._sheet.autofilter(_HINTED, 0, bottom, right))
        places = {entry.code: index for index, entry in enumerate(self._filling.entries)}
        for index, (column, entry) in enumerate(
            zip(self._table.columns, self._filling.entries, strict=True)
        ):
            options = _ID_REFUSED if column.hidden else self._rule(column, entry, places, first)
            done(self._sheet.data_validation(first, index, _LAST_ROW, index, options))
            if entry.required:
                self._show_missing(first, bottom, index)
        self._sheet.ignore_errors(
            {"number_stored_as_text": f"A{first + 1}:{column_name(right)}{_LAST_ROW + 1}"}
        )

    def _show_missing(self, first: int, bottom: int, index: int) -> None:
        """Tint cells that a row needs and that are blank though others of it are filled."""
        cell, end = column_name(index), column_name(len(self._table.columns) - 1)
        begun = f"COUNTA($B{first + 1}:${end}{first + 1})>0"
        options = {
            "type": "formula",
            "criteria": f"=AND({begun},ISBLANK(${cell}{first + 1}))",
            "format": self._looks.missing,
        }
        done(self._sheet.conditional_format(first, index, bottom, index, options))

    def _rule(
        self, column: Column, entry: Entry, places: dict[str, int], first: int
    ) -> dict[str, object]:
        return {
            **_allowed(entry, places, first),
            "input_title": shorten(clean(column.heading), _LONGEST_TITLE, "…"),
            "input_message": shorten(clean(entry.prompt), _LONGEST_MESSAGE, "…"),
            "error_title": shorten(clean(column.heading), _LONGEST_TITLE, "…"),
            "error_message": shorten(clean(entry.refusal), _LONGEST_MESSAGE, "…"),
            "error_type": "stop" if entry.closed else "warning",
        }

    def _set_up_print(self, end: int) -> None:
        sheet = self._sheet
        last = end + _PRINTED if self._filling.entries else end
        done(sheet.print_area(0, 0, last - 1, len(self._table.columns) - 1))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        set_running_lines(sheet, self._report, self._place.name)


def define_names(workbook: XlsxWorkbook, sheets: Sequence[CollectionSheet]) -> None:
    """Give names to the lists, so that cells of other sheets can be chosen from them.

    The stamp of the template becomes a hidden name and a property of the file.
    """
    for sheet in sheets:
        for name, formula in sheet.names():
            done(workbook.define_name(name, formula))
    for sheet in sheets[:1]:
        text = f"{sheet.stamp.format} {sheet.stamp.version}"
        done(workbook.define_name("SmartCT_template", f'="{text}"'))
        workbook.defined_names[-1][-1] = True  # hidden: there is no other way to say so
        done(workbook.set_custom_property("SmartCT template", text, "text"))


def _allowed(entry: Entry, places: dict[str, int], first: int) -> dict[str, object]:
    """Give the rule for what may be typed into the column."""
    if entry.choices:
        return {"validate": "list", "source": f"={entry.choices}"}
    if entry.first is not None and entry.last is not None:
        least = f"={_serial(entry.first)}"
        if entry.after:
            cell = f"${column_name(places[entry.after])}{first + 1}"
            least = f"=MAX({cell},{_serial(entry.first)})"
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": least,
            "maximum": f"={_serial(entry.last)}",
        }
    if entry.least is not None and entry.most is not None:
        return {
            "validate": "integer" if entry.whole else "decimal",
            "criteria": "between",
            "minimum": float(entry.least),
            "maximum": float(entry.most),
        }
    return {"validate": "any"}


def _serial(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
