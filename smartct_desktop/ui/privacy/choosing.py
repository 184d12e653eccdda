"""Who is to be forgotten, and what shall become of the record."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.services.privacy.plan import Mode
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import widen_within
from smartct_desktop.ui.theme.look import Look


class ChoosePerson(QDialog):
    """Nothing is looked for before it is accepted; `data_asked` wants the report about a person."""

    data_asked = Signal(object)

    def __init__(self, look: Look, desk: Desk, person: Id | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Forget a person"))
        self.person_field = self._finder(desk)
        if person is not None:
            caption = desk.reader.captions("person", [person]).get(person, "")
            self.person_field.show_value(person, caption)
        self.mode = QComboBox()
        self.mode.setAccessibleName(tr("What becomes of the record"))
        self.mode.addItem(tr("Make it anonymous: country and organisation stay"), Mode.ANONYMISE)
        self.mode.addItem(tr("Erase it: who took part is not known any more"), Mode.ERASE)
        self.unlawful = QCheckBox(tr("The data should never have been stored"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(tr("Forget a person"), face="title"))
        words = tr(
            "The person is taken out of the records, the whole history, attached files, backups "
            "and the search. Figures stay as they are. First you see what would go."
        )
        column.addWidget(label(words, tone="muted", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(tr("Person"), self.person_field)
        form.addRow(tr("Record"), self.mode)
        form.addRow("", self.unlawful)
        column.addLayout(form)
        words = tr(
            "Records that prove the use of the grant have to be kept for years. Only data that "
            "should never have been stored may go before, and nothing while a hold is on."
        )
        column.addWidget(label(words, tone="muted", wrap=True))
        foot, self.deed = deed_foot(look, self, tr("See what would go"))
        self.data_button = button(look, tr("All data about this person…"), Kind.LINK)
        self.data_button.setAutoDefault(False)
        self.data_button.clicked.connect(self._ask_data)
        foot.insertWidget(0, self.data_button)
        column.addLayout(foot)
        widen_within(self, look.px(640))
        FocusRing(look, self)
        self.person_field.committed.connect(self._switch)
        self.person_field.left.connect(self._switch)
        self._switch()

    @property
    def person(self) -> Id | None:
        """Who is chosen."""
        value = self.person_field.value()
        return Id(value) if isinstance(value, str) and value else None

    def _finder(self, desk: Desk) -> FieldEditor:
        field = replace(schema_of("attendance").by_name["person"], required=True, help="")
        return desk.editors.make(field, in_cell=False, new=False)

    def _switch(self) -> None:
        chosen = self.person is not None
        self.deed.setEnabled(chosen)
        self.data_button.setEnabled(chosen)

    def _ask_data(self) -> None:
        person = self.person
        self.reject()
        if person is not None:
            self.data_asked.emit(person)
