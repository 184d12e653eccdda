"""Where there is no room beside the table: facets behind a button, the pane over the table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.journeys.test_large_text import unreadable

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
F4 = Qt.Key.Key_F4

pytestmark = pytest.mark.usefixtures("small")


def widen(desktop, pixels):
    desktop.window.resize(pixels, 768)
    desktop.settle()


def test_that_a_narrow_window_has_a_button_for_the_facets(desktop):
    page = desktop.tab(EXCHANGES)
    assert page.facets.isVisible()
    assert not page.toolbar.facets.isVisible()
    sizes = page.facets.splitter.sizes()

    widen(desktop, 1100)
    assert not page.facets.isVisible()
    assert page.pane.isVisible()
    assert page.toolbar.facets.text() == "Filters"

    desktop.click(page.toolbar.facets)
    assert page.facets.isVisible()
    assert page.rect().contains(page.facets.geometry())
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Space)
    assert page.toolbar.facets.text() == "Filters 1"
    desktop.key(Qt.Key.Key_Escape)
    assert not page.facets.isVisible()
    assert desktop.focused() is page.table

    widen(desktop, 1366)
    assert page.facets.isVisible()
    assert page.facets.splitter.sizes() == sizes
    assert not page.toolbar.facets.isVisible()


def test_that_the_key_for_the_facets_opens_them_over_the_table(desktop):
    page = desktop.tab(EXCHANGES)
    widen(desktop, 1100)

    desktop.key(Qt.Key.Key_F, CONTROL | SHIFT)
    assert page.facets.isVisible()
    assert page.facets.isAncestorOf(desktop.focused())
    desktop.key(Qt.Key.Key_F, CONTROL | SHIFT)
    assert not page.facets.isVisible()

    widen(desktop, 1366)
    assert page.facets.isVisible()  # nobody said that they should go where there is room


def test_that_the_pane_lies_over_the_table_where_it_is_tight(desktop, theme):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    theme.set_text_size(200)
    desktop.settle()
    assert not page.pane.isVisible()
    wide = page.table.width()

    desktop.key(F4)
    assert page.pane.isVisible()
    assert page.table.width() == wide
    assert page.pane.geometry().right() == page.rect().right()
    assert page.pane.record is not None

    row = page.pane.form.row("number")
    row.editor.setFocus()
    desktop.type("x")
    desktop.key(Qt.Key.Key_Escape)  # takes back what was typed
    assert page.pane.isVisible()
    desktop.key(Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    assert desktop.focused() is page.table

    desktop.key(F4)
    desktop.key(F4)
    assert not page.pane.isVisible()
    theme.set_text_size(100)
    desktop.settle()
    assert page.pane.isVisible()


@pytest.mark.parametrize("per_cent", [150, 200])
def test_that_nothing_is_clipped_while_a_part_lies_over_the_table(desktop, theme, per_cent):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    theme.set_text_size(per_cent)
    desktop.settle()
    page.show_pane(True)
    page.show_facets(True)
    desktop.settle()

    assert unreadable(desktop.window) == ""
    assert desktop.window.width() == 1366
    QApplication.processEvents()
