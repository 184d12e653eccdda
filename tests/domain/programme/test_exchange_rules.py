"""What the rules say about one exchange, and where they say nothing."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from smartct_desktop.domain.programme.exchange_rules import findings
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.stay import GIVEN_UP, Stay
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode


@pytest.fixture(scope="module")
def rules():
    """The values that these rules need."""
    return SimpleNamespace(min_working_days=3, full_from_days=5, near_km=200)


def codes(rules, **about):
    return [finding.code for finding in findings(Stay(**about), rules)]


def test_that_nothing_is_said_about_what_is_not_known(rules):
    assert codes(rules) == []


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"vo_country": "DE", "ho_country": "DE"}, "ELG-03"),
        ({"working_days": Decimal(2)}, "DUR-02"),
        ({"amount_cents": 78000, "cap_cents": 78000, "working_days": Decimal(3)}, "AMT-03"),
        ({"amount_cents": 78000, "cap_cents": 78000, "distance_km": Decimal(199)}, "AMT-04"),
        ({"amount_cents": 78000, "entitlement_cents": 39000}, "AMT-02"),
        ({"mode": Mode.VIRTUAL, "amount_cents": 100}, "DUR-10"),
        ({"money_sent": True, "evidence": False}, "PAY-02"),
        ({"agreement": False}, "DOC-02"),
        ({"vo_report": False}, "DOC-06"),
    ],
)
def test_that_what_is_wrong_is_said(rules, about, code):
    assert codes(rules, **about) == [code]


@pytest.mark.parametrize(
    "about",
    [
        {"vo_country": "DE", "ho_country": "ES"},
        {"working_days": Decimal(3)},
        {"working_days": Decimal(1), "mode": Mode.VIRTUAL},
        {"amount_cents": 78000, "cap_cents": 78000, "working_days": Decimal(5)},
        {"amount_cents": 78000, "cap_cents": 78000, "distance_km": Decimal(200)},
        {"amount_cents": 39000, "entitlement_cents": 39000},
        {"agreement": False, "mode": Mode.VIRTUAL},
        {"money_sent": True, "evidence": True, "vo_report": True, "agreement": True},
    ],
)
def test_that_what_is_right_is_not_mentioned(rules, about):
    assert codes(rules, **about) == []


def test_that_money_goes_after_papers(rules):
    paid = {"status": ExchangeStatus.PAID, "amount_cents": 78000}

    assert codes(rules, **paid, vo_report=False) == ["PAY-01", "DOC-06"]
    assert codes(rules, **paid, agreement=False) == ["PAY-03", "DOC-02"]
    assert codes(rules, **paid) == []


@pytest.mark.parametrize("money_sent", [True, False])
def test_that_a_missing_report_weighs_more_after_the_payment(rules, money_sent):
    found = findings(Stay(vo_report=False, money_sent=money_sent), rules)

    severity = next(finding.severity for finding in found if finding.code == "DOC-06")
    assert severity is (Severity.ERROR if money_sent else Severity.WARNING)


@pytest.mark.parametrize("status", sorted(GIVEN_UP, key=str))
def test_that_nothing_is_expected_of_what_was_given_up(rules, status):
    assert codes(rules, status=status, vo_country="DE", ho_country="DE", agreement=False) == []
