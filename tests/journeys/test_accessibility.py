"""For everyone: each control has a name, and the keys reach it."""

import itertools

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from smartct_desktop.ui.tab_names import TAB_NAMES
from tests.journeys.walking import spoken, walk

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)


def nameless(root):
    """Visible controls that nobody can name, by class and text around them."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and not isinstance(widget, QHeaderView | QScrollBar)
        and widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget.parentWidget(), QComboBox)
        and not spoken(widget)
    ]


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.usefixtures("sample")
def test_that_every_control_of_every_tab_has_a_name(desktop, number):
    desktop.tab(number)

    assert nameless(desktop.window) == []


def test_that_every_control_of_the_start_page_has_a_name(desktop):
    desktop.window.show_start()

    assert nameless(desktop.window) == []


@pytest.mark.usefixtures("sample")
def test_that_cells_are_spoken_with_their_column(desktop):
    page = desktop.tab(4)
    interface = QAccessible.queryAccessibleInterface(page.table)

    names = [interface.child(place).text(QAccessible.Text.Name) for place in range(40)]

    assert "Title: Planned event, autumn 2020 (first)" in names


@pytest.mark.usefixtures("small")
def test_that_tab_goes_from_the_filter_through_the_table_into_the_pane(desktop):
    page = desktop.tab(5)
    page.focus_filter()
    visited = []
    for _ in range(14):
        visited.append(desktop.focused())
        desktop.key(Qt.Key.Key_Tab)

    assert page.table in visited
    assert any(page.pane.isAncestorOf(widget) for widget in visited)
    assert len(set(visited)) == len(visited)


@pytest.mark.usefixtures("small")
def test_that_every_tab_is_reached_with_its_keys(desktop):
    names = []
    for number in range(1, 8):
        desktop.tab(number)
        names.append(desktop.window.workbench.current_name)

    first = ["overview", "clusters", "organisations", "events", "exchanges"]
    assert names == [*first, "problems", "history"]


def test_that_every_action_of_the_menus_has_a_name_and_keys_are_given_once(desktop):
    actions = [desktop.window.command[name] for name in desktop.window.command.names]
    keys = [action.shortcut().toString() for action in actions if action.shortcut().toString()]

    assert all(action.text() for action in actions)
    assert len(set(keys)) == len(keys)
    assert QApplication.activeModalWidget() is None


# Walking.


@pytest.fixture
def stops(desktop):
    """Walks through a window; gives what is wrong at the stops, and the stops."""

    def go(window, *, backwards=False):
        desktop.activate(window)
        if QApplication.focusWidget() is None:
            QTest.keyClick(window, Qt.Key.Key_Tab)
        found, wrong = walk(window, backwards=backwards)
        return wrong, found

    return go


@pytest.mark.usefixtures("sample")
def test_that_tab_walks_through_each_page_and_comes_back(desktop, stops):
    for name in TAB_NAMES:
        desktop.window.workbench.show_tab(name)
        desktop.settle()
        page = desktop.window.workbench.table_page
        if page is not None and page.model.rowCount():
            page.table.setCurrentIndex(page.model.index(0, 0))
            page.table.setFocus()

        wrong, forwards = stops(desktop.window)
        wrong_back, backwards = stops(desktop.window, backwards=True)

        assert (name, "\n".join(wrong), "\n".join(wrong_back)) == (name, "", "")
        assert set(backwards) == set(forwards)


def test_that_tab_walks_through_the_start(desktop, stops):
    desktop.window.show_start()

    wrong, found = stops(desktop.window)

    assert wrong == []
    assert len(found) >= 4


@pytest.mark.usefixtures("sample")
def test_that_tab_walks_through_each_window(desktop, stops):
    for name in ("help", "keys", "about", "partnership"):
        before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
        desktop.window.command[name].trigger()
        desktop.settle()
        (made,) = {w for w in QApplication.topLevelWidgets() if w.isVisible()} - before

        wrong, _ = stops(made)

        assert (name, wrong, nameless(made)) == (name, [], [])
        made.close()


@pytest.mark.usefixtures("sample")
def test_that_tab_walks_through_the_form_for_a_new_record(desktop, stops, qapp):
    desktop.window.workbench.show_tab("exchanges")
    seen = []

    def look():
        dialog = qapp.activeModalWidget()
        try:
            wrong, found = stops(dialog)
            seen.append(wrong)
            order = [stop.mapTo(dialog, QPoint(0, 0)).y() for stop in found]
            first = order.index(min(order))
            turned = order[first:] + order[:first]
            seen.append([b >= a - 8 for a, b in itertools.pairwise(turned)])
        finally:
            dialog.reject()

    QTimer.singleShot(0, look)
    desktop.window.command["new_record"].trigger()

    assert seen[0] == []
    assert all(seen[1])


# Speaking.


def cells_without_words(view):
    """The cells of a table that no screen reader says with the name of their column."""
    interface = QAccessible.queryAccessibleInterface(view)
    said = {
        interface.child(place).text(QAccessible.Text.Name)
        for place in range(interface.childCount())
    }
    model = view.model()
    wanted = {
        f"{model.headerData(column, Qt.Orientation.Horizontal)}: "
        f"{model.index(row, column).data() or ''}".strip()
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }
    return {cell for cell in wanted if not any(one.startswith(cell) for one in said)}


@pytest.mark.usefixtures("small")
def test_that_every_cell_is_spoken_with_its_column(desktop):
    for name in ("clusters", "organisations", "events", "exchanges"):
        desktop.window.workbench.show_tab(name)
        desktop.settle()

        assert cells_without_words(desktop.window.workbench.table(name).table) == set()


@pytest.mark.usefixtures("sample")
def test_that_every_widget_one_can_use_has_a_name_and_a_role(desktop):
    wrong = set()
    for name in TAB_NAMES:
        desktop.window.workbench.show_tab(name)
        desktop.settle()
        for widget in desktop.window.findChildren(QWidget):
            usable = widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            interface = QAccessible.queryAccessibleInterface(widget) if usable else None
            if interface is not None and (
                not interface.text(QAccessible.Text.Name).strip()
                or interface.role() == QAccessible.Role.NoRole
            ):
                wrong.add(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")

    assert wrong == set()


@pytest.mark.usefixtures("sample")
def test_that_nothing_is_shown_as_a_window_of_its_own_while_a_page_is_made(desktop, qapp):
    """A widget that is shown before it lies anywhere flashes up and takes the keys away."""
    flashed = []

    class Watch(QObject):
        def eventFilter(self, watched, event):  # noqa: N802 (Qt's name)
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
                if watched.isWindow() and not popup and watched is not desktop.window:
                    flashed.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for name in TAB_NAMES:
        desktop.window.workbench.show_tab(name)
        desktop.settle()
        page = desktop.window.workbench.table_page
        if page is not None and page.model.rowCount():
            page.table.setCurrentIndex(page.model.index(0, 0))
            desktop.qtbot.waitUntil(lambda page=page: page.pane.record is not None)
        desktop.settle()
    qapp.removeEventFilter(watch)

    assert flashed == []
