"""Opening and closing groups with keys and pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

if TYPE_CHECKING:
    from smartct_desktop.ui.grid.table import RecordTable

_TOGGLES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GroupKeys(QObject):
    """On the heading of a group Left closes it, Right opens it, Space and Enter do either.

    A click opens or closes it, too. With Control it happens to all groups.
    """

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for a heading."""
        if watched is self._table and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._press(event)
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            row = self._table.rowAt(event.position().toPoint().y())
            self._toggle(row, all_=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        return False

    def _press(self, event: QKeyEvent) -> bool:
        row = self._table.currentIndex().row()
        heading = self._table.records.heading_at(row) if row >= 0 else None
        if heading is None:
            return False
        key = event.key()
        wanted = (
            key in _TOGGLES
            or (key == Qt.Key.Key_Left and heading.open)
            or (key == Qt.Key.Key_Right and not heading.open)
        )
        if wanted:
            self._toggle(row, all_=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        return wanted or key in (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def _toggle(self, row: int, *, all_: bool) -> None:
        records = self._table.records
        heading = records.heading_at(row) if row >= 0 else None
        if heading is None or not self._table.finish_editing():
            return
        if all_:
            records.toggle_all_groups(open_all=not heading.open)
        else:
            records.toggle_group(heading.key)
