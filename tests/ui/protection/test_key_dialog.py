"""What opens a protected document: a password or the lines of a sheet, typed until one fits."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from smartct_desktop.domain.errors import Damaged, FormerPassword, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.recovery import letters_of, to_groups
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.protection.key_dialog import KeyDialog
from smartct_desktop.ui.protection.locking import HeldKeyhole
from smartct_desktop.ui.protection.new_password import NewPasswordDialog
from smartct_desktop.ui.theme.tokens import LIGHT
from tests.journeys.seeing import clipped

KEY = Key(bytes(range(50, 82)), bytes(16))
LINES = [letters_of(line) for line in to_groups(KEY.raw)]


class Hole(HeldKeyhole):
    """Takes one password without the long derivation."""

    def key_of(self, password):
        if password == "broken":
            raise Damaged(Sentence("It is damaged."))
        if password == "of old":
            words = "This opens the last backup of a.smartct, but not a.smartct itself."
            raise FormerPassword(Sentence(words), Sentence("Was the password changed? " * 3))
        if password != "the right one":
            raise WrongPassword(Sentence("No."))
        return KEY


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(qtbot, look, window):
    made = KeyDialog(look, "a.smartct is protected", "", "Open", Hole(KEY), window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def type_here(text):
    for letter in text:
        QTest.keyClick(focused(), letter)


def enter():
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def focused():
    """What has the keys; where nothing has, Qt would end the program."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_that_a_wrong_password_is_said_and_typed_over(dialog):
    assert not dialog.panel.deed.isEnabled()
    type_here("not this one")
    enter()

    assert dialog.panel.wrong.text() == ("This is not the password of the document. Type it again.")
    assert dialog.isVisible()
    type_here("the right one")
    assert dialog.panel.wrong.isHidden()
    enter()
    assert dialog.key == KEY
    assert dialog.panel.password.password == ""
    assert not dialog.isVisible()


def test_that_a_password_is_hidden_unless_it_is_asked_to_be_shown(dialog):
    line, eye = dialog.panel.password.line, dialog.panel.password.eye
    assert line.echoMode() is QLineEdit.EchoMode.Password

    eye.click()
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    assert eye.accessibleName() == "Hide the password"
    type_here("wrong")
    enter()
    eye.click()
    assert line.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("letter", "modifiers", "told"),
    [
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("7", Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_that_caps_lock_is_told_as_far_as_the_keys_tell_it(dialog, letter, modifiers, told):
    field = dialog.panel.password

    QApplication.sendEvent(field.line, pressed(letter, modifiers))

    assert field.hint.isVisible() == told
    field.clear()
    assert not field.hint.isVisible()


def pressed(letter, modifiers):
    return QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifiers, letter)


def test_that_the_lines_of_the_sheet_follow_each_other_and_open_it(dialog):
    dialog.panel.other.click()
    for line in LINES:
        type_here(line.lower())

    assert [line.text() for line in dialog.panel.sheet.lines] == list(to_groups(KEY.raw))
    enter()
    assert dialog.key == KEY


def test_that_a_mistyped_line_is_named_before_anything_is_tried(dialog):
    dialog.panel.other.click()
    sheet = dialog.panel.sheet
    wrong = LINES[1][:-1] + ("0" if LINES[1][-1] != "0" else "2")
    type_here(LINES[0] + wrong)

    assert sheet.hint.text() == "Line 2 is not as it was printed. Compare it again."
    assert sheet.lines[1].property("state") == "error"
    assert sheet.lines[1].hasFocus()
    type_here("7")
    assert sheet.lines[2].text() == ""
    QTest.keyClick(sheet.lines[1], Qt.Key.Key_Backspace)
    QTest.keyClick(sheet.lines[1], Qt.Key.Key_Backspace)
    type_here(LINES[1][-1])
    assert sheet.hint.isHidden()
    assert sheet.lines[2].hasFocus()


def test_that_the_whole_key_can_be_pasted_into_one_line(dialog):
    dialog.panel.other.click()
    QApplication.clipboard().setText("\n".join(to_groups(KEY.raw)))

    dialog.panel.sheet.lines[0].paste()
    enter()

    assert dialog.key == KEY


def test_that_the_sheet_of_another_document_is_told_from_a_slip(dialog):
    dialog.panel.other.click()
    type_here("".join(letters_of(line) for line in to_groups(bytes(range(32)))))
    enter()

    assert dialog.key is None
    assert dialog.panel.wrong.text().startswith(
        "The key is complete, but it is not the key of this document"
    )


def test_that_damage_is_not_taken_for_a_wrong_password(dialog):
    type_here("broken")
    enter()

    assert str(dialog.damage) == "It is damaged."
    assert not dialog.isVisible()


@pytest.mark.parametrize("base", [13, 26])
def test_that_long_answers_have_the_room_they_need(qtbot, look, window, base):
    look.wear(LIGHT, base, look.family)
    dialog = KeyDialog(look, "a.smartct is protected", "", "Open", Hole(KEY), window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    low = dialog.height()

    type_here("of old")
    enter()
    qtbot.waitUntil(lambda: dialog.height() > low and clipped(dialog) == [])
    assert "opens the last backup" in dialog.panel.wrong.text()
    assert dialog.panel.doubt.isVisible()

    dialog.panel.other.click()
    type_here("".join(letters_of(line) for line in to_groups(bytes(range(32)))))
    enter()
    qtbot.waitUntil(lambda: dialog.panel.wrong.isVisible() and clipped(dialog) == [])
    assert not dialog.panel.doubt.isVisible()


# A new password.


@pytest.fixture
def new(qtbot, look, window):
    made = NewPasswordDialog(look, "Protect a.smartct", "Protect", window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize(
    ("first", "again", "said", "taken"),
    [
        ("", "", "At least 12 characters, whichever you like.", False),
        ("short", "", "The password needs at least 12 characters, this one has 5.", False),
        ("qwertyuiop12", "", "Weak: a machine would soon find it.", False),
        ("seven boats under Sofia", "seven", "Strong.", False),
        ("seven boats under Sofia", "eight", "The two passwords are not the same.", False),
        ("seven boats under Sofia", "seven boats under Sofia", "Strong.", True),
        ("qwertyuiop12", "qwertyuiop12", "Weak: a machine would soon find it.", True),
    ],
)
def test_that_a_new_password_is_judged_while_it_is_typed(new, first, again, said, taken):
    QTest.keyClicks(new.first.line, first)
    QTest.keyClicks(new.again.line, again)

    assert new.judgement.text().startswith(said)
    assert new.deed.isEnabled() == taken


def test_that_nothing_of_a_new_password_stays_in_the_lines(new):
    QTest.keyClicks(new.first.line, "seven boats under Sofia")
    new.first.eye.click()
    assert new.again.line.echoMode() is QLineEdit.EchoMode.Normal

    new.forget()

    assert (new.first.password, new.again.password) == ("", "")
    assert new.first.line.echoMode() is QLineEdit.EchoMode.Password
