"""Groups with keys only: headings with counts and sums, closing and opening, and what stays."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.ui.grid.layout import grouping_of
from smartct_desktop.ui.main_window import MainWindow

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def pick(desktop, words):
    """Walk through the open menu to an entry and take it."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        desktop.qtbot.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction().text().startswith(words):
            desktop.qtbot.keyClick(menu, Qt.Key.Key_Return)
            desktop.settle()
            return
    pytest.fail(f"no entry {words}")


def grouped(desktop, name, words="Group by this column"):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, name)
    desktop.key(Qt.Key.Key_Down, ALT)
    pick(desktop, words)
    return page


def picture(page):
    """Headings as they are said, records by their numbers."""
    model = page.model
    rows = []
    for row in range(model.rowCount()):
        heading = model.heading_at(row)
        sign = "" if heading is None else ("▾ " if heading.open else "▸ ")
        rows.append(sign + str(model.index(row, 0).data()))
    return rows


def go_to_row(desktop, page, row):
    page.table.setFocus()
    while page.table.currentIndex().row() != row:
        up = page.table.currentIndex().row() > row
        desktop.key(Qt.Key.Key_Up if up else Qt.Key.Key_Down)


@pytest.mark.usefixtures("small")
def test_that_rows_are_grouped_with_counts_and_sums_and_not_any_more(desktop):
    page = grouped(desktop, "vo")
    assert picture(page) == [
        "▾ Álfa, S.L., 1 row",
        "SCT-2021-001",
        "▾ Gamma GmbH, 1 row",
        "SCT-2022-001",
        "▾ „Бета“ ООД, 1 row",
        "SCT-2021-002",
    ]

    desktop.go_to(page, 1, "vo")
    desktop.key(Qt.Key.Key_Down, ALT)
    pick(desktop, "No groups")
    assert picture(page) == ["SCT-2021-001", "SCT-2021-002", "SCT-2022-001"]


@pytest.mark.usefixtures("small")
def test_that_days_are_grouped_by_year_with_the_sums_of_each(desktop):
    page = grouped(desktop, "start", "Group by year")

    assert picture(page) == [
        "▾ 2021, 2 rows",
        "SCT-2021-001",
        "SCT-2021-002",
        "▾ (blank), 1 row",
        "SCT-2022-001",
    ]
    assert desktop.cell(page, 0, "amount_cents") == "415\u00a0€"
    assert desktop.cell(page, 0, "working_days") == "5.5"
    assert desktop.cell(page, 3, "amount_cents") == "830\u00a0€"


@pytest.mark.usefixtures("small")
def test_that_sorting_by_the_grouped_column_turns_the_groups_round(desktop):
    page = grouped(desktop, "status")
    assert [row for row in picture(page) if row.startswith("▾")] == [
        "▾ Paid, 1 row",
        "▾ Closed, 1 row",
        "▾ Cancelled, 1 row",
    ]

    desktop.go_to(page, 1, "status")
    desktop.key(Qt.Key.Key_Down, ALT)
    pick(desktop, "Sort downwards")
    assert [row for row in picture(page) if row.startswith("▾")] == [
        "▾ Cancelled, 1 row",
        "▾ Closed, 1 row",
        "▾ Paid, 1 row",
    ]


@pytest.mark.usefixtures("small")
def test_that_groups_close_and_open_with_keys(desktop):
    page = grouped(desktop, "start", "Group by year")
    go_to_row(desktop, page, 0)

    desktop.key(Qt.Key.Key_Left)
    assert picture(page) == ["▸ 2021, 2 rows", "▾ (blank), 1 row", "SCT-2022-001"]
    desktop.key(Qt.Key.Key_Right)
    assert len(picture(page)) == 5
    desktop.key(Qt.Key.Key_Space, CONTROL)
    assert picture(page) == ["▸ 2021, 2 rows", "▸ (blank), 1 row"]
    desktop.key(Qt.Key.Key_Space, CONTROL)
    assert len(picture(page)) == 5


