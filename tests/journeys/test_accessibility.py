"""For everyone: each control has a name, and the keys reach it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
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

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)


def spoken(widget):
    """What a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


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
    for number in range(1, 7):
        desktop.tab(number)
        names.append(desktop.window.workbench.current_name)

    assert names == ["overview", "clusters", "organisations", "events", "exchanges", "history"]


def test_that_every_action_of_the_menus_has_a_name_and_keys_are_given_once(desktop):
    actions = [desktop.window.command[name] for name in desktop.window.command.names]
    keys = [action.shortcut().toString() for action in actions if action.shortcut().toString()]

    assert all(action.text() for action in actions)
    assert len(set(keys)) == len(keys)
    assert QApplication.activeModalWidget() is None
