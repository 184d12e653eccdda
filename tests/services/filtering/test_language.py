"""The filter language: what a text means, what is refused and how, and how terms are written."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.services.filtering.language import Language
from smartct_desktop.services.filtering.terms import (
    Alternatives,
    Blank,
    Bound,
    Condition,
    Exactly,
    Filled,
    Findings,
    Part,
    Phrase,
    Refusal,
    Span,
    Today,
    Word,
)
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts, TextStyle

FACTS = ProgrammeFacts()
GERMAN = Texts(FACTS, TextStyle(decimal=",", group="."))
KINDS = ("exchange", "organisation", "event")
LANGUAGES = {kind: Language(kind, FACTS, Texts(FACTS, TextStyle())) for kind in KINDS}
KEPT = {kind: Language(kind, FACTS, Texts(FACTS, ISO)) for kind in KINDS}

MANY = " ".join(f"w{n}" for n in range(100))


def read(text, kind="exchange"):
    return LANGUAGES[kind].read(text)


def refused(text, kind="exchange"):
    refusal = read(text, kind)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def condition(path, *operands, negated=False):
    return (Condition(Path.of(path), operands, negated),)


def test_that_words_phrases_and_their_negations_are_told_apart():
    assert read('alfa "smart city" -beta -"Bilbao port" SCT-2021-001') == (
        Word("alfa"),
        Phrase("smart city"),
        Word("beta", negated=True),
        Phrase("Bilbao port", negated=True),
        Word("SCT-2021-001"),
    )
    assert read("") == read("   ") == ()
    assert read("Smart City - Leipzig")[2] == Word("-")


@pytest.mark.parametrize("text", ["„Zelena Spirka“", "“Zelena Spirka”", "«Zelena Spirka»"])
def test_that_quotation_marks_of_any_language_make_a_phrase(text):
    assert read(text) == (Phrase("Zelena Spirka"),)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("start", "start"),
        ("From", "start"),
        ("host city", "ho_city"),
        ("HOST CITY", "ho_city"),
        ("Días laborables", "working_days"),
        ("Paid on", "paid_on"),
        ("Visiting organisation", "vo"),
        ("visitor.country", "vo.country"),
        ("ho.city", "ho.city"),
        ("host country", "ho.country"),
        ("Host organisation › Country", "ho.country"),
        ("vo.partnership.acronym", "vo.partnership.acronym"),
        ("Visitor's cluster country", "vo_cluster.country"),
    ],
)
def test_that_a_field_goes_by_name_label_heading_and_way(name, path):
    (found,) = read(f"{name}:-")
    assert found.path == Path.of(path)


def test_that_words_before_a_name_of_several_words_stay_words():
    assert read("leipzig host country:ES") == (
        Word("leipzig"),
        *condition("ho.country", Exactly("ES")),
    )
    assert read("leipzig -host country:ES")[1].negated


def test_that_several_values_blanks_and_anything_can_be_asked_for():
    assert read("status:paid,closed,-") == condition(
        "status", Exactly(ExchangeStatus.PAID), Exactly(ExchangeStatus.CLOSED), Blank()
    )
    assert read('status:"Payment due"') == condition("status", Exactly(ExchangeStatus.PAYDUE))
    assert read("paid on:*") == condition("paid_on", Filled())
    assert read("ctq:yes,unknown") == condition("ctq", Exactly(True), Blank())
    assert read("ctq:ja") == condition("ctq", Exactly(True))


@pytest.mark.parametrize("text", ["Spain", "ES", "es", "España", "Испания", "Spanien"])
def test_that_a_country_goes_by_word_or_code(text):
    assert read(f"country:{text}", "organisation") == condition("country", Exactly("ES"))


def test_that_terms_go_by_label_or_code():
    label = FACTS.term_label("activity_type", FACTS.terms("activity_type")[0].code)
    assert read(f'activities:"{label}"') == condition(
        "activities", Exactly(FACTS.terms("activity_type")[0].code)
    )


def test_that_numbers_amounts_days_and_times_are_compared():
    assert read("days>5") == read("days:>5") == condition("working_days", over(Decimal(5)))
    assert read("agreed:>=415.50") == condition("amount_cents", Span(Bound(41_550), None))
    assert read("agreed<1,000") == condition(
        "amount_cents", Span(None, Bound(100_000, included=False))
    )
    assert read("start<today-30") == condition(
        "start", Span(None, Bound(Today(-30), included=False))
    )
    assert read("from:>9:30", "event") == condition(
        "start_time", over(read("from:9:30", "event")[0].operands[0].value)
    )


def over(value):
    return Span(Bound(value, included=False), None)


def test_that_ranges_have_one_or_two_ends():
    november, march = PartialDate(2021, 11), PartialDate(2022, 3)
    assert read("start:2021-11..2022-03") == condition(
        "start", Span(Bound(november), Bound(march), range_=True)
    )
    assert read("start:11/2021..") == condition("start", Span(Bound(november), None, range_=True))
    assert read("agreed:100..500") == condition(
        "amount_cents", Span(Bound(10_000), Bound(50_000), range_=True)
    )
    assert read("start:2021,2022-03")[0].operands == (
        Exactly(PartialDate(2021)),
        Exactly(march),
    )


def test_that_a_text_field_is_looked_into_for_words_or_for_a_phrase():
    assert read('host city:Leip,"Bad Ems"') == condition(
        "ho_city", Part("Leip"), Part("Bad Ems", whole=True)
    )
    assert read("visiting organisation:mobi") == condition("vo", Part("mobi"))


def test_that_a_bar_parts_alternatives_and_binds_closer_than_a_blank():
    terms = read("alfa ctq:no | agreement:no -beta")
    assert terms == (
        Word("alfa"),
        Alternatives((*condition("ctq", Exactly(False)), *condition("agreement", Exactly(False)))),
        Word("beta", negated=True),
    )


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        ('alfa "smart', '"smart', "not closed"),
        ("countri of the stay:ES", "countri", "no field"),
        ("xyzzy:5", "xyzzy", "quotation marks"),
        ("cities:5", "cities", "There is no field"),
        ("alfa statis:paid", "statis", "Did you mean “Status”?"),
        ("status:payd", "payd", "Did you mean “Paid”?"),
        ("status:", "", "What should Status be?"),
        ("status:paid,", "", "missing"),
        ("status>5", ">5", "no larger and smaller"),
        (">5", ">5", "A field is missing before “>”: Days:>5."),
        ("2021-11..2022-03", "2021-11..2022-03", "A field is missing"),
        ("days:many", "many", "takes a number"),
        ("start:31.02.2021", "31.02.2021", "takes a day"),
        ("agreed:500..100", "500..100", "backwards"),
        ("agreed:..", "..", "at least one side"),
        ("agreed:100,200", "100,200", "one number or several: write 100200 or 100;200"),
        ("days:2,5", "2,5", "parted by semicolons: 2;5"),
        ("days:>", ">", "such as >5"),
        ("days=5", "days=5", "A colon parts field and value: days:5."),
        ("| alfa", "|", "both sides"),
        ("alfa | | beta", "|", "both sides"),
        ("alfa |", "|", "both sides"),
        ("vo:&", "&", "no letter or digit"),
        ('""', '""', "no letter or digit"),
        ("country:Atlantis", "Atlantis", "no value"),
        ("ctq:perhaps", "perhaps", "takes yes, no or unknown"),
        ("alfa -:5", "-:5", "A field is missing"),
        ("days:99999999999999999999999999", "9" * 26, "too long"),
        (f"{MANY} wz w0", "wz w0", "100 words"),
        (f"{MANY.replace(' ', ' | ')} | wz", "wz", "100 words"),
        (f"{MANY.replace('w', '-w')} -wz", "-wz", "100 words"),
        (f"host:{MANY.replace(' ', ',')},wz", f"host:{MANY.replace(' ', ',')},wz", "100 words"),
    ],
)
def test_that_a_refusal_says_which_part_and_what_is_possible(text, part, words):
    refusal = refused(text, "organisation" if "Atlantis" in text else "exchange")
    if part not in ("countri", ":"):
        assert text[refusal.start : refusal.end] == part
    assert words in refusal.sentence


def test_that_a_refusal_offers_what_could_stand_there():
    assert refused("status:payd").offers[0] == "Paid"
    assert refused("agreed:100,200").offers == ("100200", "100;200")
    assert refused("agreed:500..100").offers == ("100..500",)
    assert refused("statis:paid").offers[0] == "Status"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("alfa status:payd beta", "alfa beta"),
        ("alfa status:", "alfa"),
        ("host countr:ES gamma", "host gamma"),
        ('alfa "open', "alfa"),
        ("days:x status:payd", ""),
        ("|", ""),
    ],
)
def test_that_a_refused_text_is_understood_without_what_is_refused(text, rest):
    assert LANGUAGES["exchange"].read_without(text, refused(text)) == read(rest)


def test_that_the_style_of_numbers_decides_what_a_comma_is():
    german = Language("exchange", FACTS, GERMAN)
    assert german.read("days:2,5") == condition("working_days", Exactly(Decimal("2.5")))
    assert german.read("agreed:>1.000") == condition("amount_cents", over(100_000))
    assert german.written(german.read("days:2,5")) == "Days:2,5"


def test_that_terms_are_written_readably_or_for_keeping():
    terms = read('status:"payment due" vo.country:BG')
    assert LANGUAGES["exchange"].written(terms) == 'Status:"Payment due" Visitor country:Bulgaria'
    assert LANGUAGES["exchange"].written(terms, stable=True) == "status:PAYDUE vo.country:BG"


def test_that_a_word_before_a_field_does_not_join_its_name():
    terms = (Word("host"), *condition("event.country", Exactly("ES")))
    written = LANGUAGES["exchange"].written(terms)
    assert read(written) == terms
    city = (Word("Host"), Word("Paid"), *condition("end", Exactly(PartialDate(2021))))
    assert read(LANGUAGES["exchange"].written(city)) == city


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_field_and_way_has_a_name_that_means_it(kind):
    language = LANGUAGES[kind]
    for stable in (False, True):
        for path in (*language.names.own, *language.names.ways):
            name = language.names.written(path, stable=stable)
            assert language.names.find(name) == (path,), name


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_own_label_means_its_own_field(kind):
    labels = {}
    for field in next(schema for schema in SCHEMAS if schema.kind == kind).fields:
        labels.setdefault(field.label, []).append(field.name)
    for label, names in labels.items():
        found = LANGUAGES[kind].names.find(label)
        assert set(found) >= {Path((name,)) for name in names}, (label, names, found)
        assert len(found) == 1, (label, found)


PIECES = st.sampled_from(
    [
        *("alfa", "host", "country", "status", "days", "start", "ctq", "vo", "agreed", "type"),
        *(":", ":", ">", "<", ">=", "<=", "..", ",", ";", "|", "-", "*", "=", '"', "“", "„", "»"),
        *("5", "2021-11", "16.11.2021", "today", "today-3", "1,000", "100", "€", "yes", "ES"),
        *("paid", "Payment due", " ", " ", "\u00a0", "٣", "é", "9:30", "0", "99999999", "%", "\\"),
        *("9999-12-31", "0001", "1", "9999", "(blank)", "?", "visitor.country", "xyz"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=60))


@settings(max_examples=1500)
@given(text=TEXTS, kind=st.sampled_from(KINDS))
def test_that_any_text_is_understood_or_refused_with_a_sentence(text, kind):
    found = read(text, kind)

    if isinstance(found, Refusal):
        assert found.sentence
        assert 0 <= found.start <= found.end <= len(text)
        return
    written = LANGUAGES[kind].written(found)
    assert LANGUAGES[kind].read(written) == found, written
    kept = KEPT[kind].written(found, stable=True)
    assert KEPT[kind].read(kept) == found, kept
    german = Language(kind, FACTS, GERMAN)
    assert german.read(german.written(found)) == found


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("visitor's country:IT", "vo.country"),
        ("Visitor’s country: Italy", "vo.country"),
        ("host's country:it", "ho.country"),
        ("Visiting organisation › Country:IT", "vo.country"),
        ("Visitor › Country:IT", "visitor.country"),
    ],
)
def test_that_a_field_of_a_record_named_is_called_as_columns_and_facets_call_it(text, path):
    assert read(text) == condition(path, Exactly("IT"))


def test_that_a_value_can_stand_after_a_blank_and_several_after_commas():
    assert read("host country: Spain, Italy leipzig") == (
        *condition("ho.country", Exactly("ES"), Exactly("IT")),
        Word("leipzig"),
    )
    assert read('host city: "Bad Ems", Leipzig') == condition(
        "ho_city", Part("Bad Ems", whole=True), Part("Leipzig")
    )
    assert refused("status: | alfa").offers == ()
    assert refused("status: ").start == len("status:")


def test_that_what_the_rules_say_is_asked_for_by_its_weight():
    errors, warnings = Severity.ERROR, Severity.WARNING
    assert read("problems:errors") == (Findings(frozenset({errors})),)
    assert read('Problems: "has errors", none') == (Findings(frozenset({errors}), nothing=True),)
    assert read("-problems:warning") == (Findings(frozenset({warnings}), negated=True),)
    assert read("problems:*") == (Findings(frozenset({errors, warnings})),)
    assert read("has problems:none") == (Findings(frozenset(), nothing=True),)
    assert refused("problems:errosr").offers == ("errors",)
    for text in ("problems:errors,warnings,none", "-problems:none"):
        assert LANGUAGES["exchange"].written(read(text)) == text
