"""Reading a column of dates: the order of day and month is decided for the column, never a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from smartct_desktop.domain import book
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.date_text import DateText, Reading, Span
from smartct_desktop.services.importing.plan import Reply
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.text_cells import shown
from smartct_desktop.services.importing.understood import (
    CellReader,
    Doubt,
    Groups,
    Hang,
    RawColumn,
)

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


@dataclass(frozen=True, slots=True)
class OrderDecision:
    """The order of a column: known, or asked for in `question` with a proposal."""

    order: DateOrder | None = None
    question: str = ""
    proposed: DateOrder | None = None


class DateColumn:
    """The texts of one column of dates, and what they prove together."""

    def __init__(self, column: RawColumn, groups: Groups, texts: DateText) -> None:
        self._column = column
        self.readings: Mapping[str, Reading | None] = {
            value: texts.read(value) for value, _, _ in groups if isinstance(value, str)
        }
        orders = [set(r.spans) for r in self.readings.values() if r and r.ordered and r.spans]
        self._possible = set.intersection(*orders) if orders else set[DateOrder]()
        self.proven = next(iter(self._possible)) if len(self._possible) == 1 else None
        self.contradicts = bool(orders) and not self._possible

    def decide(self, asking: Asking, sheet: str | None, hint: DateOrder | None) -> OrderDecision:
        """Give the order where the column proves it or it does not matter; else ask."""
        doubtful = [text for text, r in self.readings.items() if r and self._differs(r)]
        if not doubtful:
            return OrderDecision(self.proven)
        options = [order for order in DateOrder if order in self._orders(doubtful)]
        proposed = hint if hint in options and not self.contradicts else None
        place = Place(
            "date_order",
            "column",
            Sentence(
                "In the column “{header}”, does the day come first or the month? “{sample}” can be "
                "read in two ways.",
                header=self._column.header,
                sample=doubtful[0],
            ),
            sheet,
            self._column.letter,
        )
        given = asking.ask(
            place,
            options=[order.value for order in options],
            propose=proposed.value if proposed else None,
            certainty=0.8 if proposed else 0.0,
        )
        order = next((o for o in options if given and o.value == given.value), None)
        return OrderDecision(order, place.id, proposed)

    def _orders(self, texts: Iterable[str]) -> set[DateOrder]:
        if self._possible:
            return self._possible
        found = (self.readings[text] for text in texts)
        return set().union(*(set(r.spans) for r in found if r))

    def _differs(self, reading: Reading) -> bool:
        if not reading.ordered:
            return False
        spans = {s for o, s in reading.spans.items() if not self._possible or o in self._possible}
        return len(spans) > 1

    def span(self, reading: Reading, decision: OrderDecision) -> tuple[Span | None, bool]:
        """Give what a text means; True if it hangs on the question for the order."""
        if not self._differs(reading):
            orders = self._possible & set(reading.spans) or set(reading.spans)
            return reading.spans[min(orders, key=lambda o: o.value)], False
        known = decision.order or decision.proposed
        return (reading.spans.get(known) if known else None), decision.order is None

    def turned(self) -> bool:
        """Whether the real dates look as if a program had turned day and month around.

        A spreadsheet program set to month-day makes wrong dates of the texts it can read, those up
        to the twelfth of a month, and leaves the others as texts.
        """
        texts = [r for r in self.readings.values() if r and r.ordered and r.spans]
        real = [day for value in self._column.values if texts and (day := day_of(value))]
        return (
            bool(real)
            and all(day.day <= 12 for day in real)
            and any(day.day != day.month for day in real)
            and all(set(r.spans) == {DateOrder.DMY} for r in texts)
        )


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


def turn(day: date) -> date:
    """Give the date with day and month changed about."""
    return date(day.year, day.day, day.month)


def is_whole(value: DateValue | None) -> bool:
    """Whether a date, or both ends of a range, name a day."""
    ends = (value.first, value.last) if isinstance(value, Span) else (value,)
    return all(end.day for end in ends if isinstance(end, PartialDate))


def day_of(value: book.Value) -> date | None:
    """Give the day of a real date cell, None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def hint_from(proven: Iterable[DateOrder | None], language: str) -> DateOrder | None:
    """Say which order other columns prove, or else the language of the headings suggests."""
    orders = {order for order in proven if order}
    if len(orders) == 1:
        return orders.pop()
    return DateOrder.DMY if not orders and language not in ("", "en") else None


def date_cells(
    dates: DateColumn, decision: OrderDecision, shape: Shape, base: date, turned: TurnedDays
) -> CellReader:
    """Make the reader of the cells of a date column, once its order is decided or asked for."""

    def read(value: book.Value, code: str) -> Any:
        day = day_of(value)
        if day is not None:
            return turned.value(shape.whole(day))
        if isinstance(value, bool | time | timedelta):
            return doubt_of_text(shown(value, code), None, shape)
        if isinstance(value, int | float):
            return doubt_of_number(value, shape, base)
        reading = dates.readings.get(str(value))
        if reading is None or not reading.spans:
            return doubt_of_text(shown(value, code), reading, shape)
        span, hangs = dates.span(reading, decision)
        fitting = shape.fit(span) if span else None
        if hangs:
            return Hang(decision.question, fitting)
        return fitting or doubt_of_text(shown(value, code), reading, shape)

    return read


@dataclass(frozen=True, slots=True)
class TurnedDays:
    """What was decided about real dates that a program may have turned around."""

    question: str = ""
    turn: bool = False

    def value(self, day: DateValue | None) -> Any:
        """Give the date as decided; it hangs on the question while that is open."""
        if self.question:
            return Hang(self.question, day)
        return turn(day) if self.turn and isinstance(day, date) else day


def decide_turned(
    dates: DateColumn, column: RawColumn, asking: Asking, sheet: str | None
) -> TurnedDays:
    """Ask about real dates that look turned around, if there are any."""
    if not dates.turned():
        return TurnedDays()
    place = Place(
        "date_order",
        "column",
        Sentence(
            "The column “{header}” has dates up to the 12th of a month and texts from the 13th on: "
            "has a program set to month and day turned the dates around?",
            header=column.header,
        ),
        sheet,
        column.letter,
        about="turned",
    )
    given = asking.ask(place, options=("as they stand", "turned"))
    if given is None:
        return TurnedDays(question=place.id)
    return TurnedDays(turn=given.value == "turned")
