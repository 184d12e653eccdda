"""All rules of the programme, and which records each step concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import Reference
from smartct_desktop.domain.namesakes import fields_of_names
from smartct_desktop.domain.programme import (
    event_rules,
    exchange_rules,
    figure_rules,
    organisation_rules,
    state_rules,
)
from smartct_desktop.domain.programme.calculations import CALCULATIONS
from smartct_desktop.domain.programme.rule import Rule

RULES: tuple[Rule[Any], ...] = (
    *exchange_rules.RULES,
    *organisation_rules.RULES,
    *event_rules.RULES,
)
"""The catalogue: a row for each rule, in the order in which its findings are told."""

ASIDE: tuple[Rule[Any], ...] = (
    state_rules.COUNTED,
    state_rules.RECHECKED,
    *figure_rules.RULES,
)
"""Rules that are not asked about each record: on what the others say, and on figures."""

BY_CODE: Mapping[str, Rule[Any]] = {rule.code: rule for rule in (*RULES, *ASIDE)}

KINDS = tuple(dict.fromkeys((*(r.kind for r in RULES), *(c.kind for c in CALCULATIONS))))
"""The kinds of records that have rules, or derived fields."""

ITSELF = "id"
"""Stands in the place of a field for the record itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """A record of `kind` concerns those of `of_kind` holding in `of_field` what it has in `field`.

    What it had there before a step counts as well. `ITSELF` as a field is the record's identity.
    Texts are the same that differ in case, accents and signs only. A link `through` a kind goes on
    from its records that name the one in the first of two fields to what they name in the second.
    A link by names (`alike`) goes on from the records named to those that share a name with them.
    Of a change only `field` and the fields `watched` matter: those that the rules look at.
    """

    kind: str
    field: str
    of_kind: str
    of_field: str
    watched: tuple[str, ...]
    through: tuple[str, str, str] | None = None
    alike: bool = False


_VISIT = ("number", "ho", "mode", "status", "start", "end", "cxc_id")
_PARTY = (
    *("name", "type", "country", "base_country", "beneficiary", "vat"),
    *("name_latin", "legal_name", "aliases", "city", "region_code"),
)
_NAMES = ("country", *fields_of_names("organisation"))
_STAY = ("status", "start", "end")
_CLUSTER = ("name", "type", "eccp_profiled")
_MEMBER = ("cluster", "since", "until")
_PAYMENT = (
    *("payment_kind", "date", "amount_cents"),
    *("organisation", "payee_as_written", "payer_cluster", "concept", "remark"),
)
_ATTENDANCE = ("session", "person", "name_text", "email", "organisation", "attended")
_OF_MEMBERS = ("membership", "cluster", "organisation")
_WAIVER = ("rule_code", "expires_on")

LINKS: tuple[Link, ...] = (
    Link("exchange", "vo", "exchange", "vo", _VISIT),
    Link("exchange", "vo", "organisation", ITSELF, ()),
    Link("organisation", ITSELF, "exchange", "vo", _PARTY),
    Link("organisation", ITSELF, "exchange", "ho", _PARTY),
    Link("exchange", "cxc_id", "exchange", "cxc_id", ("number", "status")),
    Link("organisation", "vat", "organisation", "vat", ("name",)),
    Link("organisation", "name", "organisation", "name", ("country",)),
    Link("organisation", "email_domain", "organisation", "email_domain", ("name", "country")),
    Link("organisation", ITSELF, "organisation", ITSELF, _NAMES, alike=True),
    Link("organisation", ITSELF, "exchange", "vo", _NAMES, alike=True),
    Link("exchange", "vo", "exchange", "vo", ("number", "mode", "status", "start"), alike=True),
    Link("organisation", ITSELF, "exchange", "vo_cluster", _CLUSTER),
    Link("organisation", ITSELF, "exchange", "ho_cluster", _CLUSTER),
    Link("organisation", ITSELF, "exchange", "vo", _CLUSTER, through=_OF_MEMBERS),
    Link("organisation", ITSELF, "exchange", "ho", _CLUSTER, through=_OF_MEMBERS),
    Link("membership", "organisation", "exchange", "vo", _MEMBER),
    Link("membership", "organisation", "exchange", "ho", _MEMBER),
    Link("person", ITSELF, "exchange", "visitor", ("third_country_national", "photo_consent")),
    Link("exchange", "visitor", "exchange", "visitor", ("number", "start", "end", "status")),
    Link("exchange_person", "exchange", "exchange", ITSELF, ("person", "signs_for")),
    Link(
        *("person", ITSELF, "exchange", ITSELF, ("name", "organisation", "photo_consent")),
        through=("exchange_person", "person", "exchange"),
    ),
    Link("payment", "exchange", "exchange", ITSELF, _PAYMENT),
    Link(
        *("organisation", ITSELF, "exchange", ITSELF, ("partnership",)),
        through=("payment", "payer_cluster", "exchange"),
    ),
    Link("exchange_day", "exchange", "exchange", ITSELF, ("date", "day_kind")),
    Link("exchange", "ho", "organisation", ITSELF, ("vo", "number", "mode", *_STAY)),
    Link("membership", "cluster", "organisation", ITSELF, ("member_kind", "since", "until")),
    Link("snapshot", "cluster", "organisation", ITSELF, ("as_of", "members", "smes")),
    Link("label", "cluster", "organisation", ITSELF, ("valid_until",)),
    Link("attendance", "event", "event", ITSELF, _ATTENDANCE),
    Link("attachment", "exchange", "exchange", ITSELF, ("document_type",)),
    Link("attachment", "event", "event", ITSELF, ("document_type",)),
    Link(
        *("person", ITSELF, "event", ITSELF, ("photo_consent",)),
        through=("attendance", "person", "event"),
    ),
    Link("event_count", "event", "event", ITSELF, ("by", "participants")),
    Link(
        *("organisation", ITSELF, "event", ITSELF, ("type", "sme", "country")),
        through=("attendance", "organisation", "event"),
    ),
    Link("waiver", "exchange", "exchange", ITSELF, _WAIVER),
    Link("waiver", "organisation", "organisation", ITSELF, _WAIVER),
    Link("waiver", "event", "event", ITSELF, _WAIVER),
)
"""What rules and calculations look at beyond the record itself: who looks further adds a row."""

FACTS = frozenset({"partnership", "rule_value", "holiday"})
"""Kinds that concern all records: the own partnership decides the values of the call."""


@cache
def shared_texts(kind: str) -> tuple[str, ...]:
    """Give the fields of text by which records of a kind are looked up: they have an index."""
    links = (link for link in LINKS if link.of_kind == kind and link.of_field != ITSELF)
    fields = (BY_KIND[kind].by_name[link.of_field] for link in links)
    return tuple(dict.fromkeys(f.name for f in fields if not isinstance(f.type, Reference)))


def rules_on(kind: str) -> Iterator[Rule[Any]]:
    """Give the rules on records of one kind."""
    return (rule for rule in RULES if rule.kind == kind)


def digest() -> str:
    """Give a short text that changes with the catalogue, but not with what the functions do."""
    rows = "\n".join(
        f"{r.code} {r.severity.value} {r.kind} {r.sentence} {r.waivable}" for r in RULES
    )
    derived = "\n".join(f"{c.kind} {' '.join(c.fields)}" for c in CALCULATIONS)
    return sha256(f"{rows}\n{LINKS}\n{derived}".encode()).hexdigest()[:16]
