"""Editors of days: typed, or taken from a calendar that can also clear them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import PartialDay, Value
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.forms.icon_line import IconLine
from smartct_desktop.ui.forms.line_editors import LineEditor
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class DayEditor(LineEditor):
    """A day, typed or taken from a calendar; an optional one can be blank and stays so.

    Of a partial day the calendar gives the month or the year alone as well.
    """

    _popup: CalendarPopup | None = None

    @property
    def popup(self) -> CalendarPopup | None:
        """The open calendar."""
        return self._popup

    def make_line(self) -> QLineEdit:
        line = IconLine(self._look, "calendar-days", quiet=True)
        line.icon_clicked.connect(self.open_calendar)
        return line

    def open_calendar(self) -> None:
        """Open the calendar under the field, on its day."""
        self.line.setFocus()
        partial = isinstance(self.field.type, PartialDay)
        popup = CalendarPopup(self._look, self, self._day_to_start_with(), partial=partial)
        popup.call(tr(self.field.label))
        if self.field.required:
            popup.must_be_filled()
        popup.chosen.connect(self._take)
        popup.destroyed.connect(self._forget_popup)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        popup.calendar.setFocus()
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
        if isinstance(day, PartialDate):
            day = day.first
        if isinstance(day, date):
            return QDate(day.year, day.month, day.day)
        return QDate.currentDate()

    def _take(self, chosen: object) -> None:
        value: Value = chosen if isinstance(chosen, date | PartialDate) else None
        if isinstance(self.field.type, PartialDay) and isinstance(value, date):
            value = PartialDate.of(value)
        self.line.setText(self._texts.typed(self.field.type, value))
        self.committed.emit()

    def _forget_popup(self) -> None:
        self._popup = None


class CalendarPopup(QFrame):
    """A calendar with buttons beneath; `chosen(value)` is a day, a partial one, or None.

    Del clears, Esc closes without a choice.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, owner: QWidget, day: QDate, *, partial: bool) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self.calendar = QCalendarWidget()
        self.calendar.setGridVisible(False)
        none = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        self.calendar.setVerticalHeaderFormat(none)
        self.calendar.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        self.calendar.setSelectedDate(day)
        self._dress(look)
        self.calendar.activated.connect(self._choose_day)
        self.calendar.clicked.connect(self._choose_day)
        self.today = button(look, tr("Today"), Kind.FLAT, room="small")
        self.today.clicked.connect(self._choose_today)
        self.month = button(look, "", Kind.FLAT, room="small")
        self.month.clicked.connect(self._choose_month)
        self.year = button(look, "", Kind.FLAT, room="small")
        self.year.clicked.connect(self._choose_year)
        self.clear = button(look, tr("Clear"), Kind.FLAT, room="small")
        self.clear.clicked.connect(self._clear)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        for one in (self.today, self.month, self.year):
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(self.clear)
        for one in (self.today,) if partial else (self.month, self.year):
            one.hide()
        self.calendar.currentPageChanged.connect(self._name_precision)
        self._name_precision()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4, 4, 4, 4)
        rows.setSpacing(4)
        rows.addWidget(self.calendar)
        rows.addLayout(foot)

    def _dress(self, look: Look) -> None:
        """Signs and inks of ours in the place of Qt's black arrows and red weekends."""
        turns = (
            ("prevmonth", "chevron-left", tr("Previous month")),
            ("nextmonth", "chevron-right", tr("Next month")),
        )
        for name, icon, words in turns:
            turn = self.calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if turn is not None:
                look.icons.dress(turn, icon)
                turn.setAccessibleName(words)
        quiet = QTextCharFormat()
        quiet.setForeground(look.colour("muted"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, quiet)

    def call(self, name: str) -> None:
        """Say what the day is of; the days of a calendar are a table of their own within it."""
        days = self.calendar.findChild(QTableView, "qt_calendar_calendarview")
        for part in (self, self.calendar, days):
            if part is not None:
                part.setAccessibleName(name)

    def must_be_filled(self) -> None:
        """Offer no way to have no day at all."""
        self.clear.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _DELETE and not self.clear.isHidden():
            self._clear()
        else:
            super().keyPressEvent(event)

    def _name_precision(self) -> None:
        year, month = self.calendar.yearShown(), self.calendar.monthShown()
        self.month.setText(tr("Only {month}", month=f"{month:02d}/{year:04d}"))
        self.year.setText(tr("Only {year}", year=f"{year:04d}"))

    def _choose_day(self, day: QDate) -> None:
        self._finish(date(day.year(), day.month(), day.day()))

    def _choose_today(self) -> None:
        self._choose_day(QDate.currentDate())

    def _choose_month(self) -> None:
        self._finish(PartialDate(self.calendar.yearShown(), self.calendar.monthShown()))

    def _choose_year(self) -> None:
        self._finish(PartialDate(self.calendar.yearShown()))

    def _clear(self) -> None:
        self._finish(None)

    def _finish(self, value: date | PartialDate | None) -> None:
        self.close()
        self.chosen.emit(value)
