"""A line for a password: hidden or shown, with a word about Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from smartct_desktop.ui.buttons import icon_button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.theme.look import Look

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class PasswordLine(QLineEdit):
    """Hides what is typed; `capitals` hears whether Caps Lock is on, as far as the keys tell."""

    capitals = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if letter.isalpha() and letter.lower() != letter.upper():
            self.capitals.emit(letter.isupper() != bool(event.modifiers() & _SHIFT))
        super().keyPressEvent(event)


class PasswordField(QWidget):
    """The line with an eye that shows it, and room for a word beneath.

    What is typed stays in the line and nowhere else; `clear` empties it.
    """

    changed = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.line = PasswordLine(name)
        self.line.textChanged.connect(self._change)
        self.line.capitals.connect(self._hint)
        self.eye: QToolButton = icon_button(look, "eye", tr("Show the password"))
        self.eye.setCheckable(True)
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.eye.toggled.connect(self.show_text)
        self.hint = label(face="small", tone="warning", wrap=True)
        self.hint.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.setFocusProxy(self.line)

    @property
    def password(self) -> str:
        """What is typed."""
        return self.line.text()

    def clear(self) -> None:
        """Empty the line, and hide what is typed next."""
        self.line.clear()
        self.eye.setChecked(False)
        self._hint(on=False)

    def show_text(self, on: bool) -> None:  # noqa: FBT001 (a toggled button says it so)
        """Show what is typed, or hide it."""
        normal, hidden = QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password
        self.line.setEchoMode(normal if on else hidden)
        self._look.icons.dress(self.eye, "eye-off" if on else "eye", "muted")
        name = tr("Hide the password") if on else tr("Show the password")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)

    def refuse(self) -> None:
        """Mark the line as wrong, ready to be typed over."""
        mark(self.line, "state", "error")
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self) -> None:
        mark(self.line, "state", "")
        if not self.line.text():
            self._hint(on=False)
        self.changed.emit()

    def _hint(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        self.hint.setText(tr("Caps Lock seems to be on.") if on else "")
        self.hint.setVisible(on)
