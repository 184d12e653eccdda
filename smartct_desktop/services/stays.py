"""The stay of a stored exchange as the rules look at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from smartct_desktop.domain.programme.amount import DueFacts, Entitlement, due
from smartct_desktop.domain.programme.calculations import paid_cents
from smartct_desktop.domain.programme.exchange_case import (
    ENDED_ON,
    READY_ON,
    VALIDATED_ON,
    Booking,
    Caps,
)
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.stay import Stay
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation

_PAID = frozenset({ExchangeStatus.PAID, ExchangeStatus.CLOSED})


LumpSum = Callable[[Exchange, str | None, int | None], Entitlement]
"""Gives what is due for an exchange, by the country of the stay and its full lump sum in cents."""


def lump_sums(rules: RuleSet, country_name: Callable[[str], str]) -> LumpSum:
    """Give what works out lump sums under a rule set; stays that are alike, once."""
    known: dict[tuple[object, ...], Entitlement] = {}

    def worked_out(exchange: Exchange, country: str | None, cap: int | None) -> Entitlement:
        days, km = exchange.working_days, exchange.distance_km
        alike = (exchange.status, exchange.mode, country, cap, days, km)
        found = known.get(alike)
        if found is None:
            name = country_name(country) if country else None
            facts = DueFacts(exchange.status, exchange.mode, name, cap, days, km)
            found = known[alike] = due(facts, rules)
        return found

    return worked_out


def stay_of(
    exchange: Exchange,
    parties: tuple[Organisation | None, Organisation | None],
    payments: Sequence[Booking],
    rates: Caps,
    due: LumpSum,
) -> Stay:
    """Gather the facts of a stay; `parties` are visitor and host, `due` is made by `lump_sums`.

    A paper that has to be there in the state of the exchange is missing if nothing is known of it;
    before that state it is not asked for.
    """
    visitor, host = parties
    country = exchange.ho_country or (host.country if host else None)
    cap = rates.cap(country, exchange.start)
    lump_sum = due(exchange, country, cap)
    sent = exchange.paid_on is not None or _sent(payments)
    paid = sent or (exchange.status in _PAID and bool(exchange.amount_cents))
    ended = paid or exchange.status in ENDED_ON
    report = exchange.vo_report or (
        exchange.vo_report_on is not None or exchange.vo_report_validated_on is not None
    )
    signed = exchange.agreement_vo_on is not None and exchange.agreement_vop_on is not None
    agreed = exchange.agreement or signed or exchange.agreement_on is not None
    proof = exchange.evidence or exchange.evidence_on is not None or bool(exchange.evidence_kinds)
    early = exchange.status is not None and not ended
    return Stay(
        vo_country=(visitor.base_country or visitor.country) if visitor else None,
        ho_country=country,
        mode=exchange.mode,
        status=exchange.status,
        working_days=exchange.working_days,
        distance_km=exchange.distance_km,
        amount_cents=exchange.amount_cents,
        entitlement_cents=lump_sum.cents,
        because=lump_sum.because,
        cap_cents=cap,
        paid_cents=paid_cents(exchange, payments),
        money_sent=sent,
        agreement=_there(
            agreed,
            told=exchange.agreement,
            needed=paid or exchange.status in READY_ON,
            early=exchange.status is not None,
        ),
        vo_report=_there(
            report,
            told=exchange.vo_report,
            needed=ended,
            early=early,
        ),
        evidence=_there(proof, told=exchange.evidence, needed=paid, early=early),
        report_validated=_validated(exchange) if paid else None,
    )


def _sent(payments: Sequence[Booking]) -> bool:
    """Whether money has gone out that did not come back."""
    return len(payments) > 2 * sum(booking.back for booking in payments)


def _there(there: object, *, told: bool | None, needed: bool, early: bool) -> bool | None:
    """Whether a paper is there; None where it does not matter or nothing can be said."""
    if there:
        return True
    if needed:
        return False
    return None if early else told


def _validated(exchange: Exchange) -> bool | None:
    """Whether the visitor's report was validated; None if the exchange has no status."""
    if exchange.vo_report_validated_on is not None or exchange.status in VALIDATED_ON:
        return True
    return None if exchange.status is None else False
