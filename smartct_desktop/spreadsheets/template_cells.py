"""A worksheet with values put into single cells; formulas stay, and count anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias
from xml.sax.saxutils import escape

from smartct_desktop.domain.book import Area, NumberFormat, column_name
from smartct_desktop.spreadsheets.cells_out import (
    EARLIEST_DAY,
    LONGEST_TEXT,
    MOST_DIGITS,
    day_text,
    local,
    moment_text,
    plain,
    shorten,
)
from smartct_desktop.spreadsheets.marking_notes import in_cell
from smartct_desktop.spreadsheets.sheet_patch import SheetPatch, number
from smartct_desktop.spreadsheets.template_texts import rich_with
from smartct_desktop.spreadsheets.xml_patch import Element

CellValue: TypeAlias = str | int | Decimal | date | time | None
"""What is put into a cell; None clears it. Of numbers the decimal places are those to be seen."""

_INSIDE_CELL = 6  # deep enough for <v> and <is>
_TYPE = re.compile(rb"""\s+t\s*=\s*(?:"[^"]*"|'[^']*')""")
_OF_A_CELL = re.compile(rb"""\s(s|cm|vm|ph)\s*=\s*("[^"]*"|'[^']*')""")
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SECONDS = 86_400

Restyle: TypeAlias = Callable[[int, NumberFormat], int]
"""Gives the number of a format that shows numbers as this, and is like that of the cell else."""


@dataclass(frozen=True, slots=True)
class CellFilling:
    """What is put into one cell (row from 1, column from 0).

    With `changes` the text keeps its several looks, which are in `rich`. `style` is the format to
    take over where the cell is not there yet. A `share` is shown in percent.
    """

    row: int
    column: int
    value: CellValue
    rich: bytes | None = None
    changes: Sequence[tuple[int, int, str]] = ()
    style: int | None = None
    share: bool = False


class FillingCells(SheetPatch):
    """Fills cells of one worksheet, and drops what formulas came to before.

    `results` are those of formulas that are known already. `arrays` are areas that belong to one
    formula.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (what filling a sheet takes)
        self,
        data: bytes,
        name: str,
        fillings: Mapping[tuple[int, int], CellFilling],
        restyle: Restyle,
        arrays: Sequence[Area] = (),
        results: Mapping[tuple[int, int], Decimal] | None = None,
        *,
        from_1904: bool = False,
    ) -> None:
        super().__init__(data, name, fillings.keys(), _INSIDE_CELL)
        self._fillings = fillings
        self._restyle = restyle
        self._arrays = arrays
        self._results = results or {}
        self._zero = _DAY_ZERO_1904 if from_1904 else _DAY_ZERO
        self._formula: Element | None = None
        self._stored: Element | None = None

    def _opened(self, around: tuple[str, ...], element: Element) -> None:
        super()._opened(around, element)
        if len(around) == 3 and element.name == "c":
            self._formula = self._stored = None

    def _closed(self, around: tuple[str, ...], element: Element) -> None:
        if len(around) == 4 and around[-1] == "c":
            if element.name == "f":
                self._formula = element
            elif element.name == "v":
                self._stored = element
        super()._closed(around, element)

    def _change(self, element: Element, row: int, column: int) -> None:
        filling = self._fillings.get((row, column))
        if filling is not None:
            old = self._patch.data[element.start : element.inner]
            kept = {found[1]: found[2][1:-1] for found in _OF_A_CELL.finditer(old)}
            self._patch.replace(element, self._cell(filling, number(kept.get(b"s", b"").decode())))
        elif self._formula is not None or any((row, column) in one for one in self._arrays):
            self._forget_result(element, row, column)

    def _make(self, row: int, column: int, style: int) -> bytes:
        filling = self._fillings[row, column]
        return self._cell(filling, style if filling.style is None else filling.style)

    def _forget_result(self, element: Element, row: int, column: int) -> None:
        """Programs show a stored result rather than count; so only a right one may stay."""
        known = self._results.get((row, column))
        tag = _TYPE.sub(b"", self._patch.data[element.start : element.inner])
        if self._stored is None and known is None:
            return
        self._patch.edits.append((element.start, element.inner, tag))
        new = b""
        if known is not None:
            new = f"<{self._prefix}v>{plain(known)}</{self._prefix}v>".encode()
        if self._stored is not None:
            self._patch.replace(self._stored, new)
        elif self._formula is not None:
            self._patch.insert(self._formula.end, new)

    def _cell(self, filling: CellFilling, style: int) -> bytes:
        """Give the whole cell, with its value as a workbook keeps it."""
        kind, inside, style = self._content(filling, style)
        name = f"{column_name(filling.column)}{filling.row}"
        shown = f' s="{style}"' if style else ""
        tag = f'<{self._prefix}c r="{name}"{shown}{kind}'.encode()
        return tag + b">" + inside + f"</{self._prefix}c>".encode() if inside else tag + b"/>"

    def _content(self, filling: CellFilling, style: int) -> tuple[str, bytes, int]:
        value, p = filling.value, self._prefix
        if filling.rich is not None and filling.changes:
            rich = rich_with(filling.rich, filling.changes)
            return ' t="inlineStr"', f"<{p}is>".encode() + rich + f"</{p}is>".encode(), style
        match value:
            case None | "":
                return "", b"", style
            case datetime():
                at = local(value)
                if at.date() < EARLIEST_DAY:
                    return self._text(moment_text(at), style)
                spent = Decimal(at.hour * 3600 + at.minute * 60 + at.second) / _SECONDS
                days = (at.date() - self._zero).days + spent
                return self._number(days, self._restyle(style, NumberFormat.MOMENT))
            case date():
                if value < EARLIEST_DAY:
                    return self._text(day_text(value), style)
                days = Decimal((value - self._zero).days)
                return self._number(days, self._restyle(style, NumberFormat.DATE))
            case time():
                spent = Decimal(value.hour * 3600 + value.minute * 60 + value.second) / _SECONDS
                return self._number(spent, self._restyle(style, NumberFormat.TIME))
            case str():
                return self._text(value, style)
            case _:
                if len(str(abs(value)).replace(".", "").strip("0")) > MOST_DIGITS:
                    return self._text(plain(Decimal(value)), style)
                shown = self._restyle(style, NumberFormat.PERCENT) if filling.share else style
                return self._number(Decimal(value), shown)

    def _number(self, value: Decimal, style: int) -> tuple[str, bytes, int]:
        return "", f"<{self._prefix}v>{plain(value)}</{self._prefix}v>".encode(), style

    def _text(self, text: str, style: int) -> tuple[str, bytes, int]:
        p = self._prefix
        inside = escape(in_cell(shorten(text, LONGEST_TEXT, "…")))
        made = f'<{p}is><{p}t xml:space="preserve">{inside}</{p}t></{p}is>'.encode()
        return ' t="inlineStr"', made, style
