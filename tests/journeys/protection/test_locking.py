"""The window locked: nothing is seen or touched until the password comes, and nothing is lost."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.protection.cover import Cover
from smartct_desktop.ui.protection.idle import IdleWatch
from smartct_desktop.ui.protection.lock_commands import LOCK_AFTER, MINUTES, USUAL
from tests.journeys.asking import press
from tests.journeys.protection.answers import PASSWORD, ask

EXCHANGES = 5


def covered(window):
    """Whether nothing of a window is to be seen but what lies over it."""
    return all(
        isinstance(window.childAt(x, y), Cover)
        for x in range(2, window.width(), 97)
        for y in range(2, window.height(), 61)
    )


def unlock(desktop, program, password=PASSWORD):
    dialog = program.locks.locking.dialog
    QTest.keyClicks(dialog.panel.password.line, password)
    QTest.mouseClick(dialog.panel.deed, Qt.MouseButton.LeftButton)
    desktop.settle()


@pytest.mark.usefixtures("shown")
def test_that_everything_is_covered_until_the_password_comes(desktop, program):
    desktop.tab(EXCHANGES)
    title = desktop.window.windowTitle()

    desktop.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)

    assert program.locks.locking.locked
    assert covered(desktop.window)
    assert "small" in title
    assert desktop.window.windowTitle() == "SmartCT"
    desktop.window.tools.note.tell("Мария Иванова was imported.")
    unlock(desktop, program, "not this one")
    assert program.locks.locking.locked
    assert covered(desktop.window)
    QTest.keyClick(program.locks.locking.dialog, Qt.Key.Key_Escape)
    program.locks.locking.dialog.close()
    assert program.locks.locking.dialog.isVisible()
    unlock(desktop, program)
    assert not program.locks.locking.locked
    assert not covered(desktop.window)
    assert desktop.window.windowTitle() == title
    assert desktop.window.isActiveWindow()


@pytest.mark.usefixtures("shown")
def test_that_what_is_being_typed_stays_in_its_cell(desktop, program):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "number")
    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("SCT-2021-9")
    steps = program.document.read.history_count()

    program.locks.lock()
    desktop.settle()
    unlock(desktop, program)

    assert page.table.cells.editor.typed_text() == "SCT-2021-9"
    assert program.document.read.history_count() == steps
    desktop.qtbot.waitUntil(lambda: page.table.cells.editor.isAncestorOf(desktop.focused()))
    desktop.key(Qt.Key.Key_Escape)


@pytest.mark.usefixtures("shown")
def test_that_keys_and_clicks_reach_nothing_beneath(desktop, program):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    before = program.document.moment

    program.locks.lock()
    desktop.settle()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return):
        QTest.keyClick(page.table, key)
    QTest.keyClicks(page.table.viewport(), "9")
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton)
    desktop.window.close()

    assert desktop.window.isVisible()
    assert page.table.cells.editor is None
    assert program.document.moment == before
    unlock(desktop, program)


@pytest.mark.usefixtures("shown")
def test_that_an_open_dialog_is_covered_and_there_again(desktop, program):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    seen = []

    def act(dialog):
        title = dialog.windowTitle()
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
        QTest.qWait(20)
        seen.extend((covered(dialog), dialog.isVisible(), dialog.windowTitle()))
        unlock_now(program)
        QApplication.processEvents()
        seen.extend((covered(dialog), dialog.isVisible(), dialog.windowTitle() == title))

    ask(desktop, "delete", act)

    assert seen == [True, True, "SmartCT", False, True, True]


def unlock_now(program):
    dialog = program.locks.locking.dialog
    QTest.keyClicks(dialog.panel.password.line, PASSWORD)
    dialog.panel.try_key()


@pytest.mark.usefixtures("shown")
def test_that_a_question_that_comes_while_locked_waits_beneath(desktop, program):
    seen = []
    program.locks.lock()
    desktop.settle()

    def look():
        question = QApplication.topLevelWidgets()
        (asked,) = [one for one in question if one.accessibleName() == "Мария asks something"]
        QTest.keyClick(asked, Qt.Key.Key_Return)
        lock = program.locks.locking.dialog
        seen.extend((asked.isVisible(), covered(asked), QApplication.activeModalWidget() is lock))
        unlock_now(program)
        QTest.qWait(20)
        seen.extend((covered(asked), QApplication.activeModalWidget() is asked))
        press("Close")(asked)

    QTimer.singleShot(100, look)
    choices = [Choice("close", "Close")]
    messages = desktop.window.tools.messages
    messages.ask(desktop.window, "Мария asks something", "", choices, "close", harmless="close")

    assert seen == [True, True, True, False, True]


@pytest.mark.usefixtures("shown")
def test_that_it_locks_by_itself_when_nobody_touches_it(desktop, program):
    actions = desktop.window.lock_menu.actions()
    assert program.locks.minutes == USUAL
    for minutes in (0, 60, 5):
        actions[MINUTES.index(minutes)].trigger()
        assert program.locks.minutes == minutes
        assert [action.isChecked() for action in actions] == [one == minutes for one in MINUTES]
    assert desktop.settings.get(LOCK_AFTER) == 5
    clock = [0.0]
    watch = IdleWatch(program, (lambda: clock[0],))
    watch.idle.connect(program.locks.lock)
    watch.start(300)

    clock[0] = 299
    watch.look()
    assert not program.locks.locking.locked
    QTest.mouseMove(desktop.window, desktop.window.rect().center())
    QTest.keyClick(desktop.window.windowHandle(), Qt.Key.Key_Shift)
    clock[0] = 598
    watch.look()
    assert not program.locks.locking.locked
    clock[0] = 600
    watch.look()
    assert program.locks.locking.locked
    unlock(desktop, program)
