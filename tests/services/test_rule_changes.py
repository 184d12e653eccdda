"""Changing a value of the rules: what it would do is said first, then it is one step."""

import datetime as dt
from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.rule_value import RuleValue, ValueStatus
from smartct_desktop.services.rule_books import rule_book
from smartct_desktop.services.rule_changes import Wish, commit_values, plan_values
from tests.services.steps import add, get

TODAY = dt.date(2022, 7, 1)
JANUARY = dt.date(2022, 1, 1)


def value(name, text, rule_set="G1", **values):
    return RuleValue(
        rule_set=rule_set, name=name, value=text, source="Grant agreement, annex 3", **values
    )


def stay(firms, number, start, **values):
    visitor, host = firms
    usual = {
        "vo": visitor.id,
        "ho": host.id,
        "mode": Mode.PHYSICAL,
        "status": ExchangeStatus.REG,
        "start": start,
        "end": start + dt.timedelta(2),
        "ho_country": "ES",
        "working_days": Decimal(3),
        "distance_km": Decimal(1500),
    }
    return Exchange(number=number, **{**usual, **values})


@pytest.fixture
def firms(own):
    visitor = Organisation(name="Mobitest", type=OrganisationType.CLUSTER, country="BG")
    host = Organisation(name="Clúster", type=OrganisationType.CLUSTER, country="ES")
    add(own, visitor, host)
    return visitor, host


@pytest.fixture
def two(own, firms):
    """A stay in 2021 and one in 2022."""
    early = stay(firms, "1", dt.date(2021, 11, 16))
    late = stay(firms, "2", dt.date(2022, 3, 1))
    add(own, early, late)
    return early, late


def plan(own, facts, *values, remove=()):
    return plan_values(own.read, facts, TODAY, Wish(values, tuple(remove)))


def due(own, record):
    return get(own, record).entitlement_cents


def test_that_a_plan_says_which_exchanges_get_another_sum_and_writes_nothing(own, facts, two):
    early, late = two
    found = plan(own, facts, value("cap.ES", "900", valid_from=JANUARY))

    (difference,) = found.of("exchange")
    assert difference.id == late.id
    assert difference.values["entitlement_cents"] == (41500, 45000)
    assert (found.due_before, found.due_after) == (83000, 86500)
    assert (due(own, early), due(own, late)) == (41500, 41500)
    assert list(own.read.all(RuleValue)) == []


def test_that_a_committed_plan_is_one_step_and_all_follows_it_back_and_forth(own, facts, two):
    early, late = two
    commit_values(own, plan(own, facts, value("cap.ES", "900", valid_from=JANUARY)), "lump sum")
    assert (due(own, early), due(own, late)) == (41500, 45000)

    own.undo()
    assert (due(own, early), due(own, late)) == (41500, 41500)
    own.redo()
    assert due(own, late) == 45000
    assert own.read.next_undo().label == "lump sum"


def test_that_a_plan_tells_findings_that_come_and_go(own, facts, firms):
    (one,) = (stay(firms, "1", dt.date(2022, 3, 1), working_days=Decimal(4)),)
    add(own, one)
    found = plan(own, facts, value("min_working_days", "5"))

    (difference,) = found.of("exchange")
    assert [finding.code for finding in difference.new] == ["DUR-02"]
    commit_values(own, found, "longer stays")
    said = own.read.findings("exchange", [one.id])[one.id]
    assert "DUR-02" in [finding.code for finding in said]
    (kept,) = own.read.all(RuleValue)
    back = plan(own, facts, remove=[kept.id])
    assert [finding.code for finding in back.of("exchange")[0].gone] == ["DUR-02"]


def test_that_changing_a_stored_value_compares_with_what_it_was(own, facts, two):
    early, _ = two
    first = value("cap.ES", "900")
    commit_values(own, plan(own, facts, first), "first")
    found = plan(own, facts, first.replace(value="1000"))

    assert [one.values["entitlement_cents"] for one in found.of("exchange")] == [
        (45000, 50000),
        (45000, 50000),
    ]
    commit_values(own, found, "second")
    assert due(own, early) == 50000
    assert rule_book(own.read, facts).value("G1", "cap.ES").text == "1000"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (value("cap.ES", "900", rule_set="G7"), "rule_set"),
        (value("cap.ES", "a lot"), "value"),
        (value("cap.ES", "0"), "value"),
        (value("cup.ES", "900"), "name"),
        (value("max_months", "1", valid_from=JANUARY, valid_to=dt.date(2021, 1, 1)), "valid_to"),
    ],
)
def test_that_a_value_that_cannot_be_is_refused(own, facts, wrong, field):
    with pytest.raises(Invalid) as refused:
        plan(own, facts, wrong)
    assert refused.value.field == field


def test_that_two_values_that_begin_on_one_day_are_refused(own, facts):
    commit_values(own, plan(own, facts, value("cap.ES", "900", valid_from=JANUARY)), "first")
    with pytest.raises(Invalid, match="two values"):
        plan(own, facts, value("cap.ES", "950", valid_from=JANUARY))


def test_that_a_confirmed_value_silences_the_doubt_about_it(own, facts, firms):
    one = stay(firms, "1", dt.date(2022, 9, 1), amount_cents=41500)
    add(own, one)
    assert "AMT-13" in [f.code for f in own.read.findings("exchange", [one.id])[one.id]]

    confirmed = value("cap.ES", "830", status=ValueStatus.CONFIRMED)
    commit_values(own, plan(own, facts, confirmed), "confirmation")
    assert "AMT-13" not in [f.code for f in own.read.findings("exchange", [one.id])[one.id]]
