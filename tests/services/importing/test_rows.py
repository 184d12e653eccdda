"""Which rows are records; every other one is listed with the reason."""

import pytest

from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import BOLD, book, exchange, exchanges, member, members, sheet

SEEWIND = "Verband Seewind e. V."


def reasons(plan):
    return {
        row: skip.reason.value for skip in plan.skipped for row in range(skip.first, skip.last + 1)
    }


def data_rows(plan):
    return plan.sheets[0].data_rows


def test_that_sections_totals_and_footnotes_are_listed_and_no_members(plan):
    found = plan(
        book(
            members(
                ["Unternehmen"],
                member(1),
                ["Zwischensumme Unternehmen", 1],
                ["Forschung"],
                member(2, "Institut Ebbe", form="e. V.", sme=None),
                ["Gesamt", 2, "davon KMU: 1"],
                [],
                ["k. A. = keine Angabe."],
            )
        )
    )

    assert data_rows(found) == (7, 10)
    assert reasons(found) == {
        1: "prose",
        2: "prose",
        3: "prose",
        4: "blank",
        6: "section_row",
        8: "subtotal_row",
        9: "section_row",
        11: "total_row",
        12: "blank",
        13: "footnote",
    }
    assert {skip.code for skip in found.skipped} == {"IMP-05"}


def test_that_repeated_headings_are_no_record(plan):
    grid = exchanges(exchange("A-1"), exchange("A-2", start=None), exchanges()[0], exchange("A-3"))

    assert reasons(plan(book(grid)))[4] == "repeated_header"


def test_that_hints_below_the_headings_are_no_record(plan):
    hints = ["*", "[text]", "[list]", "[text]", "[list]", "DD.MM.YYYY", "DD.MM.YYYY"]

    assert reasons(plan(book(exchanges(hints, exchange()))))[2] == "separator_hint"


@pytest.mark.parametrize("name", ["Total Energía, S.A.", "Summe & Söhne GmbH", "Anwesende Stimmen"])
def test_that_a_firm_may_be_called_like_a_total(plan, name):
    found = plan(book(members(member(1, name), member(2))))

    assert data_rows(found) == (6, 7)


def test_that_a_name_alone_is_asked_about(plan):
    grid = [["Firma", "Ort"], ["Adler Optik", "Kiel"], ["Hanse"], ["Weserkran", "Bremen"]]

    found = plan(book(grid))
    answered = plan(book(grid), {"layout:Sheet1:rows": {"3: Hanse": "leave out"}})

    assert found.open_questions[0].topic == "layout"
    assert {row.number: row.action for row in found.rows}[3] is Action.WAIT
    assert reasons(answered)[3] == "section_row"


def test_that_a_merged_heading_of_a_section_is_not_asked_about(plan):
    grid = [["Firma", "Ort"], ["Hanse"], ["Adler Optik", "Kiel"]]

    found = plan(book(sheet(grid, merged=[(2, 0, 2, 1)], looks={(2, 0): BOLD})))

    assert reasons(found)[2] == "section_row"


def test_that_blank_rows_in_a_row_are_one_entry(plan):
    found = plan(book(exchanges(exchange(), *[[]] * 50, exchange("A-2"))))

    assert [(skip.first, skip.last) for skip in found.skipped] == [(3, 52)]


def test_that_filtered_rows_wait_for_an_answer(plan):
    filtered = sheet(exchanges(exchange("A-1"), exchange("A-2")), filtered_rows=frozenset({3}))

    asked = plan(book(filtered))
    left = plan(book(filtered), {"filtered_rows:Sheet1": "leave out"})

    assert [row.action for row in asked.rows] == [Action.ADD, Action.WAIT]
    assert reasons(left) == {3: "block_not_wanted"}
    assert "IMP-12" in {finding.code for finding in asked.findings}


def test_that_a_cell_merged_over_rows_holds_for_each(plan):
    first, second = exchange("A-1"), exchange("A-2", vo=None, start=None)
    second[5] = exchange()[5].replace(day=22)
    second[6] = exchange()[6].replace(day=26)

    found = plan(book(sheet(exchanges(first, second), merged=[(2, 1, 3, 1)])))

    assert found.counts.add == 2
    assert {r.told["vo_as_written"] for r in found.records if r.kind == "exchange"} == {
        "Adler Optik GmbH"
    }
