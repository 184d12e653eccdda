"""Columns with keys only: choosing, moving, widening, freezing, and what is remembered."""

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.ui.main_window import MainWindow

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def place(page, name):
    return [one.name for one in page.model.columns].index(name)


def choose(desktop, words):
    """Open the chooser and search; gives it with the first line found as the current one."""
    desktop.key(Qt.Key.Key_K, CONTROL | SHIFT)
    chooser = QApplication.activeWindow()
    desktop.type(words)
    desktop.key(Qt.Key.Key_Down)
    return chooser


def done(desktop):
    desktop.key(Qt.Key.Key_Escape)
    desktop.activate(desktop.window)


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


def column_menu(desktop, page, name, words):
    desktop.go_to(page, 0, name)
    desktop.key(Qt.Key.Key_Down, ALT)
    pick(desktop, words)


def narrow(desktop, page):
    """So narrow a window that columns have to scroll."""
    for name in ("ho_city", "mode", "goals", "outcome"):
        page.add_column(name)
    desktop.settle()
    assert page.table.horizontalScrollBar().maximum() > 200


@pytest.mark.usefixtures("small")
def test_that_a_field_of_the_visitor_can_be_shown(desktop):
    page = desktop.tab(EXCHANGES)

    chooser = choose(desktop, "visiting organisation country")
    assert chooser.list.current.text == "Visiting organisation › Country"
    desktop.key(Qt.Key.Key_Space)
    done(desktop)

    assert page.model.columns[-1].name == "vo.country"
    assert desktop.cell(page, 0, "vo.country") == "Spain"
    heading = page.model.headerData(place(page, "vo.country"), Qt.Orientation.Horizontal)
    assert heading == "Visiting organisation › Country"


@pytest.mark.usefixtures("small")
def test_that_a_column_is_hidden_and_the_last_one_stays(desktop):
    page = desktop.tab(EXCHANGES)
    column_menu(desktop, page, "working_days", "Hide")
    assert "working_days" not in [one.name for one in page.model.columns]

    page.arrangement.show(["number"])
    choose(desktop, "no.")
    desktop.key(Qt.Key.Key_Space)
    done(desktop)

    assert [one.name for one in page.model.columns] == ["number"]


@pytest.mark.usefixtures("small")
def test_that_columns_are_moved_in_the_chooser_and_in_the_table(desktop):
    page = desktop.tab(EXCHANGES)
    choose(desktop, "status")
    desktop.key(Qt.Key.Key_Up, ALT)
    done(desktop)
    assert [one.name for one in page.model.columns][-2:] == ["status", "amount_cents"]

    desktop.go_to(page, 0, "vo")
    desktop.key(Qt.Key.Key_Left, ALT | SHIFT)
    assert page.arrangement.names[:2] == ["vo", "number"]
    assert page.table.currentIndex().data() == "Álfa, S.L."


@pytest.mark.usefixtures("small")
def test_that_columns_are_widened_and_fitted_with_keys(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "vo")
    before = page.table.columnWidth(place(page, "vo"))

    desktop.key(Qt.Key.Key_Right, ALT)
    wider = page.table.columnWidth(place(page, "vo"))
    desktop.key(Qt.Key.Key_Left, ALT)
    assert wider > before
    assert page.table.columnWidth(place(page, "vo")) == before

    column_menu(desktop, page, "vo", "Fit to contents")
    fitted = page.table.columnWidth(place(page, "vo"))
    assert 60 < fitted < before


def test_that_a_column_is_fitted_to_what_is_in_view_only(desktop, small):
    with desktop.document.edit("many") as edit:
        for n in range(300):
            edit.add(Exchange(number=f"X-{n:03}", vo=small.alpha, ho_city="Ulm"))
        edit.add(Exchange(number="Y", ho_city="A name so long that nobody has a town called that"))
    page = desktop.tab(EXCHANGES)
    page.arrangement.show(["number", "ho_city", "status"])
    desktop.go_to(page, 0, "number")

    page.table.fit_columns([1])

    assert len(page.model.known_lines(range(302))) < 200
    assert page.table.columnWidth(1) < 120


