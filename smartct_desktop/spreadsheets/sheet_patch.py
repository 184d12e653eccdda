"""A worksheet with single cells changed: missing ones are made, and all else stays as it is."""

from __future__ import annotations

from collections.abc import Collection

from smartct_desktop.domain.book import column_name
from smartct_desktop.spreadsheets.xlsx_facts import area_of, place_of
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, prefix_of, walk

CELL_DEPTH = 4
"""How deep cells lie: worksheet, sheetData, row, c."""

ON = ("1", "true")
"""How workbooks write that a switch is on."""


class SheetPatch:
    """Changes the wanted cells (row from 1, column from 0) of one worksheet.

    What is changed of a cell that is there says `_change`; one that is missing is made by `_make`
    with the format of its row, else of its column.
    """

    def __init__(
        self, data: bytes, name: str, wanted: Collection[tuple[int, int]], deepest: int = CELL_DEPTH
    ) -> None:
        self._patch = Patch(data)
        self._name = name
        self._wanted = wanted
        self._deepest = deepest
        self._rows: dict[int, list[int]] = {}
        for row, column in sorted(wanted):
            self._rows.setdefault(row, []).append(column)
        self._columns: list[tuple[int, int, int]] = []
        self._row = 0
        self._column = -1
        self._style: int | None = None
        self._prefix = ""

    def made(self) -> bytes:
        """Give the worksheet."""
        walk(self._patch.data, self._name, self._opened, self._closed, self._deepest)
        return self._patch.made()

    def _change(self, element: Element, row: int, column: int) -> None:
        """Change a cell that is there, wanted or not; it is complete."""
        raise NotImplementedError

    def _make(self, row: int, column: int, style: int) -> bytes:
        """Make a wanted cell that is not there."""
        raise NotImplementedError

    def _opened(self, around: tuple[str, ...], element: Element) -> None:
        match around, element.name:
            case (), _:
                self._prefix = prefix_of(self._patch.data, element)
            case (_,), "dimension":
                self._widen(element)
            case (_, "cols"), "col":
                self._take_column(element)
            case (_, "sheetData"), "row":
                self._begin_row(element)
            case (_, "sheetData", _), "c":
                place = place_of(element.get("r"))
                self._column = place[1] if place is not None else self._column + 1
            case _:
                pass

    def _closed(self, around: tuple[str, ...], element: Element) -> None:
        match around, element.name:
            case (_, "sheetData", _), "c":
                self._take_cell(element)
            case (_, "sheetData"), "row":
                self._end_row(element)
            case (_,), "sheetData":
                rest = b"".join(self._made_row(row) for row in sorted(self._rows))
                if rest:
                    self._patch.append(element, rest)
            case _:
                pass

    def _widen(self, element: Element) -> None:
        """Let the stated area hold our cells: some readers believe it."""
        area = area_of(element.get("ref"))
        if area is None or not self._wanted:
            return
        bottom = max(area.last_row, *(row for row, _ in self._wanted))
        right = max(area.last_column, *(column for _, column in self._wanted))
        if (bottom, right) != (area.last_row, area.last_column):
            first = f"{column_name(area.first_column)}{area.first_row}"
            self._patch.set_attributes(element, ref=f"{first}:{column_name(right)}{bottom}")

    def _take_column(self, element: Element) -> None:
        if style := number(element.get("style")):
            first, last = number(element.get("min")), number(element.get("max"))
            self._columns.append((first - 1, last - 1, style))

    def _begin_row(self, element: Element) -> None:
        self._row = number(element.get("r")) or self._row + 1
        self._column = -1
        styled = element.get("customFormat") in ON
        self._style = number(element.get("s")) if styled else None
        for row in [row for row in self._rows if row < self._row]:
            self._patch.insert(element.start, self._made_row(row))
            del self._rows[row]

    def _take_cell(self, element: Element) -> None:
        left = self._rows.get(self._row, [])
        while left and left[0] < self._column:
            made = self._made_cell(self._row, left.pop(0), self._style)
            self._patch.insert(element.start, made)
        if left and left[0] == self._column:
            del left[0]
        self._change(element, self._row, self._column)

    def _end_row(self, element: Element) -> None:
        left = self._rows.pop(self._row, None)
        if left:
            cells = [self._made_cell(self._row, column, self._style) for column in left]
            first, colon, _ = element.get("spans").partition(":")
            spans = {"spans": f"{first}:{max(left) + 1}"} if colon else {}
            self._patch.append(element, b"".join(cells), **spans)

    def _made_row(self, row: int) -> bytes:
        cells = [self._made_cell(row, column, None) for column in self._rows[row]]
        tag = f"{self._prefix}row"
        return f'<{tag} r="{row}">'.encode() + b"".join(cells) + f"</{tag}>".encode()

    def _made_cell(self, row: int, column: int, style: int | None) -> bytes:
        """Make a cell that looks like its row, else like its column."""
        if style is None:
            styles = (style for first, last, style in self._columns if first <= column <= last)
            style = next(styles, 0)
        return self._make(row, column, style)


def number(text: str) -> int:
    """Give a whole number that stands in an attribute, 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
