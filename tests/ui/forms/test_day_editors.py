"""Days and their calendar, partial days, and addresses that can be opened."""

from datetime import date

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.ui.forms.day_editors import DayEditor
from tests.journeys.walking import spoken
from tests.ui.forms.typing import type_over


def test_that_an_optional_day_is_never_today_by_itself(editor):
    made = editor("exchange", "start")

    assert isinstance(made, DayEditor)
    assert made.value() is None
    assert made.line.placeholderText() == "dd.mm.yyyy"


def test_that_a_day_can_be_taken_from_the_calendar(editor, qtbot):
    made = editor("exchange", "start", date(2021, 11, 16))
    qtbot.keyClick(made.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    days = QApplication.focusWidget()
    assert made.popup.calendar.isAncestorOf(days)

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(days, Qt.Key.Key_Right)
        qtbot.keyClick(days, Qt.Key.Key_Return)

    assert made.value() == date(2021, 11, 17)


def test_that_every_part_of_the_calendar_has_a_name(editor, qtbot):
    made = editor("exchange", "start", date(2021, 11, 16))
    qtbot.keyClick(made.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    days = QApplication.focusWidget()
    buttons = made.popup.findChildren(QAbstractButton)
    parts = [days, made.popup, *(one for one in buttons if one.isVisible())]
    assert [part.objectName() or type(part) for part in parts if not spoken(part)] == []
    assert spoken(days) == "From"
    qtbot.keyClick(made.popup.calendar, Qt.Key.Key_Escape)


def test_that_the_calendar_clears_a_day(editor, qtbot):
    made = editor("exchange", "start", date(2021, 11, 16))
    qtbot.keyClick(made.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(made.popup.clear, Qt.Key.Key_Space)

    assert made.value() is None


def test_that_delete_in_the_calendar_clears_a_day(editor, qtbot):
    made = editor("exchange", "start", date(2021, 11, 16))
    qtbot.keyClick(made.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(made.popup.calendar, Qt.Key.Key_Delete)

    assert made.value() is None


def test_that_a_required_day_cannot_be_cleared_in_its_calendar(editor):
    made = editor("exchange", "start", date(2021, 11, 16), required=True)

    made.open_calendar()

    assert made.popup.clear.isHidden()
    made.popup.close()


def test_that_escape_closes_the_calendar_and_keeps_the_day(editor, qtbot):
    made = editor("exchange", "start", date(2021, 11, 16))
    qtbot.keyClick(made.line, Qt.Key.Key_F4)

    qtbot.keyClick(made.popup.calendar, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: made.popup is None)
    assert made.value() == date(2021, 11, 16)


@pytest.mark.parametrize(
    ("name", "value"), [("month", PartialDate(2018, 3)), ("year", PartialDate(2018))]
)
def test_that_a_partial_day_can_be_a_month_or_a_year(editor, qtbot, name, value):
    made = editor("membership", "since", PartialDate(2018, 3, 5))
    assert made.line.placeholderText() == "mm.yyyy or yyyy"
    made.open_calendar()
    chosen = getattr(made.popup, name)
    assert chosen.text() == f"Only {'03/' if name == 'month' else ''}2018"

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(chosen, Qt.Key.Key_Space)

    assert made.value() == value


def test_that_a_partial_day_can_be_a_day(editor, qtbot):
    made = editor("membership", "since", PartialDate(2018, 3))
    made.open_calendar()

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert made.value() == PartialDate(2018, 3, 1)


class Opened(QObject):
    """Notes what would be opened in a browser or a mail program."""

    def __init__(self):
        super().__init__()
        self.addresses = []

    @Slot("QUrl")
    def open(self, url):
        self.addresses.append(url.toString())


@pytest.fixture
def opened():
    opened = Opened()
    for scheme in ("https", "mailto"):
        QDesktopServices.setUrlHandler(scheme, opened, "open")
    yield opened.addresses
    for scheme in ("https", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_that_an_address_opens_with_alt_and_enter(editor, qtbot, opened):
    alt = Qt.KeyboardModifier.AltModifier
    link = editor("organisation", "website", "https://alfa.example")
    qtbot.keyClick(link.line, Qt.Key.Key_Return, alt)
    mail = editor("organisation", "contact_email", "ana@alfa.example")
    qtbot.keyClick(mail.line, Qt.Key.Key_Return, alt)

    assert opened == ["https://alfa.example", "mailto:ana@alfa.example"]


@pytest.mark.parametrize(
    "more", ["?attach=/etc/passwd", "?bcc=all&body=x", "#x", "%0A%0Abody", "&attach=x"]
)
def test_that_a_mailbox_is_all_that_a_mail_program_gets(editor, qtbot, opened, more):
    """What follows a question mark would be copies to others, and files of this computer."""
    mail = editor("organisation", "contact_email", f"ana@alfa.example{more}")
    qtbot.keyClick(mail.line, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    (address,) = [QUrl(one) for one in opened]
    assert (address.hasQuery(), address.hasFragment()) == (False, False)
    assert address.path(QUrl.ComponentFormattingOption.FullyDecoded) == f"ana@alfa.example{more}"


def test_that_what_is_no_address_is_not_opened(editor, qtbot, opened):
    link = editor("organisation", "website")
    type_over(qtbot, link, "file:///etc/passwd")

    qtbot.keyClick(link.line, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert opened == []
