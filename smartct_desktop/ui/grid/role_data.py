"""What Qt asks a table for by role: texts, tips, what is spoken, and the side they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from smartct_desktop.domain.query import Grouping
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.columns import AnyColumn, Column, heading, stands_right
from smartct_desktop.ui.grid.group_words import heading_spoken, heading_sum, heading_words
from smartct_desktop.ui.grid.groups import Heading

Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def cell_data(column: AnyColumn, text: str, said: str, role: int) -> Any:
    """Of the cell of a record; `said` is what the rules say of it."""
    match role:
        case Role.ToolTipRole if said:
            return f"{text}\n{said}"
        case Role.DisplayRole | Role.ToolTipRole:
            return text
        case Role.AccessibleTextRole:
            return f"{heading(column)}: {text}" + (f". {said}" if said else "")
        case Role.TextAlignmentRole:
            return _side(column)
        case _:
            return None


@dataclass(frozen=True)
class Groups:
    """By what the records of a kind are grouped, and how values are written."""

    kind: str
    grouping: Grouping
    texts: Texts

    def data(self, group_heading: Heading, column: AnyColumn, role: int, *, first: bool) -> Any:
        """Of the heading of a group: its name in the first column, sums in others."""
        match role:
            case Role.DisplayRole | Role.ToolTipRole if first:
                return heading_words(group_heading, self.grouping, self.kind, self.texts)
            case Role.DisplayRole | Role.ToolTipRole:
                return heading_sum(group_heading, self.grouping, column, self.texts)
            case Role.AccessibleTextRole:
                return heading_spoken(group_heading, self.grouping, self.kind, column, self.texts)
            case Role.TextAlignmentRole:
                return _side(column)
            case _:
                return None


def column_data(column: AnyColumn, role: int) -> Any:
    """Of the heading of a column."""
    match role:
        case Role.DisplayRole | Role.AccessibleTextRole:
            return heading(column)
        case Role.ToolTipRole if isinstance(column, Column):
            return column.field.help or heading(column)
        case Role.TextAlignmentRole:
            return _side(column)
        case _:
            return None


def _side(column: AnyColumn) -> Qt.AlignmentFlag:
    return _RIGHT if stands_right(column) else _LEFT
