"""In which rows the headings of a sheet were found, and a way to say others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from smartct_desktop.services.importing.plan import SheetPlan
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label

_LETTERS = 9


class HeadingChoice(QWidget):
    """`said` has the rows as they were typed: "4" or "4-5"."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.field = QLineEdit()
        self.field.setMaxLength(_LETTERS)
        self.field.setAccessibleName(tr("Rows with the headings"))
        self.field.setPlaceholderText(tr("none"))
        self.field.setToolTip(tr("Type the row with the headings, or the first and the last: 4-5."))
        self.field.editingFinished.connect(self._say)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("Headings in row"), tone="muted"))
        row.addWidget(self.field, 1)

    def show_sheet(self, plan: SheetPlan | None) -> None:
        """Show the rows of the first table of a sheet."""
        rows = plan.header_rows if plan is not None else ()
        first = [row for place, row in enumerate(rows) if row == rows[0] + place]
        self._shown = (
            "-".join(str(row) for row in dict.fromkeys((first[0], first[-1]))) if first else ""
        )
        self.field.setText(self._shown)
        self.setVisible(plan is not None)

    def _say(self) -> None:
        text = self.field.text().strip()
        if text and text != self._shown:
            self.said.emit(text)
