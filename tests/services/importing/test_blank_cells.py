"""Blank cells leave what is stored, unless a person says of a column that they empty it."""

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from tests.services.importing.books import book, exchange, exchanges, member, members

AMOUNT = "blank_cells:Sheet1!J"


@pytest.fixture
def again(take):
    """The file once more, where one amount is blank."""
    take(book(exchanges(exchange("A-1"), exchange("A-2", "Bauer GmbH"))))
    return book(
        exchanges(exchange("A-1", amount=None), exchange("A-2", "Bauer GmbH")), name="again.xlsx"
    )


def amounts(document):
    return {stay.ref: stay.amount_cents for stay in document.read.all(Exchange)}


def test_that_blank_cells_empty_a_field_only_where_somebody_says_so(again, plan, take, clusters):
    assert plan(again).counts.same == 2

    told, receipt = take(again, {AMOUNT: "empty"})

    assert (told.counts.change, told.counts.same) == (1, 1)
    assert receipt.changed == {"exchange": 1}
    assert amounts(clusters) == {"A-1": None, "A-2": 83000}
    clusters.undo()
    assert amounts(clusters) == {"A-1": 83000, "A-2": 83000}


def test_that_a_single_cell_may_stay_all_the_same(again, plan):
    kept = plan(again, {AMOUNT: "empty", "keep": {"Sheet1!2.amount_cents": True}})
    assert kept.counts.same == 2
    assert [(held.stored, held.theirs) for held in kept.held] == [(83000, None)]


def test_that_columns_that_fill_no_field_of_their_own_empty_nothing(again, plan):
    required = plan(again, {"blank_cells:Sheet1!B": "empty", "blank_cells:Sheet1!C": "empty"})
    assert required.counts.same == 2


def test_that_facts_of_an_organisation_are_emptied_too(take, clusters):
    take(book(members(member(staff=12, city="Lübeck"))))
    grid = members(member(staff=None, city="Lübeck"))
    letter = "ABCDEFGHIJ"[grid[4].index("Mitarbeiter")]

    take(book(grid, name="b.xlsx"), {f"blank_cells:Sheet1!{letter}": "empty"})

    adler = next(o for o in clusters.read.all(Organisation) if o.name.startswith("Adler"))
    assert (adler.headcount, adler.city) == (None, "Lübeck")


def test_that_an_answer_that_is_none_is_refused(again, plan):
    with pytest.raises(Invalid, match="perhaps"):
        plan(again, {AMOUNT: "perhaps"})
    assert plan(again, {"blank_cells:Sheet1!Z": "empty"}).unused_answers
