"""The tick box of lines that are drawn by us."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from smartct_desktop.ui.theme.look import Look


def paint_tick_box(painter: QPainter, left: float, middle: float, look: Look, *, on: bool) -> None:
    """Draw a tick box with its left edge and its middle there."""
    size = look.measures.tick_box
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(left, middle - size / 2, size, size).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(look.colour("accent" if on else "edge"))
    painter.setBrush(look.colour("accent" if on else "base"))
    painter.drawRoundedRect(box, 3, 3)
    if on:
        look.icons.paint(painter, box.left() + 1, middle, "check", "on-accent", 13)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=smooth)
