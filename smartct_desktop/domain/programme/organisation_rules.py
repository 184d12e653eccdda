"""The rules on organisations (ORG)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from smartct_desktop.domain.programme import cluster_rules, host_rules, identity_rules
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.programme.organisation_case import (
    OrganisationCase,
    Patterns,
    SizeCase,
    VatCase,
)
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence

_PIC_DIGITS = 9

CaseT = TypeVar("CaseT")


def vat_findings(vat: str | None, country: str | None, patterns: Patterns) -> Iterator[Finding]:
    """Ask the rule on VAT numbers about one that is not stored."""
    yield from VAT.findings(VatCase(vat, country, patterns))


def size_findings(staff: int | None, rules: RuleSet, *, sme: bool | None) -> Iterator[Finding]:
    """Ask the rule on the size of SMEs about an organisation that is not stored."""
    yield from SIZE.findings(SizeCase(sme, staff, rules))


def _vat_fits(case: VatCase) -> Iterator[Said]:
    if case.vat is None:
        return
    prefix = case.vat[:2] if case.vat[:2].isalpha() else case.country or ""
    prefix = {"EL": "GR"}.get(prefix, prefix)
    if case.patterns.fits("vat", prefix, case.vat) is False:
        yield Said("vat", {"vat": case.vat, "country": prefix})


def _small_enough(case: SizeCase) -> Iterator[Said]:
    if not case.sme:
        return
    rules = case.rules
    most = rules.sme_staff_below
    if case.headcount is not None and case.headcount >= most:
        size = Sentence(
            "{staff} people; SMEs have fewer than {most}", staff=case.headcount, most=most
        )
        yield Said("headcount", {"size": size})
    elif (
        case.turnover_cents is not None
        and case.balance_cents is not None
        and case.turnover_cents > rules.sme_turnover_up_to_cents
        and case.balance_cents > rules.sme_balance_up_to_cents
    ):
        size = Sentence("a turnover and a balance sheet above those of SMEs")
        yield Said("turnover_cents", {"size": size})


def _country_known(case: OrganisationCase) -> Iterator[Said]:
    country = case.organisation.country
    if country is None or case.countries.get(country) is None:
        yield Said("country")


def _basis_known(case: OrganisationCase) -> Iterator[Said]:
    visiting_sme = case.visits and case.organisation.type is OrganisationType.SME
    if visiting_sme and case.organisation.sme_basis is None:
        yield Said("sme_basis")


def _region_fits(case: OrganisationCase) -> Iterator[Said]:
    code, country = case.organisation.region_code, case.organisation.country
    known = case.countries.get(country) if country else None
    if code and known and not code.upper().startswith(known.eu_code):
        yield Said("region_code", {"code": code, "country": known.iso2})


def _pic_fits(case: OrganisationCase) -> Iterator[Said]:
    pic = case.organisation.pic
    if pic and not (len(pic) == _PIC_DIGITS and pic.isascii() and pic.isdigit()):
        yield Said("pic", {"pic": pic})


def _of_stored(
    rule: Rule[CaseT], facts: Callable[[OrganisationCase], CaseT]
) -> Rule[OrganisationCase]:
    """Give a rule that looks at some facts as one that looks at a stored organisation."""
    return Rule(
        *(rule.code, rule.severity, rule.kind, rule.title, rule.sentence, rule.todo, rule.source),
        look=lambda case: rule.look(facts(case)),
        waivable=rule.waivable,
    )


VAT: Rule[VatCase] = Rule(
    "ORG-04",
    Severity.WARNING,
    "organisation",
    "VAT number does not fit",
    "The VAT number {vat} is not built like those of {country}.",
    "Compare it with a letterhead or an invoice of the organisation.",
    "VAT",
    _vat_fits,
)

SIZE: Rule[SizeCase] = Rule(
    "ORG-05",
    Severity.WARNING,
    "organisation",
    "Too large for an SME",
    "Said to be an SME with {size}.",
    "Correct the size, or say that it is no SME.",
    "SME",
    _small_enough,
)

RULES: tuple[Rule[OrganisationCase], ...] = (
    *identity_rules.RULES,
    *cluster_rules.RULES,
    *host_rules.RULES,
    Rule(
        "ORG-03",
        Severity.ERROR,
        "organisation",
        "Country missing",
        "The country of the organisation is missing or unknown.",
        "Fill in the country where the organisation is registered.",
        "HOW",
        _country_known,
    ),
    _of_stored(VAT, lambda case: case.number),
    _of_stored(SIZE, lambda case: case.size),
    Rule(
        "ORG-06",
        Severity.WARNING,
        "organisation",
        "Basis of SME status missing",
        "It visits as an SME, but on what that rests is not recorded.",
        "Ask for its declaration or figures, and fill in the basis of the SME status.",
        "HOW; SME",
        _basis_known,
    ),
    Rule(
        "ORG-14",
        Severity.WARNING,
        "organisation",
        "Region of another country",
        "The region code {code} does not belong to {country}.",
        "Correct the region code or the country.",
        "general knowledge",
        _region_fits,
    ),
    Rule(
        "ORG-15",
        Severity.WARNING,
        "organisation",
        "PIC not of nine digits",
        "The PIC {pic} has not nine digits.",
        "Look it up in the funding portal.",
        "FSTP",
        _pic_fits,
    ),
)
"""All rules on stored organisations."""
