"""The programme's facts as values: countries, rates, rule sets, terms, holidays, words of sheets.

Each fact knows where it comes from. `fact_rows` makes the values out of the tables that ship with
the program (described in `resources/programme/README.md`), `lookups` and `sheet_words` find them.

The profile page of a partnership shows priorities and economic domains of smart specialisation in
one list, so they are one vocabulary here, `smart_specialisation`; a term's `family` tells them
apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

LANGUAGES = ("en", "de", "es", "ca", "bg", "it")
"""The languages in which partners write, and in which names and words are known."""


class Evidence(Enum):
    """How well a fact is founded."""

    SOURCED = "S"
    SOURCED_IN_PART = "S-cut"
    INFERRED = "I"
    GENERAL = "K"


class RateStatus(Enum):
    """Whether an amount is published for the scheme, concluded by us, or only for comparison."""

    CONFIRMED = "confirmed"
    INFERRED = "inferred"
    REFERENCE = "reference"


class Permission(Enum):
    """Whether a type of organisation may take part.

    `WAIVER`: sources are silent or disagree, so a person has to allow it.
    """

    YES = "yes"
    NO = "no"
    WAIVER = "waiver"


class DayCount(Enum):
    """How the days of a time limit are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


class LegalKind(Enum):
    """What kind of body a legal form makes; whether a company is an SME it cannot tell."""

    COMPANY = "company"
    PARTNERSHIP = "partnership"
    SOLE_TRADER = "sole_trader"
    COOPERATIVE = "cooperative"
    CONSORTIUM = "consortium"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    PUBLIC_BODY = "public_body"


class WordForm(Enum):
    """How the name of a month or weekday is written."""

    LONG = "long"
    SHORT = "short"
    ROMAN = "roman"


@dataclass(frozen=True, slots=True)
class Origin:
    """How well a fact is founded, and the keys of its sources."""

    evidence: Evidence
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A page or collection that facts rest on; `url` is "" for general knowledge."""

    key: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class CountryNames:
    """The usual name of a country in six languages."""

    en: str
    de: str
    es: str
    ca: str
    bg: str
    it: str

    def in_language(self, language: str) -> str:
        """Give the name; English for a language that is not among the six."""
        return str(getattr(self, language)) if language in LANGUAGES else self.en

    def all(self) -> tuple[str, ...]:
        """The six names in the order of `LANGUAGES`."""
        return self.en, self.de, self.es, self.ca, self.bg, self.it


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 code (XK for Kosovo); `eu_code` is the Commission's (EL, UK).

    `in_eu` tells of membership on 3 February 2020, the start of the first partnerships.
    """

    iso2: str
    iso3: str
    eu_code: str
    names: CountryNames
    in_cosme: bool
    cosme_from: date | None
    cosme_to: date | None
    in_eu: bool
    origin: Origin

    def takes_part(self, on: date | None = None) -> bool:
        """Whether it is a participating country of COSME; dates that are blank limit nothing."""
        if not self.in_cosme or on is None:
            return self.in_cosme
        return (self.cosme_from or on) <= on <= (self.cosme_to or on)


@dataclass(frozen=True, slots=True)
class CountryAlias:
    """Another name under which a country stands in sheets; `language` "" if it is a code."""

    text: str
    iso2: str
    language: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class RateTable:
    """A scale of lump sums. One with `in_use` False only serves to recognise copied amounts."""

    code: str
    name: str
    rule_set: str
    in_use: bool
    valid_from: date | None
    valid_to: date | None
    note: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Rate:
    """The full lump sum for stays in one country, in euro cents."""

    table: str
    iso2: str
    full_cents: int
    status: RateStatus
    valid_from: date | None
    valid_to: date | None
    origin: Origin

    def holds(self, on: date | None) -> bool:
        """Whether the rate is valid on a day; an unknown day is within every period."""
        if on is None:
            return True
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class TypePermission:
    """Whether organisations of one type may visit and host."""

    organisation_type: str
    may_visit: Permission
    may_host: Permission
    note: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The dated values of one call. Blank dates limit nothing.

    Amounts are euro cents. `origins` and `notes` explain single values by their field names.
    """

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    min_working_days: int
    full_from_days: int
    near_km: int
    near_km_margin: int
    max_months: int
    ceiling_cents: int
    payment_days: int
    payment_days_kind: DayCount
    once_only: bool
    virtual_allowed_from: date | None
    virtual_allowed_to: date | None
    virtual_min_half_days: int
    vo_report_due_days: int
    ho_report_due_days: int
    periodic_report_days: int
    keep_years: int
    keep_short_years: int
    keep_short_up_to_cents: int
    third_country_days: int
    min_cluster_members: int
    grant_ceiling_cents: int
    sme_staff_below: int
    sme_turnover_up_to_cents: int
    sme_balance_up_to_cents: int
    permissions: Mapping[str, TypePermission]
    origins: Mapping[str, Origin]
    notes: Mapping[str, str]

    def may_visit(self, organisation_type: str) -> Permission:
        """Say whether organisations of the type may visit; an unknown type needs a waiver."""
        known = self.permissions.get(organisation_type)
        return known.may_visit if known else Permission.WAIVER

    def may_host(self, organisation_type: str) -> Permission:
        """Say whether organisations of the type may host; an unknown type needs a waiver."""
        known = self.permissions.get(organisation_type)
        return known.may_host if known else Permission.WAIVER


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday; `region` is a NUTS code, "" if the whole country keeps it.

    `city` is set where only a town keeps it.
    """

    day: date
    iso2: str
    region: str
    name: str
    origin: Origin
    city: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a vocabulary; `parent` is the code of the level above, or ""."""

    vocabulary: str
    code: str
    parent: str
    family: str
    label: str
    sort: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class VocabularyFact:
    """What is known of a vocabulary as a whole; a closed one takes no new terms."""

    code: str
    name: str
    closed: bool
    version: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the European classification NUTS, level 1 (large) to 3 (small)."""

    code: str
    level: int
    iso2: str
    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class RegionAlias:
    """Another name of a region, in one language."""

    text: str
    code: str
    language: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class IdentifierPattern:
    """How an identifier is built (kind "vat", "national_reg", "pic", "lei"); `iso2` "" for all.

    The pattern fits the whole identifier in capitals without blanks and signs between.
    """

    kind: str
    iso2: str
    pattern: re.Pattern[str]
    note: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Heading:
    """A word over a column and the field it can mean; `note` names the condition, if any."""

    field: str
    language: str
    text: str
    note: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a cell and what it stands for; one that is not `sure` may only be proposed."""

    kind: str
    code: str
    detail: str
    language: str
    text: str
    sure: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class CalendarWord:
    """A name of a month (1 to 12) or a weekday (1 Monday to 7); `language` "" for Roman figures."""

    language: str
    number: int
    text: str
    form: WordForm
    origin: Origin


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form as it stands in names; `iso2` "" for European forms."""

    text: str
    iso2: str
    kind: LegalKind
    origin: Origin
