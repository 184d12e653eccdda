"""Values as people read and type them."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Money, Number
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts, TextStyle

GERMAN = TextStyle(order="dmy", separator=".", decimal=",", group=".")
AMERICAN = TextStyle(order="mdy", separator="/", decimal=".", group=",")


@pytest.fixture(scope="module")
def facts():
    return ProgrammeFacts()


@pytest.fixture
def german(facts):
    return Texts(facts, GERMAN)


def field(schema, name):
    return schema.schema.by_name[name]


START = field(Exchange, "start")
AMOUNT = field(Exchange, "amount_cents")
DAYS = field(Exchange, "working_days")


def test_that_money_is_shown_as_the_locale_has_it(german, facts):
    assert german.shown(Money(), 123456789) == "1.234.567,89\u00a0€"
    assert german.shown(Money(), 83000) == "830\u00a0€"
    assert Texts(facts, ISO).shown(Money(), 123456) == "1234.56\u00a0€"


def test_that_days_are_shown_in_the_order_of_the_person(facts):
    day = date(2021, 11, 6)
    assert Texts(facts, GERMAN).shown(START.type, day) == "06.11.2021"
    assert Texts(facts, AMERICAN).shown(START.type, day) == "11/06/2021"
    assert Texts(facts, ISO).shown(START.type, day) == "2021-11-06"


def test_that_a_number_is_shown_without_idle_places(german):
    assert german.shown(DAYS.type, Decimal("3.0")) == "3"
    assert german.shown(DAYS.type, Decimal("2.5")) == "2,5"
    assert german.shown(Number(places=0), Decimal(100)) == "100"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("830", 83000), ("830 €", 83000), ("1.100,5", 110050), ("0,07", 7), ("1100", 110000)],
)
def test_that_typed_money_is_understood(german, typed, cents):
    assert german.read(AMOUNT, typed) == cents


@pytest.mark.parametrize("typed", ["1,100.50", "1.10", "12.34.567", "abc", "1,234", "--5", "1 1"])
def test_that_money_that_could_mean_two_things_is_refused(german, typed):
    with pytest.raises(Invalid, match="Agreed takes a number such as 1234,5"):
        german.read(AMOUNT, typed)


@pytest.mark.parametrize(
    "typed", ["16.11.2021", "16.11.21", "16/11/2021", "2021-11-16", " 16.11.2021 "]
)
def test_that_typed_days_are_understood(german, typed):
    assert german.read(START, typed) == date(2021, 11, 16)


def test_that_the_order_of_a_typed_day_is_the_persons(facts):
    assert Texts(facts, AMERICAN).read(START, "3/4/2022") == date(2022, 3, 4)
    assert Texts(facts, GERMAN).read(START, "3/4/2022") == date(2022, 4, 3)


@pytest.mark.parametrize("typed", ["31.2.2021", "11/16/2021", "2021", "tomorrow", "16.11."])
def test_that_a_day_that_does_not_exist_is_refused(german, typed):
    with pytest.raises(Invalid, match="From takes a day that exists"):
        german.read(START, typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2015", PartialDate(2015)),
        ("03/2018", PartialDate(2018, 3)),
        ("2018-03", PartialDate(2018, 3)),
        ("1.3.2016", PartialDate(2016, 3, 1)),
    ],
)
def test_that_a_month_or_year_is_enough_where_the_field_allows_it(german, typed, day):
    since = field(Membership, "since")
    assert german.read(since, typed) == day
    assert german.read(since, german.shown(since.type, day)) == day


def test_that_choices_countries_and_flags_are_read_by_their_names(german):
    assert german.read(field(Exchange, "status"), "payment due") is ExchangeStatus.PAYDUE
    assert german.read(field(Exchange, "ho_country"), "Spain") == "ES"
    assert german.read(field(Exchange, "ho_country"), "Alemania") == "DE"
    assert german.read(field(Exchange, "ctq"), "no") is False
    assert german.read(field(Exchange, "ctq"), "?") is None


@pytest.mark.parametrize(
    ("name", "typed"), [("status", "finished"), ("ho_country", "Iland"), ("ctq", "maybe")]
)
def test_that_a_word_outside_the_list_is_refused_not_guessed(german, name, typed):
    with pytest.raises(Invalid):
        german.read(field(Exchange, name), typed)


def test_that_terms_with_commas_inside_stay_whole(german):
    technology = field(Organisation, "technology_fields")
    codes = german.read(
        technology, "Digital Systems, Digital Representation; Information Technology/Informatics"
    )
    assert len(codes) == 2
    assert german.shown(technology.type, codes) == (
        "Digital Systems, Digital Representation; Information Technology/Informatics"
    )


def test_that_times_are_read_in_the_usual_forms(german):
    start = field(Event, "start_time")
    assert german.read(start, "9:30") == german.read(start, "09.30") == time(9, 30)
    with pytest.raises(Invalid):
        german.read(start, "25:00")


def test_that_an_emptied_editor_means_blank(german):
    assert german.read(START, "  ") is None
    assert german.read(field(Exchange, "activities"), "") == ()


@given(st.integers(0, 10**12), st.sampled_from([GERMAN, AMERICAN, ISO]))
def test_that_money_typed_back_is_the_same(cents, style):
    texts = Texts(ProgrammeFacts(), style)
    assert texts.read(AMOUNT, texts.typed(AMOUNT.type, cents)) == cents
    assert texts.read(AMOUNT, texts.shown(AMOUNT.type, cents)) == cents


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([GERMAN, AMERICAN, ISO]))
def test_that_a_day_typed_back_is_the_same(day, style):
    texts = Texts(ProgrammeFacts(), style)
    assert texts.read(START, texts.shown(START.type, day)) == day


def test_that_a_vat_number_is_kept_in_one_spelling_however_it_was_typed(german):
    vat = Organisation.schema.by_name["vat"]
    assert german.read(vat, " es b-12.345.678 ") == "ESB12345678"
    assert german.read(vat, " . ") is None
    assert german.read(Organisation.schema.by_name["national_number"], "HRB 12/3") == "HRB 12/3"
