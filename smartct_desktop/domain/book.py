"""A partner's file as read: a book of sheets, a sheet of rows, a row of cells with their facts.

Rows are numbered from 1 as spreadsheet programs show them; in text files a row bears the number
of the physical line it begins on. Columns are counted from 0, the place in `Row.values`;
`column_name` says "A" for 0. A book is plain data: it can be sent to another process.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, Flag, auto
from types import MappingProxyType
from typing import TypeAlias

from smartct_desktop.domain.sentence import Sentence

_ONLY_DIGITS = re.compile(r'(?:0|[- ()]|\\.|"[^"]*")+')
_PLACE_OR_TEXT = re.compile(r'0|[- ()]|\\.|"[^"]*"')


@dataclass(frozen=True, slots=True)
class CellError:
    """What a formula shows instead of a result: `#REF!`, `#N/A`, `#SPILL!` and others."""

    code: str


Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | CellError | None


class NumberFormat(Enum):
    """What the number format of a cell makes of a number."""

    GENERAL = "general"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    DURATION = "duration"
    TEXT = "text"


class Mark(Flag):
    """What has to be known of a cell besides its value.

    `STRUCK` and `PARTLY_STRUCK`: the text, or a part of it, is crossed out. `FORMULA`: the value
    is the stored result. `NO_RESULT`: a formula whose result the file does not hold; the value is
    `None` though the cell is not blank. `NO_DATE`: shown as a date, but no calendar has that day
    (the 29 February 1900, negative numbers, years after 9999), so the number stands as value.
    `ROUNDED`: more than 15 digits, which spreadsheet programs have rounded. `ODD`: the content
    does not fit the type it is declared as (say, 1e999 as a number); its text stands as value.
    """

    STRUCK = auto()
    PARTLY_STRUCK = auto()
    FORMULA = auto()
    NO_RESULT = auto()
    NO_DATE = auto()
    ROUNDED = auto()
    ODD = auto()


NO_MARKS = Mark(0)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is formatted and marked; cells of one look share one object.

    `code` is the number format as it stands in the file. `fill` is the background as the file
    names it ("FFE2EFDA", "theme 4", "indexed 13"), "" for none: two fills can be told apart.
    """

    format: NumberFormat = NumberFormat.GENERAL
    code: str = "General"
    marks: Mark = NO_MARKS
    bold: bool = False
    fill: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with everything known about it. `link` is the target of a hyperlink."""

    value: Value
    look: Look = PLAIN
    comment: str = ""
    link: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the cell; a formula without a stored result is not nothing."""
        return self.value is None and Mark.NO_RESULT not in self.look.marks

    @property
    def shown(self) -> str:
        """The text that a spreadsheet program shows, as far as it can be told without a locale.

        Numbers under a format of zeros keep their zeros: 1067 under "00000" is "01067". Dates are
        given as ISO text, durations as hours, minutes and seconds, other numbers plainly.
        """
        value = self.value
        match value:
            case None:
                return ""
            case str():
                return value
            case CellError():
                return value.code
            case bool():
                return "TRUE" if value else "FALSE"
            case int() if value >= 0 and _ONLY_DIGITS.fullmatch(self.look.code):
                return _padded(str(value), self.look.code)
            case datetime():
                return value.isoformat(sep=" ")
            case date() | time():
                return value.isoformat()
            case float():
                return f"{value:.15g}"
            case timedelta():
                return _hours(value)
            case _:
                return str(value)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that is not blank, up to the last cell that is not.

    `looks` belongs to `values`, place by place; where it is shorter the look is `PLAIN`, and it
    may be longer. Rows share it, so a blank cell may have the number format there that is usual in
    its column.
    """

    number: int
    values: tuple[Value, ...]
    looks: tuple[Look, ...] = ()

    def look(self, column: int) -> Look:
        """The look of a cell; a blank one too."""
        return self.looks[column] if column < len(self.looks) else PLAIN

    def value(self, column: int) -> Value:
        """The value of a cell, also beyond the last one that is not blank."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        """Whether the cell (row, column) lies inside."""
        row, column = place
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )

    def __str__(self) -> str:
        first = f"{column_name(self.first_column)}{self.first_row}"
        return f"{first}:{column_name(self.last_column)}{self.last_row}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table object of a sheet: Excel's own word on where the headings and the totals are."""

    name: str
    area: Area
    header_rows: int
    totals_rows: int


