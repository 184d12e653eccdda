"""What stands above a backup that is looked into: that it is one, and the ways on from there."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look


class LookingBanner(QWidget):
    """Hidden unless a backup is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        frame: QFrame = surface("waiting")
        self._words = label(tone="waiting")
        self.restore_button = button(look, tr("Restore it…"), Kind.LINK)
        self.back_button = button(look, tr("Back to the document"), Kind.LINK)
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self.back_button)
        row.addWidget(self.restore_button)
        row.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        look.changed.connect(self._fit)
        self._fit()
        self.hide()

    def tell(self, words: str) -> None:
        """Say which backup it is."""
        self._words.setText(words)
        self.show()

    def _fit(self) -> None:
        self.setFixedHeight(self._look.measures.large_field)
