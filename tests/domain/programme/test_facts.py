"""Facts made from rows, and how they are found."""

from datetime import date

import pytest

from smartct_desktop.domain.programme import fact_rows
from smartct_desktop.domain.programme.fact_row import BadFact
from smartct_desktop.domain.programme.facts import Evidence, Permission, RateStatus
from smartct_desktop.domain.programme.lookups import (
    Countries,
    Holidays,
    Rates,
    Regions,
    Vocabulary,
    vocabularies,
)
from smartct_desktop.domain.programme.sheet_words import (
    CalendarWords,
    Headings,
    Identifiers,
    LegalForms,
    Words,
)


def table(text):
    """Rows drawn as a table: the first line names the columns, a dot is an empty cell.

    Every row gets an origin.
    """
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    blank = {".": ""}
    return [
        {"evidence": "K", "source": "general knowledge"}
        | {name: blank.get(cell, cell) for name, cell in zip(head, line, strict=True)}
        for line in lines
    ]


COUNTRIES = """
iso2|iso3|eu_code| en | de | es | ca | bg | it | in_cosme | cosme_from | cosme_to | is_eu
GR | GRC | EL | Greece | Griechenland | Grecia | Grècia | Гърция | Grecia | yes | . | . | yes
NO | NOR | NO | Norway | Norwegen | Noruega | Noruega | Норвегия | Norvegia | no | . | . | no
UA|UKR|UA| Ukraine | Ukraine | Ucrania | Ucraïna | Украйна | Ucraina |yes|2017-01-01|2020-12-31|no
"""
ALIASES = """
alias | iso2 | lang
Hellas | GR | el
Украина | UA | bg
"""


def countries(aliases=ALIASES):
    return Countries(
        fact_rows.countries(table(COUNTRIES)), fact_rows.country_aliases(table(aliases))
    )


def test_that_a_country_is_found_by_names_aliases_and_codes():
    for text in ("Greece", "GRIECHENLAND", "grecia", "Гърция", "hellas", "GR", "GRC", "EL"):
        assert countries().find(text) == "GR", text


def test_that_what_is_not_in_the_dictionary_is_no_country():
    for text in ("Greeece", "Gree", "", "G", "Норвегия и Украйна"):
        assert countries().find(text) is None


def test_that_a_code_counts_in_capitals_only():
    assert countries().find("NO") == "NO"
    assert countries().find("no") is None
    assert countries().find("No") is None


def test_that_an_alias_cannot_stand_for_two_countries():
    with pytest.raises(BadFact, match="griechenland stands for GR and for UA"):
        countries("alias | iso2 | lang\nGRIECHENLAND | UA | de")
    with pytest.raises(BadFact, match="Nor"):
        countries("alias | iso2 | lang\nNor | UA | en")
    with pytest.raises(BadFact, match="XX"):
        countries("alias | iso2 | lang\nNowhere | XX | en")


def test_that_a_country_takes_part_between_its_dates():
    ukraine, norway = countries().get("UA"), countries().get("NO")
    assert ukraine.takes_part()
    assert ukraine.takes_part(date(2020, 12, 31))
    assert not ukraine.takes_part(date(2021, 1, 1))
    assert not ukraine.takes_part(date(2016, 12, 31))
    assert not norway.takes_part()
    assert not norway.takes_part(date(2020, 1, 1))


def test_that_names_come_in_the_language_asked_for_or_english():
    names = countries().get("GR").names
    assert names.in_language("de") == "Griechenland"
    assert names.in_language("fr") == "Greece"


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        ("in_cosme", "maybe", "in_cosme: is neither yes nor no: maybe"),
        ("iso2", "Greece", "iso2: is no country code: Greece"),
        ("iso2", "", "iso2: must not be empty"),
        ("bg", " ", "bg: must not be empty"),
        ("cosme_to", "31.12.2020", "cosme_to: is no ISO date: 31.12.2020"),
        ("evidence", "X", "evidence: is none of the words allowed: X"),
        ("source", "", "source: must not be empty"),
    ],
)
def test_that_a_bad_cell_is_named_with_table_row_and_column(column, cell, complaint):
    rows = table(COUNTRIES)
    rows[1][column] = cell
    with pytest.raises(BadFact) as caught:
        list(fact_rows.countries(rows))
    assert str(caught.value) == f"countries, row 3, column {complaint}"


def test_that_a_missing_column_is_named():
    rows = table(COUNTRIES)
    del rows[0]["ca"]
    with pytest.raises(BadFact, match="row 2, column ca: is missing"):
        list(fact_rows.countries(rows))


