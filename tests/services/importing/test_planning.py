"""Plans of whole files: refusals, notes, senders, hidden sheets, and counts that add up."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.book import Visibility
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.leaving_out import LEAVE_OUT
from smartct_desktop.services.importing.plan import Action, Outcome
from smartct_desktop.services.importing.planning import Planner
from smartct_desktop.services.importing.planning import plan as plan_once
from smartct_desktop.services.importing.skipped import SkipReason
from tests.services.importing.books import (
    EXCHANGE_HEADINGS,
    MEMBER_HEADINGS,
    TODAY,
    book,
    exchange,
    exchanges,
    member,
    members,
    sheet,
)

SEEWIND = "Verband Seewind e. V."


def codes(plan):
    return {finding.code for finding in plan.findings}


def test_that_a_file_without_headings_is_refused_with_what_to_do(plan):
    found = plan(book([["Liebe Kollegen"], ["die Liste folgt"]]))

    assert found.outcome is Outcome.REFUSE
    assert "one row must say what the columns hold" in found.message
    assert found.counts.rows == found.counts.skip == 2


def test_that_a_list_that_lacks_what_it_needs_is_refused(plan):
    grid = [["Visiting organisation", "Start", "Working days"], ["Adler Optik GmbH", None, 5]]

    found = plan(book(grid), kind="exchange")

    assert found.outcome is Outcome.REFUSE
    assert "ho" in found.message


def test_that_columns_that_are_not_taken_are_listed_with_the_reason(plan):
    grid = exchanges(exchange())
    grid[0] += ["Lieblingsfarbe", "Allergies", "Date of birth"]
    grid[1] += ["blau", "nuts and shellfish", dt.date(1980, 1, 2)]

    found = plan(book(grid))

    left = {c.header: str(c.reason) for c in found.columns if c.field is None}
    assert set(left) == {"Lieblingsfarbe", "Allergies", "Date of birth"}
    assert {"IMP-03", "GDP-01", "GDP-02"} <= codes(found)
    assert "shellfish" not in repr(found)
    assert "1980" not in repr(found)


def test_that_the_columns_show_cells_beside_what_was_understood(plan):
    found = plan(book(exchanges(exchange(start="15.11.2021", amount="1.100,50"))))

    samples = {column.field: column.samples for column in found.columns}
    assert samples["start"] == (("15.11.2021", dt.date(2021, 11, 15)),)
    assert samples["amount_cents"] == (("1.100,50", 110050),)


def test_that_a_clean_file_has_nothing_to_say(plan):
    grid = [row[:8] for row in exchanges(exchange(days=2, vo=SEEWIND))]

    assert plan(book([row[1:4] + row[5:6] for row in grid])).outcome is Outcome.IMPORT


@pytest.mark.parametrize(
    ("grid", "name", "certainty"),
    [
        (members(member()), "liste.xlsx", 0.95),
        (exchanges(exchange()), "Exchanges_Seewind_2021.xlsx", 0.7),
        (exchanges(*[exchange(f"A-{n}", vo=f"Firma {w} GmbH") for n, w in enumerate(
            ["Ahorn", "Birke", "Ceder"])]), "liste.xlsx", 0.6),
    ],
)  # fmt: skip
def test_that_the_sender_is_told_by_title_file_name_or_country(plan, grid, name, certainty):
    sender = plan(book(grid, name=name)).sender

    assert (sender.cluster, sender.certainty) == (SEEWIND, certainty)


def test_that_nobody_is_taken_for_the_sender_without_a_sign(plan):
    assert plan(book(exchanges(exchange()), name="liste.xlsx")).sender is None


def test_that_a_hidden_sheet_waits_for_an_answer(plan):
    hidden = sheet(exchanges(exchange()), "Old", visibility=Visibility.HIDDEN)

    asked = plan(book(hidden))
    left = plan(
        book(hidden, sheet(exchanges(exchange("A-2")), "New")), {"hidden_sheet:Old": LEAVE_OUT}
    )

    assert [row.action for row in asked.rows] == [Action.WAIT]
    assert [(skip.sheet, skip.reason) for skip in left.skipped] == [("Old", SkipReason.NOT_WANTED)]
    assert left.counts.add == 1


def test_that_a_sheet_left_out_beside_others_is_said(plan):
    notes = sheet([["Read me"], ["All amounts in euro"]], "Notes")

    found = plan(book(sheet(exchanges(exchange()), "Data"), notes))

    assert found.counts.add == 1
    assert [f.sheet for f in found.findings if f.code == "IMP-02"] == ["Notes"]


def test_that_only_the_sheets_wished_for_are_read(plan):
    one, two = sheet(exchanges(exchange("A-1")), "One"), sheet(exchanges(exchange("A-2")), "Two")

    found = plan(book(one, two), sheets=("Two",))

    assert [sheet.name for sheet in found.sheets] == ["Two"]


def test_that_answers_that_answer_nothing_are_named(plan):
    found = plan(book(exchanges(exchange())), {"date_ordr:Sheet1!F": "dmy"})

    assert found.unused_answers == ("date_ordr:Sheet1!F",)


def test_that_proposals_are_taken_when_accepted_and_the_rest_waits(plan):
    grid = members(member(1, staff="ca. 15"), member(2, "Weserkran", staff="many"))

    found = plan(book(grid), accept_proposals=True)

    assert (found.counts.add, found.counts.wait) == (1, 1)
    (question,) = found.open_questions
    assert [item.key for item in question.items if not item.answered] == ["many"]


def test_that_planning_twice_gives_the_same(clusters, facts, dictionary):
    grid = members(member(1, staff="ca. 15"), member(2, "Weserkran", since=2015), ["Gesamt", 2])

    once = plan_once(book(grid), clusters.read, facts, {}, TODAY)
    again = Planner(dictionary).plan(book(grid), Known(clusters.read), {}, TODAY)

    assert once == again


cells = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-5, 60000),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1)),
    st.sampled_from([
        "Adler Optik GmbH", "Adler Optik", "Bosc, S.L.", "Germany", "Испания", "ja", "x", "k. A.",
        "Gesamt", "Total 5", "closed", "finished", "03/04/2021", "13.05.2021", "31.02.2021",
        "1.100", "2,5", "830 €", "100 лв.", "ca. 15", "SME", "a@b.example", "Unternehmen",
        "März 2018", "physical", "Start", "Firma",
    ]),
)  # fmt: skip


names = st.sampled_from(
    ["Adler Optik GmbH", "Adler Optik", "Bosc, S.L.", "Bosc SL", "Sol AG", SEEWIND]
)


@st.composite
def lists(draw):
    """A list of valid rows, some cells of which were replaced by anything."""
    made = draw(st.sampled_from([exchange, member]))
    heads = EXCHANGE_HEADINGS if made is exchange else MEMBER_HEADINGS
    rows = [list(heads)]
    for number in range(draw(st.integers(1, 6))):
        row = made(f"A-{number}", draw(names))
        for place in draw(st.lists(st.integers(0, len(row) - 1), max_size=3)):
            row[place] = draw(cells)
        rows.append(row)
    above = draw(st.sampled_from([[], [["A list"], []], [[SEEWIND], ["Stand: 30.06.2021"]]]))
    return [*above, *rows]


def blank(value):
    return value is None or (isinstance(value, str) and not value.strip())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.one_of(lists(), st.lists(st.lists(cells, max_size=11), max_size=8)))
def test_that_the_counts_of_any_sheet_add_up(plan, grid):
    grid = [["Some rows"], *grid]
    last = max(n for n, row in enumerate(grid, 1) if not all(map(blank, row)))

    for accept in (False, True):
        found = plan(book(grid), accept_proposals=accept)

        counts, heads = found.counts, set(found.sheets[0].header_rows)
        told = [*counts.__getstate__()]
        assert counts.rows == sum(told) == last - len(heads)
        rows = {row.number for row in found.rows}
        rows |= {n for skip in found.skipped for n in range(skip.first, skip.last + 1)}
        assert rows == set(range(1, last + 1)) - heads
        assert not counts.wait or found.open_questions
        assert not counts.refuse or any(f.severity is Severity.ERROR for f in found.findings)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(lists())
def test_that_whatever_was_imported_is_the_same_the_second_time(take, plan, grid):
    again = book(grid, name=f"{hash(repr(grid))}.xlsx")

    first, _ = take(again, accept_proposals=True)
    for accept in (False, True):
        second = plan(again, accept_proposals=accept)
        assert second.counts.add == second.counts.change == 0

    assert second.counts.same == first.counts.add + first.counts.change + first.counts.same
