"""What a person types and presses about passwords, and what comes of it."""

from contextlib import closing

from PySide6.QtTest import QTest

from smartct_desktop.domain.errors import WrongPassword
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services import protection
from smartct_desktop.services.opening import open_document
from smartct_desktop.ui.protection.new_password import NewPasswordDialog
from tests.journeys.asking import Answer, press

PASSWORD = "seven boats under Sofia"
OTHER = "nine lamps over Girona"


def typing(password, verb):
    """An act that types a password and goes on."""

    def act(dialog):
        QTest.keyClicks(dialog.panel.password.line, password)
        press(verb)(dialog)

    return act


def typing_twice(password, verb):
    """An act that gives a new password."""

    def act(dialog):
        assert isinstance(dialog, NewPasswordDialog)
        QTest.keyClicks(dialog.first.line, password)
        assert not dialog.deed.isEnabled()
        QTest.keyClicks(dialog.again.line, password)
        press(verb)(dialog)

    return act


def ask(desktop, command, *acts):
    """Choose a command of the menu, and answer what it asks."""
    answer = Answer(desktop, *acts)
    desktop.window.command[command].trigger()
    answer.done()


def names(program):
    return {one.name for one in program.document.read.all(Organisation)}


def opens(path, password):
    """Whether a password opens a document."""
    try:
        with closing(open_document(path, key=protection.key_of(path, password))):
            return True
    except WrongPassword:
        return False
