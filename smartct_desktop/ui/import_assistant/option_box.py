"""An answer to choose: a box with a circle, the answer, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.answers import Answer
from smartct_desktop.ui.pill import paint_pill, pill_width
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_PAD = 10
_CIRCLE = 15
_GAP = 9
_RADIUS = 6


class OptionBox(QAbstractButton):
    """Chosen by a click, Space or Enter; the arrow keys only move the focus.

    Unlike other radio buttons a box that is preselected can be chosen: that says yes to it.
    """

    picked = Signal(object)  # the reply

    def __init__(
        self, look: Look, answer: Answer, *, proposed: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._answer = answer
        self._proposed = proposed
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(answer.title)
        parts = [answer.title, answer.detail, tr("proposed") if proposed else ""]
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setProperty("ringRadius", _RADIUS)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._pick)
        look.changed.connect(self.updateGeometry)

    @property
    def answer(self) -> Answer:
        """What is chosen with it."""
        return self._answer

    def _pick(self) -> None:
        self.picked.emit(self._answer.reply)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Right:
                self._move(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Left:
                self._move(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case _:
                super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        """Put the focus on the next box, or the one before."""
        around = self.parentWidget() or self
        boxes = [box for box in around.findChildren(OptionBox) if box.isVisible()]
        place = boxes.index(self) + by
        if 0 <= place < len(boxes):
            boxes[place].setFocus(Qt.FocusReason.TabFocusReason)

    def sizeHint(self) -> QSize:
        metrics = self._look.metrics
        words = metrics.text_medium.horizontalAdvance(self._answer.title)
        width = round(words) + self._text_left() + self._look.px(_PAD) + self._pill_room()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.measures.large_field)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._heights(width)) + 2 * self._look.px(8)

    def _heights(self, width: int) -> tuple[int, int]:
        metrics = self._look.metrics
        room = QRectF(0, 0, width - self._text_left() - self._look.px(_PAD), 4000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        title = metrics.text_medium.boundingRect(
            room.adjusted(0, 0, -self._pill_room(), 0), wrap, self._answer.title
        )
        detail = metrics.small.boundingRect(room, wrap, self._answer.detail)
        below = round(detail.height() + 0.5) + 3 if self._answer.detail else 0
        return round(title.height() + 0.5), below

    def _text_left(self) -> int:
        return self._look.px(_PAD + _CIRCLE + _GAP)

    def _pill_room(self) -> int:
        if not self._proposed:
            return 0
        return round(pill_width(tr("proposed"), self._look)) + self._look.px(_GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        hovered = self.underMouse() and self.isEnabled()
        painter.setPen(QPen(look.colour("accent" if on else "line"), 1))
        painter.setBrush(look.colour("hover" if hovered else "base"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        title_height, detail_height = self._heights(self.width())
        top = look.px(8)
        self._paint_circle(painter, top + look.metrics.text_medium.height() / 2, on=on)
        left, right = self._text_left(), self.width() - look.px(_PAD)
        painter.setPen(look.colour("text"))
        painter.setFont(look.fonts.text_medium)
        title = QRectF(left, top, right - left - self._pill_room(), title_height)
        painter.drawText(title, int(Qt.TextFlag.TextWordWrap), self._answer.title)
        if self._proposed:
            width = pill_width(tr("proposed"), look)
            middle = top + look.metrics.text_medium.height() / 2
            paint_pill(painter, right - width, middle, tr("proposed"), Tone.ACCENT, look)
        if detail_height:
            painter.setPen(look.colour("muted"))
            painter.setFont(look.fonts.small)
            detail = QRectF(left, top + title_height + 3, right - left, detail_height)
            painter.drawText(detail, int(Qt.TextFlag.TextWordWrap), self._answer.detail)
        painter.end()

    def _paint_circle(self, painter: QPainter, middle: float, *, on: bool) -> None:
        look = self._look
        size = look.measures.tick_box
        circle = QRectF(look.px(_PAD), middle - size / 2, size, size).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("accent" if on else "edge"), 1))
        painter.setBrush(look.colour("accent" if on else "base"))
        painter.drawEllipse(circle)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("on-accent"))
            inner = size * 0.2
            painter.drawEllipse(circle.center(), inner, inner)
