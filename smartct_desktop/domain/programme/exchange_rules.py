"""The rules on exchanges: those that judge a stay alone, and all there are."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.programme import (
    duration_rules,
    eligibility_rules,
    free_text_rules,
    money_rules,
    paper_rules,
    payment_rules,
    photo_rules,
    rate_rules,
    signature_rules,
    state_rules,
)
from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.programme.rule import Rule
from smartct_desktop.domain.programme.stay import GIVEN_UP, Stay, StayCase

STAY_RULES: tuple[Rule[StayCase], ...] = (
    eligibility_rules.ABROAD,
    duration_rules.LONG_ENOUGH,
    money_rules.FULL_FOR_LONG,
    money_rules.FULL_FOR_FAR,
    money_rules.NOT_TOO_MUCH,
    duration_rules.VIRTUAL_UNPAID,
    money_rules.REPORT_FIRST,
    money_rules.EVIDENCE_FIRST,
    money_rules.AGREEMENT_FIRST,
    paper_rules.AGREEMENT_SIGNED,
    paper_rules.VISITOR_REPORTED,
)
"""Rules that need no more than the facts of a stay: they are asked about rows of files as well."""

RULES: tuple[Rule[ExchangeCase], ...] = (
    *eligibility_rules.RULES,
    *duration_rules.RULES,
    *money_rules.RULES,
    *rate_rules.RULES,
    *payment_rules.RULES,
    *paper_rules.RULES,
    *signature_rules.RULES,
    *state_rules.RULES,
    *free_text_rules.RULES,
    *photo_rules.RULES,
)
"""All rules on stored exchanges."""


def findings(stay: Stay, rules: RuleSet) -> Iterator[Finding]:
    """Give the findings on one stay; none if nothing is expected of it any more."""
    if stay.status not in GIVEN_UP:
        case = StayCase(stay, rules)
        for rule in STAY_RULES:
            yield from rule.findings(case)
