"""Definitions quote the values of the document's own rule book, for the days they are about."""

import datetime as dt

import pytest

from smartct_desktop.domain.records.rule_value import RuleValue, ValueStatus
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.rule_books import RulesInForce, rule_book
from smartct_desktop.services.rules_told import told
from tests.services.steps import add

SUMMER = dt.date(2021, 6, 1)


@pytest.fixture
def days(sample, facts):
    """Quote from how many days on a stay gets the full lump sum, between two days."""
    value = {"rule_set": "G1", "name": "full_from_days", "source": "Grant agreement"}
    status = ValueStatus.CONFIRMED
    add(sample, RuleValue(**value, value="4", status=status, valid_from=SUMMER))
    in_force = RulesInForce(facts, own_partnership(sample.read), rule_book(sample.read, facts))
    return lambda *between: told(in_force, lambda rules: rules.full_from_days, *between)


def test_that_a_value_which_changes_is_quoted_with_its_day(days):
    assert days() == "5, from 2021-06-01 on 4"


def test_that_only_the_values_of_the_days_concerned_are_quoted(days):
    assert days(None, dt.date(2021, 5, 31)) == "5"
    assert days(SUMMER, None) == "4"
    assert days(dt.date(2021, 1, 1), dt.date(2021, 12, 31)) == "5, from 2021-06-01 on 4"
