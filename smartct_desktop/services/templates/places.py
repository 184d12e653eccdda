"""Where a template wants something: braces in cells, names, tables; and how much room there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.book import Area, column_name
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.template_parts import (
    GivenCell,
    GivenSheet,
    GivenTable,
    GivenTemplate,
    area_name,
    place_name,
)
from smartct_desktop.spreadsheets.template_reading import BRACES
from smartct_desktop.spreadsheets.xlsx_facts import area_of

OURS = "smartct_"
"""How names and tables begin that say themselves what they want."""

_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Asked:
    """A name in braces within a text, from its first letter to behind its last."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that can get something.

    `key` is what people call it: a name, or "Summary!B4". `asked` is what its text asks for, none
    for a cell that only has a name or was picked.
    """

    key: str
    sheet: str
    row: int
    column: int
    text: str = ""
    rich: bytes | None = None
    asked: tuple[Asked, ...] = ()

    @property
    def cell(self) -> str:
        """The cell as people write it."""
        return place_name(self.sheet, self.row, self.column)

    @property
    def whole(self) -> bool:
        """Whether the cell holds nothing but one name in braces."""
        return (
            len(self.asked) == 1
            and self.text.strip() == self.text[self.asked[0].start : self.asked[0].end]
        )


@dataclass(frozen=True, slots=True)
class RegionPlace:
    """An area that can get rows: a table, or an area with a name or picked by a person.

    `headings` are those of its columns, their letters where it has none; `body` are the rows to be
    filled.
    """

    key: str
    sheet: str
    body: Area
    headings: tuple[str, ...]
    table: GivenTable | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows fit: those that are `prepared`, and those with rows added behind, `most`."""

    first_row: int
    prepared: int
    most: int


def places_of(template: GivenTemplate) -> Iterator[Place]:
    """Give the cells with braces, sheet by sheet, row by row."""
    for sheet in template.sheets:
        for (row, column), cell in sorted(sheet.cells.items()):
            if cell.text and "{{" in cell.text and cell.formula is None:
                found = tuple(
                    Asked(one.start(), one.end(), one[1].strip())
                    for one in BRACES.finditer(cell.text)
                )
                if found:
                    key = place_name(sheet.name, row, column)
                    yield Place(key, sheet.name, row, column, cell.text, cell.rich, found)


def named_cells(template: GivenTemplate) -> Iterator[Place]:
    """Give the cells that have a name."""
    for name in template.names:
        area = name.area
        sheet = template.sheet(name.sheet)
        if sheet is not None and _is_one_cell(sheet, area):
            cell = sheet.cells.get((area.first_row, area.first_column), GivenCell(0))
            if "{{" not in (cell.text or ""):
                yield Place(name.name, name.sheet, area.first_row, area.first_column)


def regions_of(template: GivenTemplate) -> Iterator[RegionPlace]:
    """Give the tables, and the areas of several cells that have a name."""
    for sheet in template.sheets:
        for table in sheet.tables:
            letters = _letters(table.body)
            headings = table.headings if len(table.headings) == len(letters) else letters
            yield RegionPlace(table.name, sheet.name, table.body, headings, table)
    for name in template.names:
        named = template.sheet(name.sheet)
        if named is not None and not _is_one_cell(named, name.area):
            yield _named_region(name.name, named, name.area)


def _named_region(key: str, sheet: GivenSheet, area: Area) -> RegionPlace:
    """Give an area with a name; a first row with nothing but texts are its headings."""
    columns = range(area.first_column, area.last_column + 1)
    first = [sheet.cells.get((area.first_row, column), GivenCell(0)) for column in columns]
    texts = [(cell.text or "").strip() for cell in first]
    headed = area.last_row > area.first_row and all(texts) and not any("{{" in t for t in texts)
    if not headed:
        return RegionPlace(key, sheet.name, area, _letters(area))
    body = Area(area.first_row + 1, area.first_column, area.last_row, area.last_column)
    return RegionPlace(key, sheet.name, body, tuple(texts))


def picked(template: GivenTemplate, text: str) -> Place | RegionPlace | None:
    """Give the cell or the rows that "Summary!B4" or "List!A5:F20" names, None for none."""
    name, _, cells = text.rpartition("!")
    sheet = template.sheet(name.strip().strip("'"))
    area = area_of(cells.strip().upper())
    if sheet is None or area is None:
        return None
    if ":" in cells:
        key = f"{sheet.name}!{area_name(area)}"
        return RegionPlace(key, sheet.name, area, _letters(area))
    key = place_name(sheet.name, area.first_row, area.first_column)
    return Place(key, sheet.name, area.first_row, area.first_column)


