"""The window of the reports: found, chosen, looked at, written, and remembered."""

import datetime as dt
from threading import Event as Gate

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QPushButton

from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event
from smartct_desktop.services.reports.catalog import LISTS, OF_ONE, REPORTS

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reports(desktop, small):
    """Open the window with its key."""
    assert small
    desktop.key(Qt.Key.Key_R, CTRL)
    window = desktop.window.reports.reports
    assert window.isVisible()
    desktop.activate(window)
    return window


@pytest.fixture
def seen(desktop, qtbot):
    """Wait for the preview."""

    def seen_(window):
        qtbot.waitUntil(lambda: not window.previewing.pending)
        desktop.settle()

    return seen_


@pytest.fixture
def save_as(desktop, monkeypatch, qtbot):
    """Give the system's dialog a name, press the main button and wait for what is said."""

    def save_as_(window, path):
        asked = []

        def answer(*words):
            asked.append(words)
            return str(path) if path else "", ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        qtbot.mouseClick(window.export, Qt.MouseButton.LeftButton)
        desktop.settle()
        return asked

    return save_as_


def names(window):
    return [window.list.lines.item(row).text() for row in range(window.list.lines.count())]


def links(window):
    return [button.text() for button in window.note.findChildren(QPushButton)]


def test_that_all_reports_are_there_and_found_by_words(desktop, reports):
    for kind in (*REPORTS, *OF_ONE, *LISTS):
        assert str(kind.name) in names(reports)

    desktop.type("overdue sums")

    assert names(reports) == ["Reports", "Payment run"]
    assert reports.list.current.code == "payment-run"

    desktop.type("zzz")

    assert names(reports) == []
    assert not reports.export.isEnabled()


def test_that_the_first_rows_are_seen_before_anything_is_written(reports, seen):
    reports.show_report("exchange-register")
    seen(reports)

    model = reports.shown.model
    headings = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert model.rowCount() == 3
    assert "SCT-2021-001" in {model.index(row, 0).data() for row in range(3)}
    assert "Record id" not in headings
    assert reports.shown.words.text() == "3 rows"


def test_that_impossible_dates_are_refused_in_place(desktop, reports, seen, save_as):
    reports.show_report("kpi")
    period = reports.choices.period
    period.box.setCurrentIndex(period.box.count() - 1)
    seen(reports)
    assert period.refusal == "Give the first day, the last day, or both."

    period.first.setFocus()
    desktop.type("31.06.2022")
    seen(reports)
    assert "a day that exists" in period.refusal

    desktop.type_over("05.06.2022")
    period.last.setFocus()
    desktop.type("01.02.2022")
    seen(reports)
    assert period.refusal == "The period ends before it begins."
    assert save_as(reports, "never.xlsx") == []
    assert reports.note.accessibleName() == "The period ends before it begins."

    period.last.setFocus()
    desktop.type_over("30.06.2022")
    seen(reports)
    assert period.refusal == ""
    assert period.period().first == dt.date(2022, 6, 5)
    assert reports.shown.model.rowCount() > 0


def test_that_a_report_is_written_and_its_choices_come_back(
    desktop, reports, seen, save_as, tmp_path
):
    reports.show_report("kpi")
    reports.choices.period.choose("own:2021-11-01:2021-11-30")
    reports.choices.language.setCurrentIndex(1)
    path = tmp_path / "Отчёт été.xlsx"

    save_as(reports, path)

    book = openpyxl.load_workbook(path)
    assert "01.11.2021 bis 30.11.2021" in {
        cell.value for row in book.worksheets[0].iter_rows() for cell in row
    }
    assert reports.note.accessibleName() == f"{path.name} written."
    assert links(reports) == ["Open", "Show in folder"]
    reports.close()
    desktop.activate(desktop.window)
    desktop.key(Qt.Key.Key_R, CTRL)
    again = desktop.window.reports.reports
    seen(again)
    assert again.list.current.code == "kpi"
    assert again.choices.period.code == "own:2021-11-01:2021-11-30"
    assert again.choices.language_code == "de"
    again.show_report("payment-run")
    assert again.choices.language_code == "de"
    assert again.choices.format.currentIndex() == 0


