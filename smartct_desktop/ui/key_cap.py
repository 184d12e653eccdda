"""Key caps: how a shortcut is shown beside what it does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from smartct_desktop.ui.theme.look import Look


def key_text(keys: QKeySequence) -> str:
    """“Ctrl K”: the keys as this system writes them, with spaces instead of plus signs."""
    text = keys.toString(QKeySequence.SequenceFormat.NativeText)
    plus = " +" if text.endswith("++") else ""
    return text.removesuffix("++" if plus else "").replace("+", " ") + plus


def key_cap_width(text: str, look: Look) -> float:
    """The width `paint_key_cap` will take."""
    return look.metrics.tiny.horizontalAdvance(text) + look.px(12)


def paint_key_cap(painter: QPainter, left: float, middle: float, text: str, look: Look) -> float:
    """Draw a key cap with its left edge and its middle there; returns its width."""
    width, height = key_cap_width(text, look), look.measures.key_cap
    box = QRectF(left, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("line"), 1))
    painter.setBrush(look.colour("window"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(look.fonts.tiny)
    painter.setPen(look.colour("muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return width


class KeyCap(QWidget):
    """A key cap that stands alone."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(round(key_cap_width(self._text, self._look)), self._look.measures.key_cap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_key_cap(painter, 0, self.height() / 2, self._text, self._look)
        painter.end()
