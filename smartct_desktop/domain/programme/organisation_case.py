"""All that the rules look at of one stored organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.lookups import Countries
from smartct_desktop.domain.records.organisation import Organisation


class Patterns(Protocol):
    """Knows how identifiers are built."""

    def fits(self, kind: str, iso2: str, text: str) -> bool | None:
        """Say whether the text is built like such an identifier; None if nothing is known."""


class Terms(Protocol):
    """Knows the terms of vocabularies."""

    def knows(self, vocabulary: str, code: str) -> bool:
        """Whether a vocabulary has the term."""


@dataclass(frozen=True, slots=True)
class VatCase:
    """A VAT number, and the country of its organisation."""

    vat: str | None
    country: str | None
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class SizeCase:
    """How large an organisation is, and whether it is said to be an SME. Money in cents."""

    sme: bool | None
    headcount: int | None
    rules: RuleSet
    turnover_cents: int | None = None
    balance_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """Another organisation that shares a name, the VAT number or the domain of its e-mails."""

    id: Id
    name: str
    country: str | None

    def is_apart(self, country: str | None) -> bool:
        """Whether it is known to be in another country, so that it is another organisation."""
        return bool(country and self.country and country != self.country)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How many members and SMEs a cluster had at a date."""

    as_of: PartialDate | None
    members: int | None
    smes: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """A membership of a cluster that is stored."""

    kind: str | None
    since: PartialDate | None
    until: PartialDate | None


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """What is stored of an organisation as a cluster; `labels` are the last days of labels."""

    snapshots: Sequence[Snapshot] = ()
    labels: Sequence[date | None] = ()
    members: Sequence[Member] = ()


NO_CLUSTER = ClusterFacts()


@dataclass(frozen=True, slots=True)
class Hosted:
    """A stay at the organisation, of which both days are known and that was not given up."""

    vo: Id
    number: str | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class OrganisationCase:
    """A stored organisation; `visits` says whether it is the visitor of any exchange.

    `same_name`, `same_vat`, `same_domain` and `shared_names` (a name of the one, whichever, is one
    of the other) are other organisations. `today` is the local date.
    """

    organisation: Organisation
    visits: bool
    rules: RuleSet
    countries: Countries
    patterns: Patterns
    today: date
    terms: Terms | None = None
    same_name: Sequence[Twin] = ()
    same_vat: Sequence[Twin] = ()
    cluster: ClusterFacts = NO_CLUSTER
    hosted: Sequence[Hosted] = ()
    same_domain: Sequence[Twin] = ()
    shared_names: Sequence[Twin] = ()

    @property
    def number(self) -> VatCase:
        """The facts about its VAT number."""
        return VatCase(self.organisation.vat, self.organisation.country, self.patterns)

    @property
    def size(self) -> SizeCase:
        """The facts about its size."""
        of = self.organisation
        return SizeCase(of.sme, of.headcount, self.rules, of.turnover_cents, of.balance_cents)
