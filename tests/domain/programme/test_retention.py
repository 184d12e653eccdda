"""How long records are kept."""

import datetime as dt

import pytest

from smartct_desktop.domain.programme.retention import retention
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.programme import ProgrammeFacts

RULES = ProgrammeFacts().rule_sets["G1"]


def day(text):
    return dt.date.fromisoformat(text)


def own(**values):
    return Partnership(acronym="SmartCT", own=True, **values)


@pytest.mark.parametrize(
    ("paid_on", "grant_cents", "until"),
    [
        ("2023-06-30", 36_000_000, "2028-06-30"),
        ("2023-06-30", 6_000_000, "2026-06-30"),
        ("2023-06-30", 6_000_001, "2028-06-30"),
        ("2023-06-30", None, "2028-06-30"),
        ("2024-02-29", 36_000_000, "2029-02-28"),
    ],
)
def test_that_records_are_kept_five_years_from_the_balance_and_three_for_small_grants(
    paid_on, grant_cents, until
):
    kept = retention(own(balance_paid_on=day(paid_on), grant_cents=grant_cents), RULES)
    assert kept.until == day(until)
    assert not kept.over(day(until))
    assert kept.over(day(until) + dt.timedelta(1))


def test_that_nothing_is_due_before_the_balance_is_paid():
    kept = retention(own(), RULES)
    assert kept.until is None
    assert not kept.over(day("2050-01-01"))
    assert "has not been paid" in kept.because


def test_that_nothing_is_due_while_it_is_held():
    held = own(balance_paid_on=day("2020-01-01"), hold=True, hold_reason="OLAF investigation")
    kept = retention(held, RULES)
    assert not kept.over(day("2050-01-01"))
    assert kept.because == "on hold: OLAF investigation"
