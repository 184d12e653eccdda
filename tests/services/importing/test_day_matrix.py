"""Attendance as a matrix: one column a day, one mark a cell."""

from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import book, day

TITLE = "Werkstatt Hafenlogistik – Kiel, 21. bis 23. März 2022"
NAMES = ["Nachname", "Vorname", "Organisation"]
SHORT = ["21.03.", "22.03.", "23.03."]
NEW = {"which_event:Sheet1": "new"}


def guest(*marks, family="Auster", given="Jonna"):
    return [family, given, "Kaikante GmbH", *marks]


@pytest.fixture
def matrix(take, clusters):
    """Imports a matrix; gives the plan, the sessions and who was there."""

    def imported(days, *rows, answers=None, title=TITLE):
        grid = [[title], [], [*NAMES, *days], *rows]
        plan, _ = take(book(grid), {**NEW, **(answers or {})})
        sessions = sorted(clusters.read.all(Session), key=lambda s: s.no)
        return plan, sessions, list(clusters.read.all(Attendance))

    return imported


def test_that_each_day_is_a_session(matrix):
    plan, sessions, seen = matrix(SHORT, guest("x", "✓", "x"))

    days = [day("2022-03-21"), day("2022-03-22"), day("2022-03-23")]
    assert [(s.no, s.date) for s in sessions] == list(enumerate(days, 1))
    assert {one.session: one.attended for one in seen} == {s.id: True for s in sessions}
    assert sorted(one.days for one in seen) == ["2022-03-21", "2022-03-22", "2022-03-23"]
    assert len({one.person for one in seen}) == 1
    assert not plan.open_questions


def test_that_columns_of_days_are_taken(matrix):
    plan, *_ = matrix(SHORT, guest("x", "x", None))

    assert [c.field for c in plan.columns][3:] == ["days", "days", "days"]
    assert not [f for f in plan.findings if f.code == "IMP-03"]
    counts = plan.counts
    assert (counts.add, counts.skip, counts.rows) == (2, 1, 3)  # the title tells the event


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Mo 21.3.2022", "2022-03-21"),
        ("Mo, 21.03.", "2022-03-21"),
        ("Dienstag, 22. März", "2022-03-22"),
        ("22 de març", "2022-03-22"),
        ("23.03.2022 Vormittag", "2022-03-23"),
        ("2022-03-22", "2022-03-22"),
        ("22/03", "2022-03-22"),
        ("вт 22.03.2022 г.", "2022-03-22"),
        (day("2022-03-22"), "2022-03-22"),
    ],
)
def test_that_days_are_read_however_they_are_written(matrix, heading, expected):
    _, (session, _), _ = matrix([heading, "23.03."], guest("x", "x"))

    assert session.date == day(expected)


@pytest.mark.parametrize(
    "headings", [["Unterschrift 21.03.", "Unterschrift 22.03."], ["Firma 21/03", "Firma 22/03"]]
)
def test_that_signatures_for_each_day_are_read(matrix, headings):
    _, sessions, seen = matrix(headings, guest("gez.", None), guest("x", "x", family="Brandt"))

    assert [s.date for s in sessions] == [day("2022-03-21"), day("2022-03-22")]
    assert [one.attended for one in seen] == [True] * 3


def test_that_hours_above_a_column_are_those_of_the_session(matrix):
    _, (session,), _ = matrix(["21.03. 9:00-12:30"], guest("x"))

    assert (session.start_time.hour, session.end_time.hour) == (9, 12)


def test_that_a_blank_cell_says_nothing_of_its_day(matrix):
    _, sessions, (one,) = matrix(SHORT, guest("x", None, None))

    assert one.session == sessions[0].id


def test_that_a_nought_says_that_somebody_was_not_there(matrix):
    _, _, seen = matrix(SHORT, guest(1, 0, 0.5))

    assert [(one.attended, one.weight_total) for one in seen] == [
        (True, Decimal(1)),
        (False, None),
        (True, Decimal("0.5")),
    ]


def test_that_marks_that_are_not_plain_are_asked_about_once(matrix):
    plan, _, seen = matrix(SHORT, guest("h", "x", "h"), guest("h", "e", "x", family="Brandt"))

    (question,) = plan.open_questions
    assert question.topic == "marks"
    assert [(i.key, i.propose) for i in question.items] == [("h", "half the day"), ("e", None)]
    assert not seen  # a row is taken as a whole
    assert plan.counts.wait == 2


def test_that_the_answer_says_what_a_mark_means(matrix):
    answers = {"marks:Sheet1:days": {"h": "half the day", "e": "not present", "?": "nothing"}}
    plan, _, seen = matrix(SHORT, guest("h", "e", "x"), answers=answers)

    assert not plan.open_questions
    assert [(one.attended, one.weight_total) for one in seen] == [
        (True, Decimal("0.5")),
        (False, None),
        (True, None),
    ]


