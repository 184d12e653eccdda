"""Rows of the shipped tables turned into facts; a row that cannot be right is refused.

A table is a sequence of rows, a row the texts of its cells by column. Columns are described in
`resources/programme/README.md`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from smartct_desktop.domain.programme.fact_row import BadFact, FactRow, Rows, fact_rows
from smartct_desktop.domain.programme.facts import (
    LANGUAGES,
    CalendarWord,
    Country,
    CountryAlias,
    CountryNames,
    DayCount,
    Heading,
    Holiday,
    IdentifierPattern,
    LegalForm,
    LegalKind,
    Origin,
    Permission,
    Rate,
    RateStatus,
    RateTable,
    Region,
    RegionAlias,
    RuleSet,
    Source,
    Term,
    TypePermission,
    VocabularyFact,
    Word,
    WordForm,
)


def sources(rows: Rows) -> Iterator[Source]:
    """Read `sources.csv`."""
    for row in fact_rows("sources", rows):
        yield Source(row.filled("key"), row.text("url"), row.filled("title"))


def countries(rows: Rows) -> Iterator[Country]:
    """Read `countries.csv`."""
    for row in fact_rows("countries", rows):
        yield Country(
            iso2=row.country() or row.refuse("iso2", "must not be empty"),
            iso3=row.filled("iso3"),
            eu_code=row.filled("eu_code"),
            names=CountryNames(*(row.filled(language) for language in LANGUAGES)),
            in_cosme=row.flag("in_cosme"),
            cosme_from=row.day("cosme_from"),
            cosme_to=row.day("cosme_to"),
            in_eu=row.flag("is_eu"),
            origin=row.origin(),
        )


def country_aliases(rows: Rows) -> Iterator[CountryAlias]:
    """Read `country_aliases.csv`; native names stand there in any language."""
    for row in fact_rows("country_aliases", rows):
        yield CountryAlias(row.filled("alias"), row.country(), row.text("lang"), row.origin())


def rate_tables(rows: Rows) -> Iterator[RateTable]:
    """Read `rate_tables.csv`."""
    for row in fact_rows("rate_tables", rows):
        yield RateTable(
            row.filled("code"),
            row.filled("name"),
            row.text("rule_set"),
            row.flag("in_use"),
            row.day("valid_from"),
            row.day("valid_to"),
            row.text("note"),
            row.origin(),
        )


def rates(rows: Rows) -> Iterator[Rate]:
    """Read `rates.csv`."""
    for row in fact_rows("rates", rows):
        yield Rate(
            row.filled("table"),
            row.country(),
            row.whole("full_cents") or row.refuse("full_cents", "must not be nothing"),
            row.one_of("status", RateStatus),
            row.day("valid_from"),
            row.day("valid_to"),
            row.origin(),
        )


def type_permissions(rows: Rows) -> dict[str, dict[str, TypePermission]]:
    """Read `rule_set_types.csv`: by rule set, then by type of organisation."""
    found: dict[str, dict[str, TypePermission]] = defaultdict(dict)
    for row in fact_rows("rule_set_types", rows):
        kind = row.filled("organisation_type")
        found[row.filled("rule_set")][kind] = TypePermission(
            kind,
            row.one_of("may_visit", Permission),
            row.one_of("may_host", Permission),
            row.text("note"),
            row.origin(),
        )
    return dict(found)


def rule_sets(
    rows: Rows, permissions: Mapping[str, Mapping[str, TypePermission]]
) -> Iterator[RuleSet]:
    """Read `rule_sets.csv`, which has a row for each value. Raises `BadFact` if one is missing."""
    by_code: dict[str, dict[str, FactRow]] = defaultdict(dict)
    for row in fact_rows("rule_sets", rows):
        values, key = by_code[row.filled("rule_set")], row.filled("key")
        if key in values:
            row.refuse("key", f"stands twice: {key}")
        values[key] = row
    for code, values in by_code.items():
        yield _rule_set(code, values, permissions.get(code, {}))


def _rule_set(
    code: str, rows: dict[str, FactRow], permissions: Mapping[str, TypePermission]
) -> RuleSet:
    read: set[str] = set()

    def at(key: str) -> FactRow:
        read.add(key)
        if key not in rows:
            raise BadFact(f"rule_sets: {code} has no {key}")
        return rows[key]

    found = RuleSet(
        code=code,
        name=at("name").filled("value"),
        valid_from=at("valid_from").day("value"),
        valid_to=at("valid_to").day("value"),
        min_working_days=at("min_working_days").whole("value"),
        full_from_days=at("full_from_days").whole("value"),
        near_km=at("near_km").whole("value"),
        near_km_margin=at("near_km_margin").whole("value"),
        max_months=at("max_months").whole("value"),
        ceiling_cents=at("ceiling_cents").whole("value"),
        payment_days=at("payment_days").whole("value"),
        payment_days_kind=at("payment_days_kind").one_of("value", DayCount),
        once_only=at("once_only").flag("value"),
        virtual_allowed_from=at("virtual_allowed_from").day("value"),
        virtual_allowed_to=at("virtual_allowed_to").day("value"),
        virtual_min_half_days=at("virtual_min_half_days").whole("value"),
        vo_report_due_days=at("vo_report_due_days").whole("value"),
        ho_report_due_days=at("ho_report_due_days").whole("value"),
        periodic_report_days=at("periodic_report_days").whole("value"),
        keep_years=at("keep_years").whole("value"),
        keep_short_years=at("keep_short_years").whole("value"),
        keep_short_up_to_cents=at("keep_short_up_to_cents").whole("value"),
        third_country_days=at("third_country_days").whole("value"),
        min_cluster_members=at("min_cluster_members").whole("value"),
        grant_ceiling_cents=at("grant_ceiling_cents").whole("value"),
        sme_staff_below=at("sme_staff_below").whole("value"),
        sme_turnover_up_to_cents=at("sme_turnover_up_to_cents").whole("value"),
        sme_balance_up_to_cents=at("sme_balance_up_to_cents").whole("value"),
        permissions=MappingProxyType(dict(permissions)),
        origins=MappingProxyType({key: row.origin() for key, row in rows.items()}),
        notes=MappingProxyType({key: row.text("note") for key, row in rows.items()}),
    )
    if unknown := rows.keys() - read:
        raise BadFact(f"rule_sets: {code} has values nobody reads: {', '.join(sorted(unknown))}")
    return found


def holidays(rows: Rows) -> Iterator[Holiday]:
    """Read `holidays.csv`, the longest table: its few origins are read once each."""
    origins: dict[tuple[str, str], Origin] = {}
    for row in fact_rows("holidays", rows):
        key = row.text("evidence"), row.text("source")
        yield Holiday(
            row.day("date") or row.refuse("date", "must not be empty"),
            row.country(),
            row.text("region"),
            row.filled("name"),
            origins.get(key) or origins.setdefault(key, row.origin()),
            row.text("city"),
        )


def vocabularies(rows: Rows) -> Iterator[VocabularyFact]:
    """Read `vocabularies.csv`."""
    for row in fact_rows("vocabularies", rows):
        yield VocabularyFact(
            row.filled("code"),
            row.filled("name"),
            row.flag("closed"),
            row.text("version"),
            row.origin(),
        )


def terms(rows: Rows) -> Iterator[Term]:
    """Read `terms.csv`."""
    for row in fact_rows("terms", rows):
        yield Term(
            row.filled("vocabulary"),
            row.filled("code"),
            row.text("parent"),
            row.text("family"),
            row.filled("label"),
            row.whole("sort"),
            row.origin(),
        )


def regions(rows: Rows) -> Iterator[Region]:
    """Read `nuts.csv`."""
    for row in fact_rows("nuts", rows):
        code, level = row.filled("code"), row.whole("level")
        if len(code) != level + 2:
            row.refuse("level", f"does not fit the code {code}")
        yield Region(code, level, row.country(), row.filled("name"), row.origin())


def region_aliases(rows: Rows) -> Iterator[RegionAlias]:
    """Read `nuts_aliases.csv`."""
    for row in fact_rows("nuts_aliases", rows):
        yield RegionAlias(row.filled("alias"), row.filled("code"), row.text("lang"), row.origin())


def identifier_patterns(rows: Rows) -> Iterator[IdentifierPattern]:
    """Read `identifiers.csv`; each pattern has to fit its own example."""
    for row in fact_rows("identifiers", rows):
        pattern = re.compile(row.filled("pattern"), re.ASCII)
        if pattern.fullmatch(row.filled("example")) is None:
            row.refuse("pattern", "does not fit the example")
        yield IdentifierPattern(
            row.filled("kind"), row.country(), pattern, row.text("note"), row.origin()
        )


def headings(rows: Rows) -> Iterator[Heading]:
    """Read `headings.csv`."""
    for row in fact_rows("headings", rows):
        yield Heading(
            row.filled("field"),
            row.language(),
            row.filled("word"),
            row.text("note"),
            row.origin(),
        )


def words(rows: Rows) -> Iterator[Word]:
    """Read `words.csv`."""
    for row in fact_rows("words", rows):
        yield Word(
            row.filled("kind"),
            row.filled("code"),
            row.text("detail"),
            row.language(),
            row.filled("word"),
            row.flag("sure"),
            row.origin(),
        )


def calendar_words(table: str, column: str, last: int, rows: Rows) -> Iterator[CalendarWord]:
    """Read `months.csv` or `weekdays.csv`, whose numbers stand in `column` and end with `last`."""
    for row in fact_rows(table, rows):
        number = row.whole(column)
        if not 1 <= number <= last:
            row.refuse(column, f"lies not between 1 and {last}: {number}")
        yield CalendarWord(
            row.language(), number, row.filled("word"), row.one_of("form", WordForm), row.origin()
        )


def legal_forms(rows: Rows) -> Iterator[LegalForm]:
    """Read `legal_forms.csv`."""
    for row in fact_rows("legal_forms", rows):
        yield LegalForm(
            row.filled("form"), row.country(), row.one_of("kind", LegalKind), row.origin()
        )
