"""What is calculated of exchanges."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.programme.calculations import (
    CALCULATIONS,
    calculated,
    calculations_of,
    paid_cents,
)
from smartct_desktop.domain.programme.exchange_case import Booking
from smartct_desktop.domain.programme.rule_catalog import KINDS
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.payment import PaymentKind


def test_that_each_derived_field_has_one_calculation_and_a_source():
    declared = [field.code for schema in SCHEMAS for field in schema.derived]
    worked_out = [f"{one.kind}.{name}" for one in CALCULATIONS for name in one.fields]

    assert sorted(worked_out) == sorted(declared)
    assert all(one.source for one in CALCULATIONS)
    assert {one.kind for one in CALCULATIONS} <= set(KINDS)


def test_that_what_is_derived_is_neither_required_nor_a_key():
    fields = [field for schema in SCHEMAS for field in schema.derived]
    assert fields
    assert not any(field.required or field.key or not field.calculated for field in fields)


def booking(cents, kind=None):
    return Booking(kind, dt.date(2022, 7, 1), cents)


@pytest.mark.parametrize(
    ("bookings", "exchange", "cents"),
    [
        ([], Exchange(), None),
        ([], Exchange(amount_cents=41500), None),
        ([], Exchange(amount_cents=41500, paid_on=dt.date(2022, 7, 1)), 41500),
        ([booking(None)], Exchange(amount_cents=41500, paid_on=dt.date(2022, 7, 1)), 41500),
        ([booking(40000)], Exchange(amount_cents=41500, paid_on=dt.date(2022, 7, 1)), 40000),
        (
            [booking(40000, PaymentKind.PAYMENT), booking(40000, PaymentKind.REVERSAL)],
            Exchange(),
            0,
        ),
        ([booking(40000), booking(10000, PaymentKind.RECOVERY)], Exchange(), 30000),
    ],
)
def test_that_what_was_paid_is_less_what_came_back(bookings, exchange, cents):
    assert paid_cents(exchange, bookings) == cents


def test_that_a_case_gives_all_derived_fields_of_its_kind():
    kinds = {"exchange": ("due", "other")}
    one = SimpleNamespace(fields=kinds["exchange"], work=lambda case: (case, Decimal(2)))

    assert calculated(1, [one]) == {"due": 1, "other": Decimal(2)}
    assert calculations_of("person") == ()
