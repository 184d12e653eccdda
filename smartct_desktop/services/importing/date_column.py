"""Reading a column of dates: the order of day and month is decided for the column, never a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from smartct_desktop.domain import book
from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.date_shape import (
    Shape,
    doubt_of_number,
    doubt_of_text,
)
from smartct_desktop.services.importing.date_text import DateText, Reading, Span
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.text_cells import shown
from smartct_desktop.services.importing.understood import (
    CellReader,
    Group,
    Hang,
    RawColumn,
)

_SEASON = re.compile(r"\s*(\d{4})\s?([-–/])\s?(\d{2})\s*")
_UNREAD = ({frozenset((DateOrder.DMY,))}, {frozenset((DateOrder.MDY,))})
"""The orders that all texts have which a program of the other order has left as texts."""


@dataclass(frozen=True, slots=True)
class OrderDecision:
    """The order of dates with one sign: known, or asked for in `question` with a proposal."""

    order: DateOrder | None = None
    question: str = ""
    proposed: DateOrder | None = None


Decisions: TypeAlias = Mapping[str, OrderDecision]
"""What was decided for each sign between figures; what the column proves is not in it."""


class DateColumn:
    """The texts of one column of dates, and what they prove together."""

    def __init__(self, column: RawColumn, groups: Iterable[Group], texts: DateText) -> None:
        self._column = column
        read = {value: texts.read(value) for value, _, _ in groups if isinstance(value, str)}
        seasons = dict.fromkeys(_seasons(read))
        self.readings: Mapping[str, Reading | None] = read | seasons
        self._possible = _possible(self.readings.values())
        proofs = {next(iter(p)) if len(p) == 1 else None for p in self._possible.values()}
        self.proven: DateOrder | None = proofs.pop() if len(proofs) == 1 else None
        self.contradicts = not all(self._possible.values()) or len(proofs - {None}) > 1

    def decide(self, asking: Asking, sheet: str | None, hint: DateOrder | None) -> Decisions:
        """Give the order where the column proves it or it does not matter; else ask.

        Each sign between the figures is asked about on its own: two may be of two writers.
        """
        doubtful: dict[str, list[str]] = {}
        for text, reading in self.readings.items():
            if reading and self._differs(reading):
                doubtful.setdefault(reading.separator, []).append(text)
        return {
            sign: self._ask(asking, sheet, hint, texts, sign if number else "")
            for number, (sign, texts) in enumerate(doubtful.items())
        }

    def _ask(
        self,
        asking: Asking,
        sheet: str | None,
        hint: DateOrder | None,
        texts: Sequence[str],
        about: str,
    ) -> OrderDecision:
        options = [order for order in DateOrder if order in self._orders(texts)]
        proposed = hint if hint in options and not self.contradicts else None
        place = Place(
            "date_order",
            "column",
            Sentence(
                "In the column “{header}”, does the day come first or the month? “{sample}” can be "
                "read in two ways.",
                header=self._column.header,
                sample=texts[0],
            ),
            sheet,
            self._column.letter,
            about,
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
        found = (self.readings[text] for text in texts)
        return set().union(*(self._open(r) for r in found if r))

    def _open(self, reading: Reading) -> set[DateOrder]:
        """Give the orders that a text may have: what others with the same sign prove counts."""
        orders = set(reading.spans)
        return orders & self._possible.get(reading.separator, orders) or orders

    def _differs(self, reading: Reading) -> bool:
        if not reading.ordered:
            return False
        return len({reading.spans[order] for order in self._open(reading)}) > 1

    def span(self, reading: Reading, decisions: Decisions) -> tuple[Span | None, str]:
        """Give what a text means, and the question for the order that it hangs on, or ""."""
        if not self._differs(reading):
            return reading.spans[min(self._open(reading), key=lambda o: o.value)], ""
        decision = decisions[reading.separator]
        known = decision.order or decision.proposed
        hangs = decision.question if decision.order is None else ""
        return (reading.spans.get(known) if known else None), hangs

    def turned(self) -> bool:
        """Whether the real dates look as if a program had turned day and month around.

        A spreadsheet program set to month-day makes wrong dates of the texts it can read, those up
        to the twelfth of a month, and leaves the others as texts; one set to day-month does so with
        what was written month-day.
        """
        texts = [r for r in self.readings.values() if r and r.ordered and r.spans]
        real = [day for value in self._column.values if texts and (day := day_of(value))]
        return (
            bool(real)
            and all(day.day <= 12 for day in real)
            and any(day.day != day.month for day in real)
            and {frozenset(r.spans) - {DateOrder.YMD} for r in texts} in _UNREAD
        )


def _possible(readings: Iterable[Reading | None]) -> Mapping[str, set[DateOrder]]:
    """Give the orders that the texts leave open, for each sign between the figures.

    "27/6/2022" proves nothing about "07.12.2022": who writes dots is somebody else.
    """
    found: dict[str, set[DateOrder]] = {}
    for reading in readings:
        if reading is not None and reading.ordered and reading.spans:
            orders = set(reading.spans)
            found[reading.separator] = found.get(reading.separator, orders) & orders
    return found


def _seasons(texts: Iterable[str]) -> set[str]:
    """Give the texts that name two years, such as "2021/22": they are no months.

    With a dash "2011-12" is one only if another text proves it that can be no month.
    """
    found = {
        text: match
        for text in texts
        if (match := _SEASON.fullmatch(text)) and (int(match[1]) + 1) % 100 == int(match[3])
    }
    proved = any(int(match[3]) > 12 for match in found.values())
    return {text for text, match in found.items() if proved or match[2] == "/"}


def turn(day: date) -> date:
    """Give the date with day and month changed about."""
    return date(day.year, day.day, day.month)


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
    dates: DateColumn, decisions: Decisions, shape: Shape, base: date, turned: TurnedDays
) -> CellReader:
    """Make the reader of the cells of a date column, once its order is decided or asked for."""

    def read(value: book.Value, code: str) -> Any:
        day = day_of(value)
        if day is not None:
            return turned.value(day, shape)
        if isinstance(value, bool | time | timedelta):
            return doubt_of_text(shown(value, code), None, shape)
        if isinstance(value, int | float):
            return doubt_of_number(value, shape, base)
        reading = dates.readings.get(str(value))
        if reading is None or not reading.spans:
            return doubt_of_text(shown(value, code), reading, shape)
        span, question = dates.span(reading, decisions)
        fitting = shape.fit(span) if span else None
        if question:
            return Hang(question, fitting)
        return fitting or doubt_of_text(shown(value, code), reading, shape)

    return read


@dataclass(frozen=True, slots=True)
class TurnedDays:
    """What was decided about real dates that a program may have turned around."""

    question: str = ""
    turn: bool = False

    def value(self, day: date, shape: Shape) -> Any:
        """Give the date as decided; it hangs on the question while that is open."""
        if self.question:
            return Hang(self.question, shape.whole(day))
        return shape.whole(turn(day) if self.turn else day)


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
