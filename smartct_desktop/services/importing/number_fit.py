"""Numbers as the fields of records hold them: whole, with places, or cents of money."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from smartct_desktop.domain.fields import Money, Number, Whole

NumberType: TypeAlias = Whole | Number | Money
NumberValue: TypeAlias = int | Decimal

_ALMOST = Decimal("1e-9")


def fit(value: Decimal, type_: NumberType) -> NumberValue | None:
    """Give the number as the type holds it (money in cents), None if it has too many places."""
    match type_:
        case Whole():
            return int(value) if value == value.to_integral_value() else None
        case Money():
            cents = value * 100
            return int(cents) if cents == cents.to_integral_value() else None
        case Number(places):
            return round(value, places) if value == round(value, places) else None


def of_float(value: float) -> Decimal:
    """Give the number that a spreadsheet shows for a float: 0.1 + 0.2 is 0.3."""
    exact = Decimal(repr(value))
    for places in (0, 1, 2, 5):
        short = round(exact, places)
        if abs(short - exact) < _ALMOST:
            return short
    return exact
