"""Typing values one after another: where Enter and Tab go, as in a spreadsheet."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.query import Grouping, Path

EXCHANGES = 5
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desktop, small):  # noqa: ARG001 (the document)
    page = desktop.tab(EXCHANGES)
    page.add_column("ho_city")
    return page


def here(page):
    """The current cell: the number of its exchange, and the field."""
    index = page.table.currentIndex()
    names = [one.name for one in page.model.columns]
    number = page.model.index(index.row(), names.index("number")).data()
    return number, names[index.column()]


def test_that_enter_goes_down_and_with_shift_up(desktop, page):
    desktop.go_to(page, 0, "ho_city")

    desktop.type("Halle")
    desktop.key(Qt.Key.Key_Return)
    assert here(page) == ("SCT-2021-002", "ho_city")
    assert desktop.focused() is page.table

    desktop.type("Leipzig")
    desktop.key(Qt.Key.Key_Return, SHIFT)
    assert here(page) == ("SCT-2021-001", "ho_city")
    assert [desktop.cell(page, row, "ho_city") for row in (0, 1)] == ["Halle", "Leipzig"]


def test_that_enter_in_the_last_row_stays(desktop, page):
    desktop.go_to(page, 2, "ho_city")

    desktop.type("Halle")
    desktop.key(Qt.Key.Key_Return)

    assert here(page) == ("SCT-2022-001", "ho_city")
    assert desktop.cell(page, 2, "ho_city") == "Halle"


def test_that_a_few_tabs_and_enter_begin_the_row_below(desktop, page):
    desktop.go_to(page, 0, "start")

    desktop.type("15.11.2021")
    desktop.key(Qt.Key.Key_Tab)
    assert here(page) == ("SCT-2021-001", "end")
    desktop.key(Qt.Key.Key_Tab)  # nothing typed here: on to the next one all the same
    assert here(page) == ("SCT-2021-001", "working_days")
    desktop.type("4")
    desktop.key(Qt.Key.Key_Return)

    assert here(page) == ("SCT-2021-002", "start")
    assert desktop.cell(page, 0, "start") == "15.11.2021"
    assert desktop.cell(page, 0, "working_days") == "4"


def test_that_shift_and_tab_go_back_to_the_left(desktop, page):
    desktop.go_to(page, 0, "end")

    desktop.type("22.11.2021")
    desktop.key(Qt.Key.Key_Backtab, SHIFT)

    assert here(page) == ("SCT-2021-001", "start")


def test_that_tab_leaves_a_table_in_which_nothing_was_typed(desktop, page):
    desktop.go_to(page, 0, "start")

    desktop.key(Qt.Key.Key_Tab)

    assert desktop.focused() is not page.table


def test_that_tab_leaves_the_table_after_the_current_cell_was_moved(desktop, page):
    desktop.go_to(page, 0, "start")
    desktop.type("15.11.2021")
    desktop.key(Qt.Key.Key_Return)

    desktop.key(Qt.Key.Key_Up)
    desktop.key(Qt.Key.Key_Tab)

    assert desktop.focused() is not page.table


def test_that_a_refused_value_stays_where_it_is(desktop, page):
    desktop.go_to(page, 0, "start")

    desktop.type("soon")
    desktop.key(Qt.Key.Key_Return)
    assert page.table.cells.editor is not None
    assert here(page) == ("SCT-2021-001", "start")

    desktop.key(Qt.Key.Key_Tab)
    assert here(page) == ("SCT-2021-001", "start")


def test_that_the_record_below_is_next_although_the_row_moves_away(desktop, page):
    names = [one.name for one in page.model.columns]
    page.table.headings.sort_asked.emit(names.index("start"), False)
    desktop.go_to(page, 0, "start")
    assert here(page)[0] == "SCT-2021-002"

    desktop.type("01.01.2023")
    desktop.key(Qt.Key.Key_Return)

    assert here(page) == ("SCT-2021-001", "start")
    assert page.table.currentIndex().row() == 0


def test_that_enter_passes_over_the_heading_of_a_group(desktop, page):
    page.arrangement.group(Grouping(Path(("vo",))))
    desktop.settle()
    row = next(n for n in range(page.model.rowCount()) if page.model.heading_at(n) is None)
    desktop.go_to(page, row, "ho_city")
    before = page.table.current_id

    desktop.type("Halle")
    desktop.key(Qt.Key.Key_Return)

    index = page.table.currentIndex()
    assert page.model.heading_at(index.row()) is None
    assert page.table.current_id not in {before, None}
