"""The line of a list below the mouse, as far as the mouse was moved there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QListView


class Pointing(QObject):
    """Tells which line of a list somebody points at.

    Qt's own `entered` is also sent when the list is scrolled beneath a mouse that rests: the arrow
    keys would never get past it.
    """

    pointed = Signal(QModelIndex)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._at: QPoint | None = None
        view.setMouseTracking(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            at = event.globalPosition().toPoint()
            if at != self._at:
                self._at = at
                index = self._view.indexAt(event.position().toPoint())
                if index.isValid():
                    self.pointed.emit(index)
        return super().eventFilter(watched, event)
