"""Single cells that are texts, addresses, times or amounts with a currency."""

import datetime as dt

import pytest

from smartct_desktop.services.importing.clock_text import Hours, read_clock
from smartct_desktop.services.importing.money_cells import (
    currency_of_format,
    currency_of_heading,
    in_euro,
)
from smartct_desktop.services.importing.text_cells import (
    clean_line,
    clean_text,
    code_text,
    email,
    link,
    vat,
)
from smartct_desktop.services.importing.understood import Doubt

GENERAL = "General"


def at(text):
    return dt.time.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Adler \u00a0 Optik ", "Adler Optik"),
        ("Cafe\u0301", "Café"),
        ("zero\u200bwidth\x07", "zerowidth"),
        ("\u202eHbmG reldA", "HbmG reldA"),
        ("one\x0btwo", "one two"),
        ("two\nlines", "two lines"),
        ("plain", "plain"),
    ],
)
def test_that_a_line_is_cleaned_without_losing_letters(text, expected):
    assert clean_line(text) == expected


def test_that_a_text_keeps_its_lines():
    assert clean_text(" one  two \r\n three ") == "one two\nthree"


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [("04109", GENERAL, "04109"), (4109, "00000", "04109"), (4109.0, GENERAL, "4109")],
)
def test_that_codes_keep_the_zeros_that_are_shown(value, code, expected):
    assert code_text(value, code) == expected


def test_that_a_code_stored_as_a_date_is_asked_about():
    assert isinstance(code_text(dt.date(2022, 12, 3), "d-mmm"), Doubt)


@pytest.mark.parametrize("text", ["DE 811 569 869", "de811569869", "DE-811.569/869"])
def test_that_vat_numbers_are_written_one_way(text):
    assert vat(text, GENERAL) == "DE811569869"


@pytest.mark.parametrize(
    "text", ["ada@bosc.example", "mailto:ada@bosc.example", "Ada Rossi <ada@bosc.example>"]
)
def test_that_one_address_is_taken(text):
    assert email(text, GENERAL) == "ada@bosc.example"


def test_that_several_addresses_are_asked_about_and_the_first_proposed():
    doubt = email("ada@bosc.example; leo@bosc.example", GENERAL)

    assert doubt.options == ("ada@bosc.example", "leo@bosc.example", None)
    assert doubt.propose == "ada@bosc.example"


@pytest.mark.parametrize("text", ["ada at bosc.example", "ada@", "?"])
def test_that_what_is_no_address_is_never_taken(text):
    doubt = email(text, GENERAL)

    assert isinstance(doubt, Doubt)
    assert doubt.propose is None


def test_that_an_answer_that_is_no_address_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        email("?", GENERAL).read("nobody")


def test_that_web_addresses_get_their_beginning():
    assert link("www.bosc.example/x", GENERAL) == "https://www.bosc.example/x"
    assert link("http://bosc.example", GENERAL) == "http://bosc.example"
    assert isinstance(link("see mail", GENERAL), Doubt)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:30-13:00", "09:30", "13:00"),
        ("9.30 – 13 h", "09:30", "13:00"),
        ("10-12", "10:00", "12:00"),
        ("von 9 bis 17 Uhr", "09:00", "17:00"),
        ("desde las 16:00", "16:00", None),
        ("de 16:00 a 18:30 h", "16:00", "18:30"),
        ("от 10:00 до 12:00 ч.", "10:00", "12:00"),
        ("dalle 9:00 alle 13:00", "09:00", "13:00"),
    ],
)
def test_that_times_are_read_in_several_languages(text, start, end):
    assert read_clock(text) == Hours(at(start), end and at(end))


@pytest.mark.parametrize("text", ["", "mañana", "9", "25:00", "13:00-9:00", "9:75", "10:00, 12:00"])
def test_that_what_is_no_time_is_not_made_one(text):
    assert read_clock(text) is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Amount EUR", "EUR"),
        ("Сума (лв.)", "BGN"),
        ("Betrag in €", "EUR"),
        ("Amount", ""),
        ("Сума лв./EUR", ""),
    ],
)
def test_that_a_heading_names_the_currency(dictionary, header, expected):
    assert currency_of_heading(header, dictionary) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('#,##0.00 "€"', "EUR"),
        ("[$€-407] #,##0", "EUR"),
        ('#,##0.00 "лв."', "BGN"),
        ("#,##0.00", ""),
        ('0 "km"', ""),
    ],
)
def test_that_a_number_format_shows_the_currency(dictionary, code, expected):
    assert currency_of_format(code, dictionary) == expected


@pytest.mark.parametrize(
    ("cents", "currency", "expected"),
    [(83000, "EUR", 83000), (195583, "BGN", 100000), (100, "BGN", 51), (100, "USD", None)],
)
def test_that_only_rates_fixed_by_law_turn_money_into_euro(cents, currency, expected):
    assert in_euro(cents, currency) == expected
