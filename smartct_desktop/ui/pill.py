"""Pills: a status as a word on the soft ground of its tone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SIDE = 9  # left and right of the word
_SIGN = 13
_SIGN_AT = 6  # at rest: where the sign begins, and how far it moves the word
_SIGN_ROOM = 15


def pill_width(word: str, look: Look, *, at_rest: bool = False) -> float:
    """The width `paint_pill` will take."""
    width = look.metrics.small_medium.horizontalAdvance(word) + 2 * look.px(_SIDE)
    return width + look.px(_SIGN_ROOM) if at_rest else width


def paint_pill(  # noqa: PLR0913, PLR0917 -- what, where, how
    painter: QPainter,
    left: float,
    middle: float,
    word: str,
    tone: Tone,
    look: Look,
    *,
    at_rest: bool = False,
    selected: bool = False,
) -> float:
    """Draw a pill with its left edge and its middle there; returns its width.

    At rest (a record that is closed) it has no ground but a tick before the word; `selected`
    says that it lies on a selection then.
    """
    width, height = pill_width(word, look, at_rest=at_rest), look.measures.pill
    box = QRectF(left, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.fonts.small_medium)
    if at_rest:
        token = "on-select" if selected and look.scheme.one_ink else tone.ink
        look.icons.paint(painter, left + look.px(_SIGN_AT), middle, tone.sign, token, _SIGN)
        painter.setPen(look.colour(token))
        word_at = left + look.px(_SIDE) + look.px(_SIGN_ROOM)
        box.setLeft(word_at)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
    else:
        paint_ground(painter, box, tone, look)
        painter.setPen(look.colour(tone.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()
    return width


def paint_ground(painter: QPainter, box: QRectF, tone: Tone, look: Look) -> None:
    """The rounded ground of a pill; the painter must be antialiased."""
    painter.setPen(QPen(look.colour("outline"), 1))
    painter.setBrush(look.colour(tone.ground))
    radius = box.height() / 2
    painter.drawRoundedRect(box, radius, radius)


class Pill(QWidget):
    """A pill that stands alone, as in the head of a record."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._word = ""
        self._tone = Tone.CALM
        self._at_rest = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_status(self, word: str, tone: Tone, *, at_rest: bool = False) -> None:
        """Say this word; without one the pill is hidden."""
        self._word, self._tone, self._at_rest = word, tone, at_rest
        self.setAccessibleName(word)
        self.setVisible(bool(word))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = pill_width(self._word, self._look, at_rest=self._at_rest)
        return QSize(round(width + 0.5), self._look.measures.pill)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        paint_pill(painter, 0, middle, self._word, self._tone, self._look, at_rest=self._at_rest)
        painter.end()
