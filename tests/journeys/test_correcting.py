"""Correcting records in the table: typing, refusals, undo across a restart."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.usefixtures("small")
def test_that_a_date_is_corrected_in_its_cell_undone_and_done_again(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")

    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("17.11.2021")
    desktop.key(Qt.Key.Key_Return)
    assert desktop.cell(page, 0, "start") == "17.11.2021"
    assert desktop.window.command["undo"].text() == "Undo change of From (SCT-2021-001)"

    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.cell(page, 0, "start") == "16.11.2021"
    assert desktop.note() == "Undone: change of From (SCT-2021-001)"

    desktop.window.command["redo"].trigger()
    desktop.settle()
    assert desktop.cell(page, 0, "start") == "17.11.2021"


def test_that_undo_survives_closing_the_document(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")
    desktop.type("18.11.2021")
    desktop.key(Qt.Key.Key_Return)

    document = desktop.reopen()
    assert desktop.window.command["undo"].text() == "Undo change of From (SCT-2021-001)"
    desktop.tab(1)
    desktop.key(Qt.Key.Key_Z, CONTROL)

    assert document.read.get(Exchange, small.first).start == date(2021, 11, 16)
    assert desktop.window.workbench.current_name == "exchanges"
    assert desktop.window.workbench.table_page.table.current_id == small.first


def test_that_a_refused_value_stays_in_its_cell_with_the_reason(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")

    desktop.type("24.12.2021")
    desktop.key(Qt.Key.Key_Return)

    assert page.table.cells.editor is not None
    assert page.table.refusal == "A stay cannot end before it starts."
    assert desktop.document.read.get(Exchange, small.first).start == date(2021, 11, 16)

    desktop.type_over("15.11.2021")
    desktop.key(Qt.Key.Key_Return)
    assert (page.table.cells.editor, page.table.refusal) == (None, "")
    assert desktop.cell(page, 0, "start") == "15.11.2021"


def test_that_clicking_elsewhere_does_not_lose_a_refused_value(desktop, small, qtbot):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")
    desktop.type("soon")

    where = page.table.visualRect(page.model.index(2, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desktop.settle()

    editor = page.table.cells.editor
    assert editor is not None
    assert editor.line.text() == "soon"
    qtbot.waitUntil(lambda: page.table.current_id == small.first)

    desktop.window.workbench.show_tab("events")
    assert desktop.window.workbench.current_name == "exchanges"
    desktop.key(Qt.Key.Key_Escape)
    assert page.table.cells.editor is None


@pytest.mark.usefixtures("small")
def test_that_escape_gives_up_and_tab_moves_on(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")

    desktop.type("01.01.2022")
    desktop.key(Qt.Key.Key_Escape)
    assert desktop.cell(page, 0, "start") == "16.11.2021"
    assert desktop.focused() is page.table

    desktop.type("17.11.2021")
    desktop.key(Qt.Key.Key_Tab)
    assert desktop.cell(page, 0, "start") == "17.11.2021"
    assert page.table.cells.editor is None
    assert page.model.columns[page.table.currentIndex().column()].name == "end"


def test_that_typing_in_a_cell_finds_an_organisation(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "vo")

    desktop.type("klas")
    desktop.key(Qt.Key.Key_Return)

    assert desktop.cell(page, 0, "vo") == "Klaster K"
    assert desktop.document.read.get(Exchange, small.first).vo == small.cluster


@pytest.mark.usefixtures("small")
def test_that_a_new_organisation_can_be_made_in_the_cell_that_names_it(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 2, "ho")

    desktop.type("Delta Ltd")
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)

    assert desktop.cell(page, 2, "ho") == "Delta Ltd"
    assert desktop.note() == "New organisation: Delta Ltd"


def test_that_a_status_is_chosen_from_its_list(desktop, small, qtbot):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 2, "status")
    desktop.key(Qt.Key.Key_Return)
    choices = QApplication.focusWidget()

    qtbot.keyClick(choices, Qt.Key.Key_Down)
    qtbot.keyClick(choices, Qt.Key.Key_Return)
    desktop.settle()

    assert desktop.document.read.get(Exchange, small.third).status is ExchangeStatus.CLOSED
    assert page.table.cells.editor is None


def test_that_the_row_stays_the_current_one_when_it_moves_by_being_edited(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.table.headings.sort_asked.emit(page.model.columns.index(page.model.columns[3]), False)
    desktop.go_to(page, 0, "start")
    assert page.table.current_id == small.second

    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("01.01.2023")
    assert page.table.finish_editing()

    assert page.table.current_id == small.second
    assert page.table.currentIndex().row() == 1


@pytest.mark.usefixtures("small")
def test_that_a_calculated_value_says_why_it_cannot_be_changed(desktop):
    page = desktop.tab(EXCHANGES)
    page.add_column("entitlement_cents")
    desktop.go_to(page, 0, "entitlement_cents")

    desktop.key(Qt.Key.Key_F2)

    assert desktop.note() == "Due is worked out by the program."


def test_that_a_field_is_corrected_in_the_record_pane(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    row = page.pane.form.row("ho_city")
    row.editor.setFocus()

    desktop.type("Halle")
    desktop.key(Qt.Key.Key_Return)

    assert desktop.document.read.get(Exchange, small.first).ho_city == "Halle"
    assert desktop.window.command["undo"].text() == "Undo change of Host city (SCT-2021-001)"


@pytest.mark.usefixtures("small")
def test_that_a_refused_value_in_the_pane_keeps_the_record_there(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    row = page.pane.form.row("end")
    row.editor.setFocus()

    desktop.type_over("01.01.2020")
    desktop.key(Qt.Key.Key_Return)

    assert row.refusal == "A stay cannot end before it starts."
    assert not desktop.window.finish_editing()
    desktop.key(Qt.Key.Key_Escape)
    assert row.refusal == ""
    assert desktop.window.finish_editing()


def test_that_the_history_shows_before_and_after(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")
    desktop.type("17.11.2021")
    desktop.key(Qt.Key.Key_Return)

    history = desktop.tab(7)

    assert history.current_step.label == "change of From (SCT-2021-001)"
    lines = [history.changes.index(0, column).data() for column in range(4)]
    assert lines[1:] == ["From", "16.11.2021", "17.11.2021"]
    button = history.findChild(QPushButton, "undo")
    assert button.accessibleName() == "Undo change of From (SCT-2021-001)"
    desktop.click(button)
    assert desktop.document.read.get(Exchange, small.first).start == date(2021, 11, 16)


@pytest.mark.usefixtures("small")
def test_that_choosing_another_row_does_not_lose_what_is_refused_in_the_pane(desktop, qtbot):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    row = page.pane.form.row("end")
    row.editor.setFocus()
    desktop.type_over("01.01.2020")

    where = page.table.visualRect(page.model.index(2, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desktop.settle()

    assert row.editor.line.text() == "01.01.2020"
    assert row.refusal == "A stay cannot end before it starts."
    qtbot.waitUntil(lambda: page.table.currentIndex().row() == 0)
    row.editor.setFocus()
    desktop.key(Qt.Key.Key_Escape)
