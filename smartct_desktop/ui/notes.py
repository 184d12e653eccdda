"""Notes: sentences that lie where they belong, or pass at the bottom of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QWidget

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import say
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SECONDS = 8
_WIDEST = 560
_ABOVE = 16
_MARGIN = 16
_RADIUS = 6
_SIGN = 14


@dataclass(frozen=True)
class Link:
    """What a note offers: words, and what happens when they are chosen."""

    text: str
    act: Callable[[], object]


class Note(QFrame):
    """A note in place: sign and sentence on the soft ground of its tone, with links beneath."""

    def __init__(
        self, look: Look, tone: Tone, sentence: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self._sign = QLabel()
        self._words = label(wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        look.changed.connect(self._tint)
        self.say(tone, sentence)

    def say(self, tone: Tone, sentence: str) -> None:
        """Say something else."""
        self._tone = tone
        self._words.setText(say(sentence))
        mark(self._words, "tone", tone.ink)
        self.setAccessibleName(say(sentence))
        self._tint()

    def offer(self, *links: Link) -> None:
        """Add links behind the sentence."""
        for link in links:
            made = _link_button(self._look, link, "link")
            self._row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        sign = self._look.icons.pixmap(self._tone.sign, self._tone.ink, _SIGN, ratio)
        self._sign.setPixmap(sign)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_box(painter, self, self._tone.ground, self._look)
        painter.end()


class PassingNote(QFrame):
    """The passing note of a window: one at a time, gone after eight seconds.

    It stays while the pointer or the focus is on it. `foot` is what it keeps above (the status
    bar); without one it keeps above the lower edge of the window.
    """

    def __init__(
        self,
        look: Look,
        window: QWidget,
        foot: QWidget | None = None,
        *,
        seconds: float = _SECONDS,
    ) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._foot = foot
        self._buttons: list[QPushButton] = []
        self._words = label(tone="tip", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        self._row.setSpacing(12)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self._words, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        look.changed.connect(self._place)
        self.hide()

    def tell(self, sentence: str, links: Sequence[Link] = ()) -> None:
        """Show this note in place of the one before; at most two links."""
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        words = say(sentence)
        self._words.setText(words)
        self._buttons = [_link_button(self._look, link, "tip-link") for link in links[:2]]
        for made in self._buttons:
            self._row.addWidget(made)
            made.show()  # before it is measured; a layout would do it only later
            made.installEventFilter(self)
            made.clicked.connect(self.hide)
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _place(self) -> None:
        window = self._window
        room = min(self._look.px(_WIDEST), window.width() - 2 * _ABOVE)
        for made in self._buttons:
            made.ensurePolished()
        self._words.ensurePolished()
        links = sum(made.sizeHint().width() + 12 for made in self._buttons)
        most = max(room - links - 2 * _MARGIN, 1)
        natural = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 2
        self._words.setFixedWidth(min(natural, most))
        size = QSize(self._words.width() + links + 2 * _MARGIN, 0)
        size.setHeight(self._row.totalHeightForWidth(size.width()))
        bottom = window.height()
        if self._foot is not None and self._foot.isVisible():
            bottom = self._foot.mapTo(window, QPoint(0, 0)).y()
        left = (window.width() - size.width()) // 2
        self.setGeometry(left, bottom - _ABOVE - size.height(), size.width(), size.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn:
            self._timer.stop()
        elif kind == QEvent.Type.FocusOut:
            self._go_on()
        elif kind == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        focused = any(made.hasFocus() for made in self._buttons)
        if self.isVisible() and not focused and not self.underMouse():
            self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_box(painter, self, "tip", self._look)
        painter.end()


def _link_button(look: Look, link: Link, kind: str) -> QPushButton:
    made = button(look, link.text, Kind.LINK, room="line")
    made.setProperty("kind", kind)
    # A click must not take the keys from a field: leaving it would write what is typed there.
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _on: link.act())
    return made


def _paint_box(painter: QPainter, box: QWidget, token: str, look: Look) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("outline"), 1))
    painter.setBrush(look.colour(token))
    painter.drawRoundedRect(QRectF(box.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
