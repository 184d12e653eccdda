"""Working days: which days of a stay are some, how many were worked, and when a time ends.

A working day is every day but Saturdays, Sundays and public holidays (Regulation 1182/71). Travel
days count nothing, two half days are one, and a weekend day counts only where somebody says that
it was worked.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from smartct_desktop.domain.programme.facts import DayCount, Holiday
from smartct_desktop.domain.programme.lookups import Holidays
from smartct_desktop.domain.records.exchange_day import DayKind
from smartct_desktop.domain.sentence import Sentence

_SATURDAY = 5
_ONE, _HALF, _NONE = Decimal(1), Decimal("0.5"), Decimal(0)
LONGEST_LOG = 366
"""Days for which a log is proposed at most; a longer stay is a mistake in a date."""

_WORTH: dict[DayKind | None, Decimal] = {
    DayKind.FULL: _ONE,
    DayKind.ONLINE_FULL: _ONE,
    DayKind.HALF: _HALF,
    DayKind.ONLINE_HALF: _HALF,
}


@dataclass(frozen=True, slots=True)
class LoggedDay:
    """One day of the day log."""

    on: date
    kind: DayKind | None

    @property
    def worth(self) -> Decimal:
        """How much of a working day it is."""
        return _WORTH.get(self.kind, _NONE)

    @property
    def worked(self) -> bool:
        """Whether work was done at the host; online days have no place."""
        return self.kind in (DayKind.FULL, DayKind.HALF)

    @property
    def online(self) -> bool:
        """Whether work was done at a distance."""
        return self.kind in (DayKind.ONLINE_FULL, DayKind.ONLINE_HALF)


@dataclass(frozen=True, slots=True)
class Locality:
    """Where a stay takes place: an ISO country, a NUTS code or "", a town or "".

    The town has its usual name, as public holidays of towns do.
    """

    country: str
    region: str = ""
    city: str = ""


NOWHERE = Locality("")
"""A place of which nothing is known."""


@dataclass(frozen=True, slots=True)
class ProposedDay:
    """One day of a proposed log; `because` says why it counts nothing, `doubt` what to look at."""

    on: date
    kind: DayKind
    because: Sentence | None = None
    doubt: Sentence | None = None


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def holiday_on(day: date, where: Locality, holidays: Holidays) -> Holiday | None:
    """Give a public holiday of the place on that day, None if none is known."""
    return next(iter(holidays.on(day, where.country, where.region, where.city)), None)


def is_working_day(day: date, where: Locality, holidays: Holidays) -> bool:
    """Whether it is neither a weekend day nor a public holiday of the place."""
    return not is_weekend(day) and holiday_on(day, where, holidays) is None


def propose_days(
    start: date,
    end: date,
    where: Locality,
    holidays: Holidays,
    travel: Collection[date] = (),
) -> tuple[ProposedDay, ...]:
    """Propose the day log of a physical stay from its dates.

    Every day from Monday to Friday is worked that is no public holiday there and no day of travel.
    Which days were travelled on only people know. Raises ValueError if the end lies before the
    start or the dates are more than a year apart.
    """
    if not 0 <= (end - start).days < LONGEST_LOG:
        raise ValueError((start, end))
    days = (start + timedelta(n) for n in range((end - start).days + 1))
    return tuple(_proposed(day, where, holidays, travel) for day in days)


def propose_online(days: Iterable[date], *, half: bool = True) -> tuple[ProposedDay, ...]:
    """Propose the log of a virtual stay from the days it met on, which may lie weeks apart."""
    kind = DayKind.ONLINE_HALF if half else DayKind.ONLINE_FULL
    return tuple(
        ProposedDay(day, kind, None, Sentence("it is a weekend day") if is_weekend(day) else None)
        for day in sorted(set(days))
    )


def _proposed(
    day: date, where: Locality, holidays: Holidays, travel: Collection[date]
) -> ProposedDay:
    if day in travel:
        return ProposedDay(day, DayKind.TRAVEL, Sentence("travel"))
    if is_weekend(day):
        return ProposedDay(day, DayKind.FREE, Sentence("weekend"))
    holiday = holiday_on(day, where, holidays)
    if holiday is not None:
        return ProposedDay(day, DayKind.HOLIDAY, Sentence("{name}", name=holiday.name))
    return ProposedDay(day, DayKind.FULL, None, _doubt(day, where, holidays))


def _doubt(day: date, where: Locality, holidays: Holidays) -> Sentence | None:
    """Say why a day might be a public holiday after all."""
    if not holidays.covers(where.country, day):
        return Sentence(
            "the public holidays of {country} in {year} are not known",
            country=where.country or "?",
            year=day.year,
        )
    if where.region:
        return None
    possible = holidays.possible(day, where.country)
    if where.city:  # what only other towns keep is no doubt
        possible = tuple(holiday for holiday in possible if not holiday.city)
    if not possible:
        return None
    regions = ", ".join(sorted({h.city or h.region for h in possible}))
    return Sentence(
        "{name} is a public holiday in a part of the country ({regions})",
        name=possible[0].name,
        regions=regions,
    )


def worked_days(days: Iterable[LoggedDay]) -> Decimal:
    """Add up a day log: full days and halves, no day more than one."""
    by_day: dict[date, Decimal] = defaultdict(Decimal)
    for day in days:
        by_day[day.on] += day.worth
    return sum((min(worth, _ONE) for worth in by_day.values()), _NONE)


def half_days(days: Iterable[LoggedDay]) -> int:
    """Add up a day log in half days, as virtual stays are measured."""
    return int(worked_days(days) * 2)


def counted_days(declared: Decimal | None, days: Sequence[LoggedDay]) -> Decimal | None:
    """Give the working days that decide: those of the log if there is one, else those declared.

    None if neither is known. A log without any day worked says nothing yet.
    """
    return (worked_days(days) if days else None) or declared


def split_after(days: Iterable[LoggedDay], most: int = 4) -> date | None:
    """Give the last day at the host before a gap of more than `most` days, None without a gap.

    A long weekend is no gap; between two journeys there is one.
    """
    worked = sorted({day.on for day in days if day.worked})
    for before, after in pairwise(worked):
        if (after - before).days - 1 > most:
            return before
    return None


class Span(Enum):
    """How a stay compares with the longest one allowed."""

    WITHIN = "within"
    EXACTLY = "exactly"
    LONGER = "longer"


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, the last of the month where there is no such day.

    Source: Regulation 1182/71, which counts months by the date.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def span(start: date, end: date, months: int) -> Span:
    """Say whether a stay is shorter than some months, exactly as long, or longer."""
    last = months_after(start, months)
    if end == last:
        return Span.EXACTLY
    return Span.LONGER if end > last else Span.WITHIN


def time_limit(day: date, days: int, count: DayCount, where: Locality, holidays: Holidays) -> date:
    """Give the last day of a time that runs from a day on; that day itself is not counted.

    Of working days, those of the place count, which has to be that of the one who must act.
    """
    if count is DayCount.CALENDAR:
        return day + timedelta(days)
    for last in _working_days_after(day, where, holidays):
        days -= 1
        if days < 0:
            break
        day = last
    return day


def _working_days_after(day: date, where: Locality, holidays: Holidays) -> Iterator[date]:
    while True:
        day += timedelta(1)
        if is_working_day(day, where, holidays):
            yield day
