"""What is calculated of the records: derived fields, each kept equal to what a function gives.

A derived field is declared on its record class and has its function here, in one row. The function
looks at the same case as the rules do: `domain/programme/rule_catalog.py` says which other records
the case follows from. Every step calculates anew what it concerns, in its own transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.programme.exchange_case import Booking, ExchangeCase
from smartct_desktop.domain.programme.life_cycle import derived_state
from smartct_desktop.domain.programme.payments import PaymentState, payability_of
from smartct_desktop.domain.programme.state_needs import LifeFacts
from smartct_desktop.domain.records.exchange import Exchange

_A_DAY = timedelta(1)

CaseT_contra = TypeVar("CaseT_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Calculation(Generic[CaseT_contra]):
    """Derived fields of one kind, and the pure function that gives their values of a case.

    `source` names where the rule comes from, "own reading" where no source says it.
    """

    kind: str
    fields: tuple[str, ...]
    source: str
    work: Callable[[CaseT_contra], tuple[Value, ...]]


def _due(case: ExchangeCase) -> tuple[Value, ...]:
    because = case.stay.because
    return case.stay.entitlement_cents, because


def _logged_days(case: ExchangeCase) -> tuple[Value, ...]:
    """Add up the day log: full days count 1, half days 1/2; blank without a log."""
    return (sum((day.worth for day in case.days), Decimal(0)) if case.days else None,)


def _paid(case: ExchangeCase) -> tuple[Value, ...]:
    return (paid_cents(case.exchange, case.payments),)


def paid_cents(exchange: Exchange, payments: Iterable[Booking]) -> int | None:
    """Say what was paid, less what came back, in cents.

    Where no payment is recorded it is the agreed amount of an exchange with a date of payment;
    None if nothing is known of any payment.
    """
    amounts = [-b.cents if b.back else b.cents for b in payments if b.cents is not None]
    if amounts:
        return sum(amounts)
    return exchange.amount_cents if exchange.paid_on else None


def _payable(case: ExchangeCase) -> tuple[Value, ...]:
    """Say whether the lump sum can be paid or why not, since when it can, and until when it is to.

    The days are blank while a condition is missing, and once it was paid.
    """
    found = payability_of(case)
    words = found.state.value
    if found.because:
        words = f"{words}: {', '.join(found.because)}"
    elif found.state is PaymentState.OVERDUE and found.until is not None:
        words = f"{words} since {found.until + _A_DAY}"
    return words, found.since, found.until


def _fact_status(case: ExchangeCase) -> tuple[Value, ...]:
    """Say to which state the facts lead, and why; see `life_cycle.derived_state`."""
    found = derived_state(LifeFacts(case.exchange, case.payments, case.rules, case.today))
    return found.state, str(found.because)


CALCULATIONS: tuple[Calculation[ExchangeCase], ...] = (
    Calculation("exchange", ("entitlement_cents", "entitlement_note"), "ABOUT", _due),
    Calculation("exchange", ("computed_days",), "ABOUT", _logged_days),
    Calculation("exchange", ("paid_cents",), "CLAM-F", _paid),
    Calculation("exchange", ("payment_note", "payable_on", "pay_by"), "CLAM-F", _payable),
    Calculation("exchange", ("fact_status", "fact_status_note"), "own reading", _fact_status),
)
"""All calculations: a row for each function."""


def calculations_of(kind: str) -> Sequence[Calculation[Any]]:
    """Give the calculations of one kind."""
    return tuple(one for one in CALCULATIONS if one.kind == kind)


def calculated(case: object, calculations: Iterable[Calculation[Any]]) -> dict[str, Value]:
    """Give the values of derived fields by name, those of one case."""
    values: dict[str, Value] = {}
    for one in calculations:
        values.update(zip(one.fields, one.work(case), strict=True))
    return values
