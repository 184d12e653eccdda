"""The dialogs that ask what a revision shall do: one value for many, a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Field, PartialDay, Value
from smartct_desktop.services.revising.series import Series, Unit, member, units_of
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label

_WIDE = 460
_LABEL = 110
_STEPS = 1_000_000
_UNITS = {
    Unit.NUMBER: "by",
    Unit.DAY: "days",
    Unit.WEEK: "weeks",
    Unit.MONTH: "months",
    Unit.YEAR: "years",
    Unit.MINUTE: "minutes",
}
_SHOWN = 4  # members of a series that are shown


@dataclass(frozen=True, slots=True)
class Scope:
    """How many records are selected, and how many all results are."""

    selected: int
    all: int


class Asking(QDialog):
    """Rows of questions; `asked` is emitted when the changes shall be looked at."""

    asked = Signal()

    def __init__(self, editors: Editors, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        look = editors.look
        self.editors = editors
        self.setMinimumWidth(look.px(_WIDE))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._refusal = label(tone="error", wrap=True)
        self._refusal.hide()
        column.addWidget(self._refusal)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        cancel = button(look, tr("Cancel"), Kind.FLAT)
        cancel.clicked.connect(self.reject)
        self.main = button(look, tr("Look at the changes"), Kind.PRIMARY)
        self.main.setDefault(True)
        self.main.clicked.connect(self.ask)
        foot.addWidget(cancel)
        foot.addWidget(self.main)
        column.addLayout(foot)
        FocusRing(look, self)

    @property
    def refusal(self) -> str:
        """Why it does not go on; empty if it does."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def ask(self) -> None:
        """Go on to the preview, if what was typed can be understood."""
        try:
            self.understand()
        except Invalid as invalid:
            self._refusal.setText(say(invalid.sentence))
            self._refusal.show()
            return
        self.accept()
        self.asked.emit()

    def understand(self) -> None:
        """Take what was typed. Raises `Invalid`."""

    def add_row(self, name: str, *widgets: QWidget) -> None:
        """Add a question with its name at the left."""
        row = self._grid.rowCount()
        words = label(name, tone="muted")
        words.setFixedWidth(self.editors.look.px(_LABEL))
        words.setBuddy(widgets[0])
        self._grid.addWidget(words, row, 0)
        if len(widgets) == 1:
            self._grid.addWidget(widgets[0], row, 1)
            return
        several = QHBoxLayout()
        several.setSpacing(8)
        for widget in widgets:
            several.addWidget(widget)
        several.addStretch(1)
        self._grid.addLayout(several, row, 1)

    def take_editor(self, editor: FieldEditor) -> FieldEditor:
        """Let the keys of an editor do in a dialog what they do elsewhere."""
        editor.cancelled.connect(self.reject)
        return editor