def test_that_numbers_that_may_be_hours_are_asked_about(matrix):
    plan, _, seen = matrix(SHORT, guest(4, 8, 1))

    (question,) = plan.open_questions
    assert {item.key for item in question.items} == {"4", "8", "1"}
    assert not seen


def test_that_a_dash_is_asked_about(matrix):
    plan, *_ = matrix(SHORT, guest("x", "-", "x"))

    assert [q.topic for q in plan.open_questions] == ["marks"]


def test_that_a_day_without_a_year_is_asked_about_where_no_title_tells_it(matrix):
    plan, sessions, seen = matrix(SHORT, guest("x", "x", "x"), title="Werkstatt")

    assert [q.topic for q in plan.open_questions] == ["date_without_year"]
    assert not sessions
    assert not seen


def test_that_the_year_can_be_answered(matrix):
    answers = {"date_without_year:Sheet1:days": 2022}
    _, sessions, _ = matrix(SHORT, guest("x", "x", "x"), title="Werkstatt", answers=answers)

    assert sessions[0].date == day("2022-03-21")


def test_that_no_year_is_refused(matrix):
    with pytest.raises(Invalid):
        matrix(SHORT, guest("x"), title="W", answers={"date_without_year:Sheet1:days": "soon"})


def test_that_two_readings_of_the_days_are_asked_about(matrix):
    plan, *_ = matrix(["03/04/2022", "04/04/2022"], guest("x", "x"), title="Werkstatt")

    assert [q.topic for q in plan.open_questions] == ["date_order"]


def test_that_one_heading_proves_the_order_of_all(matrix):
    plan, sessions, _ = matrix(["03/04/2022", "13/04/2022"], guest("x", "x"), title="Werkstatt")

    assert not plan.open_questions
    assert sessions[0].date == day("2022-04-03")


def test_that_numbered_days_are_only_taken_by_asking(matrix):
    plan, sessions, _ = matrix(["Tag 1", "Tag 2", "Tag 3"], guest("x", "x", "x"))

    (question,) = plan.open_questions
    assert question.topic == "which_day"
    assert [i.propose for i in question.items] == ["2022-03-21", "2022-03-22", "2022-03-23"]
    assert not sessions


def test_that_numbered_days_are_proposed_only_where_the_titles_have_as_many(matrix):
    plan, *_ = matrix(["Day 1", "Day 2"], guest("x", "x"))

    assert [i.propose for i in plan.open_questions[0].items] == [None, None]


def test_that_numbered_days_can_be_answered(matrix):
    answers = {"which_day:Sheet1": {"Day 1": "2022-03-21", "Day 2": None}}
    plan, sessions, seen = matrix(["Day 1", "Day 2"], guest("x", "x"), answers=answers)

    assert not plan.open_questions
    assert [s.date for s in sessions] == [day("2022-03-21"), None]
    assert len(seen) == 2


def test_that_somebody_without_any_mark_is_asked_about(matrix):
    plan, *_ = matrix(SHORT, guest("x"), guest(family="Brandt"))

    (question,) = plan.open_questions
    assert (question.topic, question.rows) == ("attended", (5,))


def test_that_the_same_matrix_again_changes_nothing(matrix):
    rows = guest("x", 0, "x"), guest("x", None, "x", family="Brandt")
    matrix(SHORT, *rows)

    plan, sessions, seen = matrix(SHORT, *rows)

    assert {row.action for row in plan.rows} == {Action.SAME}
    assert (len(sessions), len(seen)) == (3, 5)


def test_that_a_row_twice_is_taken_once_and_counted_once(matrix, clusters):
    plan, _, seen = matrix(SHORT, guest("x", "x", "x"), guest("x", "x", "x"))

    assert len(seen) == 3
    assert len(list(clusters.read.all(Person))) == 1
    assert plan.counts.skip == 2  # the blank row and the repeated one
    assert plan.counts.rows == 4


def test_that_a_row_of_sums_hides_no_day(matrix):
    rows = [guest("x", "x", family=f"Auster{n}") for n in range(30)]
    _, sessions, seen = matrix(SHORT[:2], *rows, ["Summe", None, None, 30, 30])

    assert len(sessions) == 2
    assert len(seen) == 60


def test_that_a_column_of_counted_days_is_not_taken(matrix):
    plan, *_ = matrix([*SHORT, "Tage"], guest("x", "x", "x", 3))

    column = plan.columns[-1]
    assert column.field is None
    assert "marks" in column.reason


def test_that_a_person_can_leave_a_day_out(matrix):
    answers = {"what_is_this_column:Sheet1!F": "nothing"}
    _, sessions, _ = matrix(SHORT, guest("x", "x", "x"), answers=answers)

    assert len(sessions) == 2


def test_that_a_column_of_texts_below_a_day_is_no_mark(matrix):
    plan, sessions, _ = matrix(["21.03."], guest("kommt später am Nachmittag"))

    assert not sessions
    assert plan.columns[-1].field is None
