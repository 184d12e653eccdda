"""The day log of a stay: what each day was used for, and the working days that makes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Field
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.day_logs import DayLogDraft
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import button, switch
from smartct_desktop.ui.dialogs.day_log_model import NOTE, DayLogModel
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.day_editors import DayEditor
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.line_table import LineTable
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.theme.look import Look

_SIZE = (720, 600)
_FRAME = 48  # of the window system, which is not known before it is shown
_WIDTHS = (130, 130, 70, 220)
_DAY: Field = ExchangeDay.schema.by_name["date"]


class DayTable(LineTable):
    """The days; several can be chosen at once, and notes are typed into their cells.

    `digit(n)`: a digit was pressed elsewhere than in a note. `deletion`: Del was pressed.
    """

    digit = Signal(int)
    deletion = Signal()

    def __init__(self, look: Look, model: DayLogModel) -> None:
        super().__init__(look, model, _WIDTHS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    @property
    def chosen(self) -> list[int]:
        """The rows that are chosen."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text() if self.currentIndex().column() != NOTE else ""
        if digit.isdigit():
            self.digit.emit(int(digit))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deletion.emit()
        else:
            super().keyPressEvent(event)


class DayLogDialog(QDialog):
    """Changes a draft; what it makes is said as it changes.

    `declare` says whether the declared days follow.
    """

    def __init__(self, look: Look, draft: DayLogDraft, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._draft = draft
        self.setWindowTitle(tr("Day log of {exchange}", exchange=draft.exchange.number or ""))
        room = self.screen().availableGeometry()
        self.resize(
            min(look.px(_SIZE[0]), room.width()), min(look.px(_SIZE[1]), room.height() - _FRAME)
        )
        self.model = DayLogModel(draft, texts, self)
        self.sum = label(face="title")
        self.against = label(wrap=True)
        self.table = DayTable(look, self.model)
        self.table.setAccessibleName(tr("Days of the stay"))
        self.kind_buttons = {kind: self._kind_button(kind) for kind in draft.kinds}
        self.remove_button = button(look, tr("Remove"), icon="trash-2", room="small")
        self.remove_button.clicked.connect(self._remove)
        self.table.digit.connect(self._use_by_digit)
        self.table.deletion.connect(self._remove)
        self.first = self._day_editor(texts, tr("First day to add"))
        self.last = self._day_editor(texts, tr("Last day to add"))
        self.first.committed.connect(self.last.line.setFocus)
        self.last.committed.connect(self._add)
        self.add_button = button(look, tr("Add days"), icon="plus", room="small")
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._add)
        self.refusal = label(tone="error", wrap=True)
        self.refusal.hide()
        self.declare = QCheckBox()
        self.declare.setChecked(draft.declared is None)
        foot, self.write_button = deed_foot(look, self, tr("Write the log"))
        self._lay_out(foot)
        self.model.dataChanged.connect(self._tell)
        self.model.modelReset.connect(self._tell)
        self.table.selectionModel().selectionChanged.connect(self._switch)
        self._tell()
        FocusRing(look, self)
        if draft.lines:
            self._go_to(0)
            self.table.setFocus()
        else:
            self.first.line.setFocus()

    # Within.

    def _lay_out(self, foot: QHBoxLayout) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.sum)
        column.addWidget(self.against)
        column.addLayout(_row(*self.kind_buttons.values(), self.remove_button))
        column.addWidget(self.table, 1)
        column.addLayout(
            _row(label(tr("From")), self.first, label(tr("to")), self.last, self.add_button)
        )
        column.addWidget(self.refusal)
        column.addWidget(self.declare)
        column.addLayout(foot)

    def _kind_button(self, kind: DayKind) -> QPushButton:
        digit = self._draft.kinds.index(kind) + 1
        words = tr(kind.label)
        made = button(self._look, f"{digit}  {words}", room="small")
        made.setAutoDefault(False)
        made.setAccessibleName(tr("Use the chosen days for: {kind}", kind=words))
        made.clicked.connect(partial(self._use, kind))
        return made

    def _day_editor(self, texts: Texts, name: str) -> DayEditor:
        editor = DayEditor(_DAY, texts, self._look, in_cell=False)
        editor.line.setAccessibleName(name)
        editor.cancelled.connect(self.reject)
        editor.setMaximumWidth(self._look.px(_WIDTHS[1]))
        return editor

    def _use(self, kind: DayKind) -> None:
        self.model.set_kind(self.table.chosen, kind)

    def _use_by_digit(self, digit: int) -> None:
        if 1 <= digit <= len(self._draft.kinds):
            self._use(self._draft.kinds[digit - 1])

    def _remove(self) -> None:
        chosen = self.table.chosen
        if chosen:
            self.model.remove(chosen)
            self._go_to(min(chosen[0], len(self._draft.lines) - 1))

    def _add(self) -> None:
        """Add the span typed; a first day alone is a span of one day."""
        try:
            self.model.add(*self._span())
        except Invalid as refused:
            self.refusal.setText(say(refused.sentence))
            self.refusal.show()
            return
        self.refusal.hide()
        self.last.show_value(None)
        self.first.show_value(None)
        self.first.line.setFocus()

    def _span(self) -> tuple[date, date]:
        """Give the days typed. Raises `Invalid`."""
        first, last = self.first.value(), self.last.value()
        if not isinstance(first, date):
            raise Invalid(Sentence("Say which days are to be added."), "date")
        return first, last if isinstance(last, date) else first

    def _go_to(self, row: int) -> None:
        if row >= 0:
            # The keys that opened the dialog may still be held: they must not choose more or less.
            how = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.model.index(row, 0), how.ClearAndSelect | how.Rows
            )

    def _tell(self) -> None:
        """Say what the log makes now, against what was declared."""
        draft, days = self._draft, shown_days(self._draft.computed)
        self.sum.setText(
            tr("1 working day") if draft.computed == 1 else tr("{n} working days", n=days)
        )
        agrees = draft.declared is None or draft.declared == draft.computed
        if draft.declared is None:
            self.against.setText(tr("The partner declared no days."))
        elif agrees:
            self.against.setText(tr("As declared."))
        else:
            declared_days = shown_days(draft.declared)
            self.against.setText(tr("The partner declared {n}.", n=declared_days))
        mark(self.against, "tone", "" if agrees else "warning")
        self.declare.setText(tr("Take {n} as the declared days", n=days))
        self.declare.setVisible(draft.declared is None or not agrees)
        self._switch()

    def _switch(self) -> None:
        chosen = bool(self.table.chosen)
        for one in (*self.kind_buttons.values(), self.remove_button):
            switch(one, self._look, on=chosen, reason=tr("Choose days in the table first."))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def shown_days(days: Decimal) -> str:
    """Give a number of days without needless zeros."""
    return f"{days.normalize():f}"
