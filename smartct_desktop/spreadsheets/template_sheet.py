"""One worksheet of a template: its cells with formulas and texts, its areas and its tables."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from smartct_desktop.domain.book import Area
from smartct_desktop.spreadsheets.sheet_patch import ON, number
from smartct_desktop.spreadsheets.template_parts import GivenCell, GivenSheet, GivenTable
from smartct_desktop.spreadsheets.template_texts import Text, characters, text_of
from smartct_desktop.spreadsheets.workbook_patch import WorkbookPatch
from smartct_desktop.spreadsheets.xlsx_escapes import unescaped
from smartct_desktop.spreadsheets.xlsx_facts import area_of, place_of
from smartct_desktop.spreadsheets.xlsx_parts import SheetPart
from smartct_desktop.spreadsheets.xml_patch import Element, walk

_DEEPEST = 6
_SEVERAL = ("array", "dataTable")


class GivenSheetReader:
    """Reads one worksheet. Raises `Trouble` for what is no XML."""

    def __init__(self, workbook: WorkbookPatch, part: SheetPart, texts: list[Text]) -> None:
        self._workbook = workbook
        self._part = part
        self._texts = texts
        self._data = workbook.read(part.part)
        self._cells: dict[tuple[int, int], GivenCell] = {}
        self._merged: list[Area] = []
        self._arrays: list[Area] = []
        self._protected = False
        self._row, self._column = 0, -1
        self._formula: str | None = None
        self._value: bytes | None = None
        self._inline: bytes | None = None

    def sheet(self) -> GivenSheet:
        """Give the sheet."""
        walk(self._data, self._workbook.name, self._opened, self._closed, _DEEPEST)
        return GivenSheet(
            self._part.name,
            self._part.part,
            self._cells,
            tuple(self._merged),
            tuple(self._arrays),
            tuple(self._tables()),
            self._protected,
        )

    def _opened(self, around: tuple[str, ...], element: Element) -> None:
        match around, element.name:
            case (_, "sheetData"), "row":
                self._row = number(element.get("r")) or self._row + 1
                self._column = -1
            case (_, "sheetData", _), "c":
                place = place_of(element.get("r"))
                self._column = place[1] if place is not None else self._column + 1
                self._formula = self._value = self._inline = None
            case (_,), "sheetProtection":
                self._protected = element.get("sheet") in ON
            case (_, "mergeCells"), "mergeCell":
                area = area_of(element.get("ref"))
                if area is not None:
                    self._merged.append(area)
            case _:
                pass

    def _closed(self, around: tuple[str, ...], element: Element) -> None:
        match around, element.name:
            case (_, "sheetData", _, "c"), "f":
                self._formula = characters(self._data[element.inner : element.inner_end])
                area = area_of(element.get("ref"))
                if element.get("t") in _SEVERAL and area is not None:
                    self._arrays.append(area)
            case (_, "sheetData", _, "c"), "v":
                self._value = self._data[element.inner : element.inner_end]
            case (_, "sheetData", _, "c"), "is":
                self._inline = self._data[element.inner : element.inner_end]
            case (_, "sheetData", _), "c":
                self._take_cell(element)
            case _:
                pass

    def _take_cell(self, element: Element) -> None:
        text = Text("")
        kind = element.get("t")
        is_text = True
        if self._inline is not None:
            text = text_of(self._inline)
        elif self._value is None:
            is_text = False
        elif kind == "s":
            place = number(characters(self._value).strip())
            text = self._texts[place] if place < len(self._texts) else text
        elif kind == "str":
            text = Text(unescaped(characters(self._value)))
        else:
            is_text = False
        self._cells[self._row, self._column] = GivenCell(
            style=number(element.get("s")),
            text=text.text if is_text and text.text else None,
            formula=self._formula,
            filled=bool(text.text) if is_text else bool(self._value) or self._formula is not None,
            rich=text.rich,
            number=_number(self._value) if kind in ("", "n") and not is_text else None,
        )

    def _tables(self) -> list[GivenTable]:
        found: list[GivenTable] = []
        for relation in self._workbook.relations(self._part.part).values():
            if relation.kind == "table" and self._workbook.has(relation.target):
                table = self._table(relation.target)
                if table is not None:
                    found.append(table)
        return found

    def _table(self, part: str) -> GivenTable | None:
        data = self._workbook.read(part)
        roots: list[Element] = []
        headings: list[str] = []
        calculated: list[Element] = []

        def opened(around: tuple[str, ...], one: Element) -> None:
            if not around:
                roots.append(one)
            elif one.name == "tableColumn":
                headings.append(unescaped(one.get("name")))
            elif one.name == "calculatedColumnFormula":
                calculated.append(one)

        walk(data, self._workbook.name, opened)
        table = roots[0]
        area = area_of(table.get("ref"))
        if area is None:
            return None
        return GivenTable(
            table.get("displayName") or table.get("name"),
            area,
            tuple(headings),
            number(table.get("headerRowCount", "1")),
            number(table.get("totalsRowCount", "0")),
            bool(calculated),
            part,
        )


def _number(value: bytes | None) -> Decimal | None:
    try:
        found = Decimal(characters(value or b"").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
