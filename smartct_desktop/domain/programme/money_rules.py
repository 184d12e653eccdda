"""What is agreed and what is paid (AMT, PAY)."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.programme.amount import euro
from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.programme.stay import GIVEN_UP, StayCase
from smartct_desktop.domain.records.payment import PaymentKind


def _rate_known(case: ExchangeCase) -> Iterator[Said]:
    stay = case.stay
    if stay.physical and stay.ho_country and case.exchange.start and stay.cap_cents is None:
        yield Said("ho_country", {"country": stay.ho_country})


def _not_too_much(case: StayCase) -> Iterator[Said]:
    stay = case.stay
    due = stay.entitlement_cents
    promised = stay.physical and stay.status not in GIVEN_UP
    agreed = stay.amount_cents if promised else None
    for field, cents in (("amount_cents", agreed), ("paid_cents", stay.paid_cents)):
        if cents is not None and due is not None and cents > due:
            yield Said(field, {"agreed": euro(cents), "due": euro(due)})
            return


def _is_short(case: StayCase) -> bool:
    days = case.stay.working_days
    return days is not None and days < case.rules.full_from_days


def _is_full(case: StayCase) -> bool:
    return bool(case.stay.cap_cents) and case.stay.amount_cents == case.stay.cap_cents


def _full_for_long(case: StayCase) -> Iterator[Said]:
    if _is_full(case) and _is_short(case):
        yield Said("amount_cents", {"days": case.rules.full_from_days})


def _full_for_far(case: StayCase) -> Iterator[Said]:
    km = case.stay.distance_km
    near = km is not None and km < case.rules.near_km
    if _is_full(case) and near and not _is_short(case):
        yield Said("amount_cents", {"km": case.rules.near_km})


def _halved_once(case: ExchangeCase) -> Iterator[Said]:
    cap, agreed = case.stay.cap_cents, case.stay.amount_cents
    if case.stay.physical and cap and agreed is not None and abs(agreed * 4 - cap) < 4:
        yield Said("amount_cents", {"cap": euro(cap)})


def _all_that_is_due(case: ExchangeCase) -> Iterator[Said]:
    agreed, due = case.stay.amount_cents, case.stay.entitlement_cents
    if agreed is not None and due is not None and case.stay.physical and agreed < due:
        yield Said("amount_cents", {"agreed": euro(agreed), "due": euro(due)})


def _for_one(case: ExchangeCase) -> Iterator[Said]:
    agreed, due = case.stay.amount_cents, case.stay.entitlement_cents
    if agreed and due and case.stay.physical and agreed > due and agreed % due == 0:
        yield Said("amount_cents", {"times": agreed // due, "due": euro(due)})


def _below_ceiling(case: ExchangeCase) -> Iterator[Said]:
    agreed, ceiling = case.stay.amount_cents, case.rules.ceiling_cents
    if agreed is not None and agreed > ceiling:
        yield Said("amount_cents", {"agreed": euro(agreed), "ceiling": euro(ceiling)})


def _report_first(case: StayCase) -> Iterator[Said]:
    stay = case.stay
    if stay.paid and (stay.vo_report is False or stay.report_validated is False):
        yield Said("vo_report")


def _evidence_first(case: StayCase) -> Iterator[Said]:
    if case.stay.paid and case.stay.evidence is False:
        yield Said("evidence")


def _agreement_first(case: StayCase) -> Iterator[Said]:
    if case.stay.paid and case.stay.agreement is False and case.stay.physical:
        yield Said("agreement")


def _paid_once(case: ExchangeCase) -> Iterator[Said]:
    back = sum(b.kind in (PaymentKind.REVERSAL, PaymentKind.RECOVERY) for b in case.payments)
    times = len(case.payments) - 2 * back
    if times > 1:
        yield Said("amount_cents", {"times": times})


def _paid_afterwards(case: ExchangeCase) -> Iterator[Said]:
    end = case.exchange.end
    days = [b.on for b in case.payments if b.on and b.kind in (None, PaymentKind.PAYMENT)]
    if case.exchange.paid_on:
        days.append(case.exchange.paid_on)
    if end and days and min(days) < end:
        yield Said("paid_on", {"paid": min(days), "end": end})


NOT_TOO_MUCH: Rule[StayCase] = Rule(
    "AMT-02",
    Severity.ERROR,
    "exchange",
    "More agreed or paid than due",
    "{agreed} € are agreed or paid, {due} € are due.",
    "Correct the amount, or what it is computed from: country, working days, distance.",
    "ABOUT",
    _not_too_much,
    premises=frozenset({Premise.MONEY}),
)

FULL_FOR_LONG: Rule[StayCase] = Rule(
    "AMT-03",
    Severity.ERROR,
    "exchange",
    "Full sum for a short stay",
    "The full lump sum is agreed, but a stay of fewer than {days} working days gets half.",
    "Halve the amount, or correct the working days.",
    "ABOUT",
    _full_for_long,
    premises=frozenset({Premise.AMOUNT}),
)

FULL_FOR_FAR: Rule[StayCase] = Rule(
    "AMT-04",
    Severity.ERROR,
    "exchange",
    "Full sum for a near host",
    "The full lump sum is agreed, but a host nearer than {km} km gives half.",
    "Halve the amount, or correct the distance.",
    "ABOUT",
    _full_for_far,
    premises=frozenset({Premise.AMOUNT}),
)

REPORT_FIRST: Rule[StayCase] = Rule(
    "PAY-01",
    Severity.ERROR,
    "exchange",
    "Paid without validated report",
    "Paid, but the report is missing or not validated.",
    "Ask the visitor for the report, validate it and record the day.",
    "CLAM-F",
    _report_first,
    premises=frozenset({Premise.PAID}),
)

EVIDENCE_FIRST: Rule[StayCase] = Rule(
    "PAY-02",
    Severity.ERROR,
    "exchange",
    "Paid without evidence",
    "Paid, but there is no proof of the stay.",
    "Ask the visitor for boarding passes or invoices, and record them.",
    "CLAM-F",
    _evidence_first,
    premises=frozenset({Premise.PAID}),
)

AGREEMENT_FIRST: Rule[StayCase] = Rule(
    "PAY-03",
    Severity.ERROR,
    "exchange",
    "Paid without agreement",
    "Paid, but the agreement is missing.",
    "Look for the signed financial agreement and record the days of the signatures.",
    "FAQ-B",
    _agreement_first,
    premises=frozenset({Premise.PAID}),
)

RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "AMT-01",
        Severity.ERROR,
        "exchange",
        "No lump sum known",
        "No lump sum is known for {country} on that day.",
        "Correct the country of the stay or the dates, or add the rate.",
        "ABOUT",
        _rate_known,
        premises=frozenset({Premise.TRAVEL}),
    ),
    NOT_TOO_MUCH,
    FULL_FOR_LONG,
    FULL_FOR_FAR,
    Rule(
        "AMT-05",
        Severity.WARNING,
        "exchange",
        "Halved twice",
        "A quarter of the {cap} € is agreed; the lump sum is halved only once.",
        "A stay that is both short and near still gets half: correct the amount.",
        "own reading",
        _halved_once,
        premises=frozenset({Premise.AMOUNT, Premise.TRAVEL}),
    ),
    Rule(
        "AMT-06",
        Severity.WARNING,
        "exchange",
        "Less agreed than due",
        "{agreed} € are agreed, although {due} € are due.",
        "Correct the amount, or note why the visitor gets less.",
        "ABOUT",
        _all_that_is_due,
        premises=frozenset({Premise.AMOUNT, Premise.TRAVEL}),
    ),
    Rule(
        "AMT-07",
        Severity.ERROR,
        "exchange",
        "Multiplied lump sum",
        "The amount is {times} times the {due} € due; there is one lump sum for the organisation.",
        "However many people travelled, agree the lump sum once.",
        "CLAM-X",
        _for_one,
        premises=frozenset({Premise.AMOUNT, Premise.TRAVEL}),
    ),
    Rule(
        "AMT-14",
        Severity.ERROR,
        "exchange",
        "Above the ceiling",
        "{agreed} € are agreed; no lump sum is higher than {ceiling} €.",
        "Correct the amount.",
        "CLAM-X",
        _below_ceiling,
        premises=frozenset({Premise.AMOUNT}),
    ),
    REPORT_FIRST,
    EVIDENCE_FIRST,
    AGREEMENT_FIRST,
    Rule(
        "PAY-04",
        Severity.ERROR,
        "exchange",
        "Paid more than once",
        "{times} payments are recorded that were not reversed; there is one for an exchange.",
        "Record the reversal, or give the payment to the exchange it belongs to.",
        "CLAM-F",
        _paid_once,
        premises=frozenset({Premise.PAYMENTS}),
    ),
    Rule(
        "PAY-06",
        Severity.WARNING,
        "exchange",
        "Paid before the end",
        "Paid on {paid}, before the stay ended on {end}.",
        "Correct the dates; the lump sum is paid after the stay.",
        "CLAM-F",
        _paid_afterwards,
    ),
)
"""The rules on amounts and payments."""
