"""How the cells of a written workbook look: one quiet style, each format made once."""

from __future__ import annotations

from typing import assert_never

from smartct_desktop.domain.charts import Tone
from smartct_desktop.domain.report import Column, Kind
from smartct_desktop.spreadsheets.xlsx_face import XlsxFormat, XlsxWorkbook

_INK = "#1F2937"
_QUIET = "#6B7280"
_ACCENT = "#1D4E89"
_HEADING_FILL = "#E8EEF5"
_LINE = "#D5DAE1"
_EDGE = "#8A97A8"

_TONES = {
    Tone.ERROR: ("#9B1C1C", "#FBE3E3"),
    Tone.WARNING: ("#8A4B08", "#FDF0D5"),
    Tone.GOOD: ("#14532D", "#E0F2E5"),
}
"""Ink and ground of marked cells: read by the word first, by the colour second."""

SHADES = ("#FFFFFF", "#9DBCE0")
"""From the smallest number of a shaded column to the largest."""

_THIN, _MEDIUM, _HAIR = 1, 2, 7

_RIGHT = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY})

WRAPPED = frozenset({Kind.TEXT, Kind.LINK})
"""Kinds of columns whose values may take several lines."""


def number_format(column: Column) -> str:
    """The number format of the values of a column; "General" for texts."""
    match column.kind:
        case Kind.TEXT | Kind.FLAG | Kind.LINK | Kind.ID:
            return "General"
        case Kind.WHOLE:
            return "0"
        case Kind.NUMBER:
            return f"#,##0.{'0' * column.places}" if column.places else "#,##0"
        case Kind.MONEY:
            return '#,##0.00 "€"'
        case Kind.DAY:
            return "dd.mm.yyyy"
        case Kind.TIME:
            return "hh:mm"
        case Kind.MOMENT:
            return "dd.mm.yyyy hh:mm"
        case _:
            assert_never(column.kind)


class Looks:
    """The formats of one workbook.

    `ruled` draws a hair line under each row. Streamed workbooks go without, because the line
    would need a cell for every value that is missing.
    """

    def __init__(self, workbook: XlsxWorkbook, *, ruled: bool) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], XlsxFormat] = {}
        self.ruled = ruled
        self.title = self._format(bold=True, font_size=16, font_color=_ACCENT)
        self.subtitle = self._format(font_size=11, font_color=_INK)
        self.line = self._format(font_size=10, font_color=_QUIET)
        self.section = self._format(
            bold=True, font_size=12, font_color=_ACCENT, bottom=_THIN, bottom_color=_LINE
        )
        self.term = self._format(font_color=_QUIET, text_wrap=True, valign="top")
        self.meaning = self._format(text_wrap=True, valign="top")
        self.meaning_moment = self._format(
            valign="top", align="left", num_format="dd.mm.yyyy hh:mm"
        )
        self.count = self._format(valign="top", align="right", num_format="#,##0")
        self.count_heading = self._format(font_color=_QUIET, valign="top", align="right")
        self.jump = self._format(font_color=_ACCENT, underline=1, valign="top")

    def heading(self, column: Column) -> XlsxFormat:
        """The heading over a column."""
        return self._format(
            bold=True,
            font_color=_INK,
            bg_color=_HEADING_FILL,
            bottom=_THIN,
            bottom_color=_EDGE,
            text_wrap=True,
            valign="vcenter",
            **_alignment(column),
        )

    def value(self, column: Column, *, wrapped: bool, formula_like: bool = False) -> XlsxFormat:
        """A value of a column.

        Texts that look like a formula are marked as text, so that they stay text when a person
        edits the cell; the text itself is not touched.
        """
        look: dict[str, object] = {"valign": "top", "num_format": number_format(column)}
        look |= _alignment(column)
        if wrapped and column.kind in WRAPPED:
            look["text_wrap"] = True
        if self.ruled:
            look |= {"bottom": _HAIR, "bottom_color": _LINE}
        if formula_like:
            look["quote_prefix"] = True
        return self._format(**look)

    def link(self, column: Column, *, wrapped: bool) -> XlsxFormat:
        """An address that can be clicked."""
        look: dict[str, object] = {"valign": "top", "font_color": _ACCENT, "underline": 1}
        look |= _alignment(column)
        if wrapped and column.kind in WRAPPED:
            look["text_wrap"] = True
        if self.ruled:
            look |= {"bottom": _HAIR, "bottom_color": _LINE}
        return self._format(**look)

    def mark(self, tone: Tone) -> XlsxFormat:
        """What a marked cell looks like, over its own look."""
        ink, ground = _TONES[tone]
        return self._format(font_color=ink, bg_color=ground)

    def total(self, column: Column, *, counted: bool = False, label: str = "") -> XlsxFormat:
        """A cell of the totals row; `label` is shown in front of the number."""
        shown = "#,##0" if counted else number_format(column)
        if label:
            escaped = label.replace('"', "")
            shown = f'"{escaped}  "{shown}'
        return self._format(
            bold=True,
            top=_THIN,
            top_color=_EDGE,
            bg_color=_HEADING_FILL,
            num_format=shown,
            **_alignment(column),
        )

    def _format(self, **properties: object) -> XlsxFormat:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def _alignment(column: Column) -> dict[str, object]:
    # The indent keeps a text apart from the number in the column to its left.
    return {"align": "right"} if column.kind in _RIGHT else {"align": "left", "indent": 1}
