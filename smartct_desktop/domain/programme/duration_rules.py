"""How long a stay is, and when it takes place (DUR)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smartct_desktop.domain.programme.exchange_case import ENDED_ON, ExchangeCase
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.programme.stay import StayCase
from smartct_desktop.domain.programme.working_days import (
    counted_days,
    is_working_day,
    months_after,
    split_after,
    worked_days,
)
from smartct_desktop.domain.records.exchange_day import DayKind


def _number(value: object) -> str:
    """Write a number of days without needless noughts."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _long_enough(case: StayCase) -> Iterator[Said]:
    days = case.stay.working_days
    if case.stay.physical and days is not None and days < case.rules.min_working_days:
        least = case.rules.min_working_days
        yield Said("working_days", {"days": _number(days), "least": least})


_SHORTEST_MONTH = 28


def _month_reached(case: ExchangeCase) -> date | None:
    """Give the last day that is allowed, if the stay lasts until then or longer."""
    start, end, months = case.exchange.start, case.exchange.end, case.rules.max_months
    if start is None or end is None or (end - start).days < _SHORTEST_MONTH * months:
        return None  # most stays last some days: no calendar has to be asked
    last = months_after(start, months)
    return last if end >= last else None


def _at_most_a_month(case: ExchangeCase) -> Iterator[Said]:
    last = _month_reached(case)
    if last is not None and case.exchange.end != last:
        yield Said("end", {"last": last})


def _less_than_a_month(case: ExchangeCase) -> Iterator[Said]:
    if case.exchange.end is not None and case.exchange.end == _month_reached(case):
        yield Said("end")


def _ends_after_start(case: ExchangeCase) -> Iterator[Said]:
    start, end = case.exchange.start, case.exchange.end
    if start and end and end < start:
        yield Said("end", {"start": start, "end": end})


def _worked_on_working_days(case: ExchangeCase) -> Iterator[Said]:
    for day in sorted(case.days, key=lambda day: day.on):
        if day.worked and not is_working_day(day.on, case.where, case.holidays):
            yield Said("working_days", {"day": day.on})
            return


def _as_declared(case: ExchangeCase) -> Iterator[Said]:
    declared = case.exchange.working_days
    if not case.days or declared is None:
        return
    computed = worked_days(case.days)
    if declared != computed:
        values = {"declared": _number(declared), "computed": _number(computed)}
        yield Said("working_days", values)


def _within_period(case: ExchangeCase) -> Iterator[Said]:
    own, start, end = case.own, case.exchange.start, case.exchange.end
    if own is None:
        return
    if own.starts_on and start and start < own.starts_on:
        yield Said("start", {"day": start})
        return
    last = own.ends_on
    doubtful = last is None
    if last is None and own.starts_on and own.planned_months:
        last = months_after(own.starts_on, own.planned_months)
    day = end or start
    if last and day and day > last:
        field = "end" if end else "start"
        yield Said(field, {"day": day}, Severity.WARNING if doubtful else None)


def _virtual_unpaid(case: StayCase) -> Iterator[Said]:
    if not case.stay.physical and case.stay.amount_cents:
        yield Said("amount_cents")


def _virtual_in_time(case: ExchangeCase) -> Iterator[Said]:
    start, rules = case.exchange.start, case.rules
    if case.stay.physical or start is None:
        return
    first, last = rules.virtual_allowed_from or start, rules.virtual_allowed_to or start
    if not first <= start <= last:
        yield Said("start", {"day": start})


def _person_is_free(case: ExchangeCase) -> Iterator[Said]:
    this = case.visit if case.around.of_person else None
    if this is None:
        return
    for other in case.around.of_person:
        if other.id != this.id and other.expected and other.overlaps(this):
            yield Said("visitor", {"other": other.number or "?"})
            return


def _in_one_go(case: ExchangeCase) -> Iterator[Said]:
    gap = split_after(case.days) if case.stay.physical else None
    if gap is not None:
        yield Said("working_days", {"day": gap})


def _virtual_long_enough(case: ExchangeCase) -> Iterator[Said]:
    if case.stay.physical:
        return
    days = counted_days(case.exchange.working_days, case.days)
    if days is None:
        return
    halves, least = int(days * 2), case.rules.virtual_min_half_days
    if halves < least:
        yield Said("working_days", {"halves": halves, "least": least})


def _travel_within(case: ExchangeCase) -> Iterator[Said]:
    start, end = case.exchange.start, case.exchange.end
    travelled = [day.on for day in case.days if day.kind is DayKind.TRAVEL]
    if start and end and any(start <= day <= end for day in travelled):
        inside = sum(start <= day <= end for day in travelled)
        yield Said("start", {"days": inside})


