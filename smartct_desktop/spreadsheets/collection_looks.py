"""How the sheets look that others fill in: cells that are not locked, marks of what is needed."""

from __future__ import annotations

from smartct_desktop.domain.report import Column, Kind
from smartct_desktop.spreadsheets.looks_out import Looks
from smartct_desktop.spreadsheets.xlsx_face import XlsxFormat, XlsxWorkbook

_RIGHT = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY})


class _EntryLooks(Looks):
    """The looks of cells that others fill in: not locked, and texts stay texts.

    Without that, a number such as 00123 would lose its zeros, and 3-4 would become a day.
    """

    def _format(self, **properties: object) -> XlsxFormat:
        if properties.get("num_format") == "General":
            properties["num_format"] = "@"
        return super()._format(locked=False, **properties)


class CollectionLooks:
    """The formats of a template: those of any report, and those of cells that are not locked."""

    def __init__(self, workbook: XlsxWorkbook) -> None:
        self.locked = Looks(workbook, ruled=True)
        self.unlocked: Looks = _EntryLooks(workbook, ruled=True)
        self.free = workbook.add_format({"locked": False})
        self.code = workbook.add_format({"font_color": "#8A97A8", "font_size": 8})
        self.missing = workbook.add_format({"bg_color": "#FDF0D5"})
        self._hints = {
            (required, right): workbook.add_format(_hint_look(required=required, right=right))
            for required in (False, True)
            for right in (False, True)
        }

    def hint(self, column: Column, *, required: bool) -> XlsxFormat:
        """The line that says how a column is filled in, aligned as its values are."""
        return self._hints[required, column.kind in _RIGHT]


def _hint_look(*, required: bool, right: bool) -> dict[str, object]:
    look: dict[str, object] = {"italic": True, "font_size": 9, "bottom": 1, "bg_color": "#F4F6F9"}
    look |= {"align": "right"} if right else {"align": "left", "indent": 1}
    return look | (
        {"font_color": "#9B1C1C", "bold": True} if required else {"font_color": "#6B7280"}
    )
