"""A line with a sign inside that opens its list or its calendar; a form has dozens of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from smartct_desktop.ui.theme.look import Look

_ROOM = 24
_SIZE = 14


class IconLine(QLineEdit):
    """Draws the sign itself: a button of its own in each line would make forms slow.

    The keys do the same (Alt+Down), so the sign needs no name. `quiet` shows it only with the
    focus or under the pointer.
    """

    icon_clicked = Signal()

    def __init__(self, look: Look, icon: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._quiet = quiet
        self.setMouseTracking(True)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setTextMargins(0, 0, self._look.px(_ROOM) - 6, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isReadOnly() or (self._quiet and not self.hasFocus() and not self.underMouse()):
            return
        painter = QPainter(self)
        left = self.width() - self._look.px(_ROOM - 4)
        self._look.icons.paint(painter, left, self.height() / 2, self._icon, "muted", _SIZE)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pressed = event.button() == Qt.MouseButton.LeftButton
        if pressed and self._is_sign(event.position().toPoint()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.icon_clicked.emit()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        on_sign = self._is_sign(event.position().toPoint())
        self.setCursor(Qt.CursorShape.ArrowCursor if on_sign else Qt.CursorShape.IBeamCursor)

    def _is_sign(self, at: QPoint) -> bool:
        return not self.isReadOnly() and at.x() >= self.width() - self._look.px(_ROOM)
