"""The Overview by keys and mouse: every number and every bar opens the records behind it."""

import datetime as dt

import pypdf
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.ui.overview.parts import Part
from smartct_desktop.ui.tab_names import EXCHANGES

OVERVIEW = 1  # the key of the tab


@pytest.fixture
def stays(sample):
    """Three exchanges in the sample: one counted and paid, one planned, one inside one country."""
    neu, mlc = partners(sample.read)[:2]
    saxon = Organisation(name="Sensorik Sachs GmbH", country="DE", sme=True)
    basque = Organisation(name="Núvol de Paper S.L.", country="ES", sme=True)
    catalan = Organisation(name="Ciutat Oberta S.L.", country="ES", sme=True)
    known = {"vop": own_partnership(sample.read).id, "vo_cluster": neu.id}
    paid = Exchange(
        **known,
        number="SCT-2022-001",
        vo=saxon.id,
        ho=basque.id,
        status=ExchangeStatus.PAID,
        start=dt.date(2022, 4, 25),
        end=dt.date(2022, 4, 29),
        amount_cents=83_000,
    )
    planned = Exchange(
        **known,
        number="SCT-2022-002",
        vo=saxon.id,
        ho=catalan.id,
        status=ExchangeStatus.READY,
        planned_end=dt.date(2022, 9, 30),
        amount_cents=41_500,
    )
    inside = Exchange(
        number="SCT-2022-003",
        vo=basque.id,
        ho=catalan.id,
        vo_cluster=mlc.id,
        status=ExchangeStatus.CANC,
    )
    payment = Payment(exchange=paid.id, amount_cents=83_000, date=dt.date(2022, 5, 6))
    with sample.edit("addition") as edit:
        for record in (saxon, basque, catalan, paid, planned, inside, payment):
            edit.add(record)
    return paid, planned, inside


@pytest.fixture
def page(desktop, qtbot, stays):
    page = desktop.tab(OVERVIEW)
    wanted = len(stays)

    def is_counted():
        exchanges = page.shown and page.shown.figures[0].behind
        return exchanges and len([*exchanges.counted, *exchanges.pipeline]) == wanted - 1

    qtbot.waitUntil(is_counted)
    return page


def shown_numbers(desktop):
    """The numbers of the exchanges that the table in front shows."""
    table = desktop.window.workbench.table_page
    assert desktop.window.workbench.current_name == EXCHANGES
    model = table.model
    return {model.index(row, 0).data() for row in range(model.rowCount())}


def press(chart, *keys):
    chart.setFocus()
    for key in keys:
        QTest.keyClick(chart, key)


def test_that_a_month_opens_its_exchanges_with_the_keys(desktop, page):
    chart = page.board.months.chart
    press(chart, Qt.Key.Key_Home)
    while "April 2022" not in chart.current.words:
        press(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == chart.current.words
    assert "1 counted, 0 expected" in chart.current.words
    press(chart, Qt.Key.Key_Return)
    assert shown_numbers(desktop) == {"SCT-2022-001"}


def test_that_a_way_between_countries_opens_its_exchanges_with_the_mouse(desktop, page):
    matrix = page.board.countries.matrix
    mark = next(m for m in matrix.marks if m.words == "2 from Germany to Spain")
    at = mark.box.center().toPoint()
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=at)
    assert shown_numbers(desktop) == {"SCT-2022-001", "SCT-2022-002"}


def test_that_what_was_called_off_is_told_apart_and_can_be_opened(desktop, page):
    off = page.board.countries.off_button
    assert off.text() == "Without 1 called off"
    desktop.click(off)
    assert shown_numbers(desktop) == {"SCT-2022-003"}


def test_that_the_arrow_keys_go_from_partner_to_partner(page):
    bars = page.board.partners.bars
    press(bars, Qt.Key.Key_Home)
    first = bars.current
    assert "1 counted, 1 in the pipeline" in first.words
    press(bars, Qt.Key.Key_Down)
    assert bars.current is not first
    press(bars, Qt.Key.Key_Up)
    assert bars.current is first


def test_that_the_lump_sums_say_what_was_paid_and_promised(desktop, page):
    money = page.board.money
    assert page.shown.money.paid.value == 83_000
    assert money.promised_link.text() == "415 € promised"
    desktop.click(money.paid_link)
    assert shown_numbers(desktop) == {"SCT-2022-001"}


