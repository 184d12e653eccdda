"""Hatching: what is promised or still to come, in bars and charts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from smartct_desktop.ui.theme.look import Look

_STROKE = 2.4
_STEP = 8.5  # 6 pixels apart, measured across


def paint_hatched(painter: QPainter, box: QRectF, look: Look) -> None:
    """Fill a box with lines at 45°: Qt's own patterns are one pixel wide and nearly vanish."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.fillRect(box, look.colour("heat1"))
    painter.setPen(QPen(look.colour("hatch"), _STROKE))
    x = box.left() - box.height()
    while x < box.right() + _STROKE:
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += _STEP
    painter.restore()
