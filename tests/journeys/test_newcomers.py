"""A record that is made while it is chosen comes with the step that names it first."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from tests.journeys.asking import Answer

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier


def organisations(desktop):
    return {one.name for one in desktop.document.read.all(Organisation)}


def test_that_an_organisation_made_in_a_cell_is_one_step_with_the_value(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.third)
    desktop.go_to(page, page.table.currentIndex().row(), "ho")
    desktop.type("Delta Ltd")
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)

    made = next(o for o in desktop.document.read.all(Organisation) if o.name == "Delta Ltd")
    assert desktop.document.read.get(Exchange, small.third).ho == made.id
    assert desktop.document.read.history_count() == 2
    undo = desktop.window.command["undo"].text()
    assert undo.startswith("Undo change of Host organisation (SCT-2022-001) to new organis")

    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert "Delta Ltd" not in organisations(desktop)
    assert desktop.document.read.get(Exchange, small.third).ho is None
    desktop.key(Qt.Key.Key_Y, CONTROL)
    assert desktop.document.read.get(Exchange, small.third).ho == made.id


def test_that_an_organisation_made_in_the_pane_is_one_step_with_the_value(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.third)
    desktop.qtbot.waitUntil(lambda: page.pane.form is not None)
    page.pane.focus_field("ho")
    desktop.type_over("Delta Ltd")
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)

    assert "Delta Ltd" in organisations(desktop)
    assert desktop.document.read.history_count() == 2
    assert page.pane.form.row("ho").editor.typed_text() == "Delta Ltd"


def test_that_an_organisation_that_is_thought_better_of_is_never_written(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.third)
    desktop.go_to(page, page.table.currentIndex().row(), "ho")
    desktop.type("Delta Ltd")
    desktop.key(Qt.Key.Key_Escape)
    desktop.key(Qt.Key.Key_Escape)

    assert "Delta Ltd" not in organisations(desktop)
    assert desktop.document.read.history_count() == 1


@pytest.mark.usefixtures("small")
def test_that_an_organisation_made_for_a_new_exchange_comes_with_it(desktop):
    desktop.tab(EXCHANGES)

    def fill_in(dialog):
        dialog.editor("vo").setFocus()
        desktop.type("Delta Ltd")
        desktop.key(Qt.Key.Key_Down)
        desktop.key(Qt.Key.Key_Return)
        dialog.add_button.setFocus()
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, fill_in)
    desktop.key(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    answer.done()

    (made,) = [o for o in desktop.document.read.all(Organisation) if o.name == "Delta Ltd"]
    (added,) = [e for e in desktop.document.read.all(Exchange) if e.vo == made.id]
    assert desktop.document.read.history_count() == 2
    assert desktop.document.read.next_undo().label == f"new exchange {added.number}"
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert "Delta Ltd" not in organisations(desktop)
