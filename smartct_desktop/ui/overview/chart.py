"""A painted chart whose parts open the records behind them, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from smartct_desktop.domain.fields import Id
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a chart: where it is, what it says, and the records that it stands for."""

    box: QRectF
    words: str
    ids: tuple[Id, ...]


class MarkedChart(QWidget):
    """Paints itself and knows its marks; `asked` wants the records of the one that was opened.

    A subclass tells where its marks are (`_place_marks`, asked when size or content change) and
    paints (`_paint`). The arrow keys go from mark to mark, Enter opens, and each mark is read out.
    """

    asked = Signal(str, object)  # kind and ids

    def __init__(self, look: Look, name: str, kind: str) -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self._marks: Sequence[Mark] = ()
        self._current = 0
        self._hovered = -1
        self._roomy = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "never")  # the mark that the keys are on is drawn with it
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.renew)

    @property
    def marks(self) -> Sequence[Mark]:
        """All parts that can be opened, in reading order."""
        return self._marks

    @property
    def current(self) -> Mark | None:
        """The part that the keys are on."""
        return self._marks[self._current] if self._current < len(self._marks) else None

    def set_roomy(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        """Want all the room that is useful: the page scrolls anyway."""
        if on != self._roomy:
            self._roomy = on
            self.updateGeometry()

    def renew(self) -> None:
        """Place and paint everything anew."""
        self._marks = self._place_marks()
        self._current = min(self._current, max(0, len(self._marks) - 1))
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._marks else Qt.FocusPolicy.NoFocus)
        self._describe()
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.renew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter)
        current = self.current
        if current is not None and self.hasFocus():
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(current.box.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _OPENING and self.current is not None:
            self._open(self.current)
        elif key in _STEPS:
            self._go(self._beside(*_STEPS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(self._marks) - 1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._current = place
            self._open(self._marks[place])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(QPointF(event.pos()))
            words = tool_tip(self._marks[place].words, self._look) if place >= 0 else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # For subclasses.

    def _place_marks(self) -> Sequence[Mark]:
        raise NotImplementedError

    def _paint(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _is_hovered(self, place: int) -> bool:
        """Whether the mouse is over the mark with this number."""
        return place == self._hovered

    # Within.

    def _open(self, mark: Mark) -> None:
        if mark.ids:
            self.asked.emit(self._kind, mark.ids)

    def _at(self, point: QPointF) -> int:
        return next((n for n, mark in enumerate(self._marks) if mark.box.contains(point)), -1)

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            opens = place >= 0 and bool(self._marks[place].ids)
            shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def _beside(self, across: int, down: int) -> int:
        """The nearest mark in a direction; the current one if there is none."""
        current = self.current
        if current is None:
            return 0
        here = current.box.center()
        best, found = float("inf"), self._current
        for place, mark in enumerate(self._marks):
            away = mark.box.center() - here
            along = away.x() * across + away.y() * down
            aside = abs(away.x() * down) + abs(away.y() * across)
            if along > 1 and along + 4 * aside < best:
                best, found = along + 4 * aside, place
        return found

    def _go(self, place: int) -> None:
        if self._marks and place != self._current:
            self._current = place
            self._describe()
            self.update()
            words = self._marks[place].words
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _describe(self) -> None:
        current = self.current
        self.setAccessibleDescription(current.words if current is not None else "")
