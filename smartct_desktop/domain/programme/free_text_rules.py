"""What does not belong into free texts (GDP)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import attrgetter

from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.payments import masked_iban
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.sentence import Sentence

_TEXTS = (
    *("goals", "expected_outcomes", "amount_note", "status_reason", "counted_reason"),
    *("outcome", "follow_up", "remark"),
)
_texts: Callable[[Exchange], tuple[str | None, ...]] = attrgetter(*_TEXTS)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,4})?\b")
_PHONE = re.compile(r"(?<![\d.])(?:\+|00)\d{1,3}[ /-]?(?:\d[ /-]?){6,12}\d(?!\d)")
_ANY_SIGN = re.compile(r"[@\d]")
"""What a text has that may fit one of these; most have none of it."""

_SIGNS = (
    (_EMAIL, Sentence("an e-mail address")),
    (_IBAN, Sentence("an account number")),
    (_PHONE, Sentence("a phone number")),
)


_PAYMENT = Sentence("A payment")


def without_account_numbers(text: str) -> str:
    """Mask the account numbers within a text, as the field of account numbers has them."""
    return _IBAN.sub(lambda found: masked_iban(found[0]), text)


def blot_out(text: str, sign: str) -> str:
    """Put `sign` in the place of the addresses, account and phone numbers within a text."""
    for pattern, _ in _SIGNS:
        text = pattern.sub(sign, text)
    return text


def _without_contacts(case: ExchangeCase) -> Iterator[Said]:
    texts = _texts(case.exchange)
    suspicious = [text for text in texts if text and _ANY_SIGN.search(text)]
    if not suspicious and not case.payments:
        return
    for name, text in zip(_TEXTS, texts, strict=True):
        if text is None or text not in suspicious:
            continue
        for sign, what in _SIGNS:
            if sign.search(text):
                label = case.exchange.schema.by_name[name].label
                yield Said(name, {"what": what, "field": label})
                return
    for text in (text for booking in case.payments for text in booking.texts):
        for sign, what in _SIGNS:
            if sign.search(text):
                yield Said("", {"what": what, "field": _PAYMENT})
                return


RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "GDP-06",
        Severity.WARNING,
        "exchange",
        "Personal data in free text",
        "“{field}” seems to contain {what}.",
        "Move it to the person or the payment, where it can be found and deleted.",
        "own reading",
        _without_contacts,
    ),
)
"""The rules on free texts."""
