"""What a report says, as plain data: sheets of typed columns that a writer streams into a file."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

from smartct_desktop.domain.charts import Chart, Mark, Ratio
from smartct_desktop.domain.collection import Filling
from smartct_desktop.domain.personal import Personal

Value = None | bool | int | float | Decimal | date | datetime | time | str
"""One cell. What a column accepts says its `Kind`; None is a cell without a value."""

Row = tuple[Value, ...]
"""One value for each column of the table, in their order."""


class Kind(Enum):
    """How the values of a column are meant, and which Python values it accepts besides None.

    Anything else is refused by the writers: a value in the wrong column is a mistake of the
    report, and must not arrive in a file that looks right.
    """

    TEXT = "text"
    """str."""
    WHOLE = "whole"
    """int; shown without separators, so that years and numbers of records read well."""
    NUMBER = "number"
    """int, Decimal or finite float; shown with separators and written rounded (half away from
    zero) to `Column.places`, so that a total is the sum of what is seen."""
    MONEY = "money"
    """int: euro cents."""
    DAY = "day"
    """date; or str for a date that is known in part only ("03/2022")."""
    TIME = "time"
    """time of day without a zone; or str."""
    MOMENT = "moment"
    """datetime; one with a zone is shown in local time."""
    FLAG = "flag"
    """bool, written as the words for yes and no; or str for a third answer ("unknown")."""
    LINK = "link"
    """str: http, https and mailto addresses can be clicked, anything else is text."""
    ID = "id"
    """str: the id of the record, in a hidden column."""


class Total(Enum):
    """What stands under a column in the totals row."""

    NONE = "none"
    SUM = "sum"
    """Only for numbers and money."""
    COUNT = "count"
    """How many cells have a value."""


class Purpose(Enum):
    """Who the sheet is made for."""

    PRINT = "print"
    """People: a title block above the headings, long texts wrapped."""
    MACHINE = "machine"
    """Programs, and sheets that come back: one row of headings, then the values."""


_MOST_PLACES = 9
_SUMMED = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `width` is in characters; None lets the writer choose from headings and values. `note` explains
    the column to the reader: it is shown at the heading and on the first sheet. `code` names the
    field that the column holds ("exchange.start"), so that a sheet that comes back is understood;
    it is empty for what is worked out. `personal` says what of people the column tells. `marks` let
    cells stand out; `shaded` shades numbers by their size.
    """

    heading: str
    kind: Kind = Kind.TEXT
    places: int = 0
    width: float | None = None
    note: str = ""
    total: Total = Total.NONE
    code: str = ""
    personal: Personal | None = None
    marks: tuple[Mark, ...] = ()
    shaded: bool = False
    ratio: Ratio | None = None

    def __post_init__(self) -> None:
        if not self.heading.strip():
            raise ValueError("a column needs a heading")
        if self.total is Total.SUM and self.kind not in _SUMMED:
            raise ValueError(f"a column of {self.kind.value} has no sum")
        if not 0 <= self.places <= _MOST_PLACES or (self.places and self.kind is not Kind.NUMBER):
            raise ValueError(
                "only a column of numbers has places after the point, and at most nine"
            )
        if self.ratio is not None and self.kind is not Kind.NUMBER:
            raise ValueError("only a column of numbers is a ratio")

    @property
    def hidden(self) -> bool:
        """Whether the column is there for programs only."""
        return self.kind is Kind.ID


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: typed columns and the rows under them.

    `rows` may be a generator, which is read once: a table with a generator can be written once.
    `expected` is the number of rows if it is known beforehand without counting them; it decides
    how the file is made and what progress is shown, never how much is written. `note` is a
    sentence under the title. `frozen` is the number of leading columns that stay in view. `closing`
    are lines under the table that are filled in by hand, such as for a signature. `blank` is the
    number of empty rows after the last one, for what is added by hand, such as on a list to be
    signed; all rows of such a table are high enough to write in. `charts` are pictures of it.
    `filling` makes it a sheet that others fill in and send back.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    purpose: Purpose = Purpose.PRINT
    note: str = ""
    frozen: int = 0
    expected: int | None = None
    closing: tuple[str, ...] = ()
    blank: int = 0
    charts: tuple[Chart, ...] = ()
    filling: Filling | None = None

    def __post_init__(self) -> None:
        if all(column.hidden for column in self.columns):
            raise ValueError("a table needs a column that can be seen")
        if not 0 <= self.frozen <= len(self.columns):
            raise ValueError("more columns are frozen than there are")
        if self.blank < 0 or (self.blank and self.has_totals):
            raise ValueError("a table with empty rows to write in has no totals")

    @property
    def row_count(self) -> int | None:
        """How many rows there will be; None where nobody knows before they were read."""
        return len(self.rows) if isinstance(self.rows, Sized) else self.expected

    @property
    def has_totals(self) -> bool:
        """Whether any column asks for a total."""
        return any(column.total is not Total.NONE for column in self.columns)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term of the report and what it means: a counting rule, a rule set, an abbreviation."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a writer itself puts into a file; a report in another language brings its own.

    The texts with braces are templates; a translation keeps the names inside of the braces.
    """

    about: str = "About"
    charts: str = "Charts"
    partnership: str = "Partnership"
    period: str = "Period"
    made_on: str = "Made on"
    sheets: str = "Sheets"
    sheet: str = "Sheet"
    records: str = "Records"
    contents: str = "Contents"
    definitions: str = "How this was counted"
    columns: str = "Columns"
    remarks: str = "Remarks on this file"
    total: str = "Total"
    yes: str = "yes"
    no: str = "no"
    nothing: str = "Nothing to list."
    page: str = "Page {page} of {pages}"
    shortened: str = "… [shortened]"
    remark_shortened: str = (
        "{sheet}, {column}: texts longer than a cell can hold were shortened ({count}, the first "
        "in row {row})."
    )
    remark_cleaned: str = (
        "{sheet}, {column}: characters that no workbook can hold were taken out ({count}, "
        "the first in row {row})."
    )
    remark_early: str = (
        "{sheet}, {column}: dates before March 1900 are written as text, because spreadsheets "
        "cannot count with them ({count}, the first in row {row})."
    )
    remark_precise: str = (
        "{sheet}, {column}: numbers with more than 15 digits are written as text, because "
        "spreadsheets would round them, and are not part of a total ({count}, the first in row "
        "{row})."
    )


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, ready to be written.

    `made_at` is passed in, because nothing here looks at a clock; without a zone it is local time.
    `period` and `partnership` are texts as they are to be read. `facts` are further lines for the
    first sheet, such as the rule set. All texts are already in the language of the report.
    """

    title: str
    made_at: datetime
    tables: tuple[Table, ...]
    subtitle: str = ""
    partnership: str = ""
    period: str = ""
    language: str = "en"
    facts: tuple[Definition, ...] = ()
    definitions: tuple[Definition, ...] = ()
    words: Words = field(default_factory=Words)

    @property
    def personal(self) -> bool:
        """Whether any column tells something of people."""
        return any(c.personal is not None for table in self.tables for c in table.columns)


@dataclass(frozen=True, slots=True)
class SheetCount:
    """How many records one sheet of a written report has."""

    sheet: str
    records: int
