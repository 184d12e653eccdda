"""Whether the lump sum of an exchange can be paid, until when, and what became of the money.

Source: CLAM-F. It is paid once, after the stay, within the time of the rule set, on condition that
the visitor's report is there, that the partnership validated it, and that there is evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from smartct_desktop.domain.programme.awaited import Awaited
from smartct_desktop.domain.programme.exchange_case import (
    VALIDATED_ON,
    Booking,
    ExchangeCase,
)
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.lookups import Holidays
from smartct_desktop.domain.programme.papers import is_agreed, is_proved, is_reported
from smartct_desktop.domain.programme.stay import GIVEN_UP
from smartct_desktop.domain.programme.working_days import Locality, time_limit
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.domain.sentence import Sentence

_NO_HOLIDAYS = Holidays(())


class PaymentState(Enum):
    """What is to be done about the lump sum."""

    NOTHING = "nothing to pay"
    NOT_YET = "not yet"
    PAYABLE = "payable"
    OVERDUE = "overdue"
    PAID = "paid"
    TO_RECOVER = "to recover"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Money:
    """What moved for an exchange, in cents: paid to the visitor, reversed, and recovered."""

    paid: int = 0
    reversed: int = 0
    recovered: int = 0
    payments: int = 0
    unknown: int = 0

    @property
    def net(self) -> int:
        """What the visitor has."""
        return self.paid - self.reversed - self.recovered


_NOTHING = Money()


def money(bookings: Iterable[Booking]) -> Money:
    """Add up bookings; `unknown` counts those without an amount."""
    bookings = tuple(bookings)
    if not bookings:
        return _NOTHING
    sums = {PaymentKind.PAYMENT: 0, PaymentKind.REVERSAL: 0, PaymentKind.RECOVERY: 0}
    payments = unknown = 0
    for booking in bookings:
        kind = booking.kind or PaymentKind.PAYMENT
        sums[kind] += booking.cents or 0
        unknown += booking.cents is None
        payments += 1 if kind is PaymentKind.PAYMENT else 0
        payments -= 1 if kind is PaymentKind.REVERSAL else 0
    return Money(
        sums[PaymentKind.PAYMENT],
        sums[PaymentKind.REVERSAL],
        sums[PaymentKind.RECOVERY],
        payments,
        unknown,
    )


@dataclass(frozen=True, slots=True)
class Payability:
    """The state of the payment and why, in one line each.

    `since` is the day from which it could be paid, `until` the last day of the time to pay.
    """

    state: PaymentState
    because: tuple[Sentence, ...] = ()
    since: date | None = None
    until: date | None = None


def payability(  # noqa: PLR0913 (the facts the rule needs)
    exchange: Awaited,
    due_cents: int | None,
    bookings: Sequence[Booking],
    rules: RuleSet,
    today: date,
    *,
    payer_at: Locality | None = None,
    holidays: Holidays = _NO_HOLIDAYS,
    until: date | None = None,
) -> Payability:
    """Say what is to be done about the lump sum of an exchange.

    `due_cents` is what is due, `payer_at` where the payer is, for a time in working days; `until`
    is the last day of that time where it is known already. While an exchange is to be recovered,
    money is owed until some came back and the visitor has no more than is due; of one that was
    given up, all of it.
    """
    moved = money(bookings)
    given_up = _given_up(exchange.status)
    if exchange.status is ExchangeStatus.RECOV and _owed(moved, due_cents or 0):
        return Payability(PaymentState.TO_RECOVER, (_TO_RETURN,))
    if given_up and moved.net > 0:
        return Payability(PaymentState.TO_RECOVER, given_up)
    if moved.recovered:
        return Payability(PaymentState.RECOVERED)
    if moved.payments > 0 or (not bookings and exchange.paid_on is not None):
        often = (Sentence("{n} payments", n=moved.payments),) if moved.payments > 1 else ()
        return Payability(PaymentState.PAID, often)
    if given_up:
        return Payability(PaymentState.NOTHING, given_up)
    if exchange.mode is Mode.VIRTUAL:
        return Payability(PaymentState.NOTHING, (_VIRTUAL,))
    if due_cents == 0:
        return Payability(PaymentState.NOTHING, (_NOTHING_DUE,))
    missing = _missing(exchange, due_cents, today)
    if missing:
        return Payability(PaymentState.NOT_YET, missing)
    since = payable_since(exchange)
    if since is None:
        return Payability(PaymentState.PAYABLE)
    if until is None:
        where = payer_at or Locality("")
        until = time_limit(since, rules.payment_days, rules.payment_days_kind, where, holidays)
    state = PaymentState.OVERDUE if today > until else PaymentState.PAYABLE
    return Payability(state, (), since, until)


def payability_of(case: ExchangeCase) -> Payability:
    """Say it of a stored exchange; whoever asks again gets the same answer."""
    found = case.payability
    if found is None:
        found = case.payability = payability(
            case.exchange,
            case.stay.entitlement_cents,
            case.payments,
            case.rules,
            case.today,
            payer_at=case.payer_at,
            holidays=case.holidays,
        )
    return found


def _owed(moved: Money, due_cents: int) -> bool:
    return moved.net > (due_cents if moved.recovered else 0)


def _given_up(status: ExchangeStatus | None) -> tuple[Sentence, ...]:
    if status is None or status not in GIVEN_UP:
        return ()
    return (Sentence("the exchange is: {status}", status=status.label),)


def payable_since(exchange: Awaited) -> date | None:
    """Give the day on which the last condition was met; None while a condition has no day at all.

    The conditions are the end of the stay, the validation of the report, and evidence. Of what is
    there without a day, the other days decide.
    """
    days = (exchange.end, exchange.vo_report_validated_on, exchange.evidence_on)
    known = [day for day in days if day is not None]
    return max(known) if exchange.end is not None else None


_TO_RETURN = Sentence("money is to be returned by the visitor")
_VIRTUAL = Sentence("virtual: no lump sum")
_NOTHING_DUE = Sentence("nothing is due")
_NO_END = Sentence("the end of the stay is not known")
_NOT_OVER = Sentence("the stay is not over")
_NO_AMOUNT = Sentence("the amount is not known")
_NO_AGREEMENT = Sentence("the agreement is not signed by both")
_NO_REPORT = Sentence("the visitor's report is missing")
_NOT_VALIDATED = Sentence("the visitor's report is not validated")
_NO_EVIDENCE = Sentence("evidence of the stay is missing")


def _missing(exchange: Awaited, due_cents: int | None, today: date) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    if exchange.end is None:
        found.append(_NO_END)
    elif exchange.end > today:
        found.append(_NOT_OVER)
    if not (exchange.amount_cents if exchange.amount_cents is not None else due_cents):
        found.append(_NO_AMOUNT)
    if not is_agreed(exchange):
        found.append(_NO_AGREEMENT)
    if exchange.vo_report_validated_on is None and exchange.status not in VALIDATED_ON:
        found.append(_NOT_VALIDATED if is_reported(exchange) else _NO_REPORT)
    if not is_proved(exchange):
        found.append(_NO_EVIDENCE)
    return tuple(found)


_SHORTEST = 8


def masked_iban(text: str) -> str:
    """Hide the middle of an account number: "ES91 **** 1332". Shorter texts are hidden whole."""
    plain = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    if len(plain) <= _SHORTEST:
        return "****"
    return f"{plain[:4]} **** {plain[-4:]}"