class Visibility(Enum):
    """Whether a sheet is seen; a very hidden one is not even offered for unhiding."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows in order, blank rows left out, and its facts.

    `name` is `None` for a text file. `hidden_rows` and `hidden_columns` are those with content;
    `filtered_rows` those of them that an autofilter hides. `comments` and `links` are found by
    (row, column). `whole` is false if only the first rows were asked for and there are more.
    """

    name: str | None
    rows: Sequence[Row]
    visibility: Visibility = Visibility.VISIBLE
    whole: bool = True
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filter_area: Area | None = None
    filtered_rows: frozenset[int] = frozenset()
    tables: tuple[Table, ...] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns hold something."""
        return max((len(row.values) for row in self.rows), default=0)

    def row(self, number: int) -> Row | None:
        """The row of that number, `None` if it is blank."""
        index = bisect_left(self.rows, number, key=_number)
        if index < len(self.rows) and self.rows[index].number == number:
            return self.rows[index]
        return None

    def cell(self, number: int, column: int) -> Cell:
        """Everything known about one cell, also about a blank one."""
        row = self.row(number)
        place = (number, column)
        comment, link = self.comments.get(place, ""), self.links.get(place, "")
        if row is None:
            return Cell(None, PLAIN, comment, link)
        return Cell(row.value(column), row.look(column), comment, link)


class BookFormat(Enum):
    """What kind of file was read, by its content."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    SPREADSHEETML = "spreadsheetml"
    HTML = "html"
    MHT = "mht"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """One way to read the bytes of a text file, with a line that shows what it makes of them."""

    name: str
    certainty: float
    sample: str


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file, or a web page, was understood, and how else it could be.

    `encodings` and `delimiters` begin with the one taken; alternatives follow, likeliest first.
    An encoding is `certain` if a mark in the file or its structure proves it, or if it was given.
    `hint_line` is the line that only names the delimiter ("sep=;"), 0 for none.
    """

    encodings: tuple[EncodingGuess, ...]
    certain: bool
    delimiters: tuple[str, ...]
    delimiter_certain: bool
    hint_line: int = 0

    @property
    def encoding(self) -> str:
        """The encoding taken, by its Python name."""
        return self.encodings[0].name

    @property
    def delimiter(self) -> str:
        """The delimiter taken."""
        return self.delimiters[0]


@dataclass(frozen=True, slots=True)
class Book:
    """A file as read. `sha256` names the very bytes that were read.

    `notes` say what was seen but not used, such as macros; `text` is set for text files, and for
    web pages with "" as delimiter.
    """

    file_name: str
    sha256: str
    format: BookFormat
    sheets: tuple[Sheet, ...]
    dates_from_1904: bool = False
    notes: tuple[Sentence, ...] = ()
    text: TextForm | None = None


def rows_of(
    grid: Iterable[Sequence[Value]], looks: Mapping[tuple[int, int], Look] = MappingProxyType({})
) -> list[Row]:
    """Rows from plain values, the first being row 1; blank ones are left out.

    `looks` names the look of single cells by (row, column).
    """
    rows = []
    for number, values in enumerate(grid, 1):
        end = len(values)
        while end and values[end - 1] is None:
            end -= 1
        if end:
            marked = tuple(looks.get((number, column), PLAIN) for column in range(end))
            rows.append(Row(number, tuple(values[:end]), marked if set(marked) != {PLAIN} else ()))
    return rows


def column_name(column: int) -> str:
    """The letters of a column: "A" for 0, "AA" for 26."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_index(name: str) -> int:
    """The place of a column: 0 for "A", 26 for "AA". Raises `ValueError` for anything else."""
    if not (name.isascii() and name.isalpha()):
        raise ValueError(name)
    index = 0
    for letter in name.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _number(row: Row) -> int:
    return row.number


def _hours(duration: timedelta) -> str:
    sign = "-" if duration < timedelta() else ""
    minutes, seconds = divmod(round(abs(duration).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"


def _padded(digits: str, code: str) -> str:
    """Digits under a format of zeros and fixed text, such as `00000`, `00-000` or `"D-"00000`."""
    places: list[str] = _PLACE_OR_TEXT.findall(code)
    wanted = places.count("0")
    if not wanted:
        return digits
    digits = digits.zfill(wanted)
    left, rest = digits[: len(digits) - wanted + 1], iter(digits[len(digits) - wanted + 1 :])
    shown: list[str] = []
    first = True
    for place in places:
        if place == "0":
            shown.append(left if first else next(rest))
            first = False
        else:
            shown.append(place[1:].rstrip('"') if place[0] in '\\"' else place)
    return "".join(shown)
