"""Questions: what is asked, what has the focus, what Esc means."""

from enum import Enum

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.buttons import Kind
from smartct_desktop.ui.messages import Choice, Messages


class Answer(Enum):
    KEEP = 1
    REMOVE = 2


CHOICES = [
    Choice(Answer.KEEP, "Keep them", Kind.FLAT),
    Choice(Answer.REMOVE, "Remove 3", Kind.PRIMARY),
]


@pytest.fixture
def answer(qapp):
    """Does something to the next dialog as soon as it is there; says what it saw."""
    seen = []

    def when_open(act):
        def look_at():
            dialog = qapp.activeModalWidget()
            try:
                seen.append(act(dialog))
            finally:
                if dialog.isVisible():
                    dialog.reject()

        QTimer.singleShot(0, look_at)
        return seen

    return when_open


def ask(look, **changed):
    parts = {"default": Answer.KEEP, "harmless": Answer.KEEP} | changed
    return Messages(look).ask(
        None, "Remove 3 exchanges?", "Undo brings them back.", CHOICES, **parts
    )


def buttons_of(dialog):
    return dialog.findChildren(QPushButton)


def test_that_a_button_gives_its_key(look, answer):
    answer(lambda dialog: buttons_of(dialog)[1].click())

    assert ask(look) is Answer.REMOVE


def test_that_escape_is_the_harmless_answer(look, answer):
    answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))

    assert ask(look, default=Answer.REMOVE) is Answer.KEEP


def test_that_closing_the_window_is_the_harmless_answer(look, answer):
    answer(lambda dialog: dialog.close())

    assert ask(look) is Answer.KEEP


@pytest.mark.parametrize(
    ("default", "text"), [(Answer.KEEP, "Keep them"), (Answer.REMOVE, "Remove 3")]
)
def test_that_the_default_has_the_focus_and_enter_takes_it(look, answer, default, text):
    def act(dialog):
        focused = dialog.focusWidget().text()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        return focused

    seen = answer(act)

    assert ask(look, default=default) is default
    assert seen == [text]


def test_that_texts_are_shown_as_they_are(look, answer):
    def act(dialog):
        return [one.textFormat() for one in dialog.findChildren(QLabel)]

    seen = answer(act)
    ask(look)

    assert seen == [[Qt.TextFormat.PlainText] * 2]


def test_that_the_whole_text_can_be_seen(look, answer):
    def act(dialog):
        labels = dialog.findChildren(QLabel)
        return dialog.width(), [one.height() >= one.heightForWidth(one.width()) for one in labels]

    seen = answer(act)
    Messages(look).ask(
        None,
        "A long title " * 10,
        "And a long sentence. " * 30,
        CHOICES,
        Answer.KEEP,
        harmless=Answer.KEEP,
    )

    assert seen == [(560, [True, True])]


def test_that_trouble_is_told_with_what_to_do(look, answer):
    def act(dialog):
        return [one.text() for one in dialog.findChildren(QLabel)]

    seen = answer(act)
    trouble = Trouble(Sentence("{name} is full.", name="D:"), Sentence("Choose another folder."))
    Messages(look).tell_trouble(None, trouble)

    assert seen == [["D: is full.", "Choose another folder."]]


def test_that_a_dialog_is_gone_afterwards(look, answer, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    answer(lambda dialog: dialog.reject())

    Messages(look).ask(window, "Go?", "", CHOICES, Answer.KEEP, harmless=Answer.KEEP)

    qtbot.waitUntil(lambda: window.children() == [])
