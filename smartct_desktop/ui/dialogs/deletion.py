"""What deleting records would do to those that name them, and what shall become of these."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.services.deleting import Choice, Deletion, Naming
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.mention_list import MentionList
from smartct_desktop.ui.dialogs.naming_row import NamingRow, counted
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label

_WIDE, _HIGH = 820, 520
_AROUND = 60  # pixels of the screen that stay free


def deletion_title(plan: Deletion) -> str:
    """“Delete Delta?”."""
    schema = schema_of(plan.kind)
    if len(plan.ids) == 1:
        name = plan.names[0].strip() or tr(schema.label)
        return tr("Delete {record}?", record=name)
    return tr("Delete {n} {records}?", n=len(plan.ids), records=tr(schema.plural).lower())


class DeletionDialog(QDialog):
    """Accepted if it is to be done; `plan` is then what was shown last.

    `planned_anew` when the person chose something else, or a record was changed meanwhile: whoever
    shows the dialog makes a plan with `choices` and gives it to `show_plan`. `opened(kind, id)`
    wants to look at a record.
    """

    planned_anew = Signal()
    opened = Signal(str, object)

    def __init__(self, desk: Desk, plan: Deletion, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = desk.editors.look
        self._desk = desk
        self.plan = plan
        self.rows: dict[str, NamingRow] = {}
        self._listed = ""
        self.setWindowTitle(tr("Delete"))
        self.setAccessibleName(deletion_title(plan))
        self._says = label("", wrap=True)
        self.records = MentionList(self._look, desk.reader)
        self.records.opened.connect(self.opened)
        self._list_name = label("", face="small-strong", tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(deletion_title(plan), face="title", wrap=True))
        column.addWidget(self._says)
        column.addWidget(self._make_rows(), 3)
        column.addLayout(self._make_list_head())
        column.addWidget(self.records, 2)
        column.addLayout(self._make_foot())
        room = self.screen().availableGeometry()
        wide = min(self._look.px(_WIDE), room.width() - _AROUND)
        self.resize(wide, min(self._look.px(_HIGH), room.height() - _AROUND))
        FocusRing(self._look, self)
        self.show_plan(plan)
        self._focus_first()

    @property
    def choices(self) -> Mapping[str, Choice]:
        """What is chosen, by the code of the field; what is still open is left out."""
        return {
            code: choice
            for code, row in self.rows.items()
            if not row.isHidden() and (choice := row.choice) is not None
        }

    @property
    def words(self) -> str:
        """What would happen, in a sentence or two."""
        return self._says.text()

    def show_plan(self, plan: Deletion) -> None:
        """Show what would happen now."""
        self.plan = plan
        codes = [naming.field.code for naming in plan.namings]
        for code, row in self.rows.items():
            row.setHidden(code not in codes)
        for place, naming in enumerate(plan.namings):
            self._show_naming(place, naming)
        if self._listed not in codes and codes:
            self._listed = next(
                (one.field.code for one in plan.namings if not one.settled), codes[0]
            )
        self._show_records()
        self._say()

    def accept(self) -> None:
        """Delete, if what is chosen is what was planned."""
        if self.plan.settled and dict(self.choices) == _choices_of(self.plan):
            super().accept()
        else:
            self.planned_anew.emit()

    # Within.

    def _make_rows(self) -> QWidget:
        paper = surface("base")
        self._lines = QVBoxLayout(paper)
        self._lines.setContentsMargins(0, 4, 0, 4)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(paper)
        return scroll

    def _make_list_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.open_button = button(self._look, tr("Open"), icon="external-link", room="small")
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._open_current)
        row.addWidget(self._list_name, 1)
        row.addWidget(self.open_button)
        return row

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.keep_button = button(self._look, tr("Keep"), Kind.FLAT)
        self.keep_button.clicked.connect(self.reject)
        self.delete_button = button(self._look, "", Kind.PRIMARY)
        self.delete_button.clicked.connect(self.accept)
        row.addWidget(self.keep_button)
        row.addWidget(self.delete_button)
        return row

    def _show_naming(self, place: int, naming: Naming) -> None:
        code = naming.field.code
        row = self.rows.get(code)
        if row is None:
            row = self.rows[code] = NamingRow(self._desk, naming)
            row.chosen.connect(self._choose)
            row.asked.connect(self._list)
            self._lines.insertWidget(place, row)
        else:
            row.show_naming(naming)

    def _choose(self, code: str) -> None:
        self._listed = code
        self.planned_anew.emit()

    def _list(self, code: str) -> None:
        self._listed = code
        self._show_records()
        self.records.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_records(self) -> None:
        """List the records of the line one looks at."""
        naming = next((n for n in self.plan.namings if n.field.code == self._listed), None)
        for part in (self.records, self._list_name, self.open_button):
            part.setHidden(naming is None)
        if naming is None:
            return
        name = tr(
            "{records} as {field}",
            records=counted(naming.field.kind, len(naming.ids)),
            field=tr(naming.field.label),
        )
        self._list_name.setText(name)
        self.records.show_records(name, naming.field.kind, naming.ids)

    def _say(self) -> None:
        """Say what would happen, and switch the button on if it can."""
        plan = self.plan
        waiting = sum(len(one.ids) for one in plan.namings if not one.settled)
        one = len(plan.ids) == 1
        if not plan.namings:
            words = tr("Nothing else names it.") if one else tr("Nothing else names them.")
        elif waiting:
            words = (
                tr("1 record names what goes. Say what shall become of it.")
                if waiting == 1
                else tr("{n} records name what goes. Say what shall become of them.", n=waiting)
            )
        else:
            words = tr("What names it is dealt with in the same step.")
        undone = tr("It can be undone.")
        self._says.setText(f"{words} {undone}")
        self.setAccessibleDescription(self._says.text())
        self.delete_button.setText(tr("Delete {n}", n=plan.going))
        reason = tr("Say first what shall become of what names it.")
        switch(self.delete_button, self._look, on=not waiting, reason=reason)

    def _focus_first(self) -> None:
        """Begin where something has to be said; otherwise with the harmless button."""
        for naming in self.plan.namings:
            if not naming.settled:
                self.rows[naming.field.code].combo.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.keep_button.setDefault(True)
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_current(self) -> None:
        index = self.records.currentIndex()
        if index.isValid():
            self.opened.emit(*self.records.records.record(index.row()))


def _choices_of(plan: Deletion) -> dict[str, Choice]:
    return {one.field.code: one.choice for one in plan.namings if one.choice is not None}
