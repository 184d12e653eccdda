"""What a cell was understood as, in words: the grey line beneath each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QLocale

from smartct_desktop.domain.book import Value as CellValue
from smartct_desktop.domain.fields import Country, Day, FieldType, Money, Options, PartialDay, Text
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import cell_type, field_of
from smartct_desktop.services.importing.plan import ColumnPlan, RowPlan, Target
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.theme.tones import Tone

_SPREAD: Mapping[str, tuple[str, ...]] = {
    "dates": ("start", "end"),
    "planned_dates": ("planned_start", "planned_end"),
    "times": ("start_time", "end_time"),
}
"""The fields that a cell with a period fills."""

_NEW: Mapping[str, str] = {"organisation": "new organisation", "person": "new person"}

_VALUES = (str, int, Decimal, tuple, time)

_DAY = "ddd d MMM yyyy"  # with the month as a word, so that it can be read in one way only


@dataclass(frozen=True, slots=True)
class Understood:
    """A text and the token of its ink; `asked` says that a question is open about it."""

    text: str
    ink: str = "muted"
    asked: bool = False


class Understanding:
    """Says how values are understood, in the words of the window."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._locale = QLocale()

    def of_cell(
        self, outlook: Outlook, column: ColumnPlan, number: int, cell: CellValue
    ) -> Understood | None:
        """How a cell of a data row is understood; None where there is nothing to say."""
        if column.code is None or column.field is None:
            return None
        row = outlook.by_place.get((column.sheet, number))
        if row is None:
            return None
        kind, _, name = column.code.partition(".")
        if column.code == "organisation.name":
            return self._organisation(outlook, row, cell)
        names = _SPREAD.get(name) or _paper(name) or (name,)
        for record in outlook.records_at(row, column):
            values = [record.values[n] for n in names if n in record.values]
            if record.kind == kind and values:
                return self._together(values, column.code, cell)
            if column.field in record.told:
                return self._said(record.told[column.field], column.code, cell)
        return None

    def short(self, value: Any, code: str) -> str:
        """As `text`, but days without their weekday, for where there is little room."""
        found = value.propose if isinstance(value, Asked) else value
        return self._day(found, "d MMM yyyy") if isinstance(found, date) else self.text(value, code)

    def text(self, value: Any, code: str) -> str:
        """A value as text; `code` names the field it belongs to."""
        match value:
            case None:
                return ""
            case Asked():
                return self.text(value.propose, code)
            case Target():
                return value.name
            case date():
                return self._day(value, _DAY)
            case PartialDate(day=day) if day:
                return self._day(value.first, _DAY)
            case PartialDate():
                return self._texts.shown(PartialDay(), value)
            case time():
                return f"{value:%H:%M}"
            case bool():
                return tr("yes") if value else tr("no")
            case Options():
                return tr(value.label)
            case _:
                pass
        type_ = _type_of(code)
        if isinstance(value, _VALUES) and type_ is not None:
            return say(self._texts.shown(type_, value))
        return str(value)

    def days(self, first: date, last: Any) -> str:
        """A stay in few words: “16 Nov – 19 Nov 2021”."""
        if not isinstance(last, date) or last == first:
            return self._day(first, "d MMM yyyy")
        form = "d MMM" if first.year == last.year else "d MMM yyyy"
        return f"{self._day(first, form)} – {self._day(last, 'd MMM yyyy')}"

    def _day(self, day: date, form: str) -> str:
        return self._locale.toString(QDate(day.year, day.month, day.day), form)

    def _organisation(self, outlook: Outlook, row: RowPlan, cell: CellValue) -> Understood | None:
        """Whether the organisation that a row of a list of organisations tells is known."""
        for record in outlook.records_of(row):
            target = record.values.get("organisation")
            if isinstance(target, Target | Asked):
                return self._said(target, "membership.organisation", cell)
            if record.kind == "organisation":
                return self._target(Target("organisation", "", record.id), cell)
        return None

    def _together(self, values: Sequence[Any], code: str, cell: CellValue) -> Understood | None:
        """One cell can fill several fields: the days of a period, a paper and its date."""
        each = (self._said(value, code, cell) for value in dict.fromkeys(values))
        said = [one for one in each if one is not None]
        if len(said) < 2:
            return said[0] if said else None
        spans = all(isinstance(value, date | time) for value in values)
        sign = " – " if spans else ", "
        ink = next((one.ink for one in said if one.asked), said[0].ink)
        return Understood(sign.join(one.text for one in said), ink, any(one.asked for one in said))

    def _said(self, value: Any, code: str, cell: CellValue) -> Understood | None:
        if isinstance(value, Asked):
            proposed = self.text(value.propose, code)
            if cell is None and not proposed:
                return None
            return Understood(proposed or tr("to be answered"), Tone.WAITING.ink, asked=True)
        if isinstance(value, Target):
            return self._target(value, cell)
        if value is None or value == ():
            return None if cell is None else Understood(tr("taken as nothing"))
        return Understood(self.text(value, code))

    def _target(self, value: Target, cell: CellValue) -> Understood:
        if value.id is None:
            return Understood(tr(_NEW.get(value.kind, "new")), Tone.DONE.ink)
        if not value.name or (isinstance(cell, str) and fold(cell) == fold(value.name)):
            return Understood(tr("known"))
        return Understood(value.name)


def _paper(name: str) -> tuple[str, ...]:
    """The fields of a paper: whether it is there, and its date."""
    group, _, paper = name.partition(".")
    return (paper, f"{paper}_on") if group == "documents" else ()


def _type_of(code: str) -> FieldType | None:
    declared = field_of(code)
    if declared is not None:
        return declared.type
    type_ = cell_type(code)
    return type_ if isinstance(type_, Country | Money | Text | Day) else None