def why_not(sheet: GivenSheet, row: int, column: int) -> Sentence | None:
    """Say why nothing can be put into a cell, None if it can."""
    cell = sheet.cells.get((row, column))
    where = place_name(sheet.name, row, column)
    if cell is not None and cell.formula is not None:
        return Sentence("{cell} holds a formula, which is not overwritten.", cell=where)
    if any((row, column) in area for area in sheet.arrays):
        return Sentence("{cell} belongs to a formula of several cells.", cell=where)
    for area in sheet.merged:
        if (row, column) in area and (row, column) != (area.first_row, area.first_column):
            first = place_name(sheet.name, area.first_row, area.first_column)
            return Sentence(
                "{cell} is hidden by merged cells; {first} is shown.", cell=where, first=first
            )
    return None


def room_below(sheet: GivenSheet, first_row: int, columns: Sequence[int]) -> Room:
    """Count the rows for a row of braces: prepared are those behind it with blank, made cells."""
    span = range(min(columns), max(columns) + 1)
    shape = _shape(sheet, first_row, span)
    row = first_row + 1
    while _is_prepared(sheet, row, span, columns) and _shape(sheet, row, span) == shape:
        row += 1
    return _with_more(sheet, first_row, row - first_row, span)


def room_in(sheet: GivenSheet, region: RegionPlace) -> Room:
    """Count the rows of a region; only a table at the end of its columns can get more."""
    body = region.body
    rows = body.last_row - body.first_row + 1
    table = region.table
    if table is None or table.totals_rows or table.calculated:
        return Room(body.first_row, rows, rows)
    return _with_more(sheet, body.first_row, rows, range(body.first_column, body.last_column + 1))


def counted_short(
    template: GivenTemplate, sheet: str, room: Room, columns: Sequence[int], rows: int
) -> str:
    """Say which formula or chart counts in the prepared rows only, "" if none does."""
    last = room.first_row + room.prepared - 1
    for on, area, where in template.bounded:
        beside = area.last_column < min(columns) or area.first_column > max(columns)
        outside = area.last_row < room.first_row or area.first_row > last
        if on == sheet and not beside and not outside and area.last_row < room.first_row + rows - 1:
            return where
    return ""


def _with_more(sheet: GivenSheet, first_row: int, prepared: int, span: range) -> Room:
    """Add the rows that are free behind the prepared ones, but for one before what follows."""
    last = first_row + prepared - 1
    if any(
        (cell := sheet.cells.get((last, column))) is not None and cell.formula is not None
        for column in span
    ):
        return Room(first_row, prepared, prepared)
    below = [
        row
        for (row, column), cell in sheet.cells.items()
        if _counts(cell, row > last, column in span)
    ]
    areas = [*sheet.merged, *sheet.arrays, *(table.area for table in sheet.tables)]
    below += [
        area.first_row
        for area in areas
        if area.first_row > last and area.first_column in _widened(area, span)
    ]
    if not below:
        return Room(first_row, prepared, _LAST_ROW - first_row + 1)
    return Room(first_row, prepared, max(prepared, min(below) - 1 - first_row))


def _counts(cell: GivenCell, below: bool, inside: bool) -> bool:  # noqa: FBT001 (as the caller found)
    return below and inside and (cell.filled or cell.formula is not None)


def _widened(area: Area, span: range) -> range:
    """Give the columns at which an area may begin to reach into the span."""
    return range(span.start - (area.last_column - area.first_column), span.stop)


def _is_prepared(sheet: GivenSheet, row: int, span: range, wanted: Sequence[int]) -> bool:
    cells = {column: sheet.cells.get((row, column)) for column in span}
    if any(table.area.first_row <= row <= table.area.last_row for table in sheet.tables):
        return False
    if not any(cell is not None for cell in cells.values()):
        return False
    if any(cell is not None and cell.filled and cell.formula is None for cell in cells.values()):
        return False
    return not any((c := cells[column]) is not None and c.formula is not None for column in wanted)


def _shape(sheet: GivenSheet, row: int, span: range) -> frozenset[tuple[int, int, int]]:
    """Give how the cells of a row are merged."""
    return frozenset(
        (area.first_column, area.last_column, area.last_row - area.first_row)
        for area in sheet.merged
        if area.first_row <= row <= area.last_row and area.first_column in _widened(area, span)
    )


def _is_one_cell(sheet: GivenSheet, area: Area) -> bool:
    one = (area.first_row, area.first_column) == (area.last_row, area.last_column)
    return one or area in sheet.merged


def _letters(area: Area) -> tuple[str, ...]:
    return tuple(column_name(column) for column in range(area.first_column, area.last_column + 1))
