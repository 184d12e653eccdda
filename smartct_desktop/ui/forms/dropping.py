"""Files dropped anywhere on a pane or dialog: seen before they are let go, then handed on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QWidget

from smartct_desktop.ui.forms.attachments import files_in
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_INSET = 6
_HIGH = 28


class DropGoal(QObject):
    """Makes a widget take files; `dropped(paths)`. `goal` names the record, empty for none now.

    Fields inside would take the text of a dragged file as if it were typed: `guard` has them leave
    everything that is dragged to the whole.
    """

    dropped = Signal(object)

    def __init__(self, look: Look, widget: QWidget, goal: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._goal = goal
        self.veil = _Veil(look, widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def guard(self, inside: QWidget) -> None:
        """Have the fields inside leave files to the whole."""
        for field in inside.findChildren(QLineEdit):
            field.setAcceptDrops(False)
        for area in inside.findChildren(QAbstractScrollArea):
            area.setAcceptDrops(False)
            area.viewport().setAcceptDrops(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._widget:
            return False
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(
                event, QDragEnterEvent | QDragMoveEvent
            ):
                own = event.source() is not None  # a file that is dragged out
                if own or not self._goal() or not files_in(event.mimeData()):
                    event.ignore()  # the window may have a use for it
                    return True
                event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
                event.accept()
                self.veil.cover(tr("Attach to {record}", record=self._goal()))
                return True
            case QEvent.Type.DragLeave:
                self.veil.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self.veil.hide()
                paths = files_in(event.mimeData())
                if not self._goal() or not paths:
                    return False
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.dropped.emit(paths)
                return True
            case _:
                pass
        return False


class _Veil(QWidget):
    """The edge that shows where a file would go, with words at its foot."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look = look
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, words: str) -> None:
        """Cover the widget it lies over, and say this."""
        over = self.parentWidget()
        self._words = words
        self.setAccessibleName(words)
        if over is not None:
            self.setGeometry(over.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("accent"), 2, Qt.PenStyle.DashLine))
        inside = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(inside, 8, 8)
        high = self._look.px(_HIGH)
        strip = QRectF(inside.left(), inside.bottom() - high, inside.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("soft"))
        painter.drawRoundedRect(strip, 8, 8)
        painter.setPen(self._look.colour("accent"))
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideMiddle, round(strip.width()) - 16
        )
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
