"""What is offered while somebody types a filter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.reading import Bucket
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.services.filtering.completion import Completion
from smartct_desktop.services.filtering.language import Language
from smartct_desktop.services.filtering.terms import Refusal
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts, TextStyle
from tests.services.filtering.test_language import TEXTS as SOME_TEXTS

FACTS = ProgrammeFacts()
LANGUAGE = Language("exchange", FACTS, Texts(FACTS, TextStyle()))
HELD = {
    Path.of("status"): [Bucket(ExchangeStatus.PAID, None, 7), Bucket(None, None, 2)],
    Path.of("ho.country"): [Bucket("ES", None, 5), Bucket("BG", None, 2)],
    Path.of("vo"): [Bucket(Id("a"), "Álfa, „S.L.“", 3), Bucket(None, None, 1)],
    Path.of("ho_city"): [Bucket("Bad Ems", None, 3), Bucket("Leipzig", None, 1)],
}
COMPLETION = Completion(LANGUAGE, lambda path: HELD.get(path, []))


def offered(text, cursor=None):
    return COMPLETION.at(text, len(text) if cursor is None else cursor)


def taken(text, shown):
    """The text after taking an offer."""
    (offer,) = [one for one in offered(text).offers if one.text == shown]
    return text[: offer.start] + offer.insert + text[offer.end :]


def names(text):
    return [offer.text for offer in offered(text).offers]


def test_that_fields_are_offered_after_a_letter_own_ones_first():
    assert names("") == names("alfa ") == []
    assert names("hos")[:3] == ["Host organisation", "Host's cluster", "Host's partnership"]
    assert "Host country" in names("host co")
    assert "Status in the tool" in names("tool")
    assert not offered("hos").meant
    assert names("xyzzy") == []


def test_that_taking_a_field_leaves_what_stands_before():
    assert taken("alfa -host cou", "Host country") == "alfa -Host country:"
    assert taken("leipzig stat", "Status") == "leipzig Status:"


def test_that_values_are_offered_with_how_many_records_hold_them():
    first, *_ = offered("status:pai").offers
    assert (first.text, first.detail) == ("Paid", "7")
    assert offered("status:pai").meant
    assert names("host country:")[:2] == ["Spain", "Bulgaria"]
    assert names("host country:")[-2:] == ["-", "*"]
    assert taken("status:paid,val", "Validated") == "status:paid,Validated"
    assert taken("status:pay", "Payment due") == 'status:"Payment due"'
    assert taken('status:"payment d', "Payment due") == 'status:"Payment due"'
    assert names("ctq:")[:3] == ["yes", "no", "unknown"]
    assert "today" in names("start:")


def test_that_a_value_typed_to_its_end_needs_no_offer():
    assert not offered("status:paid").meant
    assert names("host country:Spain") == []


def test_that_texts_and_records_in_use_are_offered_as_phrases():
    assert taken("host city:bad", "Bad Ems") == 'host city:"Bad Ems"'
    assert (
        taken("visiting organisation:alf", "Álfa, „S.L.“") == 'visiting organisation:"Álfa, S.L."'
    )
    assert not offered("host city:bad").meant


def test_that_codes_find_their_names():
    assert names("host country:BG") == ["Bulgaria"]


@pytest.mark.parametrize("text", ["nothing:pa", "days>5", '"status', "status:paid ", "-", "|"])
def test_that_nothing_is_offered_where_nothing_fits(text):
    assert names(text) == []


@settings(max_examples=400)
@given(text=SOME_TEXTS, data=st.data())
def test_that_what_is_offered_for_a_field_is_understood(text, data):
    cursor = data.draw(st.integers(0, len(text)))
    offers = offered(text, cursor).offers
    for offer in offers[:5]:
        assert 0 <= offer.start <= offer.end == cursor
        before = text[: offer.start]
        if offer.goes_on and not isinstance(LANGUAGE.read(before), Refusal):
            assert not isinstance(LANGUAGE.read(f"{before}{offer.insert}-"), Refusal)
        if not offer.goes_on and not isinstance(LANGUAGE.read(f"{before}-"), Refusal):
            assert not isinstance(LANGUAGE.read(f"{before}{offer.insert}"), Refusal)


def test_that_a_field_is_offered_for_the_words_of_its_facet():
    assert names("visitor's countr") == ["Visitor country"]
    assert taken("visitor's countr", "Visitor country") == "Visitor country:"
    assert "Visitor country" in names("visiting organisation › c")
    assert names("visitor's country:bul") == ["Bulgaria"]
    assert names("host's country: it") == ["Italy"]


def test_that_what_the_rules_say_is_offered():
    assert "Problems" in names("prob")
    assert taken("alfa prob", "Problems") == "alfa Problems:"
    assert names("problems:") == ["errors", "warnings", "none"]
    assert taken("problems:errors,wa", "warnings") == "problems:errors,warnings"
    assert names("problems:errors") == []
