"""A worksheet with single cells marked: only their formats change, and missing cells are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smartct_desktop.domain.book import column_name
from smartct_desktop.spreadsheets.sheet_patch import ON, SheetPatch, number
from smartct_desktop.spreadsheets.xml_patch import Element

# What stands behind `<legacyDrawing>` in a worksheet; before the first of these it goes.
_BEHIND = frozenset(
    {
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent"),
        *("webPublishItems", "tableParts", "extLst"),
    }
)

Restyle = Callable[[int, bool], int]
"""Gives the number of the marked format for that of a cell, and whether its row is refused."""


class MarkingCells(SheetPatch):
    """Marks cells of one worksheet.

    `wanted` says by row and column whether a row is refused; `earlier` gives for formats that an
    earlier round has given those to go back to. `drawing` are the attributes of an element
    `<legacyDrawing>` to put in, "" if the sheet needs none.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (what marking a sheet takes)
        self,
        data: bytes,
        name: str,
        wanted: Mapping[tuple[int, int], bool],
        restyle: Restyle,
        earlier: Mapping[int, int],
        drawing: str = "",
    ) -> None:
        super().__init__(data, name, wanted.keys())
        self._refused = wanted
        self._restyle = restyle
        self._earlier = earlier
        self._drawing = drawing
        self._behind = -1
        self._sheet_data_seen = False

    def _opened(self, around: tuple[str, ...], element: Element) -> None:
        super()._opened(around, element)
        match around, element.name:
            case (_,), "sheetData":
                self._sheet_data_seen = True
            case (_,), name if name in _BEHIND and self._sheet_data_seen and self._behind < 0:
                self._behind = element.start
            case (_, "sheetViews"), "sheetView" if element.get("tabSelected") in ON:
                self._patch.set_attributes(element, tabSelected="0")
            case _:
                pass

    def _closed(self, around: tuple[str, ...], element: Element) -> None:
        super()._closed(around, element)
        if not around and self._drawing:
            at = self._behind if self._behind >= 0 else element.inner_end
            tag = f"<{self._prefix}legacyDrawing {self._drawing}/>"
            self._patch.insert(at, tag.encode())

    def _change(self, element: Element, row: int, column: int) -> None:
        style = number(element.get("s"))
        base = self._earlier.get(style, style)
        if (row, column) in self._refused:
            marked = self._restyle(base, self._refused[row, column])
            self._patch.set_attributes(element, s=str(marked))
        elif base != style:
            self._patch.set_attributes(element, s=str(base))

    def _make(self, row: int, column: int, style: int) -> bytes:
        marked = self._restyle(style, self._refused[row, column])
        return f'<{self._prefix}c r="{column_name(column)}{row}" s="{marked}"/>'.encode()
