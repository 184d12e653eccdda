"""The models of the assistant: what they show, what they never show, and Qt's own tester."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from smartct_desktop.services.importing.plan import Action
from smartct_desktop.ui.import_assistant.item_list import ItemLine, ItemModel
from smartct_desktop.ui.import_assistant.review_model import (
    DRAWER,
    RECORD,
    WHAT,
    WILL,
    ReviewFilter,
    ReviewModel,
)
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from tests.ui.import_assistant.partner_files import (
    doubtful_dates,
    exchange,
    exchanges,
    members,
    write_sheets,
)

FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal
Role = Qt.ItemDataRole
SAID = (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole)


def everything(model):
    """Every text that the model gives to anybody."""
    cells = [
        model.index(row, column).data(role)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        for role in SAID
    ]
    heads = [
        model.headerData(section, Qt.Orientation.Horizontal, role)
        for section in range(model.columnCount())
        for role in SAID
    ]
    return " | ".join(str(text) for text in (*cells, *heads) if text)


@pytest.fixture
def sheet_model(understanding, facts):
    model = SheetModel(understanding, facts)
    QAbstractItemModelTester(model, FAIL)
    return model


@pytest.fixture
def review_model(understanding):
    model = ReviewModel(understanding)
    QAbstractItemModelTester(model, FAIL)
    return model


def texts(model, column):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_that_a_sheet_is_shown_as_in_the_file(tmp_path, outlook_of, sheet_model):
    sheet_model.show_sheet(outlook_of(doubtful_dates(tmp_path / "d.xlsx")), 0)

    assert sheet_model.headerData(9, Qt.Orientation.Horizontal) == "J"
    assert texts(sheet_model, 5) == ["von", "16.11.21", "16.11.21"]
    assert texts(sheet_model, 9) == ["überwiesen am", "06/12/2021", "03/12/2021"]


def test_that_values_are_shown_as_understood(tmp_path, outlook_of, sheet_model):
    path = doubtful_dates(tmp_path / "d.xlsx")
    outlook = outlook_of(path)
    sheet_model.show_sheet(outlook, 0)

    proposed = sheet_model.understood(1, 9)
    assert (proposed.text, proposed.ink, proposed.asked) == ("Mon 6 Dec 2021", "waiting", True)
    assert sheet_model.understood(1, 5).text == "Tue 16 Nov 2021"
    assert sheet_model.understood(1, 1).text == "new organisation"
    assert sheet_model.understood(1, 2).text == "Germany"
    assert sheet_model.understood(1, 8).text == "415\N{NO-BREAK SPACE}€"

    sheet_model.show_sheet(outlook_of(path, {outlook.plan.questions[0].id: "mdy"}), 0)

    decided = sheet_model.understood(1, 9)
    assert (decided.text, decided.asked) == ("Sat 12 Jun 2021", False)


def test_that_a_cluster_of_the_document_is_known(tmp_path, outlook_of, sheet_model):
    path = exchanges(
        tmp_path / "a.xlsx",
        exchange(1, host_organisation="Fondazione Torino Wireless", host_country="IT"),
    )
    sheet_model.show_sheet(outlook_of(path), 0)

    assert sheet_model.understood(1, 3).text == "known"


def test_that_a_new_plan_of_the_same_sheet_keeps_the_place(tmp_path, outlook_of, sheet_model):
    path = doubtful_dates(tmp_path / "d.xlsx")
    outlook = outlook_of(path)

    assert sheet_model.show_sheet(outlook, 0)
    assert not sheet_model.show_sheet(outlook, 0)


def test_that_values_of_a_refused_column_are_given_to_nobody(
    tmp_path, outlook_of, sheet_model, review_model
):
    sick = exchange(1) | {"Allergies": "hazelnuts", "Date of birth": "1 April 1980"}
    sheet_model.show_sheet(outlook_of(exchanges(tmp_path / "a.xlsx", sick)), 0)
    review_model.show_outlook(outlook_of(tmp_path / "a.xlsx"))

    assert "Allergies" in texts(sheet_model, 10)
    assert sheet_model.is_refused(10)
    assert sheet_model.is_hidden(11)
    assert "hazelnuts" not in everything(sheet_model) + everything(review_model)
    assert "1980" not in everything(sheet_model) + everything(review_model)


def test_that_a_sheet_that_is_not_imported_hides_its_sensitive_columns(
    tmp_path, outlook_of, sheet_model
):
    one = exchange(1)
    guests = [("Allergies / diet", "Table"), ("hazelnuts", "by the window")]
    sheets = {"List": [list(one), list(one.values())], "Guests": [[], *guests]}
    outlook = outlook_of(write_sheets(tmp_path / "two.xlsx", sheets))
    assert outlook.sheet_plan(1).kind is None

    sheet_model.show_sheet(outlook, 1)

    assert "hazelnuts" not in everything(sheet_model)
    assert "by the window" in everything(sheet_model)


def test_that_a_cell_is_spoken_with_column_and_understanding(tmp_path, outlook_of, sheet_model):
    sheet_model.show_sheet(outlook_of(doubtful_dates(tmp_path / "d.xlsx")), 0)

    said = sheet_model.index(1, 9).data(Role.AccessibleTextRole)

    assert said == "column J, Paid on, 06/12/2021, understood as Mon 6 Dec 2021"


def test_that_the_review_has_a_line_for_each_row(tmp_path, outlook_of, review_model):
    path = exchanges(tmp_path / "a.xlsx", exchange(1), exchange(2, visiting_organisation=None))
    review_model.show_outlook(outlook_of(path))

    assert [word for word in texts(review_model, WILL) if word] == ["Refused", "Add"]
    assert review_model.index(0, WHAT).data() == "The visiting organisation is missing"
    added = texts(review_model, WILL).index("Add")
    caption, what = (review_model.index(added, column).data() for column in (RECORD, WHAT))
    assert caption == "Visitante 1, S.L. ES → Gastgeber 1 GmbH DE"
    assert what.startswith("7 Mar – 9 Mar 2022, 3 days, 415")
    assert review_model.headerData(RECORD, Qt.Orientation.Horizontal) == "Exchange"


def test_that_filters_leave_out_rows(tmp_path, outlook_of, review_model):
    path = exchanges(
        tmp_path / "a.xlsx",
        exchange(1),
        exchange(2, visiting_organisation=None),
        exchange(3, working_days=2, end="2022-03-08"),
    )
    review_model.show_outlook(outlook_of(path))

    def numbers(**wanted):
        review_model.narrow(ReviewFilter(**wanted))
        return [row.first for row in review_model.rows]

    assert numbers(actions=frozenset({Action.REFUSE})) == [3]
    assert numbers(codes=frozenset({"DUR-02"})) == [4]
    assert numbers(actions=frozenset({Action.REFUSE}), codes=frozenset({"DUR-02"})) == []
    assert sorted(numbers()) == [2, 3, 4]


def test_that_an_opened_row_has_a_line_for_its_drawer(tmp_path, outlook_of, review_model):
    review_model.show_outlook(outlook_of(members(tmp_path / "m.xlsx")))
    row = review_model.rows[0]

    review_model.open_row(row.place)

    line = review_model.drawer_line
    assert review_model.part_at(line) == DRAWER
    assert review_model.row_at(line) is row
    assert [review_model.part_at(n) for n in range(line)] == list(range(row.lines))

    review_model.open_row(None)
    assert review_model.drawer_line is None


def test_that_the_next_waiting_row_is_found_behind_and_then_from_the_start(
    tmp_path, outlook_of, review_model
):
    review_model.show_outlook(outlook_of(members(tmp_path / "m.xlsx")))
    waiting = [row.place for row in review_model.rows if row.action is Action.WAIT]
    last = review_model.line_of(waiting[-1])

    assert review_model.next_waiting(0) == waiting[0]
    assert review_model.next_waiting(last) == waiting[-1]
    assert review_model.next_waiting(review_model.rowCount() - 1) == waiting[0]


def test_that_rows_of_several_sheets_name_their_sheet(tmp_path, outlook_of, review_model):
    one = exchange(1)
    sheets = {name: [list(one), list(exchange(n).values())] for n, name in enumerate(("A", "B"))}
    review_model.show_outlook(outlook_of(write_sheets(tmp_path / "two.xlsx", sheets)))

    assert [number for number in texts(review_model, 0) if number] == ["A 2", "B 2"]


def test_that_items_keep_their_place_when_one_is_answered(tmp_path, outlook_of):
    path = members(tmp_path / "m.xlsx")
    model = ItemModel()
    QAbstractItemModelTester(model, FAIL)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    question = next(q for q in outlook_of(path).plan.questions if q.topic == "number")

    model.show_lines([ItemLine(item, "") for item in question.items])
    answered = outlook_of(path, {question.id: {"ca. 1150": 1150}})
    question = next(q for q in answered.plan.questions if q.topic == "number")
    model.show_lines([ItemLine(item, "1150") for item in question.items])

    assert resets == [1]
    assert model.index(0).data(Role.AccessibleTextRole) == "ca. 1150, 1150"
