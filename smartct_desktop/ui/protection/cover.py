"""What lies over a window while the document is locked: nothing of it can be seen or touched."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_SIGN = 40
_GAP = 12


class Cover(QWidget):
    """Fills its window, whatever size that takes, and keeps the pointer from what lies beneath."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.setAccessibleName(tr("Locked"))
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("window"))
        middle = self.rect().center()
        sign = self._look.px(_SIGN)
        top = middle.y() - sign
        left = middle.x() - sign / 2
        self._look.icons.paint(painter, left, top + sign / 2, "lock", "muted", _SIGN)
        painter.setFont(self._look.fonts.text)
        painter.setPen(self._look.colour("muted"))
        line = self.rect().adjusted(0, middle.y() + self._look.px(_GAP), 0, 0)
        painter.drawText(
            line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, tr("Locked")
        )
        painter.end()
