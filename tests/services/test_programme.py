"""The facts that ship with the program: complete, without contradictions, each with its source."""

import csv
from datetime import date

import pytest

from smartct_desktop.domain.programme.fact_row import BadFact
from smartct_desktop.domain.programme.facts import Evidence, Permission, RateStatus
from smartct_desktop.domain.programme.rule_catalog import RULES
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.resources import read_text, resource

_PARTICIPATING = (
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE GB "
    "IS AL AM BA XK MD ME MK RS TR UA"
)
PARTICIPATING = frozenset(_PARTICIPATING.split())
TABLES = sorted(path.name for path in resource("programme").glob("*.csv"))
WITH_ORIGIN = [name for name in TABLES if name != "sources.csv"]


@pytest.fixture(scope="module")
def facts():
    return ProgrammeFacts()


def rows(name):
    text = read_text(f"programme/{name}")
    return list(csv.DictReader(text.splitlines(keepends=True), strict=True))


@pytest.mark.parametrize("name", WITH_ORIGIN)
def test_that_every_row_tells_its_evidence_and_known_sources(facts, name):
    marks = {evidence.value for evidence in Evidence}
    assert rows(name)
    for row in rows(name):
        keys = [key.strip() for key in row["source"].split(";")]
        assert row["evidence"] in marks, row
        assert keys, row
        assert set(keys) <= facts.sources.keys(), row


def test_that_every_source_is_public_and_used(facts):
    used = {
        key.strip()
        for name in WITH_ORIGIN
        for row in rows(name)
        for key in row["source"].split(";")
    }
    used |= {key for rule in RULES for key in rule.source.split("; ")}
    sample = "".join(
        read_text(f"sample/{name}.json") for name in ("partnership", "clusters", "events")
    )
    for source in facts.sources.values():
        assert source.title
        assert source.url.startswith("http") or source.key == "general knowledge"
        assert source.key in used or source.url in sample, source.key


def test_that_every_table_is_read_and_read_once():
    asked = []

    def read(path):
        asked.append(path)
        return read_text(path)

    facts = ProgrammeFacts("en", read)
    assert asked == []
    for _ in range(2):
        facts.find_country("Spain")
        facts.cap_cents("ES", None)
        facts.rule_set("G1")
        facts.terms("ecosystem")
        for lookup in (
            facts.sources,
            facts.holidays,
            facts.places,
            facts.regions,
            facts.identifiers,
            facts.headings,
            facts.words,
            facts.months,
            facts.weekdays,
            facts.legal_forms,
        ):
            assert lookup
    assert sorted(asked) == [f"programme/{name}" for name in TABLES]


def test_that_a_comma_too_many_is_noticed():
    def read(path):
        return read_text(path).replace("United Arab Emirates,", "United, Arab Emirates,")

    with pytest.raises(BadFact, match="countries, row 3, column : there are more cells"):
        ProgrammeFacts("en", read).find_country("Spain")


# ------------------------------------------------------------------------------------- countries


def test_that_the_participating_countries_are_those_of_the_programme(facts):
    assert {c.iso2 for c in facts.countries if c.in_cosme} == PARTICIPATING
    assert sum(country.in_eu for country in facts.countries) == 27
    assert not facts.countries.get("GB").in_eu
    assert len(facts.countries) == 250


def test_that_every_name_of_every_country_leads_back_to_it(facts):
    for country in facts.countries:
        for name in (*country.names.all(), country.iso2, country.iso3, country.eu_code):
            assert facts.find_country(name) == country.iso2, name


def test_that_every_alias_leads_to_its_country(facts):
    for row in rows("country_aliases.csv"):
        assert facts.find_country(row["alias"]) == row["iso2"], row


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Czech Republic", "CZ"),
        ("Tschechische Republik", "CZ"),
        ("FYROM", "MK"),
        ("Holland", "NL"),
        ("Холандия", "NL"),
        ("UK", "GB"),
        ("Großbritannien", "GB"),
        ("GROSSBRITANNIEN", "GB"),
        ("EL", "GR"),
        ("Bundesrepublik Deutschland", "DE"),
        ("BRD", "DE"),
        ("España", "ES"),
        ("espanya", "ES"),
        ("Regne Unit", "GB"),
        ("България", "BG"),
        ("Република България", "BG"),
        ("Türkiye", "TR"),
        ("Republic of Moldova", "MD"),
        ("Kosovo*", "XK"),
        # Near twins, which no likeness may mix up.
        ("Island", "IS"),
        ("Irland", "IE"),
        ("Eslovenia", "SI"),
        ("Eslovaquia", "SK"),
        ("Slovacchia", "SK"),
        ("Slovenia", "SI"),
        ("Romania", "RO"),
        ("Austria", "AT"),
        ("Australia", "AU"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Irlanda del Norte", "GB"),
    ],
)
def test_that_countries_are_found_as_partners_write_them(facts, text, code):
    assert facts.find_country(text) == code


