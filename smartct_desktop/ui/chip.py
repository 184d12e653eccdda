"""Chips: one filter that is on, and how to take it off."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look

_SIDE = 8
_GAP = 6
_CROSS = 12


class Chip(QAbstractButton):
    """A filter as a chip: clicked shows the filter, ✕ or Delete takes it off."""

    removed = Signal()

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(text)
        self.setAccessibleName(tr("Filter {text}", text=text))
        self.setAccessibleDescription(tr("Delete takes it off"))
        self.setToolTip(tool_tip(text, look))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = self._look.metrics.small_medium.horizontalAdvance(self.text())
        return QSize(round(words + 0.5) + self._around(), self._look.measures.chip)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._around() + self._look.px(40), self._look.measures.chip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_cross = self.isDown() and self._is_cross(event.position().toPoint())
        if on_cross and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, box = self._look, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("outline"), 1))
        painter.setBrush(look.colour("select" if self.isDown() else "soft"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        token = "on-select" if self.isDown() else "accent"
        painter.setFont(look.fonts.small_medium)
        painter.setPen(look.colour(token))
        room = box.adjusted(look.px(_SIDE), 0, look.px(_SIDE) - self._around(), 0)
        words = look.metrics.small_medium.elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width() + 0.5
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        left = box.width() - look.px(_SIDE) - look.px(_CROSS)
        look.icons.paint(painter, left, box.height() / 2, "x", token, _CROSS)
        painter.end()

    def _around(self) -> int:
        """Pixels of the width that are not for the words."""
        return 2 * self._look.px(_SIDE) + self._look.px(_GAP) + self._look.px(_CROSS)

    def _is_cross(self, point: QPoint) -> bool:
        reach = self._look.px(_SIDE) + self._look.px(_CROSS) + self._look.px(_GAP) // 2
        return self.rect().contains(point) and point.x() >= self.width() - reach
