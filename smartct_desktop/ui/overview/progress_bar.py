"""The bar of a target: what counts, what is expected, what is missing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smartct_desktop.ui.hatching import paint_hatched
from smartct_desktop.ui.theme.look import Look

_HIGH = 10
_RADIUS = 3
_GAP = 1.5  # between the parts
_OVER = 3  # how far the mark of the plan stands out
_MARK = 2.0


class TargetBar(QWidget):
    """Ten pixels high; its parts are shares of the target."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._counted = 0.0
        self._expected = 0.0
        self._planned: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_shares(
        self, value: int, pipeline: int, target: int, words: str, planned: int | None = None
    ) -> None:
        """Show so many of so many; `words` say the same for those who listen.

        A mark across the bar shows what was `planned` by now.
        """
        self._planned = min(1.0, planned / target) if target and planned is not None else None
        self._counted = min(1.0, value / target) if target else 0.0
        self._expected = min(1.0 - self._counted, pipeline / target) if target else 0.0
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(_HIGH) + 2 * _OVER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = look.px(_HIGH)
        box = QRectF(0, (self.height() - high) / 2, self.width(), high)
        shape = QPainterPath()
        shape.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(box, look.colour("chart-rest"))
        full = QRectF(box.left(), box.top(), box.width() * self._counted, high)
        if self._expected:
            wide = box.width() * self._expected
            paint_hatched(painter, QRectF(full.right(), box.top(), wide, high), look)
        more = self._expected or self._counted < 1
        if self._counted:
            painter.fillRect(full.adjusted(0, 0, -_GAP if more else 0, 0), look.colour("c1"))
        if self._planned:
            painter.setClipping(False)
            x = box.left() + min(box.width() - _MARK, box.width() * self._planned)
            mark = QRectF(x, box.top() - _OVER, _MARK, high + 2 * _OVER)
            painter.fillRect(mark, look.colour("text"))
        painter.end()
