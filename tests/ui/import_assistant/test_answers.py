"""Answers in words, and typed ones as the plan takes them."""

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Country, Number, Text, Whole
from smartct_desktop.ui.import_assistant.answers import Wording
from tests.ui.import_assistant.partner_files import (
    doubtful_dates,
    exchange,
    exchanges,
    members,
    write_sheets,
)


@pytest.fixture
def wording(texts, understanding):
    return Wording(texts, understanding)


def question_of(outlook, topic):
    return next(q for q in outlook.plan.questions if q.topic == topic)


def titles(wording, outlook, question):
    answers = wording.answers(outlook, question, question.items[0])
    return [(answer.title, answer.detail) for answer in answers]


def test_that_the_order_of_dates_is_shown_with_the_cell_in_question(tmp_path, outlook_of, wording):
    outlook = outlook_of(doubtful_dates(tmp_path / "d.xlsx"))

    assert titles(wording, outlook, question_of(outlook, "date_order")) == [
        ("Day first", "06/12/2021 is Mon 6 Dec 2021"),
        ("Month first", "06/12/2021 is Sat 12 Jun 2021"),
    ]


def test_that_organisations_are_chosen_by_name(tmp_path, outlook_of, wording):
    path = exchanges(
        tmp_path / "a.xlsx",
        exchange(1, host_organisation="Gastgeber Energie GmbH"),
        exchange(2, host_organisation="Gastgeber Energie", start="2022-04-04", end="2022-04-06"),
    )
    outlook = outlook_of(path)

    assert titles(wording, outlook, question_of(outlook, "same_organisation")) == [
        ("Gastgeber Energie GmbH", ""),
        ("Another organisation", ""),
    ]


def test_that_words_of_a_state_are_put_as_in_the_window(tmp_path, outlook_of, wording):
    path = exchanges(tmp_path / "a.xlsx", exchange(1, status="fast fertig"))
    outlook = outlook_of(path)
    question = question_of(outlook, "status_words")

    said = [title for title, _ in titles(wording, outlook, question)]

    assert said[0] == "Draft"
    assert said[-1] == "Leave it blank"
    assert wording.in_words(outlook, question, question.items[0], "CLOSED") == "Closed"


def test_that_a_country_is_typed_with_the_list_of_countries(tmp_path, outlook_of, wording):
    outlook = outlook_of(members(tmp_path / "m.xlsx"))
    question = question_of(outlook, "country")

    assert wording.field(outlook, question).type == Country()
    assert wording.answers(outlook, question, question.items[0]) == ()
    assert wording.in_words(outlook, question, question.items[0], "BG") == "Bulgaria"
    assert wording.reply_of(outlook, question, "BG") == "BG"


def test_that_a_number_is_typed_as_a_number(tmp_path, outlook_of, wording):
    outlook = outlook_of(members(tmp_path / "m.xlsx"))
    question = question_of(outlook, "number")

    assert isinstance(wording.field(outlook, question).type, Whole)
    assert wording.value_of(outlook, question, 1150) == 1150
    assert wording.reply_of(outlook, question, 1200) == 1200


def test_that_a_distance_is_typed_in_kilometres(tmp_path, outlook_of, wording):
    row = exchange(1, end="2022-03-11", working_days=5, host_country="BG", amount_eur=280)
    outlook = outlook_of(exchanges(tmp_path / "a.xlsx", row))
    question = question_of(outlook, "distance")

    assert wording.field(outlook, question).type == Number(places=1, unit="km")


def test_that_a_day_without_a_year_is_typed_as_a_day(tmp_path, outlook_of, wording, texts):
    outlook = outlook_of(exchanges(tmp_path / "a.xlsx", exchange(1, start="7.3.")))
    question = question_of(outlook, "date_without_year")
    field = wording.field(outlook, question)

    assert wording.reply_of(outlook, question, texts.read(field, "7.3.2022")) == "2022-03-07"


def agenda(path):
    rows = [("Title", "Date", "City"), ("Fair", "2 or 3 March 2021", "Halle")]
    return write_sheets(path, {"Agenda": [*rows, ("Seminar", "31.2.2022", "Graz")]})


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("2.3.2021", "2021-03-02"),
        ("2.3.2021 – 4.3.2021", "2021-03-02/2021-03-04"),
        ("2021-03-02 - 2021-03-04", "2021-03-02/2021-03-04"),
        ("2.3.2021 to 4.3.2021", "2021-03-02/2021-03-04"),
    ],
)
def test_that_a_period_is_typed_as_two_days(tmp_path, outlook_of, wording, typed, reply):
    outlook = outlook_of(agenda(tmp_path / "a.xlsx"))
    question = question_of(outlook, "no_such_day")

    assert wording.field(outlook, question).type == Text()
    assert wording.reply_of(outlook, question, typed) == reply


@pytest.mark.parametrize("typed", ["soon", "1.1.2021 – 2.1.2021 – 3.1.2021", "–"])
def test_that_what_is_no_period_is_refused(tmp_path, outlook_of, wording, typed):
    outlook = outlook_of(agenda(tmp_path / "a.xlsx"))
    question = question_of(outlook, "no_such_day")

    with pytest.raises(Invalid):
        wording.reply_of(outlook, question, typed)


def test_that_a_reply_is_said_as_a_date(tmp_path, outlook_of, wording):
    outlook = outlook_of(agenda(tmp_path / "a.xlsx"))
    question = question_of(outlook, "no_such_day")
    item = question.items[0]

    said = wording.in_words(outlook, question, item, "2021-03-02/2021-03-04")

    assert said == "Tue 2 Mar 2021 – Thu 4 Mar 2021"
    assert wording.in_words(outlook, question, item, None) == "blank"