class ScopeChoice(QWidget):
    """The selected records, or all results of the filters."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        selected = scope.selected
        words = tr("1 selected row") if selected == 1 else tr("{n} selected rows", n=selected)
        self.selected = QRadioButton(words)
        self.all = QRadioButton(tr("All {n} results", n=scope.all))
        self.selected.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.selected)
        row.addWidget(self.all)
        row.addStretch(1)
        self.setFocusProxy(self.selected)


class ChangeFieldDialog(Asking):
    """One value for a field of many records."""

    def __init__(
        self,
        editors: Editors,
        fields: Sequence[Field],
        current: Field | None,
        scope: Scope,
        parent: QWidget,
    ) -> None:
        super().__init__(editors, tr("Change a field"), parent)
        self._fields = tuple(fields)
        self._value: Value = None
        self.field_box = QComboBox()
        self.field_box.setAccessibleName(tr("Field"))
        self.field_box.addItems([tr(field.label) for field in fields])
        self.field_box.setMaxVisibleItems(22)
        place = self._fields.index(current) if current in self._fields else 0
        self.field_box.setCurrentIndex(place)
        self.editor = self._make_editor()
        self._room = QWidget()
        self._room_row = QHBoxLayout(self._room)
        self._room_row.setContentsMargins(0, 0, 0, 0)
        self._room_row.addWidget(self.editor)
        self._room.setFocusProxy(self.editor)
        self.scope = ScopeChoice(scope)
        self.add_row(tr("Field"), self.field_box)
        self.add_row(tr("New value"), self._room)
        self.add_row(tr("Of"), self.scope)
        self.field_box.currentIndexChanged.connect(self._change_editor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def field(self) -> Field:
        """The field that is chosen."""
        return self._fields[self.field_box.currentIndex()]

    @property
    def value(self) -> Value:
        """What every record shall hold."""
        return self._value

    def understand(self) -> None:
        self._value = self.editor.value()

    def _make_editor(self) -> FieldEditor:
        editor = self.take_editor(self.editors.make(self.field, in_cell=False, new=False))
        editor.show_value(None, "")
        return editor

    def _change_editor(self) -> None:
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = self._make_editor()
        self._room_row.addWidget(self.editor)
        self._room.setFocusProxy(self.editor)
        QWidget.setTabOrder(self.field_box, self.editor)  # Qt puts what comes late behind all


class SeriesDialog(Asking):
    """Where a series begins and how it goes on."""

    def __init__(
        self, editors: Editors, field: Field, series: Series, rows: int, parent: QWidget
    ) -> None:
        title = tr("Fill a series: {field}, {n} rows", field=tr(field.label), n=rows)
        super().__init__(editors, title, parent)
        self._field = field
        self._series = series
        self._rows = rows
        self.first = self.take_editor(editors.make(field, in_cell=False, new=False))
        self.first.show_value(series.first, "")
        self.step = QDoubleSpinBox()
        self.step.setRange(-_STEPS, _STEPS)
        self.step.setDecimals(2 if series.unit is Unit.NUMBER else 0)
        self.step.setValue(float(series.step))
        self.step.setAccessibleName(tr("Step"))
        units = _fitting(field, series)
        self._units = units
        self.unit = QComboBox()
        self.unit.addItems([tr(_UNITS[one]) for one in units])
        self.unit.setCurrentIndex(units.index(series.unit))
        self.unit.setAccessibleName(tr("Unit of the step"))
        if len(units) == 1:
            self.unit.hide()
        self._example = label(tone="muted", wrap=True)
        self.add_row(tr("First value"), self.first)
        self.add_row(tr("Step"), self.step, self.unit)
        self.add_row(tr("So it goes on"), self._example)
        self.step.valueChanged.connect(self._show_example)
        self.unit.currentIndexChanged.connect(self._show_example)
        self.first.left.connect(self._show_example)
        self._show_example()
        self.step.setFocus(Qt.FocusReason.OtherFocusReason)
        self.step.selectAll()

    @property
    def series(self) -> Series:
        """What was asked for."""
        return self._series

    @property
    def example(self) -> str:
        """The first members, as they are shown."""
        return self._example.text()

    def understand(self) -> None:
        step = Decimal(str(round(self.step.value(), 2)))
        unit = self._units[self.unit.currentIndex()]
        series = Series(self.first.value(), step, unit)
        member(self._field, series, 0)
        self._series = series

    def _show_example(self) -> None:
        texts = []
        try:
            self.understand()
            for place in range(min(_SHOWN, self._rows)):
                value = member(self._field, self._series, place)
                texts.append(self.editors.texts.shown(self._field.type, value))
        except Invalid as invalid:
            texts.append(say(invalid.sentence))
        more = " …" if self._rows > _SHOWN else ""
        self._example.setText("; ".join(texts) + more)


def _fitting(field: Field, series: Series) -> tuple[Unit, ...]:
    """The units in which the first value can go on."""
    units = units_of(field)
    if isinstance(field.type, PartialDay):
        return tuple(one for one in units if one is series.unit or one is Unit.YEAR)
    return units