def _not_in_the_future(case: ExchangeCase) -> Iterator[Said]:
    day = case.exchange.end or case.exchange.start
    if day and day > case.today and case.exchange.status in ENDED_ON:
        yield Said("status", {"day": day})


LONG_ENOUGH: Rule[StayCase] = Rule(
    "DUR-02",
    Severity.ERROR,
    "exchange",
    "Stay too short",
    "The stay has {days} working days; at least {least} are needed.",
    "Correct the working days, without travel; a shorter physical stay is not eligible.",
    "ABOUT",
    _long_enough,
    premises=frozenset({Premise.TRAVEL}),
)

VIRTUAL_UNPAID: Rule[StayCase] = Rule(
    "DUR-10",
    Severity.ERROR,
    "exchange",
    "Virtual with an amount",
    "A virtual exchange has no lump sum.",
    "Take the amount away, or correct the mode.",
    "SPI",
    _virtual_unpaid,
    premises=frozenset({Premise.ONLINE, Premise.AMOUNT}),
)

RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "DUR-01",
        Severity.ERROR,
        "exchange",
        "End before start",
        "The stay ends on {end}, before it starts on {start}.",
        "Correct the dates.",
        "own reading",
        _ends_after_start,
    ),
    LONG_ENOUGH,
    Rule(
        "DUR-03",
        Severity.ERROR,
        "exchange",
        "Longer than a month",
        "The stay is longer than a month; {last} would have been the last day.",
        "Correct the dates, or shorten the stay.",
        "ABOUT; WD",
        _at_most_a_month,
    ),
    Rule(
        "DUR-03b",
        Severity.WARNING,
        "exchange",
        "Exactly a month",
        "The stay ends on the same day of the next month, the very last one allowed.",
        "Ask the funder whether that is still a month, or end a day earlier.",
        "own reading",
        _less_than_a_month,
    ),
    Rule(
        "DUR-04",
        Severity.WARNING,
        "exchange",
        "Weekend or holiday as working day",
        "{day} is counted as worked, but it is a weekend day or a public holiday.",
        "Say in the note of that day why it was worked, or mark it as free.",
        "WD; HEMP-B",
        _worked_on_working_days,
        premises=frozenset({Premise.LOG}),
    ),
    Rule(
        "DUR-05",
        Severity.WARNING,
        "exchange",
        "Days differ from the day log",
        "{declared} working days are declared, the day log has {computed}.",
        "Correct the days declared, or the day log.",
        "ABOUT",
        _as_declared,
        premises=frozenset({Premise.LOG}),
    ),
    Rule(
        "DUR-06",
        Severity.ERROR,
        "exchange",
        "Outside the partnership's period",
        "{day} lies outside the period of the partnership.",
        "Correct the dates, or the period of the partnership if it was prolonged.",
        "SEED",
        _within_period,
    ),
    Rule(
        "DUR-07",
        Severity.ERROR,
        "exchange",
        "Visitor in two places",
        "The same visitor is in the exchange {other} on the same days.",
        "Correct the dates or the visitor of one of the two.",
        "own reading",
        _person_is_free,
    ),
    Rule(
        "DUR-08",
        Severity.WARNING,
        "exchange",
        "Stay in two journeys",
        "After {day} there are days on which nothing was worked; the stay seems to be split.",
        "Whether a stay may be split is not said: ask the funder, or correct the day log.",
        "own reading",
        _in_one_go,
        premises=frozenset({Premise.LOG, Premise.TRAVEL}),
    ),
    Rule(
        "DUR-09",
        Severity.ERROR,
        "exchange",
        "Virtual stay too short",
        "The virtual stay has {halves} half days; at least {least} are needed.",
        "Correct the day log or the days declared; online, two half days are a day.",
        "FURN; EXX-M",
        _virtual_long_enough,
        premises=frozenset({Premise.ONLINE}),
    ),
    VIRTUAL_UNPAID,
    Rule(
        "DUR-11",
        Severity.WARNING,
        "exchange",
        "Virtual outside the permitted window",
        "Virtual exchanges were not permitted on {day}.",
        "Correct the dates or the mode, or ask the funder.",
        "KICT; WEB3",
        _virtual_in_time,
        premises=frozenset({Premise.ONLINE}),
    ),
    Rule(
        "DUR-12",
        Severity.INFO,
        "exchange",
        "Travel within the dates",
        "The dates of the stay contain {days} days of travel, which are no working days.",
        "Nothing has to be done if the dates are meant to contain the journey.",
        "CLAM-X; MEDN",
        _travel_within,
        premises=frozenset({Premise.LOG}),
    ),
    Rule(
        "DUR-13",
        Severity.WARNING,
        "exchange",
        "Ended before its end",
        "The status says that the stay is over, but it lasts until {day}.",
        "Correct the status or the dates.",
        "own reading",
        _not_in_the_future,
    ),
)
"""The rules on the length and the dates of stays."""
