"""The four steps at the top: where one is, what is done, and a way to go there."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_DOT = 22
_GAP = 8
_LINE = 40
_AROUND = 12


class Step(Enum):
    """The steps in their order."""

    FILES = 0
    COLUMNS = 1
    REVIEW = 2
    DONE = 3


_NAMES = {
    Step.FILES: "Files",
    Step.COLUMNS: "Columns",
    Step.REVIEW: "Review",
    Step.DONE: "Done",
}


class Steps(QWidget):
    """Shows the steps; `chosen` is emitted when one that is open is clicked."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._buttons = [_StepButton(look, step) for step in Step]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in self._buttons:
            self._row.addWidget(button)
            button.clicked.connect(self._choose)
        look.changed.connect(self._fit)
        self._fit()

    def show_step(self, current: Step, reachable: Sequence[Step]) -> None:
        """Say which step is shown, and to which ones one may go."""
        for button in self._buttons:
            button.show_state(current, open_=button.step in reachable)
        self.update()

    def button(self, step: Step) -> QAbstractButton:
        """The button of one step."""
        return self._buttons[step.value]

    def _choose(self) -> None:
        chosen = self.sender()
        assert isinstance(chosen, _StepButton)
        self.chosen.emit(chosen.step)

    def _fit(self) -> None:
        # The line is there to join, not to be read: it need not grow with the text.
        self._row.setSpacing(_LINE + 2 * self._look.px(_AROUND))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() // 2
        around = self._look.px(_AROUND)
        for left, right in zip(self._buttons, self._buttons[1:], strict=False):
            start = left.geometry().right() + around
            painter.fillRect(
                start, middle, right.x() - around - start, 1, self._look.colour("line")
            )
        painter.end()


class _StepButton(QAbstractButton):
    """A number in a circle and a word; a tick in the place of the number once it is passed."""

    def __init__(self, look: Look, step: Step) -> None:
        super().__init__()
        self._look = look
        self.step = step
        self._current = False
        self._passed = False
        self.setText(tr(_NAMES[step]))
        self.setProperty("ringRadius", _DOT // 2)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.updateGeometry)

    def show_state(self, current: Step, *, open_: bool) -> None:
        """Say whether it is the current one, was passed, and can be gone to."""
        self._current = self.step is current
        self._passed = self.step.value < current.value
        self.setEnabled(open_ or self._current)
        cursor = Qt.CursorShape.PointingHandCursor if open_ else Qt.CursorShape.ArrowCursor
        self.setCursor(cursor)
        place = tr("step {n} of {all}", n=self.step.value + 1, all=len(Step))
        state = tr("current step") if self._current else tr("passed") if self._passed else ""
        parts = [self.text(), place, state]
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        # As wide as the bold word, so that nothing moves when the step becomes current.
        words = look.metrics.text_strong.horizontalAdvance(self.text())
        return QSize(round(look.px(_DOT + 2 * _GAP) + words + 1), look.px(_DOT + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, middle = look.px(_DOT), self.height() / 2
        dot = QRectF(1, middle - size / 2, size, size).adjusted(0.75, 0.75, -0.75, -0.75)
        on = self._current or self._passed
        painter.setPen(QPen(look.colour("accent" if on else "edge"), 1.5))
        painter.setBrush(look.colour("accent" if self._current else "window"))
        painter.drawEllipse(dot)
        if self._passed:
            sign = 14
            left = dot.center().x() - look.px(sign) / 2
            look.icons.paint(painter, left, middle, "check", "accent", sign)
        else:
            painter.setFont(look.fonts.small_strong)
            painter.setPen(look.colour("on-accent" if self._current else "muted"))
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, str(self.step.value + 1))
        strong = look.fonts.text_strong if self._current else look.fonts.text
        painter.setFont(strong)
        painter.setPen(look.colour("text" if self._current else "muted"))
        room = QRectF(self.rect()).adjusted(look.px(_DOT + _GAP) + 1, 0, 0, 0)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, side, self.text())
        painter.end()
