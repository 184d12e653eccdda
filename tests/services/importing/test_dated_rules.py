"""An import looks at each stay with the values of the rules on the day it starts."""

import datetime as dt

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.rule_value import RuleValue, ValueStatus
from tests.services.importing.books import book, day, exchange, exchanges

NEXT_YEAR = dt.date(2022, 1, 1)


def value(name, text, **other):
    return RuleValue(
        rule_set="G1",
        name=name,
        value=text,
        status=ValueStatus.CONFIRMED,
        source="letter",
        **other,
    )


def two_stays(days):
    """One stay before the values change and one after."""
    later = exchange("A-2", vo="Weserkran Bau AG", start=day("2022-03-07"), end=day("2022-03-11"))
    later[EXCHANGE_DAYS] = days
    return exchanges(exchange("A-1", days=days), later)


EXCHANGE_DAYS = 7


def test_that_the_preview_says_what_is_stored_afterwards(clusters, take):
    with clusters.edit("rules") as edit:
        edit.add(value("full_from_days", "4", valid_from=NEXT_YEAR))

    plan, _ = take(book(two_stays(4)))

    previewed = {
        record.values["ref"]: record.values["entitlement_cents"]
        for record in plan.records
        if record.kind == "exchange"
    }
    stored = {e.ref: e.entitlement_cents for e in clusters.read.all(Exchange)}
    assert stored == {"A-1": 41500, "A-2": 83000}
    assert previewed == stored


def test_that_a_row_is_judged_by_the_rules_of_its_day(clusters, plan):
    with clusters.edit("rules") as edit:
        edit.add(value("min_working_days", "2", valid_from=NEXT_YEAR))

    found = plan(book(two_stays(2)))

    short = [finding for finding in found.findings if finding.code == "DUR-02"]
    assert [finding.rows for finding in short] == [(2,)]
