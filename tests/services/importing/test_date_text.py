"""Dates out of single texts: every meaning the notation allows, and no other."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.services.importing.date_text import DateText


@pytest.fixture(scope="session")
def texts(dictionary):
    return DateText(dictionary.dates, latest=2032)


def meanings(texts, text):
    reading = texts.read(text)
    if reading is None:
        return None
    return sorted(
        str(span.first) if span.single else f"{span.first}/{span.last}" for span in reading.meanings
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-11-16", "2021-11-16"),
        ("2021-11-16T00:00:00", "2021-11-16"),
        ("20211116", "2021-11-16"),
        ("16.11.2021 09:30", "2021-11-16"),
        ("16.XI.2021", "2021-11-16"),
        ("16-Nov-2021", "2021-11-16"),
        ("30th September 2020", "2020-09-30"),
        ("Sept. 30, 2020", "2020-09-30"),
        ("1º de marzo de 2021", "2021-03-01"),
        ("lunes 4 de abril de 2022", "2022-04-04"),
        ("mar 4 marzo 2021", "2021-03-04"),
        ("4.10.2021 г.", "2021-10-04"),
        ("März 2018", "2018-03"),
        ("03/2018", "2018-03"),
        ("2018", "2018"),
        ("16.11.98", "1998-11-16"),
        ("16.11.31", "2031-11-16"),
    ],
)
def test_that_a_date_is_read_with_the_precision_it_has(texts, text, expected):
    assert meanings(texts, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("del 2 al 4 de marzo de 2021", "2021-03-02/2021-03-04"),
        ("30 nov. - 2 dic. 2021", "2021-11-30/2021-12-02"),
        ("March 1-5, 2022", "2022-03-01/2022-03-05"),
        ("March 1st to 5th 2022", "2022-03-01/2022-03-05"),
        ("del 13 de diciembre de 2021 al 14 de enero de 2022", "2021-12-13/2022-01-14"),
        ("9 y 10 de febrero de 2022", "2022-02-09/2022-02-10"),
        ("16-20/05/2022", "2022-05-16/2022-05-20"),
        ("16.-19.11.2021", "2021-11-16/2021-11-19"),
        ("30.12.-02.01.2022", "2021-12-30/2022-01-02"),
        ("dal 16 al 19 novembre 2021", "2021-11-16/2021-11-19"),
        ("del 27 al 29 d'abril de 2022", "2022-04-27/2022-04-29"),
        ("от 27 до 29 април 2022 г.", "2022-04-27/2022-04-29"),
        ("3.-7. Mai 2020", "2020-05-03/2020-05-07"),
        ("16.11.2021 – 19.11.2021", "2021-11-16/2021-11-19"),
        ("2021-11-16 - 2021-11-19", "2021-11-16/2021-11-19"),
    ],
)
def test_that_a_range_has_a_first_and_a_last_day(texts, text, expected):
    assert meanings(texts, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "por confirmar",
        "1.234,56",
        "ca. 15",
        "45000",
        "0.5",
        "2021/2022",
        "9 y 16 de febrero de 2022",
        "5/3-4/2022",
        "16.11.2021 - 14.11.2021",
        "Mar-18",
        "",
    ],
)
def test_that_what_is_no_date_is_not_made_one(texts, text):
    assert texts.read(text) is None


@pytest.mark.parametrize("text", ["31.02.2021", "99/99/2021", "2021-02-30", "30 февруари 2021"])
def test_that_a_day_that_does_not_exist_is_told_from_a_text(texts, text):
    reading = texts.read(text)

    assert reading.impossible
    assert not reading.spans


def test_that_a_date_without_a_year_is_none_yet(texts):
    reading = texts.read("16 novembre")

    assert not reading.spans
    assert set(reading.yearless.values()) == {(11, 16)}


def test_that_figures_mean_whatever_the_calendar_allows(texts):
    assert meanings(texts, "03/04/2022") == ["2022-03-04", "2022-04-03"]
    assert meanings(texts, "13/04/2022") == ["2022-04-13"]
    assert meanings(texts, "12-11-10") == ["2010-11-12", "2010-12-11", "2012-11-10"]


def test_that_the_mark_of_a_year_rules_the_american_order_out(texts):
    assert DateOrder.MDY not in texts.read("3.4.2022 г.").spans


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)))
def test_that_no_reading_of_figures_misses_the_date_that_was_written(dictionary, day):
    texts = DateText(dictionary.dates, latest=2032)
    for order, written in (
        (DateOrder.DMY, f"{day.day}.{day.month}.{day.year}"),
        (DateOrder.DMY, f"{day.day:02}/{day.month:02}/{day.year % 100:02}"),
        (DateOrder.MDY, f"{day.month}/{day.day}/{day.year}"),
        (DateOrder.YMD, day.isoformat()),
    ):
        reading = texts.read(written)

        assert reading.spans[order].first.first == day


@given(st.text(max_size=30))
def test_that_any_text_is_read_or_left(dictionary, text):
    reading = DateText(dictionary.dates, latest=2032).read(text)

    assert reading is None or reading.spans or reading.impossible or reading.yearless
