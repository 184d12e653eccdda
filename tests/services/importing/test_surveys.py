"""Results of surveys: an event keeps its overall satisfaction, the rest is told."""

from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.event import Event
from smartct_desktop.services.importing.plan import Action
from smartct_desktop.services.importing.skipped import SkipReason
from tests.services.importing.books import book, day

HEADINGS = ["Question", "Answers", "Mean (1-5)"]
OVERALL = "How satisfied are you overall?"
ROWS = [["Was the room good?", 11, 3.5], [OVERALL, 12, 4.25]]
EVENT = {"which_event:Sheet1": "Hafentage (07.03.2022)"}
ALL = EVENT | {"which_question:Sheet1": OVERALL, "scale:Sheet1": 5}


@pytest.fixture
def surveyed(take, clusters):
    """Imports results about a stored event; gives the plan and the event afterwards."""
    with clusters.edit("event") as edit:
        edit.add(Event(title="Hafentage", start=day("2022-03-07")))

    def imported(*rows, answers=ALL, headings=HEADINGS):
        plan, _ = take(book([headings, *(rows or ROWS)]), answers)
        (event,) = clusters.read.all(Event)
        return plan, event

    return imported


def test_that_the_event_keeps_its_overall_satisfaction(surveyed):
    plan, event = surveyed()

    assert not plan.open_questions
    assert (event.satisfaction_n, event.satisfaction_mean) == (12, Decimal("4.25"))
    assert event.satisfaction_max == 5
    assert plan.counts.change == 1


def test_that_other_questions_are_listed_as_not_taken(surveyed):
    plan, _ = surveyed()

    assert [(s.first, s.reason) for s in plan.skipped] == [(2, SkipReason.NO_FIELD)]
    assert [f.rows for f in plan.findings if f.code == "IMP-03"] == [(2,)]
    assert plan.counts.rows == 2


def test_that_event_question_and_scale_are_asked(surveyed):
    plan, event = surveyed(answers={})

    assert [q.topic for q in plan.open_questions] == ["which_event", "which_question"]
    assert plan.open_questions[1].items[0].propose == OVERALL
    assert event.satisfaction_mean is None
    assert plan.counts.wait == 2

    plan, event = surveyed(answers=EVENT | {"which_question:Sheet1": OVERALL})
    (scale,) = plan.open_questions
    assert (scale.topic, scale.items[0].options, scale.items[0].propose) == ("scale", (1, 5), 5)
    assert event.satisfaction_mean is None


def test_that_no_best_mark_is_proposed_where_nothing_tells_it(surveyed):
    answers = EVENT | {"which_question:Sheet1": OVERALL}
    plan, _ = surveyed(answers=answers, headings=["Question", "Answers", "Mean"])

    assert plan.open_questions[0].items[0].propose is None


def test_that_one_can_be_the_best_mark(surveyed):
    _, event = surveyed(answers=ALL | {"scale:Sheet1": 1})

    assert event.satisfaction_max == 1


def test_that_a_mean_above_the_best_mark_is_refused(surveyed):
    plan, event = surveyed([OVERALL, 12, 6.5], answers=ALL)

    assert plan.counts.refuse == 1
    assert event.satisfaction_mean is None


def test_that_a_best_mark_that_is_no_number_is_refused(surveyed):
    with pytest.raises(Invalid):
        surveyed(headings=["Question", "Answers", "Mean"], answers=ALL | {"scale:Sheet1": "good"})


def test_that_no_question_may_be_the_overall_one(surveyed):
    plan, event = surveyed(answers=EVENT | {"which_question:Sheet1": "none of them"})

    assert event.satisfaction_mean is None
    assert plan.counts.skip == plan.counts.rows == 2


def test_that_the_same_results_again_change_nothing(surveyed):
    surveyed()

    plan, _ = surveyed()

    assert {row.action for row in plan.rows} == {Action.SAME}


def test_that_a_german_survey_is_read(surveyed):
    headings = ["Frage", "Anzahl Antworten", "Mittelwert"]
    text = "Wie zufrieden waren Sie insgesamt?"
    answers = EVENT | {"which_question:Sheet1": text, "scale:Sheet1": 6}
    _, event = surveyed([text, 9, "4,5"], answers=answers, headings=headings)

    assert (event.satisfaction_n, event.satisfaction_mean) == (9, Decimal("4.5"))
