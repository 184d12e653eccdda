"""The tabs of the window: names, counts, and a pill where something is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.pill import paint_ground
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SIDE, _MOST_SIDE = 13, 17  # beside the words; large text keeps the names instead of the room
_GAP = 7
_PILL_SIDE = 6


@dataclass(frozen=True, slots=True)
class _Count:
    text: str = ""
    tone: Tone | None = None  # with one, the count lies in a pill


class TabBar(QTabBar):
    """Tabs as wide as their bold name, so that nothing moves when another becomes current."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._counts: dict[int, _Count] = {}
        self._by_key = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        look.changed.connect(self._fit)
        self._fit()

    def set_count(self, index: int, text: str, tone: Tone | None = None) -> None:
        """Show a number behind the name; with a tone it lies in a pill, "" takes it away."""
        self._counts[index] = _Count(text, tone)
        name = self.tabText(index)
        said = tr("{name}, {count}", name=name, count=text) if text else name
        self.setAccessibleTabName(index, said)
        self._fit()

    def tabSizeHint(self, index: int) -> QSize:
        metrics = self._look.metrics
        width = 2 * self._side() + metrics.text_strong.horizontalAdvance(self.tabText(index))
        count = self._counts.get(index)
        if count is not None and count.text:
            width += self._look.px(_GAP) + self._count_width(count)
        return QSize(round(width + 0.5), self._look.measures.tab_bar)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), self._look.colour("line"))
        for index in range(self.count()):
            self._paint_tab(painter, index)
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        look, box = self._look, QRectF(self.tabRect(index))
        current = index == self.currentIndex()
        word = box.adjusted(self._side(), 0, 0, 0)
        ink = "text" if current else "muted"
        if not self.isTabEnabled(index):
            ink = "faint"
        painter.setFont(look.fonts.text_strong if current else look.fonts.text)
        painter.setPen(look.colour(ink))
        _draw_left(painter, word, self.tabText(index))
        metrics = look.metrics.text_strong if current else look.metrics.text
        word.setLeft(word.left() + metrics.horizontalAdvance(self.tabText(index)))
        count = self._counts.get(index)
        if count is not None and count.text:
            word.setLeft(word.left() + look.px(_GAP))
            self._paint_count(painter, word, count, ink)
        if current:
            line = QRectF(box.left(), box.bottom() - 2, box.width(), 2)
            painter.fillRect(line, look.colour("accent"))
            if self.hasFocus() and self._by_key:
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(3, 5, -3, -5), 5, 5)

    def _paint_count(self, painter: QPainter, room: QRectF, count: _Count, ink: str) -> None:
        look = self._look
        painter.setFont(self._count_font(count))
        if count.tone is None:
            painter.setPen(look.colour("faint" if ink == "faint" else "muted"))
            _draw_left(painter, room, count.text)
            return
        height = look.measures.small_pill
        pill = QRectF(room.left(), room.center().y() - height / 2, self._count_width(count), height)
        paint_ground(painter, pill, count.tone, look)
        painter.setPen(look.colour(count.tone.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, count.text)

    def _side(self) -> int:
        return min(self._look.px(_SIDE), _MOST_SIDE)

    def _count_font(self, count: _Count) -> QFont:
        return self._look.fonts.small if count.tone is None else self._look.fonts.small_strong

    def _count_width(self, count: _Count) -> float:
        metrics = self._look.metrics
        if count.tone is None:
            return metrics.small.horizontalAdvance(count.text)
        words = metrics.small_strong.horizontalAdvance(count.text)
        return words + 2 * self._look.px(_PILL_SIDE)

    def _fit(self) -> None:
        """Qt lays tabs out anew when the font changes; no other way to ask is public."""
        self.setFont(self._look.fonts.text)
        self.setFixedHeight(self._look.measures.tab_bar)
        self.setIconSize(self.iconSize())
        self.updateGeometry()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_key = False
        super().mousePressEvent(event)


class TabStrip(QWidget):
    """The tabs across the window, with the line beneath."""

    def __init__(self, look: Look, tabs: TabBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(8)
        self._row.addWidget(tabs)
        self._row.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.rect()
        painter.fillRect(box, self._look.colour("window"))
        painter.fillRect(0, box.height() - 1, box.width(), 1, self._look.colour("line"))
        painter.end()


def _draw_left(painter: QPainter, box: QRectF, text: str) -> None:
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
