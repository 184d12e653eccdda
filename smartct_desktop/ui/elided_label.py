"""A label that may be narrower than its text: the end is cut, the tool tip has it whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look

_NARROWEST = 40


class ElidedLabel(QWidget):
    """One line of running text; `strong` is semi-bold, `muted` paler, `small` smaller."""

    def __init__(
        self, look: Look, *, strong: bool = False, muted: bool = False, small: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._face = "text_strong" if strong else "small" if small else "text"
        self._ink = "muted" if muted else "text"
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        look.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def say(self, text: str, tip: str = "") -> None:
        """Show a text; the tool tip has it too, or says more."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(tool_tip(tip or text, self._look))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = getattr(self._look.metrics, self._face)
        return QSize(round(metrics.horizontalAdvance(self._text)) + 2, self._look.measures.line)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._look.px(_NARROWEST), self.sizeHint().width()), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        metrics = getattr(look.metrics, self._face)
        painter = QPainter(self)
        painter.setFont(getattr(look.fonts, self._face))
        painter.setPen(look.colour(self._ink))
        room = self.contentsRect()
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room.width() + 1)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(side), text)
        painter.end()
