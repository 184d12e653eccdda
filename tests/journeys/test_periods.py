"""A period is closed, something changes, and the window says what moved since and why."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.services.closed_periods import close, closed_periods, plan_closing
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.reports.period import Period
from smartct_desktop.system.clock import local_now, local_today
from smartct_desktop.ui.tab_names import OVERVIEW

YEAR = Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))


@pytest.fixture
def stay(sample):
    """An exchange that counts in 2021."""
    ours = own_partnership(sample.read)
    made = Exchange(
        number="X-1", vop=ours.id, status=ExchangeStatus.CLOSED, end=dt.date(2021, 5, 1)
    )
    with sample.edit("addition") as edit:
        edit.add(made)
    return made


@pytest.fixture
def closed(sample, stay):
    assert stay.number
    close(sample, plan_closing(sample.read, local_today(), (YEAR.first, YEAR.last)))
    return closed_periods(sample.read)[0]


def call_off(document, stay):
    with document.edit("called off") as edit:
        edit.set(document.read.get(Exchange, stay.id), "status", ExchangeStatus.CANC)


def meanwhile(act):
    """Act in the dialog that is about to be waited for; give it up if that goes wrong."""

    def go():
        try:
            act(QApplication.activeModalWidget())
        except BaseException:
            QApplication.activeModalWidget().reject()
            raise

    QTimer.singleShot(100, go)


def test_that_a_period_is_closed_after_its_figures_were_seen(desktop, sample, stay, qtbot):
    assert stay.number

    def agree(dialog):
        dialog.period.choose("2021")
        qtbot.waitUntil(lambda: dialog.closing is not None, timeout=20_000)
        lines = {tuple(line[:2]): line[3] for line in dialog.figures.words.lines}
        assert lines["Exchanges", "In the period"] == "1"
        QTest.keyClick(dialog.close_button, Qt.Key.Key_Return)

    meanwhile(agree)
    desktop.window.command["close_period"].trigger()
    assert [one.name for one in closed_periods(sample.read)] == ["2021"]


def test_that_what_moved_since_is_on_the_overview_with_its_reason(
    desktop, sample, stay, closed, qtbot
):
    call_off(sample, stay)
    desktop.window.workbench.show_tab(OVERVIEW)
    page = desktop.window.workbench.current
    qtbot.waitUntil(lambda: bool(page.periods.links), timeout=20_000)
    page.periods.links[0].click()
    commands = page.findChildren(type(desktop.window.periods.closed))[0]
    qtbot.waitUntil(lambda: commands.dialog is not None, timeout=20_000)
    dialog = commands.dialog
    assert dialog.current.period.id == closed.id
    line = dialog.records.words.lines[0]
    assert line[0] == "X-1"
    assert "Closed → Cancelled" in line[4]
    QTest.keyClick(dialog.records, Qt.Key.Key_Return)
    dialog.accept()


def test_that_a_workbook_is_compared_with_the_document(desktop, sample, stay, tmp_path, qtbot):
    kpi = next(kind for kind in REPORTS if kind.code == "kpi")
    path = tmp_path / "kpi.xlsx"
    made = {"made_at": local_now(), "progress": Progress(), "period": YEAR}
    export_report(kpi, sample, ProgrammeFacts(), path=path, **made)
    call_off(sample, stay)
    commands = desktop.window.periods
    commands.compare(path)
    qtbot.waitUntil(lambda: commands.comparison is not None, timeout=20_000)
    lines = commands.comparison.lines.words.lines
    assert ("Exchanges", "X-1", "Standing", "counted", "not counted") in {
        tuple(line[:5]) for line in lines
    }
    commands.comparison.accept()


def test_that_undoing_the_closing_asks_first(desktop, sample, closed):
    assert closed.name

    def keep(dialog):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    meanwhile(keep)
    desktop.window.command["undo"].trigger()
    assert closed_periods(sample.read) == [closed]


def test_that_large_text_makes_no_window_larger_than_the_main_one(desktop, closed, theme, qtbot):
    assert closed.name
    theme.set_text_size(200)
    try:
        desktop.window.resize(1366, 768)
        periods, command = desktop.window.periods, desktop.window.command
        command["closed_periods"].trigger()
        qtbot.waitUntil(lambda: periods.closed.dialog is not None, timeout=20_000)
        command["reports"].trigger()
        windows = [periods.closed.dialog, desktop.window.reports.reports]
        meanwhile(lambda dialog: (windows.append(dialog.size()), dialog.reject()))
        command["close_period"].trigger()
        sizes = [windows[0].size(), windows[1].size(), windows[2]]
        assert all(size.width() <= 1366 and size.height() <= 768 for size in sizes), sizes
        windows[0].accept()
        windows[1].close()
    finally:
        theme.set_text_size(100)
