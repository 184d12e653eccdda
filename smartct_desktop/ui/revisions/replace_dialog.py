"""The dialog that asks what to find in a column and what to put there instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from smartct_desktop.domain.fields import Field
from smartct_desktop.services.revising.replacing import Replacement
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.revisions.asking import Asking, Scope, ScopeChoice


class ReplaceDialog(Asking):
    """Find and replace in one column."""

    def __init__(
        self,
        editors: Editors,
        fields: Sequence[Field],
        current: Field | None,
        scope: Scope,
        parent: QWidget,
    ) -> None:
        super().__init__(editors, tr("Replace in a column"), parent)
        self._fields = tuple(fields)
        self.column = QComboBox()
        self.column.addItems([tr(field.label) for field in fields])
        self.column.setAccessibleName(tr("Column"))
        if current in self._fields:
            self.column.setCurrentIndex(self._fields.index(current))
        self.find_line = QLineEdit()
        self.find_line.setAccessibleName(tr("Find"))
        self.replace_line = QLineEdit()
        self.replace_line.setAccessibleName(tr("Replace by"))
        self.whole = QCheckBox(tr("Only whole cells"))
        self.match_case = QCheckBox(tr("Match case"))
        self.pattern = QCheckBox(tr("Regular expression"))
        self.pattern.setToolTip(
            tr("[0-9]+ finds numbers, ^ the beginning, (…) a group; $1 puts the first group back.")
        )
        self.scope = ScopeChoice(scope)
        self.scope.all.setChecked(scope.selected <= 1)
        self.add_row(tr("Column"), self.column)
        self.add_row(tr("Find"), self.find_line)
        self.add_row(tr("Replace by"), self.replace_line)
        self.add_row("", self.whole, self.match_case, self.pattern)
        self.add_row(tr("In"), self.scope)
        self.find_line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def field(self) -> Field:
        """The column that is chosen."""
        return self._fields[self.column.currentIndex()]

    @property
    def replacement(self) -> Replacement:
        """What was asked for."""
        return Replacement(
            self.find_line.text(),
            self.replace_line.text(),
            whole=self.whole.isChecked(),
            match_case=self.match_case.isChecked(),
            pattern=self.pattern.isChecked(),
        )

    def understand(self) -> None:
        self.replacement.read()
