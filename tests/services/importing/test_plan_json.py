"""Plans as plain data: the names and forms that scripts rely on."""

import json

import pytest

from smartct_desktop.services.importing.plan_json import FORMAT, to_json
from tests.services.importing.books import book, exchange, exchanges, member, members

PAPERS = ["CTQ", "Agreement", "VO report"]


@pytest.fixture
def said(plan):
    """The plan of a file as a script reads it."""

    def read(grid, answers=None, **wish):
        return json.loads(json.dumps(to_json(plan(book(grid), answers, **wish))))

    return read


def of(said, kind):
    return [record for record in said["records"] if record["kind"] == kind]


def test_that_a_plan_has_all_parts_under_their_names(said):
    found = said(exchanges(exchange()))

    assert found["format"] == FORMAT == "smartct-plan/1"
    assert list(found) == [
        "format", "file", "sha256", "outcome", "message", "sender", "sheets", "columns", "records",
        "skipped", "questions", "findings", "counts", "unused_answers", "figures",
    ]  # fmt: skip
    assert found["sheets"][0]["header_rows"] == [1]
    assert found["counts"] == {
        "rows": 1, "add": 1, "change": 0, "same": 0, "wait": 0, "refuse": 0, "skip": 0,
    }  # fmt: skip


def test_that_values_are_texts_numbers_and_dates(said):
    (stay,) = of(said(exchanges(exchange(days=4.5))), "exchange")

    assert stay["action"] == "add"
    assert stay["source"] == {"sheet": "Sheet1", "rows": [2]}
    fields = stay["fields"]
    assert (fields["vo"], fields["ho_country"]) == ("Adler Optik GmbH", "ES")
    assert (fields["start"], fields["working_days"]) == ("2021-11-15", 4.5)
    assert (fields["distance_km"], fields["amount_cents"]) == (1300, 83000)


def test_that_papers_have_a_state_and_a_date(said):
    rows = exchanges(exchange("A-1"), exchange("A-2", vo="Weserkran AG"))
    papers = [PAPERS, ["13.10.2021", "no", None], [None, "yes", "yes"]]
    grid = [[*row, *cells] for row, cells in zip(rows, papers, strict=True)]

    stay, _ = of(said(grid), "exchange")

    assert stay["fields"]["documents"] == {
        "ctq": {"state": "yes", "date": "2021-10-13"},
        "agreement": {"state": "no", "date": None},
    }


def test_that_an_open_value_names_its_question_and_the_proposal(said):
    found = said(members(member(staff="ca. 15")))

    (organisation,) = of(found, "organisation")
    (question,) = found["questions"]
    assert organisation["fields"]["headcount"] == {"ask": question["id"], "propose": 15}
    assert organisation["waits"] == [question["id"]]
    assert found["counts"]["wait"] == 1


def test_that_a_question_of_several_items_proposes_for_each(said):
    found = said(members(member(1, staff="ca. 15"), member(2, "Weserkran", staff="many")))

    (question,) = found["questions"]
    assert question["propose"] == {"ca. 15": 15, "many": None}
    assert [item["has_proposal"] for item in question["items"]] == [True, False]
    assert question["rows"] == [6, 7]


def test_that_a_question_of_one_answer_is_plain(said):
    grid = [row[:6] + row[7:] for row in members(member())]

    (question,) = said(grid)["questions"]

    assert (question["propose"], question["items"]) == ("DE", [])
    assert question["options"] == "free" or "DE" in question["options"]


def test_that_answered_questions_are_no_longer_put(said):
    grid = members(member(1, staff="ca. 15"), member(2, "Weserkran", staff="many"))

    found = said(grid, {"number:Sheet1!H": {"ca. 15": 15}})

    assert [item["key"] for item in found["questions"][0]["items"]] == ["many"]


def test_that_a_change_has_the_old_and_the_new_value(said, take):
    take(book(exchanges(exchange())))

    (stay,) = of(said(exchanges(exchange(amount=415))), "exchange")

    assert (stay["action"], stay["changes"]["amount_cents"]) == ("change", [83000, 41500])
    assert stay["id"]


def test_that_long_runs_of_blank_rows_are_told_by_their_ends(said):
    grid = [*exchanges(exchange("A-1")), *[[None]] * 300, *exchanges(exchange("A-2"))[1:]]

    (skip,) = said(grid)["skipped"]

    assert (skip["rows"], skip["row_range"]) == ([], [3, 302])
    assert (skip["reason"], skip["code"]) == ("blank", "IMP-05")


def test_that_a_refusal_says_why(said):
    found = said([["Liebe Kollegen"]])

    assert found["outcome"] == "refuse"
    assert found["message"]


def test_that_columns_tell_what_was_not_taken(said):
    grid = exchanges(exchange())
    grid[0].append("Lieblingsfarbe")
    grid[1].append("blau")

    left = said(grid)["columns"][-1]

    assert (left["column"], left["header"], left["field"]) == ("L", "Lieblingsfarbe", None)
    assert left["reason"]