def test_that_a_fact_knows_its_sources():
    row = table("alias | iso2 | lang | evidence | source\nHellas | GR | el | S-cut | A; B")
    (alias,) = fact_rows.country_aliases(row)
    assert alias.origin.evidence is Evidence.SOURCED_IN_PART
    assert alias.origin.sources == ("A", "B")


RATE_TABLES = """
code | name | rule_set | in_use | valid_from | valid_to | note
cxc | ours | . | yes | . | . | .
first | of one call | G1 | yes | . | 2021-12-31 | .
eye | newer | . | no | . | . | .
"""


def rates(rows):
    return Rates(fact_rows.rate_tables(table(RATE_TABLES)), fact_rows.rates(table(rows)))


def test_that_a_rate_holds_between_its_dates():
    found = rates("""
table | iso2 | full_cents | status | valid_from | valid_to
cxc | PT | 78000 | confirmed | . | 2021-06-30
cxc | PT | 80000 | inferred | 2021-07-01 | .
""")
    assert found.find("PT", date(2021, 6, 30)).full_cents == 78000
    assert found.find("PT", date(2021, 7, 1)).status is RateStatus.INFERRED
    assert found.find("PT", None) is None, "two rates, and the day is not known"
    assert found.find("ES", date(2021, 7, 1)) is None


def test_that_a_scale_not_in_use_is_only_for_comparison():
    found = rates("""
table | iso2 | full_cents | status | valid_from | valid_to
eye | AT | 100000 | reference | . | .
""")
    assert found.find("AT", date(2021, 7, 1)) is None
    assert [rate.full_cents for rate in found.references("AT")] == [100000]


def test_that_the_scale_of_one_call_holds_for_that_call_only():
    found = rates("""
table | iso2 | full_cents | status | valid_from | valid_to
first | BG | 56000 | inferred | . | .
""")
    day = date(2021, 7, 1)
    assert found.find("BG", day, "G1").full_cents == 56000
    assert found.find("BG", day, "G2") is None
    assert found.find("BG", date(2022, 1, 1), "G1") is None


def test_that_a_rate_needs_a_table_and_an_amount():
    with pytest.raises(BadFact, match="no rate table other"):
        rates("table|iso2|full_cents|status|valid_from|valid_to\nother|BG|1|inferred|.|.")
    with pytest.raises(BadFact, match="full_cents: must not be nothing"):
        rates("table|iso2|full_cents|status|valid_from|valid_to\ncxc|BG|0|inferred|.|.")
    with pytest.raises(BadFact, match="full_cents: is no whole number: 5,60"):
        rates("table|iso2|full_cents|status|valid_from|valid_to\ncxc|BG|5,60|inferred|.|.")


RULES = """
rule_set | key | value | note
G9 | name | Ninth | .
G9 | valid_from | 2020-02-03 | .
G9 | valid_to | . | open
G9 | min_working_days | 3 | .
G9 | full_from_days | 5 | .
G9 | near_km | 200 | .
G9 | near_km_margin | 10 | .
G9 | max_months | 1 | .
G9 | ceiling_cents | 110000 | .
G9 | payment_days | 10 | .
G9 | payment_days_kind | calendar | .
G9 | once_only | yes | .
G9 | virtual_allowed_from | . | .
G9 | virtual_allowed_to | . | .
G9 | virtual_min_half_days | 6 | .
G9 | vo_report_due_days | 10 | .
G9 | ho_report_due_days | 30 | .
G9 | periodic_report_days | 60 | .
G9 | keep_years | 5 | .
G9 | keep_short_years | 3 | .
G9 | keep_short_up_to_cents | 6000000 | .
G9 | third_country_days | 183 | .
G9 | min_cluster_members | 15 | .
G9 | grant_ceiling_cents | 36000000 | .
G9 | sme_staff_below | 250 | .
G9 | sme_turnover_up_to_cents | 5000000000 | .
G9 | sme_balance_up_to_cents | 4300000000 | .
"""
TYPES = """
rule_set | organisation_type | may_visit | may_host | note
G9 | SME | yes | yes | .
G9 | LARGE | no | waiver | host only
"""


def rule_sets(rows):
    return list(fact_rows.rule_sets(rows, fact_rows.type_permissions(table(TYPES))))


def test_that_a_rule_set_has_typed_values_with_their_reasons():
    (rules,) = rule_sets(table(RULES))
    assert (rules.code, rules.name, rules.near_km, rules.once_only) == ("G9", "Ninth", 200, True)
    assert (rules.valid_from, rules.valid_to) == (date(2020, 2, 3), None)
    assert rules.notes["valid_to"] == "open"
    assert rules.origins["near_km"].evidence is Evidence.GENERAL


