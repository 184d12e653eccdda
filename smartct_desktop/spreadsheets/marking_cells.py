"""A worksheet with single cells marked: only their formats change, and missing cells are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from smartct_desktop.domain.book import column_name
from smartct_desktop.spreadsheets.xlsx_facts import area_of, place_of
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, prefix_of, walk

# What stands behind `<legacyDrawing>` in a worksheet; before the first of these it goes.
_BEHIND = frozenset(
    {
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent"),
        *("webPublishItems", "tableParts", "extLst"),
    }
)
_CELL_DEPTH = 4  # worksheet, sheetData, row, c
_ON = ("1", "true")

Restyle = Callable[[int, bool], int]
"""Gives the number of the marked format for that of a cell, and whether its row is refused."""


@dataclass
class MarkingCells:
    """Marks cells of one worksheet. `wanted` says by row and column whether a row is refused."""

    data: bytes
    name: str
    wanted: Mapping[tuple[int, int], bool]
    restyle: Restyle
    earlier: Mapping[int, int]
    """For formats that an earlier round has given, those to go back to."""

    drawing: str = ""
    """The attributes of an element `<legacyDrawing>` to put in, "" if the sheet needs none."""

    _patch: Patch = field(init=False)
    _rows: dict[int, dict[int, bool]] = field(init=False, default_factory=dict)
    _columns: list[tuple[int, int, int]] = field(init=False, default_factory=list)
    _row: int = 0
    _column: int = -1
    _style: int | None = None
    _behind: int = -1
    _sheet_data_seen: bool = False
    _prefix: str = ""

    def __post_init__(self) -> None:
        self._patch = Patch(self.data)
        for (row, column), refused in sorted(self.wanted.items()):
            self._rows.setdefault(row, {})[column] = refused

    def made(self) -> bytes:
        """Give the worksheet."""
        walk(self.data, self.name, self._opened, self._closed, _CELL_DEPTH)
        return self._patch.made()

    def _opened(self, around: tuple[str, ...], element: Element) -> None:
        match around, element.name:
            case (), _:
                self._prefix = prefix_of(self.data, element)
            case (_,), "dimension":
                self._widen(element)
            case (_,), "sheetData":
                self._sheet_data_seen = True
            case (_,), name if name in _BEHIND and self._sheet_data_seen and self._behind < 0:
                self._behind = element.start
            case (_, "sheetViews"), "sheetView" if element.get("tabSelected") in _ON:
                self._patch.set_attributes(element, tabSelected="0")
            case (_, "cols"), "col":
                self._take_column(element)
            case (_, "sheetData"), "row":
                self._begin_row(element)
            case (_, "sheetData", _), "c":
                self._take_cell(element)
            case _:
                pass

    def _closed(self, around: tuple[str, ...], element: Element) -> None:
        match around, element.name:
            case (_, "sheetData"), "row":
                self._end_row(element)
            case (_,), "sheetData":
                rest = b"".join(self._made_row(row) for row in sorted(self._rows))
                if rest:
                    self._patch.append(element, rest)
            case (), _ if self.drawing:
                at = self._behind if self._behind >= 0 else element.inner_end
                tag = f"<{self._prefix}legacyDrawing {self.drawing}/>"
                self._patch.insert(at, tag.encode())
            case _:
                pass

    def _widen(self, element: Element) -> None:
        """Let the stated area hold our cells: some readers believe it."""
        area = area_of(element.get("ref"))
        if area is None or not self.wanted:
            return
        bottom = max(area.last_row, *(row for row, _ in self.wanted))
        right = max(area.last_column, *(column for _, column in self.wanted))
        if (bottom, right) != (area.last_row, area.last_column):
            first = f"{column_name(area.first_column)}{area.first_row}"
            self._patch.set_attributes(element, ref=f"{first}:{column_name(right)}{bottom}")

    def _take_column(self, element: Element) -> None:
        if style := _number(element.get("style")):
            first, last = _number(element.get("min")), _number(element.get("max"))
            self._columns.append((first - 1, last - 1, style))

    def _begin_row(self, element: Element) -> None:
        self._row = _number(element.get("r")) or self._row + 1
        self._column = -1
        styled = element.get("customFormat") in _ON
        self._style = _number(element.get("s")) if styled else None
        before = [row for row in self._rows if row < self._row]
        for row in before:
            self._patch.insert(element.start, self._made_row(row))
            del self._rows[row]

    def _take_cell(self, element: Element) -> None:
        place = place_of(element.get("r"))
        self._column = place[1] if place is not None else self._column + 1
        wanted = self._rows.get(self._row, {})
        style = _number(element.get("s"))
        base = self.earlier.get(style, style)
        for column in [column for column in wanted if column < self._column]:
            cell = self._made_cell(self._row, column, wanted.pop(column), self._style)
            self._patch.insert(element.start, cell)
        if self._column in wanted:
            marked = self.restyle(base, wanted.pop(self._column))
            self._patch.set_attributes(element, s=str(marked))
        elif base != style:
            self._patch.set_attributes(element, s=str(base))

    def _end_row(self, element: Element) -> None:
        wanted = self._rows.pop(self._row, None)
        if wanted:
            cells = [self._made_cell(self._row, *one, style=self._style) for one in wanted.items()]
            first, colon, _ = element.get("spans").partition(":")
            spans = {"spans": f"{first}:{max(wanted) + 1}"} if colon else {}
            self._patch.append(element, b"".join(cells), **spans)

    def _made_row(self, row: int) -> bytes:
        cells = [self._made_cell(row, *wanted, style=None) for wanted in self._rows[row].items()]
        tag = f"{self._prefix}row"
        return f'<{tag} r="{row}">'.encode() + b"".join(cells) + f"</{tag}>".encode()

    def _made_cell(self, row: int, column: int, refused: bool, style: int | None) -> bytes:  # noqa: FBT001 (as the sheet holds them)
        """Make a blank cell that looks like its row, else like its column."""
        if style is None:
            styles = (style for first, last, style in self._columns if first <= column <= last)
            style = next(styles, 0)
        marked = self.restyle(style, refused)
        return f'<{self._prefix}c r="{column_name(column)}{row}" s="{marked}"/>'.encode()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
