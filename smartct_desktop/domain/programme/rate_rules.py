"""Which lump sum an amount was taken from, and what it hangs on (AMT)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smartct_desktop.domain.programme.amount import euro
from smartct_desktop.domain.programme.distance import Nearness, nearness
from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.facts import RateStatus
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.sentence import Sentence


def _distance_known(case: ExchangeCase) -> Iterator[Said]:
    """Doubt the distance where it decides: of a long stay, of which the lump sum is known."""
    stay, rules = case.stay, case.rules
    long = stay.working_days is not None and stay.working_days >= rules.full_from_days
    if not (long and stay.physical and stay.cap_cents):
        return
    found = nearness(stay.distance_km, rules.near_km, rules.near_km_margin)
    if found is Nearness.UNKNOWN:
        yield Said("distance_km", {"doubt": Sentence("The distance is not known")})
    elif found is Nearness.DOUBTFUL:
        doubt = Sentence(
            "{km} km is close to the limit of {near} km", km=_km(case), near=rules.near_km
        )
        yield Said("distance_km", {"doubt": doubt})


def _km(case: ExchangeCase) -> str:
    km = case.stay.distance_km
    return "" if km is None else f"{km.normalize():f}"


_OTHER_MONEY = re.compile(
    r"\b(BGN|GBP|CHF|CZK|DKK|HUF|NOK|PLN|RON|RSD|SEK|TRY|UAH|HRK|USD)\b|(лв)\b|([£$])",
    re.IGNORECASE,
)
_EURO = re.compile(r"€|\beuros?\b|\bEUR\b|евро", re.IGNORECASE)


def _in_euro(case: ExchangeCase) -> Iterator[Said]:
    """Look for another currency in the note on an amount, which does not tell the euros as well."""
    note = case.exchange.amount_note
    if not note or case.stay.amount_cents is None or _EURO.search(note):
        return
    found = _OTHER_MONEY.search(note)
    if found is not None:
        yield Said("amount_cents", {"currency": found[0]})


def _of_the_host(case: ExchangeCase) -> Iterator[Said]:
    """Recognise the sum of the country that the visitor comes from."""
    stay, amount = case.stay, case.stay.amount_cents
    if case.caps is None or not amount or not stay.physical or not stay.cap_cents:
        return
    sent = case.caps.find(stay.vo_country, case.exchange.start)
    if sent is None or amount in (stay.entitlement_cents, stay.cap_cents, stay.cap_cents // 2):
        return
    if amount in (sent.full_cents, sent.full_cents // 2):
        yield Said("amount_cents", {"amount": euro(amount), "country": stay.vo_country})


def _of_this_scheme(case: ExchangeCase) -> Iterator[Said]:
    """Recognise the sum of a scale that only serves for comparison."""
    stay, amount = case.stay, case.stay.amount_cents
    if case.caps is None or not amount or not stay.physical or stay.ho_country is None:
        return
    cap = stay.cap_cents or 0
    if amount in (stay.entitlement_cents, cap, cap // 2):
        return
    for rate in case.caps.references(stay.ho_country):
        if amount in (rate.full_cents, rate.full_cents // 2):
            yield Said("amount_cents", {"amount": euro(amount)})
            return


def _confirmed(case: ExchangeCase) -> Iterator[Said]:
    """Ask for the confirmation of a lump sum while it is agreed and not yet paid."""
    stay = case.stay
    if case.caps is None or not stay.amount_cents or not stay.physical or stay.paid:
        return
    rate = case.caps.find(stay.ho_country, case.exchange.start)
    if rate is not None and rate.status is not RateStatus.CONFIRMED:
        yield Said("amount_cents", {"cap": euro(rate.full_cents), "country": stay.ho_country})


RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "AMT-08",
        Severity.WARNING,
        "exchange",
        "Distance not certain",
        "{doubt}; it decides whether the lump sum is halved.",
        "Have the distance worked out from the places, or type it and say how it was measured.",
        "own reading",
        _distance_known,
        premises=frozenset({Premise.TRAVEL}),
    ),
    Rule(
        "AMT-09",
        Severity.ERROR,
        "exchange",
        "Amount in another currency",
        "The note on the amount speaks of {currency}; lump sums are in euros.",
        "Convert the amount, and note it in euros as well.",
        "own reading",
        _in_euro,
        premises=frozenset({Premise.AMOUNT}),
    ),
    Rule(
        "AMT-10",
        Severity.WARNING,
        "exchange",
        "Lump sum of the visitor's country",
        "{amount} € is the lump sum of {country}, from where the visitor comes.",
        "The country of the stay decides: correct the amount.",
        "own reading",
        _of_the_host,
        premises=frozenset({Premise.AMOUNT, Premise.TRAVEL}),
    ),
    Rule(
        "AMT-12",
        Severity.WARNING,
        "exchange",
        "Lump sum of another scheme",
        "{amount} € is the amount of a newer scale of another scheme.",
        "Correct the amount; ClusterXchange had ended before that scale came.",
        "YEUR24",
        _of_this_scheme,
        premises=frozenset({Premise.AMOUNT, Premise.TRAVEL}),
    ),
    Rule(
        "AMT-13",
        Severity.WARNING,
        "exchange",
        "Lump sum not confirmed",
        "The {cap} € for {country} are taken from a comparable scheme.",
        "Compare it with the grant agreement and confirm it among the values of the rules.",
        "OPENEYE; MOBSME",
        _confirmed,
        premises=frozenset({Premise.AMOUNT, Premise.TRAVEL}),
    ),
)
"""The rules on where an amount comes from."""
