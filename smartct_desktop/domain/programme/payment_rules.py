"""When money went, to whom and from whom (PAY)."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.payments import PaymentState, payability_of
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.organisation import Organisation


def _in_time(case: ExchangeCase) -> Iterator[Said]:
    if not case.stay.physical:
        return  # no money is due
    found = payability_of(case)
    if found.state is PaymentState.OVERDUE and found.until is not None:
        yield Said("paid_on", {"until": found.until})


def _to_the_visitor(case: ExchangeCase) -> Iterator[Said]:
    visitor = case.visitor
    if visitor is None or not case.payments:
        return
    names = _names(visitor)
    for booking in case.payments:
        if booking.back:
            continue
        text = fold(booking.payee_text or "")
        another = booking.payee is not None and booking.payee != visitor.id
        unlike = booking.payee is None and text and not any(_same(text, name) for name in names)
        if another or unlike:
            yield Said("vo", {"name": visitor.name})
            return


def _names(of: Organisation) -> set[str]:
    told = (of.name, of.name_latin, of.legal_name, *(of.aliases or "").splitlines())
    return {fold(name) for name in told if name} - {""}


def _same(text: str, name: str) -> bool:
    """Whether a bank's text stands for a name: it often cuts names, or adds the legal form."""
    return text.startswith(name) or name.startswith(text)


def _from_its_partnership(case: ExchangeCase) -> Iterator[Said]:
    vop = case.exchange.vop
    for booking in case.payments:
        if vop and booking.payer and booking.payer != vop and not booking.back:
            yield Said("vop")
            return


RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "PAY-05",
        Severity.WARNING,
        "exchange",
        "Payment overdue",
        "All conditions are met; the lump sum was to be paid by {until}.",
        "Pay it and record the payment.",
        "CLAM-F",
        _in_time,
        premises=frozenset({Premise.TRAVEL}),
    ),
    Rule(
        "PAY-07",
        Severity.WARNING,
        "exchange",
        "Paid to somebody else",
        "The payee is not {name}, the visiting organisation.",
        "Correct the payee, or add the name of the account to the organisation's other names.",
        "own reading",
        _to_the_visitor,
        premises=frozenset({Premise.PAYMENTS}),
    ),
    Rule(
        "PAY-08",
        Severity.WARNING,
        "exchange",
        "Paid by another partnership",
        "The cluster that paid does not belong to the visitor's partnership.",
        "Correct the payer or the visitor's partnership; the latter pays.",
        "CLAM-F",
        _from_its_partnership,
        premises=frozenset({Premise.PAYMENTS}),
    ),
)
"""The rules on payments."""
