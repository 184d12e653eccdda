"""Asking: ids that stay, proposals, answers for items, and what nobody asked for."""

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.questions import Asking, Given, Place

ORDER = Place("date_order", "column", Sentence("Day or month first?"), "Data", "F")
NAMES = Place("which_organisation", "name", Sentence("Which is it?"))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (ORDER, "date_order:Data!F"),
        (NAMES, "which_organisation"),
        (Place("country", "file", Sentence("?"), "Data"), "country:Data"),
        (Place("number", "column", Sentence("?"), None, "C", "decimal sign"),
         "number:C:decimal sign"),
    ],
)  # fmt: skip
def test_that_an_id_says_topic_and_place(place, expected):
    assert place.id == expected


def test_that_a_question_is_open_until_it_is_answered():
    asking = Asking({})

    assert asking.ask(ORDER, options=("dmy", "mdy"), propose="dmy") is None
    (question,) = asking.questions()
    assert question.open
    assert question.items[0].propose == "dmy"


def test_that_an_answer_is_given_at_once():
    asking = Asking({ORDER.id: "mdy"})

    assert asking.ask(ORDER, options=("dmy", "mdy"), propose="dmy") == Given("mdy")
    assert not asking.questions()[0].open


def test_that_items_are_answered_one_by_one():
    asking = Asking({NAMES.id: {"Adler": "new"}})

    assert asking.ask(NAMES, "Adler", options=("new", "x")) == Given("new")
    assert asking.ask(NAMES, "Bosc", options=("new", "y")) is None


def test_that_one_plain_answer_answers_all_items():
    asking = Asking({NAMES.id: "new"})

    assert asking.ask(NAMES, "Adler", options=("new",)) == Given("new")
    assert asking.ask(NAMES, "Bosc", options=("new",)) == Given("new")


def test_that_proposals_are_taken_where_wished_and_answers_go_before_them():
    asking = Asking({NAMES.id: {"Adler": "new"}}, accept_proposals=True)

    assert asking.ask(NAMES, "Adler", options=("new", "x"), propose="x") == Given("new")
    assert asking.ask(NAMES, "Bosc", options=("new", "y"), propose="y") == Given("y")
    assert asking.ask(NAMES, "Sol", options=("new", "z")) is None


def test_that_to_propose_nothing_is_a_proposal_too():
    asking = Asking({}, accept_proposals=True)

    assert asking.ask(NAMES, "Adler", proposed=True) == Given(None)


def test_that_the_same_item_asked_again_only_adds_rows():
    asking = Asking({})
    asking.ask(NAMES, "Adler", rows=[4])
    asking.ask(NAMES, "Adler", rows=[9, 4])

    assert [item.rows for item in asking.questions()[0].items] == [(4, 9)]


def test_that_an_answer_that_is_no_option_is_refused_with_the_options():
    asking = Asking({ORDER.id: "ydm"})

    with pytest.raises(Invalid, match="dmy, mdy"):
        asking.ask(ORDER, options=("dmy", "mdy"))


def test_that_a_choice_made_unasked_counts_as_used():
    asking = Asking({ORDER.id: "dmy", "nonsense": 1})

    assert asking.decided(ORDER) == Given("dmy")
    assert asking.decided(NAMES) is None
    assert asking.unused() == ("nonsense",)
