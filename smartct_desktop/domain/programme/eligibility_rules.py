"""Who may visit whom (ELG): countries, types of organisations, one visit each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.facts import Permission
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.programme.stay import StayCase


def _outside(case: ExchangeCase, country: str | None, on: date | None) -> bool:
    """Whether a country is known and takes no part in the programme."""
    if country is None:
        return False
    known = case.countries.get(country)
    return known is None or not known.takes_part(on)


def _visitor_takes_part(case: ExchangeCase) -> Iterator[Said]:
    if _outside(case, case.stay.vo_country, case.exchange.start):
        yield Said("vo", {"country": case.stay.vo_country})


def _host_takes_part(case: ExchangeCase) -> Iterator[Said]:
    if _outside(case, case.stay.ho_country, case.exchange.start):
        yield Said("ho_country", {"country": case.stay.ho_country})


def _abroad(case: StayCase) -> Iterator[Said]:
    if case.stay.vo_country and case.stay.vo_country == case.stay.ho_country:
        yield Said("ho_country", {"country": case.stay.ho_country})


def _may_visit(case: ExchangeCase) -> Iterator[Said]:
    type_ = case.visitor.type if case.visitor else None
    if type_ and case.rules.may_visit(type_.value) is not Permission.YES:
        yield Said("vo", {"type": type_.label})


def _may_host(case: ExchangeCase) -> Iterator[Said]:
    type_ = case.host.type if case.host else None
    if type_ and case.rules.may_host(type_.value) is not Permission.YES:
        yield Said("ho", {"type": type_.label})


def _once(case: ExchangeCase) -> Iterator[Said]:
    this = case.visit
    if this is None or case.visitor is None or not this.physical or not case.rules.once_only:
        return
    if case.visits.earlier(this, physical=True):
        yield Said("vo", {"name": case.visitor.name})


def _virtual_before(case: ExchangeCase) -> Iterator[Said]:
    this = case.visit
    if this is None or case.visitor is None or not this.physical:
        return
    if case.visits.earlier(this, physical=False):
        yield Said("vo", {"name": case.visitor.name})


def _no_beneficiary(case: ExchangeCase) -> Iterator[Said]:
    if case.visitor and case.visitor.beneficiary:
        yield Said("vo", {"name": case.visitor.name})


def _partnerships_known(case: ExchangeCase) -> Iterator[Said]:
    if case.exchange.vop is None:
        yield Said("vop")
    elif case.exchange.hop is None:
        yield Said("hop")


ABROAD: Rule[StayCase] = Rule(
    "ELG-03",
    Severity.ERROR,
    "exchange",
    "Visitor and host in the same country",
    "Visitor and host are in the same country ({country}); an exchange leads abroad.",
    "Look at both countries. A visitor with several establishments is where the person is based.",
    "ABOUT; HOW",
    _abroad,
)

RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "ELG-01",
        Severity.ERROR,
        "exchange",
        "Visitor from a country outside the programme",
        "The visitor comes from {country}, which did not take part in COSME on that day.",
        "Correct the visitor's country or the dates; otherwise the exchange is not eligible.",
        "HOW; COS18",
        _visitor_takes_part,
    ),
    Rule(
        "ELG-02",
        Severity.ERROR,
        "exchange",
        "Host in a country outside the programme",
        "The stay is in {country}, which did not take part in COSME on that day.",
        "Correct the country of the stay or the dates; otherwise the exchange is not eligible.",
        "HOW",
        _host_takes_part,
    ),
    ABROAD,
    Rule(
        "ELG-04",
        Severity.ERROR,
        "exchange",
        "Visitor's type may not visit",
        "The visitor is of the type “{type}”, which may not visit under this call.",
        "Correct the type of the organisation, or record a waiver with its reason.",
        "HOW",
        _may_visit,
        waivable=True,
    ),
    Rule(
        "ELG-05",
        Severity.ERROR,
        "exchange",
        "Host's type may not host",
        "The host is of the type “{type}”, which may not host under this call.",
        "Correct the type of the organisation, or record a waiver with its reason.",
        "HEMP",
        _may_host,
        waivable=True,
    ),
    Rule(
        "ELG-08",
        Severity.ERROR,
        "exchange",
        "Second physical visit",
        "{name} has a physical visit already; one is paid for each organisation.",
        "Keep the visit that took place, cancel the other, or record a waiver with its reason.",
        "ABOUT; HEMP",
        _once,
        waivable=True,
    ),
    Rule(
        "ELG-09",
        Severity.INFO,
        "exchange",
        "Virtual exchange before",
        "{name} had a virtual exchange before, which does not use up the physical one.",
        "Nothing has to be done.",
        "SPI",
        _virtual_before,
    ),
    Rule(
        "ELG-12",
        Severity.WARNING,
        "exchange",
        "Visitor is a beneficiary of the grant",
        "{name} is a beneficiary of the grant itself; lump sums are for third parties.",
        "Ask the funder before anything is paid.",
        "own reading",
        _no_beneficiary,
    ),
    Rule(
        "ELG-14",
        Severity.WARNING,
        "exchange",
        "Partnership missing",
        "It is not recorded which partnerships manage the visitor and the host.",
        "Fill in the visitor's and the host's partnership: the visitor's one counts the exchange.",
        "FAQ-B",
        _partnerships_known,
    ),
)
"""The rules on who may take part."""
