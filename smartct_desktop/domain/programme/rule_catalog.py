"""All rules of the programme, and which records each step concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from smartct_desktop.domain.programme import event_rules, exchange_rules, organisation_rules
from smartct_desktop.domain.programme.rule import Rule

RULES: tuple[Rule[Any], ...] = (
    *exchange_rules.RULES,
    *organisation_rules.RULES,
    *event_rules.RULES,
)
"""The catalogue: a row for each rule, in the order in which its findings are told."""

BY_CODE: Mapping[str, Rule[Any]] = {rule.code: rule for rule in RULES}

KINDS = tuple(dict.fromkeys(rule.kind for rule in RULES))
"""The kinds of records that have rules."""

ITSELF = "id"
"""Stands in the place of a field for the record itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """A record of `kind` concerns those of `of_kind` holding in `of_field` what it has in `field`.

    What it had there before a step counts as well. `ITSELF` as a field is the record's identity.
    Of a change only `field` and the fields `watched` matter: those that the rules look at.
    """

    kind: str
    field: str
    of_kind: str
    of_field: str
    watched: tuple[str, ...]


_VISIT = ("number", "ho", "mode", "status", "start", "end", "cxc_id")
_PARTY = ("name", "type", "country", "base_country", "beneficiary")
_WAIVER = ("rule_code", "expires_on")

LINKS: tuple[Link, ...] = (
    Link("exchange", "vo", "exchange", "vo", _VISIT),
    Link("exchange", "vo", "organisation", ITSELF, ()),
    Link("organisation", ITSELF, "exchange", "vo", _PARTY),
    Link("organisation", ITSELF, "exchange", "ho", _PARTY),
    Link("payment", "exchange", "exchange", ITSELF, ("payment_kind", "date", "amount_cents")),
    Link("exchange_day", "exchange", "exchange", ITSELF, ("date", "day_kind")),
    Link("attendance", "event", "event", ITSELF, ()),
    Link("waiver", "exchange", "exchange", ITSELF, _WAIVER),
    Link("waiver", "organisation", "organisation", ITSELF, _WAIVER),
    Link("waiver", "event", "event", ITSELF, _WAIVER),
)
"""What the rules look at beyond the record itself. A rule that looks further needs a row here."""

FACTS = frozenset({"partnership"})
"""Kinds that concern all records: the own partnership decides the values of the call."""


def rules_on(kind: str) -> Iterator[Rule[Any]]:
    """Give the rules on records of one kind."""
    return (rule for rule in RULES if rule.kind == kind)


def digest() -> str:
    """Give a short text that changes with the catalogue, but not with what the functions do."""
    rows = "\n".join(
        f"{r.code} {r.severity.value} {r.kind} {r.sentence} {r.waivable}" for r in RULES
    )
    return sha256(f"{rows}\n{LINKS}".encode()).hexdigest()[:16]
