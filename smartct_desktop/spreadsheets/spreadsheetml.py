"""Reads an XML workbook of Excel 2002 and 2003 (.xml, often called .xls), with its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

from smartct_desktop.domain.book import (
    NO_MARKS,
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
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Advance, Block, Budget, Message
from smartct_desktop.spreadsheets.gathering import Gatherer
from smartct_desktop.spreadsheets.raised_digits import raised
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.spreadsheetml_styles import Styles, dressed
from smartct_desktop.spreadsheets.xlsx_moments import from_iso, from_serial
from smartct_desktop.spreadsheets.xlsx_numbers import MOMENT_FORMATS, number_of
from smartct_desktop.spreadsheets.xlsx_sheet import MAX_COLUMN, MAX_ROW
from smartct_desktop.spreadsheets.xlsx_styles import with_marks
from smartct_desktop.spreadsheets.xml_reading import MALFORMED

_PIECE = 1 << 14
_DEPTH = 100
_SHEET_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_VISIBILITY = {
    "SheetHidden": Visibility.HIDDEN,
    "SheetVeryHidden": Visibility.VERY_HIDDEN,
}
_RANGE = re.compile(r"R(\d{1,7})C(\d{1,5}):R(\d{1,7})C(\d{1,5})")
_FIRST_YEAR = 1900


def read_spreadsheetml(request: Request) -> Iterator[Message]:
    """Read a workbook piece by piece.

    Raises `Trouble` if it is damaged, declares a document type, or has more than the limits allow.
    """
    reader = _Reader(request)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse_document_type
    size, done = request.path.stat().st_size, 0
    with request.path.open("rb") as file:
        try:
            while piece := file.read(_PIECE):
                parser.Parse(piece, False)
                done += len(piece)
                yield from reader.ready()
                yield Advance(done, size)
            parser.Parse(b"", True)
        except MALFORMED as error:
            raise refusals.damaged(request.name) from error
    yield from reader.ready()
    if not reader.sheets:
        raise refusals.empty(request.name)
    yield Book(request.name, request.sha256, BookFormat.SPREADSHEETML, (), reader.styles.from_1904)


@dataclass
class _Cell:
    """What is known of the cell that is being read."""

    column: int
    style: str
    formula: bool
    link: str
    kind: str = ""
    pieces: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    struck: bool = False


@dataclass
class _SheetReader:
    """What is known of the sheet that is being read."""

    name: str
    rows: Gatherer
    number: int = 0
    column: int = 0
    next_column: int = 0
    row_style: str = ""
    row_hidden: bool = False
    values: list[Value] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    column_styles: dict[int, str] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    filter_area: Area | None = None
    visibility: Visibility = Visibility.VISIBLE

    def sheet(self) -> Sheet:
        """Give the sheet without its rows."""
        area = self.filter_area
        hidden = frozenset(self.hidden_rows)
        return Sheet(
            self.name,
            (),
            self.visibility,
            whole=not self.rows.more,
            merged=tuple(self.merged),
            hidden_rows=hidden,
            hidden_columns=frozenset(c for c in self.hidden_columns if c < self.rows.width),
            filter_area=area,
            filtered_rows=frozenset(
                row for row in hidden if area and area.first_row < row <= area.last_row
            ),
            comments=self.comments,
            links=self.links,
        )


class _Reader:
    """Takes the events of the parser and makes blocks and sheets of them."""

    def __init__(self, request: Request) -> None:
        self.sheets = 0
        self.styles = Styles()
        self._request = request
        self._name = request.name
        self._budget = Budget(request.name, request.limits)
        self._path: list[str] = []
        self._ready: list[Block | Sheet] = []
        self._style = ""
        self._sheet: _SheetReader | None = None
        self._cell: _Cell | None = None
        self._word: list[str] = []

    def ready(self) -> Iterator[Block | Sheet]:
        """Give what is complete."""
        ready, self._ready = self._ready, []
        yield from ready

    def refuse_document_type(self, *_declared: object) -> None:
        """Raise `Trouble`: no program writes such workbooks with a document type."""
        raise refusals.unsafe(self._name)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element; names are "space name"."""
        space, _, name = tag.rpartition(" ")
        self._path.append(name)
        if len(self._path) > _DEPTH:
            raise refusals.unsafe(self._name)
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if self._cell is not None:
            self._inside_cell(name, given)
        elif space != _SHEET_SPACE:
            self._elsewhere(name, given)
        elif self._sheet is None:
            self._above_sheets(name, given)
        else:
            self._inside_sheet(self._sheet, name, given)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        name = tag.rpartition(" ")[2]
        self._path.pop()
        sheet, cell = self._sheet, self._cell
        if sheet is None:
            return
        if cell is not None:
            if name == "Cell":
                self._end_cell(sheet, cell)
        elif name == "Row":
            if sheet.row_hidden and any(value is not None for value in sheet.values):
                sheet.hidden_rows.append(sheet.number)
            block = sheet.rows.take(sheet.number, sheet.values, sheet.looks)
            if block is not None:
                self._ready.append(block)
        elif name == "Visible":
            sheet.visibility = _VISIBILITY.get("".join(self._word).strip(), Visibility.VISIBLE)
        elif name == "Worksheet":
            self._ready += [sheet.rows.flush(), sheet.sheet()]
            self._sheet = None
            self.sheets += 1

    def text(self, piece: str) -> None:
        """Take text into the cell, the comment or the setting that it stands in."""
        cell = self._cell
        if cell is None:
            if self._path and self._path[-1] == "Visible":
                self._word.append(piece)
            return
        if "Comment" in self._path:
            cell.comment.append(piece)
        elif "Data" in self._path:
            cell.pieces.append(raised(piece) if "Sup" in self._path else piece)
            cell.struck = cell.struck or ("S" in self._path and bool(piece.strip()))

    def _above_sheets(self, name: str, given: dict[str, str]) -> None:
        match name:
            case "Style":
                self._style = given.get("ID", "")
                self.styles.looks[self._style] = self.styles.look(given.get("Parent", ""))
            case "NumberFormat" | "Font" | "Interior":
                look = self.styles.looks.get(self._style, PLAIN)
                self.styles.looks[self._style] = dressed(look, name, given)
            case "Worksheet":
                rows = Gatherer(self._budget, self._request.rows)
                self._sheet = _SheetReader(given.get("Name", ""), rows)
            case _:
                pass

    def _elsewhere(self, name: str, given: dict[str, str]) -> None:
        """Take what Excel's own spaces say: the base of days, filters, hidden sheets."""
        if name == "Date1904":
            self.styles.from_1904 = True
        elif name == "Visible":
            self._word = []
        elif name == "AutoFilter" and self._sheet is not None:
            found = _RANGE.fullmatch(given.get("Range", ""))
            if found:
                top, left, bottom, right = map(int, found.groups())
                self._sheet.filter_area = Area(top, left - 1, bottom, right - 1)

    def _inside_sheet(self, sheet: _SheetReader, name: str, given: dict[str, str]) -> None:
        match name:
            case "Column":
                first = self._number(given, "Index", sheet.next_column + 1) - 1
                end = min(first + 1 + self._number(given, "Span", 0), MAX_COLUMN + 1)
                sheet.next_column = end
                if given.get("Hidden") == "1":
                    sheet.hidden_columns.update(range(first, end))
                if "StyleID" in given:
                    sheet.column_styles |= dict.fromkeys(range(first, end), given["StyleID"])
            case "Row":
                number = self._number(given, "Index", sheet.number + 1)
                if number <= sheet.number or number > MAX_ROW:
                    raise refusals.damaged_at(self._name, sheet.name, str(number))
                sheet.number, sheet.column = number, 0
                sheet.values, sheet.looks = [], []
                sheet.row_style = given.get("StyleID", "")
                sheet.row_hidden = given.get("Hidden") == "1"
            case "Cell":
                self._begin_cell(sheet, given)
            case _:
                pass

    def _begin_cell(self, sheet: _SheetReader, given: dict[str, str]) -> None:
        column = self._number(given, "Index", sheet.column + 1) - 1
        if column < sheet.column or column > MAX_COLUMN:
            raise refusals.damaged_at(self._name, sheet.name, str(sheet.number))
        wide, high = self._number(given, "MergeAcross", 0), self._number(given, "MergeDown", 0)
        if wide or high:
            self._budget.spend_facts()
            sheet.merged.append(Area(sheet.number, column, sheet.number + high, column + wide))
        sheet.column = min(column + 1 + wide, MAX_COLUMN + 1)
        styles = sheet.row_style or sheet.column_styles.get(column, "")
        self._cell = _Cell(
            column, given.get("StyleID", styles), "Formula" in given, given.get("HRef", "")
        )

    def _inside_cell(self, name: str, given: dict[str, str]) -> None:
        if name == "Data" and "Comment" not in self._path and self._cell is not None:
            self._cell.kind = given.get("Type", "String")

    def _end_cell(self, sheet: _SheetReader, cell: _Cell) -> None:
        look = self.styles.look(cell.style, "Default")
        value, marks = self._value(cell, look)
        if cell.formula:
            marks |= Mark.FORMULA if cell.kind else Mark.NO_RESULT
        if cell.struck:
            marks |= Mark.PARTLY_STRUCK
        gap = cell.column - len(sheet.values)
        sheet.values += [None] * gap + [value]
        sheet.looks += [PLAIN] * gap + [with_marks(look, marks) if marks else look]
        place = sheet.number, cell.column
        comment = "".join(cell.comment).strip()
        for found, kept in ((comment, sheet.comments), (cell.link, sheet.links)):
            if found:
                self._budget.spend_facts()
                kept[place] = found
        self._cell = None

    def _value(self, cell: _Cell, look: Look) -> tuple[Value, Mark]:
        text = "".join(cell.pieces)
        match cell.kind:
            case "Number":
                number, marks = number_of(text.strip())
                if look.format in MOMENT_FORMATS and not isinstance(number, str):
                    return from_serial(number, look.format, from_1904=self.styles.from_1904)
                return number, Mark(marks)
            case "DateTime":
                value = from_iso(text.strip(), _day_or_moment(look.format))
                if isinstance(value, datetime) and value.year < _FIRST_YEAR:
                    return value.time(), NO_MARKS
                return (text, Mark.ODD) if value is None else (value, NO_MARKS)
            case "Boolean":
                return text.strip() == "1", NO_MARKS
            case "Error":
                return CellError(text.strip()), NO_MARKS
            case _:
                return text or None, NO_MARKS

    def _number(self, given: dict[str, str], key: str, default: int) -> int:
        text = given.get(key, "")
        if not text:
            return default
        if not text.isdecimal() or len(text) > 9:
            raise refusals.damaged(self._name)
        return int(text)


def _day_or_moment(form: NumberFormat) -> NumberFormat:
    return form if form is NumberFormat.MOMENT else NumberFormat.DATE
