"""What nobody caught: a mistake of ours is told as one, a drive that fails as what it is."""

import pytest
from PySide6.QtWidgets import QLabel

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.bugs import Bugs
from tests.journeys.asking import Answer, press


@pytest.fixture
def bugs(desktop, small):
    assert small
    bugs = Bugs()
    bugs.attach(desktop.window)
    return bugs


def test_that_a_mistake_is_told_once_and_work_goes_on(desktop, bugs):
    seen = []
    answered = Answer(desktop, press("Go on", seen))

    bugs.hear(ValueError("ours"))
    answered.done()
    bugs.hear(ValueError("ours"))
    desktop.settle()

    assert "Something in SmartCT went wrong" in " ".join(seen)


def test_that_a_drive_that_fails_while_something_is_painted_is_no_mistake(desktop, bugs):
    bugs.hear(Trouble(Sentence("The drive failed."), Sentence("Save a copy elsewhere.")))
    desktop.settle()

    shown = [label.text() for label in desktop.window.tools.note.findChildren(QLabel)]
    assert "The drive failed. Save a copy elsewhere." in " ".join(shown)
