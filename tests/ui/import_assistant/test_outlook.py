"""A plan made ready to be shown: each row of the file once, with what belongs to it."""

import pytest

from smartct_desktop.services.importing.plan import Action
from smartct_desktop.ui.import_assistant.review_lines import Difference, parts_of
from smartct_desktop.ui.import_assistant.review_rows import CellChoice
from smartct_desktop.ui.import_assistant.sheet_lines import LineKind
from tests.ui.import_assistant.partner_files import (
    doubtful_dates,
    exchange,
    exchanges,
    members,
    write_sheets,
)


def test_that_every_row_of_the_file_is_in_the_review_once(tmp_path, outlook_of):
    path = exchanges(
        tmp_path / "a.xlsx",
        *(exchange(n) for n in range(1, 6)),
        exchange(6, visiting_organisation=None),
        above=[["List of exchanges"], [], []],
        below=[["Total", None, None, None, None, None, None, None, 2490], [], [], [], ["A note"]],
    )

    outlook = outlook_of(path)

    numbers = [n for row in outlook.rows for n in range(row.first, row.last + 1)]
    assert len(numbers) == len(set(numbers)) == outlook.plan.counts.rows
    assert sum(outlook.seen.by_sheet.values()) == outlook.plan.counts.rows


def test_that_rows_that_need_somebody_come_first(tmp_path, outlook_of):
    outlook = outlook_of(members(tmp_path / "m.xlsx"))

    actions = [row.action for row in outlook.rows]
    assert actions[0] is Action.WAIT
    assert actions == sorted(actions, key=lambda action: action is Action.SKIP)


def test_that_a_row_that_waits_knows_its_question(tmp_path, outlook_of):
    outlook = outlook_of(members(tmp_path / "m.xlsx"))
    row = outlook.rows[0]

    topics = {asked.question.topic for asked in outlook.asked_at(row)}
    assert "country" in topics
    assert all(asked.open for asked in outlook.asked_at(row))


def test_that_questions_about_the_file_and_its_columns_come_before_those_about_rows(
    tmp_path, outlook_of
):
    outlook = outlook_of(members(tmp_path / "m.xlsx"))

    order = [asked.question.per for asked in outlook.all_asked()]
    ranks = ["file", "sheet", "column", "value", "name", "row", "cell"]
    assert order == sorted(order, key=ranks.index)
    assert order[0] == "file"


def test_that_open_questions_are_counted_for_their_column(tmp_path, outlook_of):
    path = doubtful_dates(tmp_path / "d.xlsx")
    outlook = outlook_of(path)
    question = outlook.plan.questions[0]

    assert outlook.open_of_column == {("Austausche", "J"): 1}
    assert outlook_of(path, {question.id: "dmy"}).open_of_column == {}


def test_that_an_answer_given_now_is_told_from_a_remembered_one(tmp_path, outlook_of):
    path = doubtful_dates(tmp_path / "d.xlsx")
    question = outlook_of(path).plan.questions[0]

    assert outlook_of(path, {question.id: "dmy"}).was_given_now(question, "")
    assert not outlook_of(path).was_given_now(question, "")


@pytest.mark.parametrize("make", [doubtful_dates, members])
def test_that_a_row_has_as_many_parts_as_it_says(tmp_path, outlook_of, understanding, make):
    outlook = outlook_of(make(tmp_path / "f.xlsx"))

    said = [(row.lines, len(parts_of(outlook, row, understanding))) for row in outlook.rows]
    assert [one for one in said if one[0] != one[1]] == []


def test_that_a_row_with_many_differences_says_how_many_more(
    tmp_path, outlook_of, importer, understanding
):
    outlook = outlook_of(exchanges(tmp_path / "a.xlsx", exchange(1)))
    importer.commit(outlook.plan)
    changed = exchange(1, end="2022-03-10", working_days=4, amount_eur=500, status="paid")
    changed |= {"Remark": "a", "Paid on": "2022-04-01", "Distance km": 900, "Host city": "Halle"}
    changed |= {"Goals": "b", "Outcome": "c"}

    row = outlook_of(exchanges(tmp_path / "b.xlsx", changed)).rows[0]
    outlook = outlook_of(tmp_path / "b.xlsx")
    parts = parts_of(outlook, row, understanding)

    assert row.action is Action.CHANGE
    assert row.lines == len(parts) == 8
    assert parts[-1].text == "and 5 more"


def test_that_a_kept_value_is_shown_as_mine(tmp_path, outlook_of, importer, understanding):
    importer.commit(outlook_of(exchanges(tmp_path / "a.xlsx", exchange(1))).plan)
    path = exchanges(tmp_path / "b.xlsx", exchange(1, amount_eur=500, status="paid"))
    (changed,) = [r for r in outlook_of(path).rows if r.action is Action.CHANGE]
    theirs = parts_of(outlook_of(path), changed, understanding)
    (amount,) = [p for p in theirs if isinstance(p, Difference) and p.field == "Agreed"]

    keep = amount.keep
    assert isinstance(keep, CellChoice)
    outlook = outlook_of(path, {"keep": {keep.key: True}})
    (row,) = [r for r in outlook.rows if r.place == changed.place]
    parts = [p for p in parts_of(outlook, row, understanding) if isinstance(p, Difference)]

    assert [(p.field, p.kept) for p in parts] == [("Status", False), ("Agreed", True)]
    assert (parts[1].old, parts[1].new) == (amount.old, amount.new)


def test_that_lines_of_a_sheet_show_what_each_row_is_taken_for(tmp_path, outlook_of):
    path = exchanges(
        tmp_path / "a.xlsx",
        exchange(1),
        above=[["List of exchanges"], [], [], [], []],
        below=[[], ["Total", None, None, None, None, None, None, None, 415]],
    )

    lines = outlook_of(path).lines[0]

    assert [(line.number, line.last, line.kind) for line in lines] == [
        (1, 1, LineKind.SKIPPED),
        (2, 5, LineKind.BLANK),
        (6, 6, LineKind.HEADING),
        (7, 7, LineKind.VALUES),
        (8, 8, LineKind.BLANK),
        (9, 9, LineKind.SKIPPED),
    ]


def test_that_a_sheet_without_records_is_there_to_be_seen(tmp_path, outlook_of):
    one, two = exchange(1), exchange(2)
    path = write_sheets(
        tmp_path / "two.xlsx",
        {"List": [list(one), list(one.values()), list(two.values())], "Notes": [["Read me"]]},
    )

    outlook = outlook_of(path)

    assert [len(lines) for lines in outlook.lines] == [3, 1]
    assert outlook.seen.by_sheet == {"List": 2, "Notes": 1}


def test_that_a_form_tells_of_each_cell_what_it_means(outlook_of, understanding, tmp_path):
    rows = [("Ref", "A-1"), ("Visiting organisation", "Adler Optik GmbH")]
    rows += [("Host organisation", "Bosc Digital, S.L."), ("Start", "15.11.2021")]
    path = tmp_path / "form.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")

    outlook = outlook_of(path)

    meant = [outlook.column_at(None, "B", row) for row in range(1, 5)]
    assert [plan.field for plan in meant] == ["ref", "vo", "ho", "start"]
    start = understanding.of_cell(outlook, meant[3], 4, "15.11.2021")
    assert start.text == "Mon 15 Nov 2021"
    assert not outlook.columns.get(None)
