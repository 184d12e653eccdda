"""The question for the name of a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from smartct_desktop.services.views import LONGEST_NAME, checked_name
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDE = 400


class ViewNameDialog(QDialog):
    """One line; the button says whether a view of that name is replaced."""

    def __init__(  # noqa: PLR0913 -- what a question is made of
        self,
        look: Look,
        title: str,
        verb: str,
        *,
        before: str,
        own: Sequence[str],
        is_taken: Callable[[str], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._verb = verb
        self._before = before
        self._own = {name.casefold() for name in own}
        self._is_taken = is_taken
        self.setWindowTitle(title)
        self.setMinimumWidth(look.px(_WIDE))
        self.line = QLineEdit(before)
        self.line.setMaxLength(LONGEST_NAME)
        self.line.setAccessibleName(tr("Name of the view"))
        self.line.setPlaceholderText(tr("for example Spanish hosts"))
        self.line.selectAll()
        self.hint = label(tone="muted", wrap=True)
        cancel = button(look, tr("Cancel"), Kind.FLAT)
        cancel.clicked.connect(self.reject)
        self.save = button(look, verb, Kind.PRIMARY)
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title"))
        column.addWidget(self.line)
        column.addWidget(self.hint)
        column.addLayout(row)
        self.line.textChanged.connect(self._judge)
        FocusRing(look, self)
        self._judge()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def name(self) -> str:
        """The name as typed, in one line; "" while it cannot be one."""
        try:
            return checked_name(self.line.text())
        except ValueError:
            return ""

    def _judge(self) -> None:
        name = self.name
        taken = bool(name) and self._is_taken(name)
        other = name.casefold() in self._own and name.casefold() != self._before.casefold()
        replaces = other and not taken
        self.save.setEnabled(bool(name) and not taken)
        self.save.setText(tr("Replace the view") if replaces else self._verb)
        if taken:
            self.hint.setText(
                tr("“{name}” comes with the program. Choose another name.", name=name)
            )
        elif replaces:
            self.hint.setText(tr("There is a view “{name}” already.", name=name))
        else:
            self.hint.setText(tr("Columns, widths, order and filters are kept under this name."))
