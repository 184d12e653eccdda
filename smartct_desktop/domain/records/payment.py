"""Money that moved for an exchange."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from smartct_desktop.domain.fields import (
    Choice,
    Day,
    Id,
    LongText,
    Money,
    Options,
    Reference,
    Text,
    declared,
)
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence

_MOST_SEEN = 8
"""Signs of an account number that may be kept."""


class PaymentKind(Options):
    """Which way the money went."""

    PAYMENT = "payment", "Payment"
    REVERSAL = "reversal", "Reversal"
    RECOVERY = "recovery", "Recovery"


class Payment(Record, kind="payment", label="Payment", plural="Payments", caption="exchange date"):
    """One booking: the lump sum, its reversal, or its recovery."""

    exchange: Id | None = declared(
        "Exchange", Reference("exchange"), default=None, key=True, width=16, section="Payment"
    )
    date: dt.date | None = declared("Booked on", Day(), default=None, key=True)
    amount_cents: int | None = declared(
        "Amount", Money(), default=None, help="Always positive; the kind says which way it went."
    )
    payment_kind: PaymentKind | None = declared("Kind", Choice(PaymentKind), default=None)
    bank_ref: str | None = declared(
        "Bank reference", Text(), default=None, width=20, free_text=True
    )
    payer_cluster: Id | None = declared(
        "Paid by", Reference("organisation"), default=None, width=30
    )
    organisation: Id | None = declared("Payee", Reference("organisation"), default=None, width=30)
    payee_as_written: str | None = declared(
        "Payee as written", Text(), default=None, width=24, free_text=True
    )
    iban_masked: str | None = declared(
        "IBAN",
        Text(longest=40),
        default=None,
        personal=Personal.ACCOUNT,
        help="Masked: the country, the first check digits and the last four characters.",
    )
    concept: str | None = declared("Concept", Text(), default=None, width=24, free_text=True)
    remark: str | None = declared("Remark", LongText(), default=None, width=30, free_text=True)

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a whole account number: nobody needs it here, and it could be misused."""
        plain = re.sub(r"[^0-9A-Za-z*]", "", self.iban_masked or "").upper()
        if "*" not in plain and len(plain) > _MOST_SEEN:
            masked = f"{plain[:4]} **** {plain[-4:]}"
            yield (
                "iban_masked",
                Sentence("Only a masked account number is kept: write {masked}.", masked=masked),
            )
