"""Copying and pasting with keys only: a rectangle, its preview, its refusals, its one undo."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.ui.revisions.lines import Outcome
from tests.journeys.revising import (
    CONTROL,
    EXCHANGES,
    ORGANISATIONS,
    SHIFT,
    column,
    dialog_of,
    paste,
    press_enter,
    to_clipboard,
    undo,
    words,
)
from tests.ui.world import make_document


@pytest.mark.usefixtures("small")
def test_that_a_rectangle_is_pasted_after_a_look_and_taken_back_at_once(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "city")
    before = column(page, "city")
    to_clipboard("Sofia\tno\r\nLeipzig\tno\r\n")

    paste(desktop)
    dialog = dialog_of(desktop)
    assert dialog.windowTitle() == "Paste of 4 cells (2 organisations)"
    assert dialog.main.text() == "Change 4 cells"
    assert column(page, "city") == before
    press_enter(desktop, dialog)

    assert column(page, "city")[:2] == ["Sofia", "Leipzig"]
    assert column(page, "sme")[:2] == ["no", "no"]
    assert desktop.note() == "4 cells changed."
    undo(desktop)
    assert column(page, "city") == before


@pytest.mark.usefixtures("small")
def test_that_escape_writes_nothing(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "city")
    before = column(page, "city")
    to_clipboard("A\nB")

    paste(desktop)
    dialog = dialog_of(desktop)
    desktop.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    desktop.settle()

    assert column(page, "city") == before
    assert desktop.document.read.next_undo().label == "the small partnership"


def test_that_one_cell_goes_straight_in(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first, "start")
    page.table.setFocus()
    to_clipboard("17.11.2021")

    paste(desktop)

    assert desktop.cell(page, page.model.row_of(small.first), "start") == "17.11.2021"
    assert desktop.window.command["undo"].text() == "Undo change of From (SCT-2021-001)"


def test_that_one_refused_cell_says_why_where_it_is(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first, "start")
    page.table.setFocus()
    to_clipboard("soon")

    paste(desktop)

    assert page.table.refusal == "From takes a day that exists, such as 16.11.2021."
    desktop.type_over("18.11.2021")
    desktop.key(Qt.Key.Key_Return)
    assert page.table.refusal == ""
    assert desktop.cell(page, page.model.row_of(small.first), "start") == "18.11.2021"


def test_that_refusals_are_listed_first_and_can_be_looked_at_alone(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first, "start")
    page.table.setFocus()
    to_clipboard("1.2.2022\t2.2.2022\tmany")

    paste(desktop)
    dialog = dialog_of(desktop)

    assert words(dialog) == [
        "SCT-2021-001 | Days: many – Days takes a number such as 1234.5.",
        "SCT-2021-001 | From: 16.11.2021 → 01.02.2022",
        "SCT-2021-001 | To: 19.11.2021 → 02.02.2022",
    ]
    refused = dialog.facet(Outcome.REFUSED)
    refused.setFocus()
    desktop.qtbot.keyClick(refused, Qt.Key.Key_Space)
    assert len(words(dialog)) == 1
    desktop.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desktop.settle()


@pytest.mark.usefixtures("small")
def test_that_rows_beyond_the_last_become_records_when_asked(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.key(Qt.Key.Key_End, CONTROL)
    desktop.key(Qt.Key.Key_Home)
    to_clipboard("Last\tSME\nOmega\tSME\nPsi\tSME")

    paste(desktop)
    dialog = dialog_of(desktop)
    assert dialog.facet(Outcome.NEW).accessibleName() == "new records, 2"
    assert dialog.main.text() == "Change 1 cell"
    dialog.additions.setFocus()
    desktop.qtbot.keyClick(dialog.additions, Qt.Key.Key_Space)
    assert dialog.main.text() == "Change 1 cell, add 2 organisations"
    dialog.main.setFocus()
    press_enter(desktop, dialog)

    assert page.model.rowCount() == 6
    assert {"Last", "Omega", "Psi"} <= set(column(page, "name"))
    assert desktop.note() == "1 cell changed, 2 records added."
    undo(desktop)
    assert page.model.rowCount() == 4


def test_that_cells_from_libreoffice_bring_their_numbers(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.third, "start")
    page.table.setFocus()
    html = (
        '<table><tr><td sdval="44562" sdnum="1031;1031;TT.MM.JJ">01.01.22</td>'
        '<td sdval="44563" sdnum="1031;1031;TT.MM.JJ">02.01.22</td>'
        '<td sdval="2.5" sdnum="1031;">2,5</td></tr></table>'
    )
    to_clipboard("01.01.22\t02.01.22\t2,5\n", html)

    paste(desktop)
    press_enter(desktop, dialog_of(desktop))

    third = desktop.document.read.get(Exchange, small.third)
    assert (third.start.isoformat(), third.end.isoformat()) == ("2022-01-01", "2022-01-02")
    assert str(third.working_days) == "2.5"


@pytest.mark.parametrize("tab", [ORGANISATIONS, EXCHANGES])
@pytest.mark.usefixtures("small")
def test_that_pasting_what_was_copied_changes_nothing(desktop, tab):
    page = desktop.tab(tab)
    page.table.setFocus()
    desktop.key(Qt.Key.Key_A, CONTROL)
    desktop.key(Qt.Key.Key_C, CONTROL)

    paste(desktop)

    assert desktop.note() == "Nothing would change."


@pytest.mark.usefixtures("small")
def test_that_one_copied_cell_fills_all_selected(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "city")
    desktop.key(Qt.Key.Key_Down, CONTROL | SHIFT)
    to_clipboard("Sofia")

    paste(desktop)
    press_enter(desktop, dialog_of(desktop))

    assert column(page, "city") == ["Sofia"] * 4


@pytest.mark.usefixtures("small")
def test_that_a_selection_with_gaps_is_not_copied(desktop):
    page = desktop.tab(ORGANISATIONS)
    QApplication.clipboard().setText("before")
    table = page.table
    flag = table.selectionModel().SelectionFlag.Select
    desktop.go_to(page, 0, "name")
    table.selectionModel().select(page.model.index(1, 1), flag)

    desktop.key(Qt.Key.Key_C, CONTROL)

    assert desktop.note().startswith("Only a rectangle can be copied")
    assert QApplication.clipboard().text() == "before"


@pytest.mark.usefixtures("small")
def test_that_keys_select_cells_as_in_excel(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 1, "name")

    def area():
        return [list(part) for part in page.table.area.rows], page.table.area.places

    desktop.key(Qt.Key.Key_Right, SHIFT)
    desktop.key(Qt.Key.Key_Down, SHIFT)
    assert area() == ([[1, 2]], (0, 1))
    desktop.key(Qt.Key.Key_Right, CONTROL | SHIFT)
    assert area() == ([[1, 2]], (0, 1, 2, 3, 4, 5, 6))
    desktop.key(Qt.Key.Key_Up, CONTROL)
    assert area() == ([[0]], (6,))
    desktop.key(Qt.Key.Key_Space, CONTROL)
    assert area() == ([[0, 1, 2, 3]], (6,))
    desktop.key(Qt.Key.Key_Space, SHIFT)
    assert area()[1] == (0, 1, 2, 3, 4, 5, 6)
    desktop.key(Qt.Key.Key_Left)
    assert page.table.area.cells == 1


@pytest.mark.usefixtures("small")
def test_that_the_pointer_drags_over_cells(desktop):
    page = desktop.tab(ORGANISATIONS)
    view = page.table.viewport()
    start, end = (
        page.table.visualRect(page.model.index(*cell)).center() for cell in ((0, 1), (2, 3))
    )

    desktop.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for point in (start + (end - start) / 2, end):
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            view.mapToGlobal(QPointF(point)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view, move)
    desktop.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)

    assert [list(part) for part in page.table.area.rows] == [[0, 1, 2]]
    assert page.table.area.places == (1, 2, 3)


@pytest.mark.usefixtures("small")
def test_that_the_selection_grows_over_moved_columns_as_they_stand(desktop):
    page = desktop.tab(ORGANISATIONS)
    page.table.headings.moveSection(3, 1)
    order = page.table.visual_columns()
    desktop.go_to(page, 0, page.model.columns[order[0]].name)

    desktop.key(Qt.Key.Key_Right, SHIFT)
    desktop.key(Qt.Key.Key_Down, SHIFT)

    assert page.table.area.places == tuple(order[:2])
    assert page.table.area.whole
    assert page.table.area.cells == 4


@pytest.mark.usefixtures("small")
def test_that_the_selection_grows_out_of_frozen_columns(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.window.resize(800, 600)
    page.table.headings.freeze(1)
    desktop.settle()
    desktop.go_to(page, 0, "number")

    desktop.key(Qt.Key.Key_Right, CONTROL | SHIFT)
    desktop.key(Qt.Key.Key_Left, SHIFT)
    desktop.key(Qt.Key.Key_Down, SHIFT)

    assert [list(part) for part in page.table.area.rows] == [[0, 1]]
    assert page.table.area.places == tuple(range(7))


def test_that_delete_clears_cells_and_keeps_the_records(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.gamma, "country")
    page.table.setFocus()
    desktop.key(Qt.Key.Key_Right, SHIFT)

    desktop.key(Qt.Key.Key_Delete)
    dialog = dialog_of(desktop)
    assert dialog.main.text() == "Change 2 cells"
    press_enter(desktop, dialog)

    gamma = desktop.document.read.get(Organisation, small.gamma)
    assert (gamma.country, gamma.city) == (None, None)
    assert desktop.document.read.next_undo().label == "clearing of 2 cells (Gamma GmbH)"


@pytest.mark.usefixtures("small")
def test_that_pasting_without_text_says_so(desktop):
    page = desktop.tab(ORGANISATIONS)
    page.table.setFocus()
    QApplication.clipboard().clear()

    paste(desktop)

    assert desktop.note() == "There is no text on the clipboard."


def test_that_ctrl_v_in_a_field_of_the_pane_goes_to_the_field(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first, "start")
    page.pane.focus_field("ho_city")
    to_clipboard("Leipzig")

    paste(desktop)
    desktop.key(Qt.Key.Key_Return)

    assert desktop.document.read.get(Exchange, small.first).ho_city == "Leipzig"


@pytest.mark.usefixtures("small")
def test_that_many_cells_are_planned_and_written_while_the_window_lives(desktop):
    with desktop.document.edit("many") as edit:
        for number in range(600):
            edit.add(Organisation(name=f"Number {number:03d}"))
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "city")
    desktop.key(Qt.Key.Key_Space, CONTROL)
    to_clipboard("Sofia")

    paste(desktop)
    dialog = dialog_of(desktop)
    assert dialog.main.text() == "Change 604 cells"
    press_enter(desktop, dialog)

    cities = {one.city for one in desktop.document.read.all(Organisation)}
    assert cities == {"Sofia"}
    label = "paste of 604 cells (604 organisations)"
    assert desktop.document.read.next_undo().label == label
    desktop.key(Qt.Key.Key_A, CONTROL)
    desktop.key(Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text().count("\r\n") == 604


def test_that_a_table_without_rows_takes_a_paste(desktop, tmp_path):
    desktop.show(make_document(tmp_path / "empty.smartct"))
    page = desktop.tab(ORGANISATIONS)
    to_clipboard("Name\tType\tCountry\nOmega\tSME\tES\nPsi\tSME\tnowhere\n")
    buttons = {one.text(): one for one in page.empty.findChildren(QPushButton)}

    buttons["Paste from Excel"].click()
    dialog = dialog_of(desktop)
    assert dialog.main.text() == "Add 2 organisations"
    assert words(dialog)[0] == "Row 3 | Country: “nowhere” is no country of the list."
    press_enter(desktop, dialog)

    assert column(page, "name") == ["Omega", "Psi"]
    assert column(page, "country") == ["Spain", ""]


@pytest.mark.usefixtures("small")
def test_that_the_keys_of_cells_are_off_without_a_table_and_say_why(desktop):
    desktop.tab(1)

    actions = desktop.window.command
    off = ("copy", "paste", "fill_down", "replace", "clear_cells")
    assert [actions[name].isEnabled() for name in off] == [False] * len(off)
    assert actions["paste"].statusTip() == "Open a tab with a table first."
