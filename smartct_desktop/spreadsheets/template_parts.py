"""What a template is, as far as filling it needs to know: cells, areas and what else it holds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from smartct_desktop.domain.book import Area, NumberFormat, column_name

_DIGITS = re.compile(r"\d+")


class Kept(Enum):
    """Something beside cells that a workbook can hold; all of it stays byte for byte."""

    CHARTS = "charts"
    PICTURES = "pictures"
    DRAWINGS = "text boxes and drawings"
    SPARKLINES = "sparklines"
    MARKS = "conditional marks"
    LISTS = "drop-down lists and checks of what is typed"
    NOTES = "notes"
    THREADS = "threaded comments"
    SLICERS = "slicers"
    PIVOTS = "pivot tables"
    CONTROLS = "buttons and controls"
    MACROS = "macros"
    LINKS = "links to other workbooks"
    QUERIES = "connections and queries"
    HEADERS = "pictures in headers"
    CUSTOM = "data of the template's maker"
    PRINTER = "printer settings"
    PROTECTION = "protection of sheets"


@dataclass(frozen=True, slots=True)
class GivenCell:
    """A cell that is there: its format, its text or formula.

    `text` is None unless the cell holds a text, `number` unless it holds a number; `formula` is
    None for none, and "" where it is shared with another cell. `filled` says whether anything
    stands in it. `rich` are the bytes of a text in several looks.
    """

    style: int
    text: str | None = None
    formula: str | None = None
    filled: bool = False
    rich: bytes | None = None
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A named table of a worksheet; `calculated` says whether a column has a formula of its own."""

    name: str
    area: Area
    headings: tuple[str, ...]
    header_rows: int
    totals_rows: int
    calculated: bool
    part: str

    @property
    def body(self) -> Area:
        """The rows between headings and totals."""
        return Area(
            self.area.first_row + self.header_rows,
            self.area.first_column,
            self.area.last_row - self.totals_rows,
            self.area.last_column,
        )


@dataclass(frozen=True, slots=True)
class GivenSheet:
    """A worksheet. `cells` are by row (from 1) and column (from 0).

    `arrays` are areas whose cells belong to one formula.
    """

    name: str
    part: str
    cells: Mapping[tuple[int, int], GivenCell]
    merged: tuple[Area, ...]
    arrays: tuple[Area, ...]
    tables: tuple[GivenTable, ...]
    protected: bool


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name that the workbook has given to one cell or area."""

    name: str
    sheet: str
    area: Area


@dataclass(frozen=True, slots=True)
class GivenTemplate:
    """A workbook that is to be filled.

    `formats` tells by the number of a format what numbers are shown as in it; `stray` are texts
    with braces outside of cells, with the part they stand in; `suffix` is what the name of the
    filled workbook ends in. `kept` says what stays beside the cells, and how often. `bounded` are
    areas that formulas and charts count in, with the sheet and where that is said.
    """

    file: str
    sha256: str
    suffix: str
    sheets: tuple[GivenSheet, ...]
    names: tuple[GivenName, ...]
    formats: tuple[NumberFormat, ...]
    kept: Mapping[Kept, int]
    stray: tuple[tuple[str, str], ...]
    bounded: tuple[tuple[str, Area, str], ...]
    from_1904: bool = False
    print_areas: Mapping[str, Area] = field(default_factory=dict)

    def sheet(self, name: str) -> GivenSheet | None:
        """Give a worksheet by its name, whatever its case."""
        wanted = name.casefold()
        return next((one for one in self.sheets if one.name.casefold() == wanted), None)

    @property
    def formulas(self) -> int:
        """How many cells have a formula."""
        return sum(
            cell.formula is not None for sheet in self.sheets for cell in sheet.cells.values()
        )

    def fingerprint(self) -> str:
        """Give what tells this template from others, but not one year's form from the next.

        Digits and places do not matter; the sheets, their words, names and tables do.
        """
        words = {
            sheet.name: sorted(
                {
                    _DIGITS.sub("#", " ".join(cell.text.split()))
                    for cell in sheet.cells.values()
                    if cell.text and cell.formula is None
                }
            )
            for sheet in self.sheets
        }
        tables = sorted((t.name, *t.headings) for sheet in self.sheets for t in sheet.tables)
        known = json.dumps([words, tables, sorted(one.name for one in self.names)])
        return hashlib.sha256(known.encode()).hexdigest()[:32]


def area_name(area: Area) -> str:
    """Give an area as people write it: "B4", or "A12:F40"."""
    first = f"{column_name(area.first_column)}{area.first_row}"
    last = f"{column_name(area.last_column)}{area.last_row}"
    return first if first == last else f"{first}:{last}"


def place_name(sheet: str, row: int, column: int) -> str:
    """Give a cell as people write it: "Summary!B4"."""
    return f"{sheet}!{column_name(column)}{row}"
