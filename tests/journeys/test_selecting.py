"""What is selected when keys go far: what is done next must act on the cell one sees."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.services.editing import change_value

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def selected(page):
    return sorted((one.row(), one.column()) for one in page.table.selectedIndexes())


def current(page):
    index = page.table.currentIndex()
    return index.row(), index.column()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_End])
def test_that_the_selection_goes_along_to_the_corner(desktop, key):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "start")

    desktop.key(key, CONTROL)

    assert current(page) != (1, page.table.visual_columns()[0])
    assert selected(page) == [current(page)]


@pytest.mark.usefixtures("small")
def test_that_shift_selects_everything_up_to_the_corner(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.key(Qt.Key.Key_Home, CONTROL)

    desktop.key(Qt.Key.Key_End, CONTROL | SHIFT)

    assert len(selected(page)) == page.model.rowCount() * page.model.columnCount()


def test_that_an_undo_leaves_only_what_it_shows_selected(desktop, small):
    page = desktop.tab(EXCHANGES)
    change_value(desktop.document, small.first, Exchange.schema.by_name["number"], "SCT-2021-009")
    desktop.go_to(page, 2, "number")

    desktop.key(Qt.Key.Key_Z, CONTROL)

    assert page.table.current_id == small.first
    assert selected(page) == [current(page)]


def test_that_an_undo_leaves_selected_what_was_selected_with_what_it_shows(desktop, small):
    page = desktop.tab(EXCHANGES)
    change_value(desktop.document, small.first, Exchange.schema.by_name["remark"], "seen")
    desktop.go_to(page, 0, "start")
    desktop.key(Qt.Key.Key_Down, SHIFT)
    desktop.key(Qt.Key.Key_Down, SHIFT)
    before = selected(page)

    desktop.key(Qt.Key.Key_Z, CONTROL)

    assert desktop.document.read.get(Exchange, small.first).remark is None
    assert len(before) == 3
    assert selected(page) == before


@pytest.mark.usefixtures("small")
def test_that_home_goes_to_the_newest_step_below_its_day(desktop):
    desktop.window.workbench.show_tab("history")
    desktop.settle()
    page = desktop.window.workbench.current
    page.step_list.setFocus()
    desktop.key(Qt.Key.Key_End)
    assert page.step_list.currentIndex().row() == page.steps.rowCount() - 1

    desktop.key(Qt.Key.Key_Home)

    assert page.step_list.currentIndex().row() == 1


def select(page, *cells):
    """Select cells by row and field, as clicks with Ctrl do."""
    names = [one.name for one in page.model.columns]
    for row, name in cells:
        index = page.model.index(row, names.index(name))
        page.table.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


@pytest.mark.usefixtures("small")
def test_that_sums_are_of_the_cells_that_are_selected(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "amount_cents")
    select(page, (2, "amount_cents"), (1, "working_days"))
    desktop.settle()

    assert desktop.state() == (
        "3 of 3 rows   ·   3 selected   ·   days 2.5   ·   agreed 1,245\N{NO-BREAK SPACE}€"
    )


@pytest.mark.usefixtures("small")
def test_that_selected_names_stand_for_all_numbers_of_their_records(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    desktop.key(Qt.Key.Key_Down, SHIFT)

    assert desktop.state() == (
        "3 of 3 rows   ·   2 selected   ·   days 5.5   ·   agreed 415\N{NO-BREAK SPACE}€"
    )