def test_that_what_could_be_two_countries_is_none(facts):
    for text in ("Congo", "Korea", "Corea", "Guayana", "Irlan", "D", "Europe", "EU", "no", "in"):
        assert facts.find_country(text) is None, text


def test_that_names_of_countries_follow_the_language():
    assert ProgrammeFacts("ca").country_name("DE") == "Alemanya"
    assert ProgrammeFacts().country_name("DE") == "Germany"
    assert ProgrammeFacts().country_name("ZZ") == "ZZ"


# ------------------------------------------------------------------------------- money and rules


def test_that_every_participating_country_has_a_rate_up_to_the_ceiling(facts):
    day = date(2021, 11, 16)
    found = {code: facts.cap_cents(code, day) for code in PARTICIPATING}
    assert None not in found.values()
    assert max(found.values()) == facts.rule_set("G1").ceiling_cents == 110000
    assert found["PT"] == 78000
    assert {code: found[code] for code in ("ES", "IT", "BG", "DE", "DK", "RS", "FR", "XK")} == {
        "ES": 83000,
        "IT": 90000,
        "BG": 56000,
        "DE": 83000,
        "DK": 110000,
        "RS": 56000,
        "FR": 90000,
        "XK": 56000,
    }
    assert all(cents % 200 == 0 for cents in found.values()), "halves are whole euros"


def test_that_only_the_published_rate_is_confirmed(facts):
    day = date(2021, 11, 16)
    status = {code: facts.rates.find(code, day).status for code in PARTICIPATING}
    assert {code for code, s in status.items() if s is RateStatus.CONFIRMED} == {"PT"}
    assert {code for code, s in status.items() if s is not RateStatus.INFERRED} == {"PT"}


def test_that_the_newer_scale_is_known_but_never_used(facts):
    newer = {"AT": 100000, "BE": 90000, "BG": 65000, "HR": 80000, "CY": 85000}
    for code, cents in newer.items():
        assert [rate.full_cents for rate in facts.rates.references(code)] == [cents]
        assert facts.cap_cents(code, date(2024, 6, 1)) != cents


def test_that_a_country_that_takes_no_part_has_no_rate(facts):
    assert facts.cap_cents("CH", date(2021, 11, 16)) is None
    assert facts.cap_cents("NO", None) is None


def test_that_the_rules_of_the_first_call_are_as_published(facts):
    rules = facts.rule_set("G1")
    assert (rules.min_working_days, rules.full_from_days, rules.near_km) == (3, 5, 200)
    assert (rules.max_months, rules.payment_days, rules.once_only) == (1, 10, True)
    assert rules.valid_from == date(2020, 2, 3)
    assert rules.virtual_allowed_from == date(2020, 9, 23)
    assert rules.virtual_allowed_to is None
    assert rules.origins["near_km"].sources == ("ABOUT",)


def test_that_every_type_of_organisation_has_permissions_in_every_rule_set(facts):
    types = {kind.value for kind in OrganisationType}
    for rules in facts.rule_sets.values():
        assert rules.permissions.keys() == types


def test_that_large_firms_and_public_bodies_do_not_visit_in_the_first_call(facts):
    rules = facts.rule_set("G1")
    for kind in ("CLUSTER", "BUSNET", "SCALEUP", "SME"):
        assert rules.may_visit(kind) is rules.may_host(kind) is Permission.YES
    for kind in ("LARGE", "PUBLIC", "TRAINER"):
        assert rules.may_visit(kind) is Permission.NO
        assert rules.may_host(kind) is Permission.WAIVER


# ------------------------------------------------------------------------------ days and regions


def test_that_the_regions_of_four_countries_are_complete(facts):
    expected = {"DE": (16, 38), "ES": (7, 19), "BG": (2, 6), "IT": (5, 21)}
    for iso2, counts in expected.items():
        levels = [region.level for region in facts.regions if region.iso2 == iso2]
        assert (levels.count(1), levels.count(2)) == counts, iso2
    for region in facts.regions:
        assert (
            region.level == 1
            or region.iso2 == "FR"
            or facts.regions.get(region.code[:-1])
            or (region.code[:2] == "PT")
        )


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("Leipzig", "DE", "DED5"),
        ("Cataluña", "ES", "ES51"),
        ("Catalunya", "ES", "ES51"),
        ("Югозападен (Yugozapaden)", "BG", "BG41"),
        ("País Vasco", "ES", "ES21"),
        ("Euskadi", "ES", "ES21"),
        ("Piemonte", "IT", "ITC1"),
        ("Sachsen", "DE", "DED"),
        ("Sajonia", "DE", "DED"),
    ],
)
def test_that_regions_are_found_as_partners_write_them(facts, text, country, code):
    assert [region.code for region in facts.regions.find(text, country)] == [code]
