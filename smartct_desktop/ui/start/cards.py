"""The three cards of the first run, with drawings made of the tokens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from smartct_desktop.ui.key_cap import key_text, paint_key_cap
from smartct_desktop.ui.theme.look import Look

_WIDE, _HIGH = 308, 252
_PAD = 24
_DRAWING = 84

Drawing = Callable[[QPainter, QRectF, Look], None]


class StartCard(QAbstractButton):
    """A drawing, a title, two or three lines, and the key that does the same."""

    def __init__(self, look: Look, drawing: Drawing, title: str, words: str, key: str) -> None:
        super().__init__()
        self._look = look
        self._drawing = drawing
        self._words = words
        self._key = key_text(QKeySequence(key))
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setProperty("ring", "always")
        self.setProperty("ringRadius", 8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_WIDE), self._look.px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("hover" if self.underMouse() else "raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        pad = look.px(_PAD)
        inner = QRectF(self.rect()).adjusted(pad, pad, -pad, -pad)
        painter.save()
        drawing = QRectF(inner.left(), inner.top(), look.px(178), look.px(_DRAWING))
        self._drawing(painter, drawing, look)
        painter.restore()
        top = inner.top() + look.px(_DRAWING) + look.px(12)
        self._write(painter, QRectF(inner.left(), top, inner.width(), inner.bottom() - top))
        painter.end()

    def _write(self, painter: QPainter, room: QRectF) -> None:
        look = self._look
        painter.setFont(look.fonts.title)
        painter.setPen(look.colour("text"))
        wrap = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
        used = painter.boundingRect(room, wrap, self.text())
        painter.drawText(room, wrap, self.text())
        room.setTop(used.bottom() + look.px(6))
        painter.setFont(look.fonts.text)
        painter.setPen(look.colour("muted"))
        painter.drawText(room, wrap, self._words)
        middle = room.bottom() - look.measures.key_cap / 2 + look.px(4)
        paint_key_cap(painter, room.left(), middle, self._key, look)


def draw_table(painter: QPainter, box: QRectF, look: Look) -> None:
    """A table with a heading and coloured pills."""
    painter.setPen(QPen(look.colour("line"), 1))
    painter.setBrush(look.colour("base"))
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(Qt.PenStyle.NoPen)
    unit = box.height() / 84
    head = QRectF(box.left() + 1, box.top() + 1, box.width() - 2, 16 * unit)
    painter.setBrush(look.colour("soft"))
    painter.drawRect(head)
    painter.setBrush(look.colour("c1"))
    title = QRectF(box.left() + 10, box.top() + 6 * unit, 40 * unit, 5 * unit)
    painter.drawRoundedRect(title, 2, 2)
    tones = ("done-line", "waiting-line", "done-line", "warning-line")
    for row, (tone, wide) in enumerate(zip(tones, (74, 58, 82, 66), strict=True)):
        top = box.top() + (22 + 15 * row) * unit
        bars = ((10, wide, "chart-rest"), (104, 22, "chart-rest"), (138, 28, tone))
        for left, width, token in bars:
            painter.setBrush(look.colour(token))
            bar = QRectF(box.left() + left * unit, top, width * unit, 7 * unit)
            painter.drawRoundedRect(bar, 3, 3)


def draw_net(painter: QPainter, box: QRectF, look: Look) -> None:
    """Five clusters and their exchanges, one of them leading."""
    unit = box.height() / 84
    spots = ((30, 22), (92, 14), (146, 34), (54, 64), (118, 66))
    points = [QPointF(box.left() + x * unit, box.top() + y * unit) for x, y in spots]
    painter.setPen(QPen(look.colour("heat3"), 1.2))
    for start, end in ((0, 1), (1, 2), (0, 3), (0, 4), (1, 4), (2, 3), (2, 4), (3, 4)):
        painter.drawLine(points[start], points[end])
    painter.setPen(QPen(look.colour("c1"), 1.6))
    for place, point in enumerate(points):
        painter.setBrush(look.colour("base" if place else "c1"))
        radius = (8 if place else 10) * unit
        painter.drawEllipse(point, radius, radius)


def draw_folder(painter: QPainter, box: QRectF, look: Look) -> None:
    """A folder with a sheet in it."""
    unit = box.height() / 84
    painter.setPen(QPen(look.colour("heat3"), 1.2))
    painter.setBrush(look.colour("soft"))
    tab = QRectF(box.left(), box.top() + 14 * unit, 52 * unit, 20 * unit)
    painter.drawRoundedRect(tab, 5, 5)
    body = QRectF(box.left(), box.top() + 24 * unit, 130 * unit, 58 * unit)
    painter.drawRoundedRect(body, 5, 5)
    painter.setPen(QPen(look.colour("c1"), 1.4))
    painter.setBrush(look.colour("base"))
    sheet = QRectF(box.left() + 34 * unit, box.top() + 36 * unit, 62 * unit, 34 * unit)
    painter.drawRoundedRect(sheet, 4, 4)
    painter.setPen(QPen(look.colour("heat3"), 1))
    for part in (1, 2):
        x = sheet.left() + sheet.width() * part / 3
        y = sheet.top() + sheet.height() * part / 3
        painter.drawLine(QPointF(x, sheet.top() + 1), QPointF(x, sheet.bottom() - 1))
        painter.drawLine(QPointF(sheet.left() + 1, y), QPointF(sheet.right() - 1, y))