def test_that_permissions_go_by_type_and_unknown_types_need_a_waiver():
    (rules,) = rule_sets(table(RULES))
    assert rules.may_visit("SME") is Permission.YES
    assert rules.may_visit("LARGE") is Permission.NO
    assert rules.may_host("LARGE") is Permission.WAIVER
    assert rules.may_visit("CIRCUS") is rules.may_host("CIRCUS") is Permission.WAIVER


def test_that_a_rule_set_must_be_complete_and_free_of_strangers():
    rows = table(RULES)
    with pytest.raises(BadFact, match="G9 has no near_km"):
        rule_sets([row for row in rows if row["key"] != "near_km"])
    with pytest.raises(BadFact, match="nobody reads: near_miles"):
        rule_sets([*rows, rows[0] | {"key": "near_miles"}])
    with pytest.raises(BadFact, match="stands twice: near_km"):
        rule_sets([*rows, rows[5]])


def test_that_a_holiday_of_a_region_holds_in_its_parts_but_not_elsewhere():
    found = Holidays(
        fact_rows.holidays(
            table("""
date | iso2 | region | city | name
2021-11-17 | DE | DED | . | Repentance and Prayer Day
2021-10-03 | DE | . | . | German Unity Day
""")
        )
    )
    buss, unity = date(2021, 11, 17), date(2021, 10, 3)
    assert [holiday.name for holiday in found.on(buss, "DE", "DED51")] == [
        "Repentance and Prayer Day"
    ]
    assert found.on(buss, "DE", "DE3") == found.on(buss, "DE") == ()
    assert len(found.possible(buss, "DE")) == 1
    assert len(found.on(unity, "DE", "DE3")) == len(found.on(unity, "DE")) == 1
    assert found.on(unity, "AT") == ()


def test_that_years_without_holidays_are_known_as_unknown():
    found = Holidays(
        fact_rows.holidays(table("date|iso2|region|city|name\n2021-10-03|DE|.|.|Unity Day"))
    )
    assert found.covers("DE", date(2021, 1, 1))
    assert not found.covers("DE", date(2022, 1, 1))
    assert not found.covers("ES", date(2021, 1, 1))


def vocabulary(terms):
    (about,) = fact_rows.vocabularies(table("code|name|closed|version\nlist|A list|yes|."))
    return Vocabulary(about, fact_rows.terms(table(terms)))


TERMS = """
vocabulary | code | parent | family | label | sort
list | sea | . | . | Blue growth | 2
list | air | . | . | Aeronautics & space | 1
list | air.move | air | . | Transport & logistics | 3
list | sea.move | sea | . | Transport & logistics | 4
list | sea.fish | sea | . | Fisheries | 5
"""


def test_that_a_term_is_found_by_label_path_or_code():
    terms = vocabulary(TERMS)
    for text in ("Fisheries", "FISHERIES ", "Blue growth > Fisheries", "sea.fish"):
        assert terms.find(text).code == "sea.fish", text
    assert terms.find("Fishery") is None


def test_that_a_label_below_two_parents_is_no_answer_without_its_parent():
    terms = vocabulary(TERMS)
    assert terms.find("Transport & logistics") is None
    assert [term.code for term in terms.matches("transport & logistics")] == [
        "air.move",
        "sea.move",
    ]
    assert terms.find("Blue growth > Transport & logistics").code == "sea.move"
    assert terms.label("sea.move") == "Blue growth > Transport & logistics"
    assert terms.label("sea.fish") == "Fisheries"


def test_that_terms_come_in_their_order_and_unknown_codes_stay():
    terms = vocabulary(TERMS)
    assert [term.code for term in terms.terms][:2] == ["air", "sea"]
    assert terms.label("gone") == terms.path("gone") == "gone"
    assert terms.path("sea.fish", " / ") == "Blue growth / Fisheries"


def test_that_terms_need_distinct_codes_and_existing_parents():
    with pytest.raises(BadFact, match="two terms sea"):
        vocabulary(f"{TERMS.strip()}\nlist | sea | . | . | Sea | 6")
    with pytest.raises(BadFact, match=r"sun\.light has no parent sun"):
        vocabulary(f"{TERMS.strip()}\nlist | sun.light | sun | . | Light | 6")


def test_that_a_term_must_belong_to_a_vocabulary():
    with pytest.raises(BadFact, match="no vocabulary list"):
        vocabularies([], fact_rows.terms(table(TERMS)))


