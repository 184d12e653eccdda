"""A bar of ten pixels whose parts are shares of a whole."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from smartct_desktop.ui.theme.look import Look

_HIGH = 10
_RADIUS = 3
_OVER = 3  # room above and below, for what stands out


class ShareBar(QWidget):
    """As wide as there is room; who inherits it paints the parts."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(_HIGH) + 2 * _OVER)

    def _begin(self, painter: QPainter) -> QRectF:
        """Paint the ground, and keep what follows within it; gives its place."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self._look.px(_HIGH)
        box = QRectF(0, (self.height() - high) / 2, self.width(), high)
        shape = QPainterPath()
        shape.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(box, self._look.colour("chart-rest"))
        return box
