"""Columns of dates: the order is decided for the column, and asked where it is open."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.plan import Action
from smartct_desktop.services.importing.questions import Asking
from smartct_desktop.services.importing.understood import RawColumn
from smartct_desktop.services.importing.values import ColumnReader
from tests.services.importing.books import book, day, exchange, exchanges


@pytest.fixture
def read(dictionary):
    """Reads one column of starts of exchanges; gives it and the questions put."""

    def understood(*cells, answers=None, language="en", code="exchange.start"):
        asking = Asking(answers or {})
        reader = ColumnReader(
            dictionary, asking, "S", language=language, latest=2032, from_1904=False
        )
        column = RawColumn(code, "J", "Start", range(2, 2 + len(cells)), cells, ())
        return reader.read([column])[code], asking.questions()

    return understood


def test_that_one_clear_cell_decides_for_the_whole_column(read):
    column, questions = read("03/04/2022", "25/04/2022")

    assert column.values == [day("2022-04-03"), day("2022-04-25")]
    assert not questions


def test_that_an_open_order_is_asked_once_and_everything_hangs_on_it(read):
    column, (question,) = read("03/04/2022", "05/06/2022", "07/07/2022")

    assert (question.topic, question.per, question.letter) == ("date_order", "column", "J")
    assert question.items[0].options == ("dmy", "mdy")
    assert not question.items[0].proposed
    assert column.values == [None, None, day("2022-07-07")]
    assert set(column.asked) == {0, 1}


def test_that_the_language_only_proposes(read):
    column, (question,) = read("03/04/2022", language="de")

    assert question.items[0].propose == "dmy"
    assert column.asked[0].propose == day("2022-04-03")


@pytest.mark.parametrize(("order", "expected"), [("dmy", "2022-04-03"), ("mdy", "2022-03-04")])
def test_that_the_answer_holds_for_the_column(read, order, expected):
    column, (question,) = read("03/04/2022", answers={"date_order:S!J": order})

    assert column.values == [day(expected)]
    assert not question.open


def test_that_an_answer_that_is_no_option_is_refused(read):
    with pytest.raises(Invalid, match="none of: dmy, mdy"):
        read("03/04/2022", answers={"date_order:S!J": "ymd"})


def test_that_two_writers_in_one_column_are_asked_about(read):
    column, (question,) = read("25/04/2022", "04/25/2022", "03/04/2022", language="de")

    assert column.values[:2] == [day("2022-04-25"), day("2022-04-25")]
    assert 2 in column.asked
    assert not question.items[0].proposed


def test_that_dates_turned_around_by_a_program_are_noticed(read):
    cells = (dt.date(2022, 4, 3), dt.date(2022, 6, 5), "25.04.2022")

    column, (question,) = read(*cells)
    turned, _ = read(*cells, answers={question.id: "turned"})

    assert set(column.asked) == {0, 1}
    assert turned.values == [day("2022-03-04"), day("2022-05-06"), day("2022-04-25")]


def test_that_real_dates_are_taken_as_they_are(read):
    column, questions = read(dt.date(2022, 4, 3), dt.datetime(2022, 4, 25, 9, 30))

    assert column.values == [day("2022-04-03"), day("2022-04-25")]
    assert not questions


@pytest.mark.parametrize(
    ("cell", "topic"),
    [
        ("31.02.2021", "no_such_day"),
        ("16 November", "date_without_year"),
        ("November 2021", "incomplete_date"),
        ("soon", "unreadable_date"),
        (44512, "serial_numbers"),
        (2021, "year_only"),
    ],
)
def test_that_what_gives_no_day_is_asked_about(read, cell, topic):
    column, (question,) = read(cell)

    assert question.topic == topic
    assert column.values == [None]
    assert isinstance(column.asked[0], Asked)


def test_that_a_day_number_is_only_proposed(read):
    column, _ = read(44512)
    taken, _ = read(44512, answers={"serial_numbers:S!J": {"44512": "2021-11-12"}})

    assert column.asked[0].propose == day("2021-11-12")
    assert taken.values == [day("2021-11-12")]


def test_that_members_may_have_joined_in_a_month_or_a_year(read):
    column, (question,) = read(
        "März 2018", 2015, dt.date(2016, 3, 1), code="membership.since", language="de"
    )

    assert column.values == [PartialDate(2018, 3), None, PartialDate(2016, 3, 1)]
    assert question.topic == "year_only"
    assert column.asked[1].propose == PartialDate(2015)


def test_that_words_for_nothing_are_blank(read):
    column, questions = read("-", "k. A.", "n/a", None)

    assert column.values == [None] * 4
    assert not questions


ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
FORMS = {
    "d.m.y": lambda d: f"{d.day}.{d.month}.{d.year}",
    "dd/mm/yyyy": lambda d: f"{d:%d/%m/%Y}",
    "dd-mm-yy": lambda d: f"{d:%d-%m-%y}",
    "m/d/yyyy": lambda d: f"{d.month}/{d.day}/{d.year}",
    "mm/dd/yy": lambda d: f"{d:%m/%d/%y}",
    "iso": lambda d: d.isoformat(),
    "y/m/d": lambda d: f"{d:%Y/%m/%d}",
    "bg": lambda d: f"{d.day}.{d.month}.{d.year} г.",
    "roman": lambda d: f"{d.day}.{ROMANS[d.month - 1]}.{d.year}",
    "real": lambda d: d,
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    st.lists(st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31)), min_size=1, max_size=12),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from(["en", "de", "es", "bg", ""]),
)
def test_that_no_generated_column_is_ever_turned_around_in_silence(read, days, form, language):
    column, questions = read(*map(FORMS[form], days), language=language)

    for place, expected in enumerate(days):
        assert column.values[place] == expected or place in column.asked
    for question in questions:
        assert (
            any(FORMS[form](d) != d.isoformat() and d.day <= 12 for d in days) or form == "dd-mm-yy"
        )
        assert question.topic == "date_order"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.lists(st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31)), min_size=1, max_size=9))
def test_that_every_question_about_the_order_is_needed(read, days):
    cells = [f"{d:%d/%m/%Y}" for d in days]

    _, questions = read(*cells)

    proven = any(d.day > 12 for d in days)
    differs = any(d.day != d.month for d in days)
    assert bool(questions) == (differs and not proven)


def test_that_a_row_waits_as_long_as_a_date_of_it_is_asked_about(plan):
    found = plan(book(exchanges(exchange("A-1", start="03/04/2022", end="07/04/2022"))))

    assert [row.action for row in found.rows] == [Action.WAIT]
    assert found.rows[0].waits == ("date_order:Sheet1!F", "date_order:Sheet1!G")
