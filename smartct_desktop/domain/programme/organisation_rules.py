"""Rules that look at one organisation alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.sentence import Sentence


class Patterns(Protocol):
    """Knows how identifiers are built."""

    def fits(self, kind: str, iso2: str, text: str) -> bool | None:
        """Say whether the text is built like such an identifier; None if nothing is known."""


def vat_findings(vat: str | None, country: str | None, patterns: Patterns) -> Iterator[Finding]:
    """A VAT number is built as its country builds them (VIES)."""
    if vat is None:
        return
    prefix = vat[:2] if vat[:2].isalpha() else country or ""
    prefix = {"EL": "GR"}.get(prefix, prefix)
    if patterns.fits("vat", prefix, vat) is False:
        sentence = Sentence(
            "The VAT number {vat} is not built like those of {country}.", vat=vat, country=prefix
        )
        yield Finding("ORG-04", Severity.WARNING, sentence, "vat")


def size_findings(staff: int | None, rules: RuleSet, *, sme: bool | None) -> Iterator[Finding]:
    """An SME has fewer than 250 people (Recommendation 2003/361/EC)."""
    if sme and staff is not None and staff >= rules.sme_staff_below:
        sentence = Sentence(
            "Said to be an SME with {staff} people; SMEs have fewer than {most}.",
            staff=staff,
            most=rules.sme_staff_below,
        )
        yield Finding("ORG-05", Severity.WARNING, sentence, "headcount")