@pytest.mark.usefixtures("small")
def test_that_frozen_columns_stay_while_the_others_scroll(desktop):
    page = desktop.tab(EXCHANGES)
    narrow(desktop, page)
    table = page.table
    column_menu(desktop, page, "number", "Freeze up to here")
    edge = table.columnWidth(0)

    desktop.go_to(page, 0, "outcome")
    table.scrollTo(table.currentIndex())
    assert table.horizontalScrollBar().value() > 0
    first = table.model().index(1, 0)
    assert table.visualRect(first).left() == 0
    assert table.indexAt(QPoint(edge - 5, 40)) == first
    assert table.headings.section_at(5) == 0

    desktop.key(Qt.Key.Key_Home)
    assert table.currentIndex().column() == 0
    assert table.horizontalScrollBar().value() > 0
    desktop.key(Qt.Key.Key_Right)
    assert table.visualRect(table.currentIndex()).left() >= edge


@pytest.mark.usefixtures("small")
def test_that_a_frozen_cell_is_clicked_edited_and_spoken_where_it_is_seen(desktop):
    page = desktop.tab(EXCHANGES)
    narrow(desktop, page)
    table = page.table
    page.arrangement.freeze(1)
    table.horizontalScrollBar().setValue(200)

    middle = QPoint(20, table.rowViewportPosition(1) + 10)
    desktop.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 0)
    assert table.horizontalScrollBar().value() == 200

    desktop.key(Qt.Key.Key_F2)
    assert table.cells.editor.x() == 0
    desktop.type_over("SCT-2021-003")
    desktop.key(Qt.Key.Key_Return)
    assert desktop.cell(page, 1, "number") == "SCT-2021-003"

    interface = QAccessible.queryAccessibleInterface(table)
    cell = interface.childAt(*_global(table, middle))
    assert cell.text(QAccessible.Text.Name).startswith("No.: SCT-2021-003")


@pytest.mark.usefixtures("small")
def test_that_a_frozen_heading_is_clicked_where_it_is_seen(desktop):
    page = desktop.tab(EXCHANGES)
    narrow(desktop, page)
    page.arrangement.freeze(1)
    page.table.horizontalScrollBar().setValue(200)

    headings = page.table.headings.viewport()
    desktop.qtbot.mouseClick(headings, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    desktop.settle()

    assert [str(sort.path) for sort in page.model.query.sort] == ["number"]


@pytest.mark.usefixtures("small")
def test_that_the_frozen_strip_is_painted_over_what_scrolls(desktop):
    page = desktop.tab(EXCHANGES)
    narrow(desktop, page)
    page.arrangement.freeze(1)
    page.table.setFocus()
    desktop.go_to(page, 2, "vo")
    edge = page.table.columnWidth(0)
    page.table.horizontalScrollBar().setValue(0)
    before = page.table.viewport().grab().toImage().copy(0, 0, edge - 1, 50)

    page.table.horizontalScrollBar().setValue(150)
    after = page.table.viewport().grab().toImage().copy(0, 0, edge - 1, 50)

    assert before == after


@pytest.mark.usefixtures("small")
def test_that_frozen_columns_are_kept_by_name(desktop, theme):
    page = desktop.tab(EXCHANGES)
    page.arrangement.freeze(2)
    desktop.window.close_document()

    again = MainWindow(theme, desktop.jobs, desktop.settings, desktop.failures.append)
    again.show_document(desktop.document, desktop.facts)
    page = again.workbench.table("exchanges")
    assert page.table.headings.wanted_frozen == 2

    page.reset_view()
    assert page.table.headings.wanted_frozen == 0
    again.close_document()
    shiboken6.delete(again)  # before the look it is drawn with
    desktop.document.close()
    desktop.document = None


@pytest.mark.usefixtures("small")
def test_that_other_columns_leave_the_current_record_and_its_selection_in_view(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "vo")
    current = page.table.current_id

    page.add_column("ho_city")
    desktop.settle()

    assert page.table.current_id == current
    assert page.model.columns[page.table.currentIndex().column()].name == "vo"


def _global(table, at):
    point = table.viewport().mapToGlobal(at)
    return point.x(), point.y()
