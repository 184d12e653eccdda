"""The newest backup in the status bar, as a link to all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from smartct_desktop.services.backing_up import Standing
from smartct_desktop.services.texts import Texts
from smartct_desktop.system.clock import utc_now
from smartct_desktop.ui.backups.words import newest_words, standing_words
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look


class BackupSign(QWidget):
    """Hidden until something is known; `asked` wants to see the backups."""

    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.link = button(look, "", Kind.LINK, room="line")
        self.link.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addWidget(self.link)
        self.hide()

    def tell(self, standing: Standing, texts: Texts) -> None:
        """Say how it stands."""
        self.link.setText(newest_words(standing, texts, utc_now()))
        if standing.trouble is not None:
            self._look.icons.dress(self.link, "triangle-alert", "warning")
        else:
            self._look.icons.dress(self.link, "archive", "muted")
        words = standing_words(standing, texts)
        self.link.setToolTip(tool_tip(words, self._look))
        self.link.setAccessibleDescription(words)
        self.show()
