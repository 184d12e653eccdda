"""Draws what becomes of a value: the field, the old value struck through, an arrow, the new one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def paint_difference(  # noqa: PLR0913, PLR0917 -- what, where, how
    look: Look,
    painter: QPainter,
    room: QRectF,
    field: str,
    old: str,
    new: str,
    *,
    selected: bool,
) -> None:
    """Draw one difference into one line; long values share the room."""
    metrics = look.metrics.text
    muted = look.on_select("muted") if selected else look.colour("muted")
    x = room.left()
    x += write_from(painter, x, room, field, look.fonts.text, muted) + look.px(8)
    most = max((room.right() - x) / 2 - look.px(24), look.px(40))
    before = metrics.elidedText(old or tr("empty"), Qt.TextElideMode.ElideRight, most)
    font = QFont(look.fonts.text)
    font.setStrikeOut(bool(old))
    x += write_from(painter, x, room, before, font, muted) + look.px(7)
    x += write_from(painter, x, room, "→", look.fonts.text, muted) + look.px(7)
    new = new or tr("empty")
    wide = min(metrics.horizontalAdvance(new), room.right() - x - look.px(12))
    height = metrics.height() + 2
    box = QRectF(x, room.center().y() - height / 2, wide + look.px(12), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("outline"), 1))
    painter.setBrush(look.colour("new-ground"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    inner = box.adjusted(look.px(6), 0, -look.px(4), 0)
    write_in(look, painter, inner, new, look.fonts.text, look.colour("new"))


def write_from(  # noqa: PLR0913, PLR0917 -- what, where, how
    painter: QPainter, x: float, room: QRectF, text: str, font: QFont, ink: QColor
) -> float:
    """Write a text from there on; gives its width."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QRectF(x, room.top(), 4000, room.height()), LEFT, text)
    return float(QFontMetricsF(font).horizontalAdvance(text))


def write_in(  # noqa: PLR0913, PLR0917 -- what, where, how
    look: Look,
    painter: QPainter,
    room: QRectF,
    text: str,
    font: QFont,
    ink: QColor,
    side: int = LEFT,
) -> None:
    """Write a text into a room, with dots at its end where it is too long."""
    if not text:
        return
    painter.setFont(font)
    painter.setPen(ink)
    short = look.metrics.text.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
    painter.drawText(room, side, short)