def test_that_explain_tells_why_an_exchange_does_not_count(desktop, page):
    desktop.click(page.target_cards[0].links[Part.LEFT_OUT])
    explained = page.explaining
    model = explained.model
    rows = [[model.index(row, column).data() for column in (0, 1)] for row in range(len(model.ids))]
    assert rows == [
        ["SCT-2022-003   Núvol de Paper S.L. → Ciutat Oberta S.L.", "its status is Cancelled"]
    ]
    QTest.keyClick(explained.table, Qt.Key.Key_Return)
    assert desktop.window.workbench.current_name == EXCHANGES
    explained.close()


def test_that_another_part_of_the_work_is_counted_when_it_is_chosen(page, qtbot):
    choices = page.choice.partner_menu.actions()
    name = next(iter(page.shown.names.values()))
    next(a for a in choices if a.text().replace("&&", "&") == name).trigger()
    qtbot.waitUntil(lambda: page.shown.scope.partner is not None)
    assert page.shown.names[page.shown.scope.partner] == name
    year = next(a for a in page.choice.period_menu.actions() if a.text() == "2021")
    year.trigger()
    qtbot.waitUntil(lambda: page.shown.scope.since == dt.date(2021, 1, 1))
    assert page.shown.figures[0].value == 0


def test_that_own_dates_are_asked_for_and_counted(page, qtbot, qapp):
    def answer():
        asking = qapp.activeModalWidget()
        QTest.keyClicks(asking.field.first.line, "01/11/2021")
        QTest.keyClicks(asking.field.last.line, "30/11/2021")
        asking.deed.click()

    QTimer.singleShot(200, answer)
    page.choice.own_dates_asked.emit()
    november = Scope(since=dt.date(2021, 11, 1), until=dt.date(2021, 11, 30))
    assert page.choice.scope == november
    assert page.choice.period_button.text() == "01.11.2021 to 30.11.2021"
    qtbot.waitUntil(lambda: page.shown.scope == november)


def test_that_the_overview_is_saved_as_a_pdf(page, tmp_path, monkeypatch, desktop):
    target = tmp_path / "Overview.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desktop.click(page.print_button)
    text = " ".join(pypdf.PdfReader(target).pages[0].extract_text().split())
    assert "of 50" in text, "digits can be searched and copied"
    assert "Overview.pdf was saved." in desktop.note()


def test_that_a_message_to_a_partner_is_copied_and_keeps_what_was_changed(desktop, page, qapp):
    desktop.click(page.board.waiting.letters)
    dialog = page.writing
    assert dialog.list.count() == 1
    dialog.text.appendPlainText("PS: see you in Leipzig.")
    desktop.click(dialog.copy_button)
    copied = qapp.clipboard().text()
    assert "SCT-2022-002" in copied
    assert copied.endswith("PS: see you in Leipzig.")
    dialog.language.setCurrentIndex(dialog.language.findData("it"))
    assert "Gentili colleghe" in dialog.text.toPlainText()
    dialog.language.setCurrentIndex(dialog.language.findData("de"))
    assert dialog.text.toPlainText().endswith("PS: see you in Leipzig.")
    dialog.close()


def test_that_the_keys_go_through_the_cards_in_reading_order(page):
    stops = [stop for stop in page.board.stops.values() if stop.isEnabled() and stop.isVisible()]
    page.print_button.setFocus()
    for stop in stops:
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        assert page.window().focusWidget() is stop


def test_that_a_change_is_counted_and_the_keys_stay_where_they_were(page, sample, stays, qtbot):
    _, planned, _ = stays
    before = page.target_cards[0].links[Part.COUNTED]
    before.setFocus()
    stored = sample.read.get(Exchange, planned.id)
    with sample.edit("change of Status") as edit:
        edit.set(stored, "status", ExchangeStatus.VAL)
    qtbot.waitUntil(lambda: page.shown.figures[0].value == 2)
    after = page.target_cards[0].links[Part.COUNTED]
    assert after is not before
    assert page.window().focusWidget() is after
    assert after.text() == "2 counted"
    sample.undo()
    qtbot.waitUntil(lambda: page.shown.figures[0].value == 1)


@pytest.fixture(params=[100, 200])
def per_cent(request, theme):
    theme.set_text_size(request.param)
    yield request.param
    theme.set_text_size(100)


def test_that_the_cards_have_room_in_a_small_window(page, qtbot, per_cent):
    body = page.board.parentWidget()
    page.window().resize(1366, 768)
    qtbot.waitUntil(lambda: body.width() <= page.width())
    assert body.minimumSizeHint().width() <= page.width()
    if per_cent == 100:
        assert body.height() <= page.height()