def test_that_a_region_name_can_mean_several_regions():
    found = Regions(
        fact_rows.regions(
            table("""
code | level | iso2 | name
DE3 | 1 | DE | Berlin
DE30 | 2 | DE | Berlin
ITC1 | 2 | IT | Piemonte
""")
        ),
        fact_rows.region_aliases(table("alias | code | lang\nPiedmont | ITC1 | en")),
    )
    assert [region.code for region in found.find("berlin")] == ["DE3", "DE30"]
    assert [region.code for region in found.find("Piedmont")] == ["ITC1"]
    assert [region.code for region in found.find("ITC1", "IT")] == ["ITC1"]
    assert found.find("Piedmont", "DE") == found.find("Bavaria") == ()


def test_that_a_region_has_the_level_of_its_code():
    with pytest.raises(BadFact, match="does not fit the code DE30"):
        list(fact_rows.regions(table("code|level|iso2|name\nDE30|1|DE|Berlin")))
    with pytest.raises(BadFact, match="no region ITX"):
        Regions([], fact_rows.region_aliases(table("alias | code | lang\nNowhere | ITX | en")))


def test_that_a_word_can_have_several_meanings_and_a_language_chooses():
    found = Words(
        fact_rows.words(
            table("""
kind | code | detail | lang | word | sure
total_row | total | . | bg | сума | yes
answer | yes | . | . | ✓ | yes
organisation_type | SME | . | en | company | no
organisation_type | LARGE | . | en | company | no
organisation_type | TRAINER | . | es | academia | yes
organisation_type | UNIV | . | en | academia | yes
""")
        )
    )
    assert [word.code for word in found.find("organisation_type", "Company")] == ["SME", "LARGE"]
    assert [word.code for word in found.find("organisation_type", "academia", "es")] == ["TRAINER"]
    assert len(found.find("organisation_type", "academia", "de")) == 2
    assert [word.code for word in found.find("answer", " ✓ ", "de")] == ["yes"]
    assert found.find("answer", "сума") == ()
    assert len(found.of("organisation_type")) == 4


def test_that_a_heading_has_all_its_meanings():
    found = Headings(
        fact_rows.headings(
            table("""
field | lang | word | note
organisation.country | it | stato | .
exchange.status | it | stato | .
row.number | de | # | .
""")
        )
    )
    assert [heading.field for heading in found.find("STATO:")] == [
        "organisation.country",
        "exchange.status",
    ]
    assert [heading.field for heading in found.find("#")] == ["row.number"]


def test_that_a_month_word_gives_its_number():
    rows = table("lang|month|word|form\nit|1|gen|short\nca|1|gen|short\n.|3|III|roman")
    months = CalendarWords(fact_rows.calendar_words("months", "month", 12, rows))
    assert months.find("Gen.") == {1}
    assert months.find("iii") == {3}
    assert months.find("gan") == frozenset()


def test_that_a_month_lies_between_1_and_12():
    rows = table("lang|month|word|form\nit|13|gen|short")
    with pytest.raises(BadFact, match="lies not between 1 and 12: 13"):
        list(fact_rows.calendar_words("months", "month", 12, rows))
    with pytest.raises(BadFact, match="none of the languages: fr"):
        list(
            fact_rows.calendar_words(
                "months", "month", 12, table("lang|month|word|form\nfr|1|janvier|long")
            )
        )


def test_that_a_legal_form_is_found_however_it_is_dotted():
    forms = LegalForms(
        fact_rows.legal_forms(
            table("form|iso2|kind\nS.L.|ES|company\ne. V.|DE|association\nООД|BG|company")
        )
    )
    for text in ("SL", "S.L.", "s. l.", "S L"):
        assert [form.iso2 for form in forms.find(text)] == ["ES"], text
    assert forms.find("ООД")[0].iso2 == "BG"
    assert forms.find("GmbH") == ()


def test_that_identifiers_are_compared_without_blanks_and_with_or_without_prefix():
    found = Identifiers(
        fact_rows.identifier_patterns(
            table(r"""
kind | iso2 | pattern | example | note
vat | DE | DE\d{9} | DE999999999 | .
vat | GR | EL\d{9} | EL999999999 | .
pic | . | \d{9} | 999999999 | .
""")
        )
    )
    assert found.fits("vat", "DE", "de 999 910 002") is True
    assert found.fits("vat", "DE", "999910002") is True
    assert found.fits("vat", "DE", "99991000") is False
    assert found.fits("vat", "GR", "999999999") is True
    assert found.fits("pic", "DE", "999999999") is True
    assert found.fits("vat", "ES", "whatever") is None


def test_that_a_pattern_must_fit_its_example():
    with pytest.raises(BadFact, match="does not fit the example"):
        list(
            fact_rows.identifier_patterns(
                table("kind|iso2|pattern|example|note\nvat|DE|DE[0-9]{9}|DE1|.")
            )
        )
