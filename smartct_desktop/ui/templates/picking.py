"""Asking for a cell or an area of a template that it does not name itself."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from smartct_desktop.services.template_filling import Template
from smartct_desktop.services.templates.places import picked
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDE = 420


class PlaceDialog(QDialog):
    """Asks for a place; `key` is what it is called then."""

    def __init__(self, look: Look, template: Template, parent: QWidget) -> None:
        super().__init__(parent)
        self._template = template
        self.key = ""
        self.setWindowTitle(tr("Add a place"))
        self.setMinimumWidth(look.px(_WIDE))
        sheets = ", ".join(sheet.name for sheet in template.sheets)
        first = template.sheets[0].name if template.sheets else ""
        words = tr(
            "A cell such as {cell}, or the rows of a list such as {area}.",
            cell=f"{first}!B4",
            area=f"{first}!A5:F20",
        )
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Cell or area"))
        self.refusal = label("", tone="error", wrap=True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(tr("Add a place"), face="title"))
        column.addWidget(label(words, wrap=True))
        column.addWidget(label(tr("Sheets: {sheets}", sheets=sheets), tone="muted", wrap=True))
        column.addWidget(self.field)
        column.addWidget(self.refusal)
        foot, self.deed = deed_foot(look, self, tr("Add"))
        column.addLayout(foot)
        FocusRing(look, self)
        self.field.setFocus()

    def accept(self) -> None:
        """Take the place, or say why it is none."""
        text = self.field.text().strip()
        if "!" not in text and len(self._template.sheets) == 1:
            text = f"{self._template.sheets[0].name}!{text}"
        found = picked(self._template, text)
        if found is None:
            self.refusal.setText(
                tr("This is no cell of the template. Write sheet, exclamation mark and cell.")
            )
            self.refusal.show()
            return
        self.key = found.key
        super().accept()


def ask_place(look: Look, template: Template, parent: QWidget) -> str:
    """Ask for a place; "" if the person gave up."""
    dialog = PlaceDialog(look, template, parent)
    return dialog.key if dialog.exec() == QDialog.DialogCode.Accepted else ""
