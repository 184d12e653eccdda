"""The status bar: what the page in front says of itself, and whether the document is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QStatusBar

from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

if TYPE_CHECKING:  # the first picture comes before a document is known
    from smartct_desktop.ui.desk import Desk


class StateBar(QObject):
    """Fills the status bar of the window; others put signs of their own into it."""

    def __init__(self, look: Look, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._look = look
        self._bar = bar
        self._desk: Desk | None = None
        self._state = ElidedLabel(look, muted=True, small=True)
        self._saved_sign = QLabel()
        self._saved = label(face="small", tone="muted")
        bar.setSizeGripEnabled(False)
        self._state.setContentsMargins(10, 0, 0, 0)
        bar.addWidget(self._state, 1)
        bar.addPermanentWidget(self._saved_sign)
        self._saved.setContentsMargins(0, 0, 10, 0)
        bar.addPermanentWidget(self._saved)
        self.fit()

    @property
    def words(self) -> str:
        """What it says of the page in front."""
        return self._state.text()

    def say(self, words: str) -> None:
        """Say something of the page in front."""
        self._state.say(words)

    def show_saved(self, desk: Desk | None) -> None:
        """Say whether the document can be written; of none it says nothing."""
        self._desk = desk
        words = ""
        if desk is not None:
            words = tr("for reading only") if desk.read_only else tr("saved")
        self._saved.setText(words)
        sign, token = (
            ("lock", "muted") if desk is not None and desk.read_only else ("check", "done")
        )
        ratio = self._bar.devicePixelRatio()
        self._saved_sign.setPixmap(self._look.icons.pixmap(sign, token, 13, ratio))
        self._saved_sign.setVisible(desk is not None)

    def fit(self) -> None:
        """Follow the look."""
        self._bar.setFixedHeight(self._look.measures.status_bar)
        self.show_saved(self._desk)
