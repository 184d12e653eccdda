"""What stays where it is: selection, current cell, scroll position, and an open editor."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.query import Path, Sort
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ROWS = 200
ROW = 100  # the current one; three others stand before those that are added


@pytest.fixture
def page(desktop, small):
    """The exchanges with so many rows that they scroll."""
    with desktop.document.edit("many") as edit:
        for n in range(ROWS):
            vo = small.alpha if n == ROW - 3 else None
            edit.add(Exchange(number=f"X-{n:03}", vo=vo, amount_cents=100 * n))
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, ROW, "amount_cents")
    desktop.key(Qt.Key.Key_Down, SHIFT)
    desktop.key(Qt.Key.Key_Down, SHIFT)
    return page


class Place:
    """Where the table is looked at."""

    def __init__(self, page):
        table = page.table
        self.current = table.current_id
        self.column = page.model.columns[table.currentIndex().column()].name
        self.selected = sorted(page.selected_ids())
        self.top = page.model.id_of(table.rowAt(0))
        self.cells = table.selectionModel().selection().count()

    def __eq__(self, other):
        return vars(self) == vars(other)

    def __repr__(self):
        return repr(vars(self))

    def __hash__(self):
        return hash((self.current, self.column))


def test_that_a_change_elsewhere_moves_nothing(desktop, page, small):
    before = Place(page)

    with desktop.document.edit("other name") as edit:
        edit.set(edit.get(Organisation, small.alpha), "name", "Omega")
    desktop.settle()

    assert page.model.index(ROW, 1).data() == "Omega"
    assert Place(page) == before


def test_that_rows_added_above_move_nothing_out_of_sight(desktop, page):
    before = Place(page)

    with desktop.document.edit("more") as edit:
        for n in range(20):
            edit.add(Exchange(number=f"A-{n:03}"))
    desktop.settle()
    assert Place(page).selected == before.selected
    assert Place(page).current == before.current

    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert Place(page).selected == before.selected


def test_that_an_import_of_many_rows_keeps_current_and_selected(desktop, page):
    before = Place(page)

    with desktop.document.edit("import of a file") as edit:
        for n in range(300):
            edit.add(Exchange(number=f"Z-{n:03}"))
    desktop.settle()

    assert Place(page) == before


def test_that_sorting_keeps_current_and_selected_and_shows_the_current_one(desktop, page):
    before = Place(page)

    page.arrangement.sort([Sort(Path(("amount_cents",)), descending=True)])
    desktop.settle()

    after = Place(page)
    assert (after.current, after.column) == (before.current, before.column)
    assert after.selected == before.selected
    row = page.table.currentIndex().row()
    assert page.table.rowAt(0) <= row <= page.table.rowAt(page.table.viewport().height() - 1)


def test_that_undo_of_a_change_brings_the_record_and_keeps_the_selection_valid(desktop, page):
    id_ = page.table.current_id
    with desktop.document.edit("amount") as edit:
        edit.set(edit.get(Exchange, id_), "amount_cents", 5)
    desktop.settle()

    desktop.key(Qt.Key.Key_Z, CONTROL)

    assert page.table.current_id == id_
    assert desktop.document.read.get(Exchange, id_).amount_cents != 5


def test_that_an_open_editor_and_what_is_typed_survive_a_change_elsewhere(desktop, page, small):
    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("77")
    editor = page.table.cells.editor

    with desktop.document.edit("other name") as edit:
        edit.set(edit.get(Organisation, small.beta), "name", "Omega")
        edit.add(Exchange(number="A-000"))
    desktop.settle()
    assert page.table.cells.editor is editor
    assert desktop.focused().text() == "77"

    id_ = page.table.current_id
    desktop.key(Qt.Key.Key_Return)
    assert desktop.document.read.get(Exchange, id_).amount_cents == 7700
    assert page.model.record_count == ROWS + 4


def test_that_facets_and_panels_move_nothing(desktop, page):
    before = Place(page)

    desktop.key(Qt.Key.Key_F, CONTROL | SHIFT)
    desktop.key(Qt.Key.Key_F, CONTROL | SHIFT)
    desktop.settle()

    after = Place(page)
    assert (after.current, after.selected) == (before.current, before.selected)


@pytest.mark.usefixtures("small")
def test_that_the_sums_of_very_many_rows_follow_without_waiting(desktop, qtbot):
    with desktop.document.edit("many") as edit:
        for n in range(10_100):
            edit.add(Exchange(number=f"X-{n:05}", amount_cents=100))
    page = desktop.tab(EXCHANGES)
    desktop.settle()
    desktop.go_to(page, 0, "number")

    desktop.key(Qt.Key.Key_A, CONTROL)

    qtbot.waitUntil(lambda: "agreed 11,345\u00a0€" in desktop.state())
    assert desktop.state().startswith("10103 of 10103 rows   ·   10103 selected")
