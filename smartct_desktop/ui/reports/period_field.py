"""The choice of a period: everything, years and halves, periods that were closed, own dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.closed_periods import closed_periods
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.reports.period import ALWAYS, Period
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.day_editors import DayEditor
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_YEARS = 10
_OWN = "own"


@dataclass(frozen=True, slots=True)
class _Offered:
    """A period to choose: the code it is remembered by, its words, its days."""

    code: str
    words: str
    period: Period


class PeriodField(QWidget):
    """A list of periods; the last entry opens two fields for any two days.

    `changed` comes with each choice and each letter typed. Days that cannot be are refused beneath
    the fields.
    """

    changed = Signal()

    def __init__(self, look: Look, desk: Desk, today: date) -> None:
        super().__init__()
        self._desk = desk
        self._offered = list(_offered(desk.reader, today))
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Period"))
        self.box.addItems([one.words for one in self._offered])
        self.box.addItem(tr("Own dates…"))
        self.first = self._editor(look, "From")
        self.last = self._editor(look, "To")
        self._between = label("–", tone="muted")
        self._refusal = label(tone="error", face="small", wrap=True)
        days = QHBoxLayout()
        days.setSpacing(6)
        days.addWidget(self.first, 1)
        days.addWidget(self._between)
        days.addWidget(self.last, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addLayout(days)
        column.addWidget(self._refusal)
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._choose)
        self._choose()

    @property
    def refusal(self) -> str:
        """Why the days cannot be, as it stands beneath them."""
        return self._refusal.text()

    @property
    def code(self) -> str:
        """What the choice is remembered by; own days as they are, where they can be."""
        if not self._is_own:
            return self._offered[self.box.currentIndex()].code
        try:
            period = self.period()
        except Invalid:
            return ""
        days = (period.first, period.last)
        return ":".join([_OWN, *(day.isoformat() if day else "" for day in days)])

    def choose(self, code: str) -> None:
        """Choose what was remembered; what is not there any more becomes everything."""
        head, *days = code.split(":")
        if head == _OWN and len(days) == len((self.first, self.last)):
            self.box.setCurrentIndex(len(self._offered))
            for editor, day in zip((self.first, self.last), days, strict=True):
                editor.show_value(_day(day))
            return
        codes = [one.code for one in self._offered]
        self.box.setCurrentIndex(codes.index(code) if code in codes else 0)

    def period(self) -> Period:
        """The days that are meant. Raises `Invalid`, and says so beneath the fields."""
        try:
            found = self._read()
        except Invalid as refusal:
            self._refuse(say(refusal.sentence), refusal.field)
            raise
        self._refuse("", None)
        return found

    @property
    def _is_own(self) -> bool:
        return self.box.currentIndex() == len(self._offered)

    def _read(self) -> Period:
        if not self._is_own:
            return self._offered[self.box.currentIndex()].period
        first, last = self.first.value(), self.last.value()
        if not isinstance(first, date) and not isinstance(last, date):
            raise Invalid(Sentence("Give the first day, the last day, or both."), "first")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            raise Invalid(Sentence("The period ends before it begins."), "last")
        return Period(
            first if isinstance(first, date) else None, last if isinstance(last, date) else None
        )

    def _refuse(self, words: str, field: str | None) -> None:
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))
        for editor in (self.first, self.last):
            refused = bool(words) and field == editor.field.name
            editor.mark_refused(refused)

    def _editor(self, look: Look, words: str) -> DayEditor:
        declared = schema_of("exchange").by_name["start"]
        name = "first" if words == "From" else "last"
        field = replace(declared, name=name, label=words, help="", required=False)
        editor = DayEditor(field, self._desk.texts, look, in_cell=False)
        editor.line.textChanged.connect(self._announce)
        return editor

    def _choose(self) -> None:
        for widget in (self.first, self._between, self.last):
            widget.setVisible(self._is_own)
        self._refuse("", None)
        self.changed.emit()

    def _announce(self) -> None:
        self.changed.emit()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _offered(reader: Reader, today: date) -> Iterator[_Offered]:
    """Offer everything, what was closed, and the years and half-years, newest first."""
    yield _Offered("all", tr("Everything until today"), ALWAYS)
    for closed in closed_periods(reader):
        words = tr("{name} (closed)", name=closed.name)
        yield _Offered(f"closed:{closed.id}", words, Period(closed.first, closed.last))
    own = own_partnership(reader)
    first = own.starts_on.year if own and own.starts_on else today.year - 1
    last = max(today.year, own.ends_on.year if own and own.ends_on else today.year)
    for year in range(last, max(first, last - _YEARS + 1) - 1, -1):
        half, other = date(year, 6, 30), date(year, 7, 1)
        begin, end = date(year, 1, 1), date(year, 12, 31)
        yield _Offered(f"{year}", str(year), Period(begin, end))
        yield _Offered(f"{year}-2", tr("{year}, second half", year=year), Period(other, end))
        yield _Offered(f"{year}-1", tr("{year}, first half", year=year), Period(begin, half))
