"""Keys and pointer for columns: moving, widening, and the menu of a heading."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent

from smartct_desktop.ui.grid.arrangement import Arrangement
from smartct_desktop.ui.grid.column_deeds import ColumnDeeds
from smartct_desktop.ui.grid.column_menu import ColumnMenu, popup

_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ColumnKeys(QObject):
    """Alt with an arrow widens the current column, with Shift as well it moves it.

    Alt+Down opens the menu of its heading, as does the other button of the pointer there.
    """

    def __init__(self, arrangement: Arrangement, deeds: ColumnDeeds) -> None:
        super().__init__(arrangement)
        self._arrangement = arrangement
        self._deeds = deeds
        table = self._table = arrangement.table
        table.installEventFilter(self)
        table.headings.customContextMenuRequested.connect(self._open_at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for a column."""
        if event.type() == QEvent.Type.ShortcutOverride and self._means(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and self._means(event):
            assert isinstance(event, QKeyEvent)
            self._act(event)
            return True
        return super().eventFilter(watched, event)

    def menu(self, place: int) -> ColumnMenu:
        """The menu of a column of the model."""
        return ColumnMenu(self._table, self._deeds, place)

    def _means(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not self._table.currentIndex().isValid():
            return False
        modifiers = event.modifiers() & ~_KEYPAD
        if event.key() == Qt.Key.Key_Down:
            return modifiers == _ALT
        return event.key() in _STEPS and modifiers in (_ALT, _ALT | _SHIFT)

    def _act(self, event: QKeyEvent) -> None:
        place = self._table.currentIndex().column()
        if event.key() == Qt.Key.Key_Down:
            headings = self._table.headings
            below = QPoint(headings.left_of(place), headings.height())
            popup(self.menu(place), headings.viewport().mapToGlobal(below))
            return
        by = _STEPS[Qt.Key(event.key())]
        if event.modifiers() & _SHIFT:
            self._arrangement.move(place, by)
        else:
            self._arrangement.widen(place, by)

    def _open_at(self, at: QPoint) -> None:
        headings = self._table.headings
        place = headings.section_at(at.x())
        if place >= 0:
            popup(self.menu(place), headings.viewport().mapToGlobal(at))
