"""What stands where there is nothing: a sentence, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDE = 420
_SIGN = 24
_EDGE = 12
_NARROWEST = 80


class Empty(QWidget):
    """In the middle: a faint sign, one sentence, a few buttons, and a link into the help.

    Where there is little room the buttons stand one below the other.
    """

    def __init__(self, look: Look, sign: str) -> None:
        super().__init__()
        self._look = look
        self._sign_name = sign
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = label(tone="muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._made: list[QPushButton] = []
        self._help = button(look, tr("How this works"), Kind.LINK)
        self._help.hide()
        middle = Qt.AlignmentFlag.AlignHCenter
        rows = QVBoxLayout(self)
        rows.setSpacing(12)
        rows.addStretch(2)
        rows.addWidget(self._sign)
        rows.addWidget(self._words, 0, middle)
        rows.addLayout(self._row)
        rows.addWidget(self._help, 0, middle)
        rows.addStretch(3)
        self.setMinimumWidth(_NARROWEST)  # else the sentence would keep the table wide
        look.changed.connect(self._tint)
        self._tint()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """What it offers."""
        return tuple(self._made)

    def say(self, sentence: str, *buttons: QPushButton) -> None:
        """Say this, and offer these buttons and no others."""
        self._words.setText(sentence)
        for old in self._made:
            old.setParent(None)
        self._made = list(buttons)
        while self._row.count():
            self._row.takeAt(0)
        self._row.addStretch()
        for offered in buttons:
            self._row.addWidget(offered, 0, Qt.AlignmentFlag.AlignHCenter)
            offered.show()
        self._row.addStretch()
        self._fit()

    def offer_help(self, act: Callable[[], object]) -> None:
        """Offer a link to the page that explains what would stand here."""
        self._help.clicked.connect(act)
        self._help.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * _EDGE
        wide = max(1, min(self._look.px(_WIDE), room))
        self._words.setFixedWidth(wide)
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(wide)))
        beside = sum(made.sizeHint().width() + self._row.spacing() for made in self._made)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside <= room else direction.TopToBottom)

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(self._look.icons.pixmap(self._sign_name, "faint", _SIGN, ratio))
        self._fit()
