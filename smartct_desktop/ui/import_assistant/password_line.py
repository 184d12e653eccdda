"""The line in which the password of a locked file is given."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDTH = 240


class PasswordLine(QWidget):
    """Asks for a password; `given` has it. It is kept nowhere, and the line is empty afterwards."""

    given = Signal(str)

    def __init__(self, look: Look, file: str) -> None:
        super().__init__()
        self._look = look
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(tr("Password of {file}", file=file))
        self.field.textChanged.connect(self._switch)
        self.field.returnPressed.connect(self._give)
        self.open = button(look, tr("Open the file"))
        self.open.clicked.connect(self._give)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("Password"), tone="muted"))
        row.addWidget(self.field)
        row.addWidget(self.open)
        row.addStretch(1)
        look.changed.connect(self._fit)
        self._fit()
        self._switch()

    def _give(self) -> None:
        password = self.field.text()
        if password:
            self.field.clear()
            self.given.emit(password)

    def _switch(self) -> None:
        self.open.setEnabled(bool(self.field.text()))

    def _fit(self) -> None:
        self.field.setFixedWidth(self._look.px(_WIDTH))
