"""Filling down, series, and one value for many records, with keys only."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.ui.revisions.asking import ChangeFieldDialog, SeriesDialog
from tests.journeys.revising import (
    CONTROL,
    EXCHANGES,
    ORGANISATIONS,
    SHIFT,
    column,
    dialog_of,
    press_enter,
    undo,
)


def test_that_ctrl_d_fills_the_selected_cells_from_the_first(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.gamma, "city")
    page.table.setFocus()
    row = page.table.currentIndex().row()
    desktop.key(Qt.Key.Key_Down, CONTROL | SHIFT)

    desktop.key(Qt.Key.Key_D, CONTROL)
    press_enter(desktop, dialog_of(desktop))

    assert set(column(page, "city")[row:]) == {"Halle"}
    undo(desktop)
    assert column(page, "city").count("Halle") == 1


@pytest.mark.usefixtures("small")
def test_that_ctrl_d_on_one_cell_takes_the_value_above(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "vo")

    desktop.key(Qt.Key.Key_D, CONTROL)

    visitors = column(page, "vo")
    assert visitors[1] == visitors[0]
    assert desktop.window.command["undo"].text().startswith("Undo change of Visiting organisation")


@pytest.mark.usefixtures("small")
def test_that_the_first_row_has_nothing_above_it(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "vo")

    desktop.key(Qt.Key.Key_D, CONTROL)

    assert desktop.note() == "There is no row above to fill from."


@pytest.mark.usefixtures("small")
def test_that_a_series_of_days_is_filled_by_weeks(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")
    desktop.key(Qt.Key.Key_Down, SHIFT)
    desktop.key(Qt.Key.Key_Down, SHIFT)
    first = column(page, "start")[0]

    desktop.window.command["fill_series"].trigger()
    dialog = dialog_of(desktop, SeriesDialog)
    desktop.qtbot.keyClicks(dialog.step, "1")
    dialog.unit.setFocus()
    desktop.qtbot.keyClick(dialog.unit, Qt.Key.Key_W)
    assert dialog.example.split("; ")[0] == first
    press_enter(desktop, dialog)
    press_enter(desktop, dialog_of(desktop))

    days = [desktop.document.read.record("exchange", id_).start for id_ in page.model.ids(0, 3)]
    assert [(b - a).days for a, b in pairwise(days)] == [7, 7]


@pytest.mark.usefixtures("small")
def test_that_a_series_needs_a_beginning(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "vat")
    desktop.key(Qt.Key.Key_Down, SHIFT)

    desktop.window.command["fill_series"].trigger()

    assert desktop.note().startswith("A series begins with a number")


@pytest.mark.usefixtures("small")
def test_that_one_field_is_changed_for_all_results(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "status")

    desktop.key(Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = dialog_of(desktop, ChangeFieldDialog)
    assert dialog.field.name == "status"
    assert dialog.scope.all.text() == "All 3 results"
    combo = dialog.editor.combo
    combo.setFocus()
    desktop.qtbot.keyClicks(combo, "Paid")
    dialog.scope.selected.setFocus()
    desktop.qtbot.keyClick(dialog.scope.selected, Qt.Key.Key_Right)
    dialog.main.setFocus()
    press_enter(desktop, dialog)
    press_enter(desktop, dialog_of(desktop))

    statuses = {exchange.status for exchange in desktop.document.read.all(Exchange)}
    assert statuses == {ExchangeStatus.PAID}
    assert desktop.window.command["undo"].text() == "Undo change of Status (2 exchanges)"


@pytest.mark.usefixtures("small")
def test_that_tab_follows_the_eye_when_another_field_is_chosen(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "status")
    desktop.key(Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = dialog_of(desktop, ChangeFieldDialog)
    dialog.field_box.setFocus()

    desktop.type("Mode")

    desktop.key(Qt.Key.Key_Tab)
    assert desktop.focused() is dialog.editor.combo
    desktop.key(Qt.Key.Key_Tab)
    assert desktop.focused() is dialog.scope.selected
    desktop.key(Qt.Key.Key_Escape)
