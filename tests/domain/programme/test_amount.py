"""The lump sum of an exchange."""

from decimal import Decimal

import pytest

from smartct_desktop.domain.programme.amount import DueFacts, entitlement
from smartct_desktop.domain.programme.amount import due as lump_sum
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.services.programme import ProgrammeFacts


@pytest.fixture(scope="session")
def facts():
    return ProgrammeFacts()


def due(cap, days, km, *, virtual=False, country="ES"):
    return entitlement(
        virtual=virtual,
        host_country=country,
        cap_cents=cap,
        working_days=None if days is None else Decimal(days),
        distance_km=None if km is None else Decimal(km),
        full_from_days=5,
        near_km=200,
    )


@pytest.mark.parametrize(
    ("case", "cap", "days", "km", "expected"),
    [
        ("Portugal, three days", 78000, 3, 1500, 39000),
        ("Portugal, five days", 78000, 5, 1500, 78000),
        ("Leipzig firm at Barcelona, three days", 83000, 3, 1353, 41500),
        ("Sofia firm at Torino, Monday to Friday", 90000, 5, 1278, 90000),
        ("Barcelona firm at Perpignan", 90000, 5, 157, 45000),
        ("Bilbao firm at Bayonne, short and near: halved once", 90000, 3, 121, 45000),
        ("Leipzig firm at Prague, just over 200 km", 61000, 5, 202, 61000),
        ("Leipzig firm at Plzen", 61000, 5, 192, 30500),
        ("exactly 200 km is not near", 61000, 5, 200, 61000),
        ("four and a half days are short", 61000, "4.5", 500, 30500),
        ("an unknown distance halves nothing", 61000, 5, None, 61000),
    ],
)
def test_that_the_worked_cases_come_out(case, cap, days, km, expected):
    assert due(cap, days, km).cents == expected, case


def test_that_a_virtual_exchange_carries_no_money():
    assert due(83000, 3, None, virtual=True).cents == 0


@pytest.mark.parametrize(
    ("days", "km", "because"),
    [
        (3, 1353, "830 € cap for Spain, halved once: 3 working days (under 5)"),
        (5, Decimal("155.0"), "830 € cap for Spain, halved once: 155 km (under 200)"),
        (3, 155, "830 € cap for Spain, halved once: 3 working days (under 5), 155 km (under 200)"),
        (5, 1353, "830 € cap for Spain, in full: 5 working days, 1353 km"),
        ("5.5", None, "830 € cap for Spain, in full: 5.5 working days, distance not known"),
    ],
)
def test_that_the_amount_explains_itself(days, km, because):
    assert due(83000, days, km, country="Spain").because == because


@pytest.mark.parametrize(
    ("status", "mode", "days", "expected"),
    [
        (ExchangeStatus.CANC, Mode.PHYSICAL, 5, (0, "nothing: Cancelled")),
        (ExchangeStatus.NVAL, None, 5, (0, "nothing: Not validated")),
        (None, Mode.PHYSICAL, 2, (None, "2 working days: fewer than 3, not eligible")),
        (None, Mode.VIRTUAL, 2, (0, "virtual: no lump sum")),
        (ExchangeStatus.INT, None, 2, (0, "nothing: interrupted after 2 working days")),
        (
            *(ExchangeStatus.INT, None, 3),
            (
                41500,
                "830 € cap for Spain, halved once: 3 working days (under 5)",
            ),
        ),
    ],
)
def test_that_what_became_of_an_exchange_decides_first(facts, status, mode, days, expected):
    told = DueFacts(status, mode, "Spain", 83000, Decimal(days), None)
    found = lump_sum(told, facts.rule_set("G1"))

    assert (found.cents, found.because) == expected


@pytest.mark.parametrize(
    ("country", "cap", "days"), [(None, 83000, 5), ("US", None, 5), ("ES", 83000, None)]
)
def test_that_missing_facts_leave_it_open_and_are_named(country, cap, days):
    result = due(cap, days, 500, country=country)
    assert result.cents is None
    assert result.because