def test_that_a_list_to_sign_is_printed_for_the_event_that_is_chosen(
    desktop, reports, seen, save_as, tmp_path
):
    (fair,) = desktop.document.read.all(Event)
    with desktop.document.edit("guest") as edit:
        edit.add(Attendance(event=fair.id, name_text="Мария Ünal", country="BG"))
    reports.show_report("attendance-list")
    seen(reports)
    assert reports.shown.sentence.text() == "Choose the event that it is about."
    assert save_as(reports, tmp_path / "never.pdf") == []

    editor = reports.choices.records["event"]
    editor.setFocus()
    desktop.type("smart")
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)
    seen(reports)
    pages = reports.shown.pages
    assert pages.isVisible()
    save_as(reports, tmp_path / "list")

    text = pypdf.PdfReader(tmp_path / "list.pdf").pages[0].extract_text()
    assert "Мария Ünal" in " ".join(text.split())
    (step,) = desktop.document.read.history(0, 1)
    assert "Attendance list" in step.label
    assert "list.pdf" in step.label


def test_that_giving_up_leaves_nothing(reports, save_as, tmp_path):
    before = sorted(tmp_path.iterdir())
    reports.show_report("smes")

    assert len(save_as(reports, None)) == 1

    assert sorted(tmp_path.iterdir()) == before
    assert reports.note is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not there/smes.xlsx", "is not there"),
        ("n" * 300, "is too long"),
        ("other.xlsx", "is no workbook, so it is not replaced"),
    ],
)
def test_that_what_cannot_be_written_is_said_in_place(reports, save_as, tmp_path, name, words):
    (tmp_path / "other.xlsx").write_text("no workbook")
    before = {path.name: path.stat().st_size for path in tmp_path.glob("*.xlsx*")}
    reports.show_report("smes")

    save_as(reports, tmp_path / name)

    assert words in reports.note.accessibleName()
    assert {path.name: path.stat().st_size for path in tmp_path.glob("*.xlsx*")} == before
    assert reports.export.isEnabled()


def test_that_a_workbook_open_elsewhere_gets_a_second_name(reports, save_as, tmp_path):
    reports.show_report("smes")
    save_as(reports, tmp_path / "smes.xlsx")
    (tmp_path / "~$smes.xlsx").touch()

    save_as(reports, tmp_path / "smes.xlsx")

    said = reports.note.accessibleName()
    assert said == "smes.xlsx is open in another program; written as smes (2).xlsx."
    assert links(reports) == ["Open", "Show in folder"]
    assert (tmp_path / "smes (2).xlsx").exists()


def test_that_every_control_has_a_name_and_escape_closes(desktop, reports, qtbot):
    reports.show_report("kpi")
    reports.choices.period.choose("own:2022-01-01:")
    for widget in (*reports.findChildren(QComboBox), *reports.findChildren(QAbstractButton)):
        if widget.isVisible():
            assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name), widget

    reports.list.lines.setFocus()
    desktop.key(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: desktop.window.reports.reports is None)


@pytest.mark.usefixtures("small")
def test_that_each_report_is_a_command_to_search_for(desktop, facts, tmp_path):
    from smartct_desktop.ui.program import Program

    Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "s.smartct")
    desktop.key(Qt.Key.Key_K, CTRL)
    desktop.type("smes counted")
    desktop.key(Qt.Key.Key_Return)

    assert desktop.window.reports.reports.list.current.code == "smes"
    menu = [action.text() for action in desktop.window.menuBar().actions()]
    assert any("ports" in text for text in menu)


def test_that_closing_the_document_closes_the_window(desktop, reports, qtbot):
    assert reports.isVisible()

    desktop.close_document()

    qtbot.waitUntil(lambda: desktop.window.reports.reports is None)


def test_that_the_event_in_front_is_chosen_already(desktop, small, seen):
    page = desktop.tab(4)
    desktop.go_to(page, 0, "title")

    desktop.key(Qt.Key.Key_R, CTRL)
    window = desktop.window.reports.reports
    window.show_report("attendance-list")
    seen(window)

    assert window.choices.records["event"].value() == small.fair
    assert window.shown.pages.isVisible()


def test_that_writing_can_be_stopped_and_leaves_nothing(
    desktop, reports, seen, monkeypatch, tmp_path
):
    reports.show_report("smes")
    seen(reports)
    path = tmp_path / "stopped.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    gate = Gate()
    for _ in range(2):  # both workers are busy, so that the report has to wait
        desktop.jobs.run(lambda _progress: gate.wait(30), lambda _result: None, shown=False)

    reports.export.click()
    assert not reports.export.isEnabled()
    (writing,) = [job for job in desktop.jobs.active if job.shown]
    writing.cancel()
    gate.set()
    desktop.settle()

    assert reports.note.accessibleName() == "Stopped; nothing was written."
    assert reports.export.isEnabled()
    assert list(tmp_path.glob("stopped*")) == []
