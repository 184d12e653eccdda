"""The KPI report says what the figures say, with every record behind them."""

import datetime as dt

import pytest

from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.services.figures import figures
from smartct_desktop.services.overview import overview
from smartct_desktop.services.reports.period import Period

TODAY = dt.date(2022, 7, 1)


@pytest.mark.usefixtures("stays")
def test_that_the_summary_is_what_the_figures_say(sample, rows):
    told = {row["Indicator"]: row for row in rows("kpi", "Summary", "Indicator")}
    counted = figures(sample.read, TODAY)
    assert [row["Achieved"] for row in told.values()] == [f.value for f in counted]
    assert [row["Target"] for row in told.values()] == [f.target for f in counted]
    assert [row["Expected"] for row in told.values()] == [f.pipeline for f in counted]
    exchanges = told["Exchanges"]
    assert (exchanges["Achieved"], exchanges["Lacking"], exchanges["% of target"]) == (2, 48, 4)


@pytest.mark.usefixtures("stays")
def test_that_each_exchange_stands_in_the_report_once_with_its_reason(sample, rows):
    told = {row["No."]: row for row in rows("kpi", "Exchanges", "No.")}
    assert len(told) == sample.read.total("exchange")
    standing = {number: row["Standing"] for number, row in told.items()}
    assert standing == {
        "S-1": "counted",
        "S-2": "counted",
        "S-3": "expected",
        "S-4": "not counted",
    }
    assert told["S-4"]["Because"] == "its status is Cancelled"


@pytest.mark.usefixtures("stays")
def test_that_partners_months_and_countries_add_up_to_the_figure(rows):
    *partners, total = rows("kpi", "Partners", "Partner")
    *months, sum_of_months = rows("kpi", "Months", "Month")
    *_, all_ways = rows("kpi", "Countries", "From / to")
    assert sum(row["Counted"] for row in partners) == total["Counted"] == 2
    assert sum(row["Counted"] for row in months) == sum_of_months["Counted"] == 2
    assert months[-1]["So far"] == 2
    assert all_ways["All"] == 3  # all but the one called off


@pytest.mark.usefixtures("stays")
def test_that_a_period_tells_what_was_reached_in_it_and_until_its_end(sample, rows):
    period = Period(dt.date(2022, 6, 1), dt.date(2022, 12, 31))
    (exchanges, *_) = rows("kpi", "Summary", "Indicator", period=period)
    assert (exchanges["Achieved"], exchanges["In the period"]) == (2, 1)
    past = Period(dt.date(2022, 1, 1), dt.date(2022, 4, 30))
    (exchanges, *_) = rows("kpi", "Summary", "Indicator", period=past)
    assert (exchanges["Achieved"], exchanges["In the period"]) == (1, 1)
    told = {row["No."]: row for row in rows("kpi", "Exchanges", "No.", period=past)}
    assert told["S-2"]["Because"] == "it ended on 2022-06-17, after the period"
    assert (told["S-1"]["In the period"], told["S-2"]["In the period"]) == ("yes", "no")
    assert sample.read.total("exchange") == len(told)


def test_that_a_report_of_a_partner_is_about_its_members_only(sample, stays, rows):
    for partner, number in ((stays["neu"], 2), (stays["mlc"], 0)):
        (exchanges, *_) = rows("kpi", "Summary", "Indicator", partner=partner)
        counted = figures(sample.read, TODAY, Scope(partner=partner))[0]
        assert exchanges["Achieved"] == counted.value == number


@pytest.mark.usefixtures("stays")
def test_that_money_is_what_the_overview_says(sample, facts, rows):
    money = overview(sample.read, facts, TODAY).money
    told = {row["Lump sums"]: row for row in rows("kpi", "Money", "Lump sums")}
    assert told["Paid"]["EUR"] * 100 == money.paid.value == 83000
    assert told["Due now"]["EUR"] * 100 == money.due.value == 83000
    assert told["Promised"]["EUR"] * 100 == money.promised.value == 83000


def test_that_a_document_without_exchanges_has_a_report_too(sample, rows):
    assert not list(sample.read.all(Exchange))
    (exchanges, *_) = rows("kpi", "Summary", "Indicator")
    assert (exchanges["Achieved"], exchanges["% of target"]) == (0, 0)
