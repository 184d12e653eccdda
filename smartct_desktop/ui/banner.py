"""A line above what is shown: what it is, and the ways on from there."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look


class Banner(QWidget):
    """Words and links on the ground of what is not the usual. Hidden until somebody shows it."""

    def __init__(self, look: Look, words: str = "") -> None:
        super().__init__()
        self._look = look
        self._words = label(words, tone="waiting")
        frame = surface("waiting")
        self._row = QHBoxLayout(frame)
        self._row.setContentsMargins(16, 0, 12, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._words)
        self._row.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        look.changed.connect(self._fit)
        self._fit()
        self.hide()

    def offer(self, text: str) -> QPushButton:
        """Add a link after those that are there."""
        link = button(self._look, text, Kind.LINK)
        self._row.insertWidget(self._row.count() - 1, link)
        return link

    def tell(self, words: str) -> None:
        """Show it with these words."""
        self._words.setText(words)
        self.show()

    def _fit(self) -> None:
        self.setFixedHeight(self._look.measures.large_field)
