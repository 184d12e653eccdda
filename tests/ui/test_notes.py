"""Notes: in place, and passing."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QVBoxLayout, QWidget

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.notes import Link, Note, PassingNote
from smartct_desktop.ui.theme.fonts import INTER
from smartct_desktop.ui.theme.tokens import DARK, LIGHT
from smartct_desktop.ui.theme.tones import Tone

LONG = "Netzwerk Energie & Umwelt e. V. sent a file with <b>forty</b> columns. " * 4


class Window(QWidget):
    """A window with a status bar."""

    def __init__(self):
        super().__init__()
        self.resize(900, 500)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        self.foot = QStatusBar()
        column.addWidget(self.foot)


@pytest.fixture
def window(qtbot):
    made = Window()
    qtbot.addWidget(made)
    made.show()
    return made


def words_of(note):
    return [one.text() for one in note.findChildren(QLabel) if one.text()]


def links_of(note):
    return {one.text(): one for one in note.findChildren(QPushButton) if not one.isHidden()}


def test_that_a_passing_note_lies_in_the_middle_above_the_foot(window, look):
    note = PassingNote(look, window, window.foot)

    note.tell("NEU_Juni.xlsx imported.")

    box = note.geometry()
    assert note.isVisible()
    assert abs(box.center().x() - window.rect().center().x()) <= 1
    assert window.foot.y() - (box.bottom() + 1) == 16


def test_that_it_is_no_wider_than_allowed_and_shows_everything(window, look):
    note = PassingNote(look, window, window.foot)

    note.tell(LONG)

    assert note.width() <= 560
    (lines,) = note.findChildren(QLabel)
    assert lines.height() >= lines.heightForWidth(lines.width())
    assert words_of(note) == [LONG]


def test_that_it_keeps_its_place_when_the_window_changes(window, look):
    note = PassingNote(look, window, window.foot)
    note.tell("Saved.")

    window.resize(600, 700)
    window.layout().activate()

    assert abs(note.geometry().center().x() - 300) <= 1


def test_that_a_link_acts_and_takes_the_note_away(window, look):
    done = []
    note = PassingNote(look, window, window.foot)
    note.tell("Imported.", [Link("Undo", lambda: done.append("undo"))])

    links_of(note)["Undo"].click()

    assert done == ["undo"]
    assert not note.isVisible()


def test_that_the_next_note_replaces_the_one_before(window, look):
    note = PassingNote(look, window, window.foot)
    note.tell("First.", [Link("Undo", list), Link("Show", list)])

    note.tell("Second.", [Link("Open", list)])

    assert words_of(note) == ["Second."]
    assert list(links_of(note)) == ["Open"]
    assert note.accessibleName() == "Second."


def test_that_it_goes_by_itself(window, look, qtbot):
    note = PassingNote(look, window, window.foot, seconds=0.05)

    note.tell("Saved.")

    assert note.isVisible()
    qtbot.waitUntil(lambda: not note.isVisible())


def test_that_it_stays_while_the_focus_is_on_it(window, look, qtbot):
    note = PassingNote(look, window, window.foot, seconds=0.05)
    note.tell("Imported.", [Link("Undo", list)])
    links_of(note)["Undo"].setFocus()

    qtbot.wait(150)
    assert note.isVisible()

    window.foot.setFocus()
    links_of(note)["Undo"].clearFocus()
    qtbot.waitUntil(lambda: not note.isVisible())


def test_that_it_stays_while_the_pointer_is_on_it(window, look, qtbot):
    note = PassingNote(look, window, window.foot, seconds=0.05)
    here = QPointF(5, 5)

    note.tell("Imported.")
    note.enterEvent(QEnterEvent(here, here, here))  # before its time can pass, however slow we are

    qtbot.wait(150)
    assert note.isVisible()


def test_that_a_sentence_of_a_lower_layer_is_said(window, look):
    note = PassingNote(look, window)

    note.tell(Sentence("{n} rows", n=3))

    assert words_of(note) == ["3 rows"]


def test_that_a_note_in_place_wears_its_tone_and_changes_with_the_look(look, qtbot):
    note = Note(look, Tone.WARNING, "Above the budget.")
    qtbot.addWidget(note)
    note.resize(300, 40)

    def ground():
        return note.grab().toImage().pixelColor(150, 3).name().upper()

    assert ground() == LIGHT.colours["warning-soft"]
    note.say(Tone.ERROR, "Refused.")
    assert ground() == LIGHT.colours["error-soft"]
    look.wear(DARK, 13, INTER)
    assert ground() == DARK.colours["error-soft"]
    assert note.accessibleName() == "Refused."


def test_that_a_note_in_place_offers_repairs(look, qtbot):
    done = []
    note = Note(look, Tone.ERROR, "Refused.")
    qtbot.addWidget(note)

    note.offer(Link("Show", lambda: done.append("shown")))
    links_of(note)["Show"].click()

    assert done == ["shown"]
