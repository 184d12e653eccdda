"""The foot of a dialog that does one thing or nothing: Cancel, and the deed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look


def deed_foot(look: Look, dialog: QDialog, words: str) -> tuple[QHBoxLayout, QPushButton]:
    """Make the row and its button; Enter does the deed, which is to accept the dialog."""
    row = QHBoxLayout()
    row.addStretch(1)
    cancel = button(look, tr("Cancel"), Kind.FLAT)
    cancel.setAutoDefault(False)
    cancel.clicked.connect(dialog.reject)
    deed = button(look, words, Kind.PRIMARY)
    deed.setDefault(True)
    deed.clicked.connect(dialog.accept)
    row.addWidget(cancel)
    row.addWidget(deed)
    return row, deed
