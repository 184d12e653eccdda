"""Who may visit whom (ELG): countries, types of organisations, one visit each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.facts import Permission
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.memberships import (
    Belonging,
    Standing,
    lost_before,
    membership_on,
)
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.programme.stay import StayCase
from smartct_desktop.domain.records.organisation import OrganisationType


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


def _perhaps_once(case: ExchangeCase) -> Iterator[Said]:
    this, visitor = case.visit, case.visitor
    if this is None or visitor is None or not this.physical or not case.rules.once_only:
        return
    for twin, visits in case.doubles:
        if not twin.is_apart(visitor.country) and visits.earlier(this, physical=True):
            yield Said("vo", {"name": visitor.name, "other": twin.name})
            return


def _virtual_before(case: ExchangeCase) -> Iterator[Said]:
    this = case.visit
    if this is None or case.visitor is None or not this.physical:
        return
    if case.visits.earlier(this, physical=False):
        yield Said("vo", {"name": case.visitor.name})


_AS_MEMBERS = frozenset({OrganisationType.SME, OrganisationType.SCALEUP})
"""Types that take part as members of a cluster."""


def _visits_as_member(case: ExchangeCase) -> Sequence[Said]:
    visitor = case.visitor
    if visitor is None or visitor.type not in _AS_MEMBERS:
        return ()
    return _not_member(case.around.visitor_in, "vo", case)


def _hosts_as_member(case: ExchangeCase) -> Sequence[Said]:
    host, approved = case.host, case.exchange.preapproval_on is not None
    if host is None or host.type is not OrganisationType.SME or approved:
        return ()
    return _not_member(case.around.host_in, "ho", case)


def _not_member(of: Sequence[Belonging], field: str, case: ExchangeCase) -> Sequence[Said]:
    found = membership_on(of, case.exchange.start or case.exchange.planned_start)
    if found.standing is Standing.MEMBER:
        return ()
    doubtful = found.standing is Standing.DOUBTFUL
    severity = Severity.WARNING if doubtful else None
    return (Said(field, {"why": found.because}, severity),)


def _stays_member(case: ExchangeCase) -> Iterator[Said]:
    start, end, visitor = case.exchange.start, case.exchange.end, case.visitor
    if visitor is None or visitor.type not in _AS_MEMBERS or not (start and end):
        return
    lost = lost_before(case.around.visitor_in, start, end)
    if lost is not None and lost.until is not None:
        yield Said("vo", {"cluster": lost.name, "until": lost.until.isoformat(), "end": end})


def _resident(case: ExchangeCase) -> Iterator[Said]:
    if case.around.third_country_national and not case.exchange.residence_proof:
        yield Said("residence_proof", {"days": case.rules.third_country_days})


def _two_organisations(case: ExchangeCase) -> Iterator[Said]:
    visitor, host = case.visitor, case.host
    if visitor is None or host is None:
        return
    vat = _plain(visitor.vat) if visitor.vat and host.vat else ""
    if visitor.id == host.id or (vat and vat == _plain(host.vat)):
        yield Said("ho", {"name": host.name})


def _plain(text: str | None) -> str:
    return "".join(filter(str.isalnum, text or "")).upper()


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
        "ELG-06",
        Severity.ERROR,
        "exchange",
        "Visitor is no member of a profiled cluster",
        "The visitor has to be a member of a cluster with a European profile: {why}.",
        "Record the membership with its dates, and whether the cluster has a profile.",
        "CLAM-F",
        _visits_as_member,
    ),
    Rule(
        "ELG-07",
        Severity.ERROR,
        "exchange",
        "Host is no member of a profiled cluster",
        "An SME hosts as a member of a cluster with a European profile: {why}.",
        "Record the membership, or the day of the agency's approval.",
        "CLAM-F",
        _hosts_as_member,
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
        premises=frozenset({Premise.TRAVEL, Premise.SEVERAL}),
    ),
    Rule(
        "ELG-08b",
        Severity.WARNING,
        "exchange",
        "Perhaps a second physical visit",
        "{other} has a physical visit already, and is perhaps the same organisation as {name}.",
        "Compare both and make one of them; if they are two, tell them apart by name or country.",
        "ABOUT; HEMP",
        _perhaps_once,
        premises=frozenset({Premise.TRAVEL, Premise.DOUBLES}),
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
        premises=frozenset({Premise.TRAVEL, Premise.SEVERAL}),
    ),
    Rule(
        "ELG-10",
        Severity.WARNING,
        "exchange",
        "Proof of residence missing",
        "The visitor is a third-country national; {days} days of residence are not proved.",
        "Ask for the residence permit, and mark that the proof is there.",
        "HOW",
        _resident,
    ),
    Rule(
        "ELG-11",
        Severity.ERROR,
        "exchange",
        "Visitor and host are the same",
        "Visitor and host are one organisation, {name}.",
        "Correct one of the two, or the VAT numbers.",
        "own reading",
        _two_organisations,
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
    Rule(
        "ELG-15",
        Severity.WARNING,
        "exchange",
        "Membership ended during the stay",
        "The membership of {cluster} ended on {until}, before the stay did on {end}.",
        "Correct the dates of the membership, or ask the funder.",
        "CLAM-F",
        _stays_member,
    ),
)
"""The rules on who may take part."""
