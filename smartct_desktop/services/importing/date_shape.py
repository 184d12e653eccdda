"""What a column of dates may hold, and what is asked about cells that give no such date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Reply
from smartct_desktop.services.importing.date_text import Reading, Span
from smartct_desktop.services.importing.understood import Doubt

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
"""Day numbers of spreadsheet programs from 1954 to 2064; others are no dates."""

_YEARS = range(1900, 2101)

DateValue: TypeAlias = date | PartialDate | Span


@dataclass(frozen=True, slots=True)
class Shape:
    """What a date column may hold: parts of dates, ranges of days."""

    partial: bool = False
    period: bool = False

    def _whole(self, span: Span) -> bool:
        return self.partial or bool(span.first.day and span.last.day)

    def fit(self, span: Span) -> DateValue | None:
        """Give the span as the column's fields hold it; None if they cannot."""
        if self.period:
            return span if self._whole(span) else None
        if not span.single:
            return None
        if self.partial:
            return span.first
        return span.first.first if span.first.day else None

    def whole(self, day: date) -> DateValue:
        """Give a day as the column's fields hold it."""
        if not (self.partial or self.period):
            return day
        part = PartialDate.of(day)
        return Span(part, part) if self.period else part

    def reply(self, reply: Reply) -> DateValue | None:
        """Read an answer: an ISO date or a part of one, two joined by "/", or nothing.

        Raises `ValueError` for anything else.
        """
        if reply is None:
            return None
        ends = [PartialDate.fromisoformat(part) for part in str(reply).split("/")]
        value = self.fit(Span(ends[0], ends[-1]))
        if value is None or len(ends) > 2:
            raise ValueError(reply)
        return value


def doubt_of_text(text: str, reading: Reading | None, shape: Shape) -> Doubt:
    """Say what has to be asked about a text that gives no date the column can hold."""
    if reading is None:
        return Doubt(
            "unreadable_date",
            Sentence("“{text}” cannot be read as a date.", text=text),
            shape.reply,
        )
    if reading.yearless:
        topic, sentence = "date_without_year", Sentence("“{text}” has no year.", text=text)
    elif reading.impossible:
        topic, sentence = "no_such_day", Sentence("No calendar has the day “{text}”.", text=text)
    else:
        topic = "incomplete_date"
        sentence = Sentence("“{text}” does not name one day.", text=text)
    return Doubt(topic, sentence, shape.reply)


def doubt_of_number(value: float, shape: Shape, base: date) -> Doubt:
    """Say what has to be asked about a number among dates: a year, or the number of a day."""
    whole = int(value) if float(value).is_integer() else 0
    if whole in _YEARS:
        return Doubt(
            "year_only",
            Sentence("Is the number {number} the year {number}?", number=whole),
            shape.reply,
            propose=str(whole) if shape.partial or shape.period else None,
        )
    if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
        day = base + timedelta(days=whole)
        return Doubt(
            "serial_numbers",
            Sentence(
                "Is the number {number} the {day}, as spreadsheet programs count days?",
                number=whole,
                day=day.isoformat(),
            ),
            shape.reply,
            propose=day.isoformat(),
        )
    return Doubt(
        "unreadable_date",
        Sentence("The number {number} is no date.", number=value),
        shape.reply,
    )


def is_whole(value: DateValue | None) -> bool:
    """Whether a date, or both ends of a range, name a day."""
    ends = (value.first, value.last) if isinstance(value, Span) else (value,)
    return all(end.day for end in ends if isinstance(end, PartialDate))
