"""Questions about participants and surveys, as their sender is asked to settle them."""

import pytest

from smartct_desktop.domain.records.event import Event
from smartct_desktop.services.importing.correction_list import corrections
from smartct_desktop.services.importing.correction_words import LANGUAGES, CorrectionWords
from tests.services.importing.books import book, day

TOPICS = (
    *("which_day", "threshold", "duration_unit", "meeting_role", "which_question", "scale"),
    *("same_columns", "date_order", "number", "currency", "country", "distance", "attended"),
)


@pytest.fixture
def asked_back(plan, clusters, dictionary):
    """Plans a list about a stored event; gives its corrections by topic."""
    with clusters.edit("event") as edit:
        edit.add(Event(title="Hafentage", start=day("2022-03-21")))

    def make(*rows, answers=None):
        read = book(rows)
        found = corrections(plan(read, answers), read, CorrectionWords(dictionary, "en"))
        return {one.rule: (one.cell, one.advice) for one in found}

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_topic_has_words_of_its_own(dictionary, language):
    words = CorrectionWords(dictionary, language)
    other = words.why("a topic that nobody knows")
    assert [topic for topic in TOPICS if words.why(topic) == other] == []


def test_that_a_survey_is_asked_for_its_scale_and_its_overall_question(asked_back):
    rows = (
        ["Question", "Answers", "Mean"],
        ["Was the room good?", 11, 3.5],
        ["Was the food good?", 12, 4.25],
    )
    event = {"which_event:Sheet1": "Hafentage (21.03.2022)"}
    cell, advice = asked_back(*rows, answers=event)["which_question"]
    assert cell == "A1"
    assert "overall satisfaction" in advice

    chosen = event | {"which_question:Sheet1": "Was the room good?"}
    cell, advice = asked_back(*rows, answers=chosen)["scale"]
    assert cell == "C1"
    assert "1 to 5" in advice


def test_that_a_log_is_asked_for_its_unit_and_who_was_there_at_all(asked_back):
    found = asked_back(
        ["Hafentage – 21. März 2022"],
        [],
        ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration"],
        ["Jonna Auster", "j@kaikante.example", None, None, 60],
        answers={"which_event:Sheet1": "Hafentage (21.03.2022)"},
    )
    assert found["duration_unit"][0] == "E3"
    assert "minutes" in found["duration_unit"][1]


def test_that_a_day_that_is_only_numbered_is_asked_for_in_its_heading(asked_back):
    found = asked_back(
        ["Hafentage"],
        ["Name", "Organisation", "Day 1", "Day 2"],
        ["Jonna Auster", "Kaikante GmbH", "x", "x"],
        ["Piet Möwe", "Kaikante GmbH", "x", None],
        answers={"which_event:Sheet1": "Hafentage (21.03.2022)"},
    )
    assert found["which_day"][0] in {"C2", "D2"}
    assert "heading" in found["which_day"][1]
