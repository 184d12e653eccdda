"""What stands where there is nothing: a sentence, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDE = 420
_SIGN = 24


class Empty(QWidget):
    """In the middle: a faint sign, one sentence, a few buttons."""

    def __init__(self, look: Look, sign: str) -> None:
        super().__init__()
        self._look = look
        self._sign_name = sign
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = label(tone="muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch()
        self._made: list[QPushButton] = []
        box = QWidget()
        box.setMaximumWidth(look.px(_WIDE))
        inside = QVBoxLayout(box)
        inside.setSpacing(12)
        inside.addWidget(self._sign)
        inside.addWidget(self._words)
        inside.addLayout(self._row)
        rows = QVBoxLayout(self)
        rows.addStretch(2)
        rows.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(3)
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
        for button in buttons:
            self._row.addWidget(button)
            button.show()
        self._row.addStretch()

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(self._look.icons.pixmap(self._sign_name, "faint", _SIGN, ratio))
