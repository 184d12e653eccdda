"""What names a record is edited in its pane: small tables with keys of their own."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.exchange_day import ExchangeDay
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.session import Session
from tests.journeys.asking import Answer, press
from tests.journeys.revising import dialog_of, press_enter, to_clipboard

CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lists(desktop, qtbot):
    """Goes to a record and gives its lists by their headings, once they are there."""

    def lists(tab, id_, *headings):
        page = desktop.tab(tab)
        page.go_to(id_)
        related = page.pane.body.related
        by_heading = {}

        def shown():
            by_heading.clear()
            by_heading.update({one.shape.heading: one for one in related.lists if one.count})
            return set(headings) <= set(by_heading)

        qtbot.waitUntil(shown)
        return by_heading

    return lists


def add(document, *records):
    with document.edit("more records") as edit:
        for record in records:
            edit.add(record)


def go_to(table, row, name):
    names = [one.name for one in table.records.columns]
    table.setFocus()
    table.setCurrentIndex(table.records.index(row, names.index(name)))


def texts(table, name):
    names = [one.name for one in table.records.columns]
    rows = range(table.records.rowCount())
    return [table.records.index(row, names.index(name)).data() for row in rows]


def test_that_the_lists_of_a_cluster_name_its_members(lists, small):
    headings = ["Exchanges as host", "Members", "Figures", "Events as host"]
    assert list(lists(CLUSTERS, small.cluster, *headings)) == headings


def test_that_an_exchange_is_changed_in_the_pane_of_its_visitor(desktop, lists, small):
    table = lists(ORGANISATIONS, small.alpha, "Exchanges as visitor")["Exchanges as visitor"].table
    go_to(table, 0, "amount_cents")

    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("830")
    desktop.key(Qt.Key.Key_Return)

    assert desktop.document.read.get(Exchange, small.first).amount_cents == 83_000
    assert texts(table, "amount_cents") == ["830\u00a0€"]
    assert QApplication.focusWidget() is table
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.document.read.get(Exchange, small.first).amount_cents == 41_500


def test_that_a_refused_value_stays_and_is_told(desktop, lists, small):
    page = desktop.tab(ORGANISATIONS)
    table = lists(ORGANISATIONS, small.alpha, "Exchanges as visitor")["Exchanges as visitor"].table
    go_to(table, 0, "end")

    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("1.1.1999")
    desktop.key(Qt.Key.Key_Return)

    assert table.refusal
    assert not page.finish_editing()
    desktop.key(Qt.Key.Key_Escape)
    assert page.finish_editing()
    assert desktop.document.read.get(Exchange, small.first).end == dt.date(2021, 11, 19)


def test_that_del_clears_the_cell_and_not_the_record(desktop, lists, small):
    table = lists(ORGANISATIONS, small.alpha, "Exchanges as visitor")["Exchanges as visitor"].table
    go_to(table, 0, "amount_cents")

    desktop.key(Qt.Key.Key_Delete)

    assert desktop.document.read.get(Exchange, small.first).amount_cents is None
    assert desktop.document.read.total("organisation") == 4


def test_that_a_row_is_added_by_a_key_and_names_the_record(desktop, qapp, lists, small):
    add(desktop.document, Session(event=small.fair, no=1, title="Opening"))
    table = lists(EVENTS, small.fair, "Sessions")["Sessions"].table

    def look():
        dialog = qapp.activeModalWidget()
        try:
            desktop.activate(dialog)
            dialog.editor("no").setFocus()
            desktop.type_over("2")
            dialog.add_button.click()
        finally:
            if dialog.isVisible():
                dialog.reject()

    go_to(table, 0, "title")
    QTimer.singleShot(0, look)
    desktop.key(Qt.Key.Key_Insert)
    desktop.qtbot.waitUntil(lambda: table.records.rowCount() == 2)

    assert texts(table, "no") == ["1", "2"]
    assert {one.event for one in desktop.document.read.all(Session)} == {small.fair}


def test_that_rows_are_deleted_by_a_key_after_a_question(desktop, lists, small):
    days = [dt.date(2021, 11, 16 + n) for n in range(3)]
    add(desktop.document, *(ExchangeDay(exchange=small.first, date=day) for day in days))
    table = lists(EXCHANGES, small.first, "Days of stays")["Days of stays"].table
    go_to(table, 0, "date")
    desktop.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    answer = Answer(desktop, press("Delete 2"))
    desktop.key(Qt.Key.Key_Delete, CONTROL)
    answer.done()
    desktop.qtbot.waitUntil(lambda: table.records.rowCount() == 1)

    assert [one.date for one in desktop.document.read.all(ExchangeDay)] == days[2:]
    assert desktop.document.read.total("exchange") == 3


def test_that_rows_are_copied_and_not_those_of_the_large_table(desktop, lists, small):
    add(desktop.document, Payment(exchange=small.first, amount_cents=10_000, bank_ref="R-1"))
    lists_now = lists(EXCHANGES, small.first, "Payments · Exchange")
    go_to(lists_now["Payments · Exchange"].table, 0, "bank_ref")

    desktop.key(Qt.Key.Key_C, CONTROL)

    assert "R-1" in QApplication.clipboard().text()
    assert "SCT-2021" not in QApplication.clipboard().text()


def test_that_all_of_a_list_is_shown_in_its_tab(desktop, lists, small):
    numbers = [f"X-{n}" for n in range(9)]
    add(desktop.document, *(Exchange(number=number, ho=small.beta) for number in numbers))
    one = lists(ORGANISATIONS, small.beta, "Exchanges as host")["Exchanges as host"]
    assert one.everything.text() == "All 9"

    desktop.click(one.everything)

    page = desktop.window.workbench.table_page
    assert page.tab.name == "exchanges"
    assert page.model.rowCount() == 9


def test_that_a_list_of_thousands_is_a_window_too(desktop, lists, small):
    add(
        desktop.document,
        *(Exchange(number=f"X-{n:04}", vo=small.beta, ho=small.gamma) for n in range(2000)),
    )
    one = lists(ORGANISATIONS, small.gamma, "Exchanges as host")["Exchanges as host"]

    desktop.qtbot.waitUntil(lambda: one.count == 2001)
    assert one.table.height() < 300
    assert len(one.table.records.known_lines(range(2001))) < 200
    go_to(one.table, 2000, "number")
    assert one.table.records.index(2000, 0).data() == "X-1999"


def test_that_the_model_of_a_list_is_sound(lists, small, qtmodeltester):
    table = lists(EVENTS, small.fair)
    assert table == {}
    one = lists(CLUSTERS, small.cluster, "Members")["Members"]
    qtmodeltester.check(one.table.records)
    assert QAbstractItemModelTester is not None


def test_that_lists_follow_the_record_and_its_undo(desktop, lists, small):
    one = lists(CLUSTERS, small.cluster, "Members")["Members"]
    add(desktop.document, Membership(cluster=small.cluster, organisation=small.alpha))
    desktop.qtbot.waitUntil(lambda: one.count == 2)
    desktop.document.undo()
    desktop.qtbot.waitUntil(lambda: one.count == 1)


def test_that_the_attendance_of_an_event_is_edited_in_place(desktop, lists, small):
    add(desktop.document, Attendance(event=small.fair, name_text="Ana Alva"))
    table = lists(EVENTS, small.fair, "Attendance")["Attendance"].table
    go_to(table, 0, "organisation")

    desktop.key(Qt.Key.Key_F2)
    desktop.type_over("Gamma")
    desktop.key(Qt.Key.Key_Return)

    (kept,) = desktop.document.read.all(Attendance)
    assert kept.organisation == small.gamma


def test_that_nothing_can_be_typed_into_the_lists_of_a_document_for_reading(
    desktop, small, tmp_path, lists
):
    from smartct_desktop.services.opening import open_document

    copy = tmp_path / "copy.smartct"
    desktop.document.save_copy(copy)
    desktop.close_document()
    desktop.show(open_document(copy, read_only=True))
    one = lists(ORGANISATIONS, small.alpha, "Exchanges as visitor")["Exchanges as visitor"]
    go_to(one.table, 0, "amount_cents")

    desktop.key(Qt.Key.Key_F2)

    assert one.table.cells.editor is None
    assert not one.add.isVisible()
    assert "reading only" in desktop.note()


def test_that_rows_are_pasted_into_a_list_after_a_look(desktop, small, lists):
    day = ExchangeDay(exchange=small.first, date=dt.date(2021, 11, 16))
    add(desktop.document, day)
    days = lists(EXCHANGES, small.first, "Days of stays")["Days of stays"]
    go_to(days.table, 0, "date")
    to_clipboard("16.11.2021\tWorked\tfirst\n17.11.2021\tHalf day\tsecond")

    desktop.key(Qt.Key.Key_V, CONTROL)
    dialog = dialog_of(desktop)
    dialog.additions.setFocus()
    desktop.qtbot.keyClick(dialog.additions, Qt.Key.Key_Space)
    dialog.main.setFocus()
    press_enter(desktop, dialog)

    assert texts(days.table, "note") == ["first", "second"]
    assert texts(days.table, "date") == ["16.11.2021", "17.11.2021"]
    assert desktop.note() == "2 cells changed, 1 record added."
    desktop.window.command["undo"].trigger()
    desktop.qtbot.waitUntil(lambda: texts(days.table, "note") == [""])
    assert list(desktop.document.read.all(ExchangeDay)) == [day]


def test_that_pasting_nothing_into_a_list_is_said(desktop, small, lists):
    add(desktop.document, ExchangeDay(exchange=small.first, date=dt.date(2021, 11, 16)))
    days = lists(EXCHANGES, small.first, "Days of stays")["Days of stays"]
    go_to(days.table, 0, "note")
    to_clipboard("")

    desktop.key(Qt.Key.Key_V, CONTROL)

    assert desktop.note() == "There is no text on the clipboard."


def test_that_home_and_end_go_to_the_first_and_the_last_section(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    desktop.key(Qt.Key.Key_F7)
    bar = desktop.focused()
    assert bar.accessibleName() == "Sections of the record"

    desktop.key(Qt.Key.Key_End)
    assert bar.currentIndex() == bar.count() - 1
    desktop.key(Qt.Key.Key_Home)
    assert bar.currentIndex() == 0
