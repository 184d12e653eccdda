"""Working days: proposed, added up, and counted off."""

import datetime as dt
from decimal import Decimal

import pytest

from smartct_desktop.domain.programme.facts import DayCount, Evidence, Holiday, Origin
from smartct_desktop.domain.programme.lookups import Holidays
from smartct_desktop.domain.programme.working_days import (
    Locality,
    LoggedDay,
    Span,
    counted_days,
    half_days,
    months_after,
    propose_days,
    propose_online,
    span,
    split_after,
    time_limit,
    worked_days,
)
from smartct_desktop.domain.records.exchange_day import DayKind

KNOWN = Origin(Evidence.SOURCED, ("x",))
FULL, HALF, TRAVEL = DayKind.FULL, DayKind.HALF, DayKind.TRAVEL
FREE, HOLIDAY = DayKind.FREE, DayKind.HOLIDAY


def day(text):
    return dt.date.fromisoformat(text)


HOLIDAYS = Holidays(
    [
        Holiday(day("2021-11-01"), "ES", "", "All Saints", KNOWN),
        Holiday(day("2021-11-17"), "DE", "DED", "Day of Repentance", KNOWN),
        Holiday(day("2021-06-24"), "ES", "ES51", "Saint John", KNOWN),
        Holiday(day("2021-09-24"), "ES", "ES51", "La Mercè", KNOWN, "Barcelona"),
        Holiday(day("2021-01-01"), "DE", "", "New Year", KNOWN),
    ]
)
BARCELONA = Locality("ES", "ES511", "Barcelona")


def kinds(start, end, where=BARCELONA, travel=()):
    proposed = propose_days(day(start), day(end), where, HOLIDAYS, {day(t) for t in travel})
    return [one.kind for one in proposed]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-11-16", "2021-11-19", [FULL] * 4),
        ("2021-11-19", "2021-11-22", [FULL, FREE, FREE, FULL]),
        ("2021-11-01", "2021-11-02", [HOLIDAY, FULL]),
        ("2021-06-24", "2021-06-25", [HOLIDAY, FULL]),
        ("2021-09-24", "2021-09-24", [HOLIDAY]),
    ],
)
def test_that_days_follow_the_calendar_of_the_place(start, end, expected):
    assert kinds(start, end) == expected


def test_that_travel_is_no_work_and_a_region_has_its_own_holidays():
    leipzig = Locality("DE", "DED5", "Leipzig")
    assert kinds("2021-11-16", "2021-11-18", leipzig, ["2021-11-16"]) == [TRAVEL, HOLIDAY, FULL]
    assert kinds("2021-11-17", "2021-11-17", Locality("DE", "DE3", "Berlin")) == [FULL]
    assert kinds("2021-09-24", "2021-09-24", Locality("ES", "ES511", "Sabadell")) == [FULL]


def test_that_a_day_that_may_be_a_holiday_is_doubted():
    (unknown_region,) = propose_days(day("2021-11-17"), day("2021-11-17"), Locality("DE"), HOLIDAYS)
    (unknown_year,) = propose_days(day("2031-11-18"), day("2031-11-18"), BARCELONA, HOLIDAYS)
    (certain,) = propose_days(day("2021-11-18"), day("2021-11-18"), BARCELONA, HOLIDAYS)

    assert "Day of Repentance" in unknown_region.doubt
    assert "2031" in unknown_year.doubt
    assert certain.doubt is None


@pytest.mark.parametrize(
    ("start", "end"), [("2021-11-19", "2021-11-18"), ("2021-11-19", "2022-11-20")]
)
def test_that_impossible_dates_are_refused(start, end):
    with pytest.raises(ValueError, match="2021"):
        propose_days(day(start), day(end), BARCELONA, HOLIDAYS)


def test_that_a_virtual_stay_is_split_over_weeks_and_six_halves_are_three_days():
    meetings = ["2020-11-27", "2020-12-01", "2020-12-04", "2020-12-09", "2020-12-11", "2020-12-18"]
    log = [LoggedDay(one.on, one.kind) for one in propose_online(map(day, meetings))]

    assert (worked_days(log), half_days(log)) == (Decimal(3), 6)


def test_that_no_day_is_more_than_one_and_other_kinds_are_nothing():
    monday = day("2021-11-15")
    assert worked_days([LoggedDay(monday, FULL), LoggedDay(monday, HALF)]) == 1
    assert worked_days([LoggedDay(monday, HALF), LoggedDay(monday, HALF)]) == 1
    assert worked_days([LoggedDay(monday, kind) for kind in (TRAVEL, FREE, HOLIDAY, None)]) == 0


def test_that_the_log_decides_over_what_was_declared():
    log = [LoggedDay(day("2021-11-16"), FULL), LoggedDay(day("2021-11-17"), HALF)]
    assert counted_days(Decimal(3), log) == Decimal("1.5")
    assert counted_days(Decimal(3), []) == 3
    assert counted_days(None, []) is None


def test_that_a_gap_is_seen_but_no_long_weekend():
    friday, tuesday, later = day("2021-11-19"), day("2021-11-23"), day("2021-11-30")
    assert split_after([LoggedDay(friday, FULL), LoggedDay(tuesday, FULL)]) is None
    found = split_after([LoggedDay(d, FULL) for d in (later, friday, tuesday)])
    assert found == tuesday


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2021-11-16", 1, "2021-12-16"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2021-12-31", 2, "2022-02-28"),
        ("2021-08-31", 1, "2021-09-30"),
    ],
)
def test_that_a_month_ends_on_the_same_date(start, months, expected):
    assert months_after(day(start), months) == day(expected)


def test_that_a_stay_is_compared_with_the_month():
    start = day("2021-11-16")
    ends = ("2021-12-15", "2021-12-16", "2021-12-17")
    assert [span(start, day(end), 1) for end in ends] == [Span.WITHIN, Span.EXACTLY, Span.LONGER]


@pytest.mark.parametrize(
    ("count", "days", "expected"),
    [
        (DayCount.CALENDAR, 10, "2021-11-07"),
        (DayCount.WORKING, 1, "2021-10-29"),
        (DayCount.WORKING, 2, "2021-11-02"),  # over a weekend and All Saints
        (DayCount.WORKING, 10, "2021-11-12"),
        (DayCount.WORKING, 0, "2021-10-28"),
    ],
)
def test_that_a_time_to_pay_ends_by_either_count(count, days, expected):
    assert time_limit(day("2021-10-28"), days, count, BARCELONA, HOLIDAYS) == day(expected)
