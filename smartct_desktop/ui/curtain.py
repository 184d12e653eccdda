"""What stands where a page will be, until its document is open: the headings as they were left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from smartct_desktop.services.settings import Json
from smartct_desktop.ui.theme.look import Look

_PAD = 8


class Curtain(QWidget):
    """Draws toolbar and headings of a table; nothing of a document is needed for that.

    `headings` are pairs of name and width, as `remembered` reads them from the settings.
    """

    def __init__(self, look: Look, headings: Json) -> None:
        super().__init__()
        self._look = look
        self._headings = remembered(headings)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        ground = "base" if self._headings else "window"
        painter.fillRect(self.rect(), look.colour(ground))
        if self._headings:
            top, high = look.measures.toolbar, look.measures.heading
            painter.fillRect(0, top - 1, self.width(), 1, look.colour("hairline"))
            painter.fillRect(0, top, self.width(), high, look.colour("header"))
            painter.fillRect(0, top + high - 1, self.width(), 1, look.colour("line"))
            painter.setFont(look.fonts.small_strong)
            left = 0
            for name, wide in self._headings:
                room = QRectF(left + look.px(_PAD), top, wide - 2 * look.px(_PAD), high)
                painter.setPen(look.colour("muted"))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
                left += wide
                painter.fillRect(left - 1, top, 1, high, look.colour("hairline"))
        painter.end()


def remembered(headings: Json) -> list[tuple[str, int]]:
    """The pairs that make sense."""
    pairs = []
    for pair in headings if isinstance(headings, list) else ():
        match pair:
            case [str(name), int(wide)]:
                pairs.append((name, wide))
            case _:
                continue
    return pairs
