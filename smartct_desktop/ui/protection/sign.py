"""The word in the status bar that the document is protected."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.theme.look import Look

_SIGN = 13


class ProtectedSign(QWidget):
    """Hidden for plain documents."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sign = QLabel()
        self.words = label(tr("protected"), face="small", tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(4)
        row.addWidget(self._sign)
        row.addWidget(self.words)
        tip = tr("The file and its backups are encrypted: only the password opens them.")
        self.setToolTip(tool_tip(tip, look))
        self.words.setAccessibleDescription(tip)
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(self._look.icons.pixmap("shield-check", "muted", _SIGN, ratio))
