"""Numbers out of single texts: every meaning a decimal sign allows, and no other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.records.sender import DecimalSign
from smartct_desktop.services.importing.number_text import NumberText


@pytest.fixture(scope="session")
def texts(dictionary):
    return NumberText(dictionary.numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38", "38"),
        ("415,00", "415"),
        ("1 100,00", "1100"),
        ("1\u00a0100,00", "1100"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'100", "1100"),
        ("1.150.000", "1150000"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("-5", "-5"),
        ("830 €", "830"),
        ("EUR 830", "830"),
        ("830,-", "830"),
        ("606 km", "606"),
    ],
)
def test_that_a_clear_number_has_one_meaning(texts, text, expected):
    assert texts.read(text).meanings == {Decimal(expected)}


@pytest.mark.parametrize("text", ["1.100", "1,100", "12.345"])
def test_that_a_single_sign_before_three_digits_may_be_either(texts, text):
    reading = texts.read(text)

    assert len(reading.meanings) == 2
    assert reading.proof is None


@pytest.mark.parametrize(("text", "sign"), [("2,5", DecimalSign.COMMA), ("2.5", DecimalSign.POINT)])
def test_that_some_notations_prove_the_decimal_sign(texts, text, sign):
    assert texts.read(text).proof is sign


@pytest.mark.parametrize("text", ["ca. 15", "unos 15", "около 15", "~15", "etwa 15"])
def test_that_about_is_noticed(texts, text):
    reading = texts.read(text)

    assert reading.about
    assert reading.meanings == {Decimal(15)}


def test_that_a_currency_beside_the_number_is_noticed(texts):
    assert texts.read("1 100,00 лв.").currency == "BGN"
    assert texts.read("€ 20").currency == "EUR"


@pytest.mark.parametrize("text", ["12-15", "1 2", "15%", "1e5", "5+", "abc", "", "€ 5 лв."])
def test_that_what_is_no_number_is_not_made_one(texts, text):
    assert texts.read(text) is None


@given(st.decimals(0, 10**6, places=2), st.sampled_from([(".", ","), (",", "."), (",", " ")]))
def test_that_no_reading_misses_the_number_that_was_written(dictionary, number, signs):
    point, group = signs
    written = f"{number:,.2f}".replace(",", "\0").replace(".", point).replace("\0", group)

    reading = NumberText(dictionary.numbers).read(written)

    assert number in reading.meanings