@pytest.mark.usefixtures("small")
def test_that_a_heading_is_spoken_and_is_no_record(desktop):
    page = grouped(desktop, "start", "Group by year")
    go_to_row(desktop, page, 0)
    assert page.table.current_id is None
    assert page.selected_ids() == []
    assert "selected" not in desktop.state()

    spoken = Qt.ItemDataRole.AccessibleTextRole
    names = [page.model.index(0, place).data(spoken) for place in range(page.model.columnCount())]
    assert "group 2021, 2 rows, open" in names
    assert "group 2021, 2 rows, open, Agreed: 415\u00a0€" in names


@pytest.mark.usefixtures("small")
def test_that_status_bar_and_copy_leave_headings_out(desktop):
    grouped(desktop, "start", "Group by year")
    desktop.key(Qt.Key.Key_A, CONTROL)
    assert desktop.state() == (
        "3 of 3 rows   ·   3 selected   ·   days 5.5   ·   agreed 1,245\u00a0€"
    )

    desktop.key(Qt.Key.Key_C, CONTROL)
    lines = QApplication.clipboard().text().splitlines()
    numbers = [line.split("\t")[0] for line in lines]
    assert numbers == ["SCT-2021-001", "SCT-2021-002", "SCT-2022-001"]


def test_that_the_current_record_stays_current_while_groups_come_and_go(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "start")
    assert page.table.current_id == small.second

    page.arrangement.group(grouping_of("exchange", "status"))
    assert page.table.current_id == small.second
    assert page.selected_ids() == [small.second]
    page.arrangement.group(None)
    assert page.table.current_id == small.second


def test_that_going_to_a_record_opens_its_group(desktop, small):
    page = grouped(desktop, "start", "Group by year")
    go_to_row(desktop, page, 0)
    desktop.key(Qt.Key.Key_Left)

    assert page.go_to(small.second)
    assert page.table.current_id == small.second
    assert len(picture(page)) == 5


def test_that_edits_undo_and_filters_keep_groups_and_what_is_closed(desktop, small):
    page = grouped(desktop, "start", "Group by year")
    go_to_row(desktop, page, 0)
    desktop.key(Qt.Key.Key_Left)

    with desktop.document.edit("more") as edit:
        edit.add(Exchange(number="SCT-2023-001", vo=small.alpha, amount_cents=100_00))
    desktop.settle()
    assert picture(page) == ["▸ 2021, 2 rows", "▾ (blank), 2 rows", "SCT-2022-001", "SCT-2023-001"]
    assert desktop.cell(page, 1, "amount_cents") == "930\u00a0€"

    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert picture(page) == ["▸ 2021, 2 rows", "▾ (blank), 1 row", "SCT-2022-001"]
    page.focus_filter()
    desktop.type("alfa")
    desktop.key(Qt.Key.Key_Return)
    assert picture(page) == ["▸ 2021, 1 row"]


def test_that_a_cell_is_edited_in_a_grouped_table(desktop, small):
    page = grouped(desktop, "start", "Group by year")
    desktop.go_to(page, 2, "number")
    assert page.table.current_id == small.second

    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("SCT-2021-002b")
    desktop.key(Qt.Key.Key_Return)

    assert desktop.document.read.get(Exchange, small.second).number == "SCT-2021-002b"
    assert page.model.row_of(small.second) == 2
    assert page.table.current_id == small.third  # the next one below


@pytest.mark.usefixtures("small")
def test_that_groups_are_kept_over_a_restart_and_taken_off_by_reset(desktop, theme):
    page = grouped(desktop, "start", "Group by month")
    desktop.window.close_document()

    again = MainWindow(theme, desktop.jobs, desktop.settings, desktop.failures.append)
    again.show_document(desktop.document, desktop.facts)
    page = again.workbench.table("exchanges")
    assert picture(page)[0] == "▾ 10.2021, 1 row"

    page.reset_view()
    assert picture(page) == ["SCT-2021-001", "SCT-2021-002", "SCT-2022-001"]
    again.close_document()
    shiboken6.delete(again)  # before the look it is drawn with
    desktop.document.close()
    desktop.document = None
