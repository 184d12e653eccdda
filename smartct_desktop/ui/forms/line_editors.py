"""Editors one types into: text, numbers, money, days, addresses."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Day, Field, Money, Value
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.icon_line import IconLine
from smartct_desktop.ui.grid.columns import is_number
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_LINES = 3  # shown of a long text in a form


class LineEditor(FieldEditor):
    """One line, understood by `Texts`; a unit stands at its right."""

    def __init__(self, field: Field, texts: Texts, look: Look, *, in_cell: bool) -> None:
        super().__init__(field, in_cell=in_cell)
        self._texts = texts
        self._look = look
        self._shown: Value = None
        self._start = ""
        self.line = self.make_line()
        self.line.setPlaceholderText(_example(field, texts))
        if is_number(field.type) and in_cell:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.take_input(self.line)
        unit = "€" if isinstance(field.type, Money) else getattr(field.type, "unit", "")
        if unit and not in_cell:
            self._row.addSpacing(look.px(6))
            self._row.addWidget(label(unit, tone="muted"))

    def make_line(self) -> QLineEdit:
        """The line to type into."""
        return QLineEdit()

    def show_value(self, value: Value, caption: str | None = None) -> None:  # noqa: ARG002
        self._shown = value
        self._start = self._texts.typed(self.field.type, value)
        self.line.setText(self._start)
        if not self.in_cell:
            self.line.setCursorPosition(0)
        self.line.setToolTip(self._start if len(self._start) > 24 else "")

    def value(self) -> Value:
        text = self.line.text()
        # What was not touched stays exactly as it was, whatever its text can say.
        return self._shown if text == self._start else self._texts.read(self.field, text)

    def begin(self, typed: str = "") -> None:
        if typed:
            self.line.setText(typed)
        else:
            self.line.selectAll()

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        self.line.setReadOnly(on)


class DayEditor(LineEditor):
    """A day, typed or taken from a calendar; an optional one can be blank and stays so."""

    def __init__(self, field: Field, texts: Texts, look: Look, *, in_cell: bool) -> None:
        super().__init__(field, texts, look, in_cell=in_cell)
        self._popup: QFrame | None = None

    def make_line(self) -> QLineEdit:
        line = IconLine(self._look, "calendar-days", quiet=True)
        line.icon_clicked.connect(self.open_calendar)
        return line

    def open_calendar(self) -> None:
        """Open the calendar under the field, on its day."""
        self.line.setFocus()
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("ground", "popup")
        self.calendar = _Calendar(popup)
        self.calendar.setAccessibleName(tr(self.field.label))
        self.calendar.setSelectedDate(self._day_to_start_with())
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        rows = QVBoxLayout(popup)
        rows.setContentsMargins(4, 4, 4, 4)
        rows.addWidget(self.calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        self.calendar.setFocus()
        self._popup = popup

    def key_pressed(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.open_calendar()
            return True
        return super().key_pressed(event)

    def _day_to_start_with(self) -> QDate:
        try:
            day = self.value()
        except Invalid:
            day = None
        if isinstance(day, date):
            return QDate(day.year, day.month, day.day)
        return QDate.currentDate()

    def _take(self, day: QDate) -> None:
        chosen = date(day.year(), day.month(), day.day())
        self.line.setText(self._texts.typed(self.field.type, chosen))
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self.committed.emit()


class _Calendar(QCalendarWidget):
    """A calendar without the column of week numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(QLocale().firstDayOfWeek())


class LongTextEditor(FieldEditor):
    """Several lines. In a cell Enter ends and Shift+Enter begins a line, in a form the reverse."""

    def __init__(self, field: Field, texts: Texts, look: Look, *, in_cell: bool) -> None:
        super().__init__(field, in_cell=in_cell)
        self._texts = texts
        self._start = ""
        self._shown: Value = None
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._look = look
        if not in_cell:
            look.changed.connect(self._fit)
            self._fit()
        self.take_input(self.edit)

    def show_value(self, value: Value, caption: str | None = None) -> None:  # noqa: ARG002
        self._shown = value
        self._start = self._texts.typed(self.field.type, value)
        self.edit.setPlainText(self._start)

    def value(self) -> Value:
        text = self.edit.toPlainText()
        return self._shown if text == self._start else self._texts.read(self.field, text)

    def begin(self, typed: str = "") -> None:
        if typed:
            self.edit.setPlainText(typed)
            self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        else:
            self.edit.selectAll()

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        self.edit.setReadOnly(on)

    def enter_commits(self, event: QKeyEvent) -> bool:
        extra = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return True
        return self.in_cell and not event.modifiers() & extra

    def _fit(self) -> None:
        line = self._look.metrics.text.lineSpacing()
        self.edit.setFixedHeight(round(_LINES * line) + self._look.px(14))


def _example(field: Field, texts: Texts) -> str:
    """How a day is written here, to be seen while there is none."""
    if not isinstance(field.type, Day):
        return ""
    parts = {"d": tr("dd"), "m": tr("mm"), "y": tr("yyyy")}
    return texts.style.separator.join(parts[letter] for letter in texts.style.order)
