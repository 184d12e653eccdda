"""What was learned of a sender's files, in words."""

import json

from smartct_desktop.domain.records.sender import Sender
from smartct_desktop.services.lessons import is_lessons, lessons_in

ANSWERS = Sender.schema.by_name["answers"]
MAPPINGS = Sender.schema.by_name["mappings"]


def told(field, kept):
    found = lessons_in(field, json.dumps(kept)).values()
    return [(str(one.topic), one.about, str(one.answer)) for one in found]


def test_that_answers_are_told_with_their_place_and_name():
    kept = {
        "0" * 64: {
            "number:Mitglieder!H": {"ca. 15": 15},
            "which_organisation": {"Kabelquitte": "Kabelquitte UG"},
            "same_organisation": {"Kabelquitte": False},
            "what_is_this_column:Mitglieder!C": "organisation.city",
            "organisation_type:Mitglieder": {"Stadt Quellenroda": "PUBLIC"},
            "date_order:Mitglieder!J": "dmy",
        }
    }

    assert told(ANSWERS, kept) == [
        ("Reading of numbers", "ca. 15, Mitglieder, column H", "15"),
        ("Same organisation as", "Kabelquitte", "Kabelquitte UG"),
        ("Same organisation", "Kabelquitte", "no"),
        ("Meaning of the column", "Mitglieder, column C", "City (organisation)"),
        ("Kind of organisation", "Stadt Quellenroda, Mitglieder", "Public body"),
        ("Order of dates", "Mitglieder, column J", "day, month, year"),
    ]


def test_that_the_meaning_of_columns_is_told_by_heading():
    shape = {"headings": ["ort"], "columns": {"ort": {"what_is_this_column": "organisation.city"}}}

    assert told(MAPPINGS, [shape]) == [("Meaning of the column", "ort", "City (organisation)")]


def test_that_a_topic_nobody_put_into_words_is_told_all_the_same():
    assert told(ANSWERS, {"a": {"colour_of_cells": None}}) == [("Colour of cells", "", "nothing")]


def test_that_what_cannot_be_read_teaches_nothing():
    for text in ("no json", "[1, 2]", '"text"', '{"a": 3}'):
        assert lessons_in(ANSWERS, text) == {}
        assert lessons_in(MAPPINGS, text) == {}


def test_that_only_what_was_learned_is_taken_for_lessons():
    fields = [field.name for field in Sender.schema.fields if is_lessons(field)]
    assert fields == ["mappings", "answers"]
