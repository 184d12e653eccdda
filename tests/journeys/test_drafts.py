"""What is being typed is there again after the program ended without a word."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.document import Document
from smartct_desktop.services.drafts import FOLDER, Drafts, Place
from smartct_desktop.storage.store import Store
from smartct_desktop.system.paths import data_folder
from smartct_desktop.ui.dialogs.record import RecordDialog
from tests.ui.world import clock

ROOT = Path(__file__).resolve().parents[2]
CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)


def drafts_of(desktop):
    return Drafts(data_folder() / FOLDER, desktop.document.path)


class Typing:
    """What becomes of the drafts of the document that is shown."""

    def __init__(self, desktop, qtbot):
        self.desktop = desktop
        self.qtbot = qtbot

    def kept(self, text):
        """Wait until the text is kept; gives the draft it is in."""
        drafts = drafts_of(self.desktop)

        def is_kept():
            return text in [typed.text for draft in drafts.read() for typed in draft.fields]

        self.qtbot.waitUntil(is_kept)
        return drafts.read()[-1]

    def gone(self):
        """Wait until nothing is kept any more."""
        self.qtbot.waitUntil(lambda: not drafts_of(self.desktop).path.exists())
        return True

    def crash(self, between=None):
        """Leave everything as a killed program does, and start again; gives the page."""
        desktop = self.desktop
        drafts, path = drafts_of(desktop), desktop.document.path
        left = drafts.path.read_bytes()
        page = desktop.window.workbench.table_page
        if page is not None and page.table.cells.editor is not None:
            page.table.cells.editor.cancelled.emit()
        elif page is not None and page.pane.form is not None:
            for row in page.pane.form.rows():
                row.revert()
        desktop.close_document()
        assert not drafts.path.exists()
        if between is not None:
            document = Document(Store.open(path), clock())
            between(document)
            document.close()
        drafts.path.write_bytes(left)
        desktop.show(Document(Store.open(path), clock()))
        return desktop.window.workbench.table_page


@pytest.fixture
def typing(desktop, qtbot):
    return Typing(desktop, qtbot)


def steps(desktop):
    return desktop.document.read.history_count()


@pytest.mark.usefixtures("small")
def test_that_a_half_filled_field_of_the_pane_is_there_again(desktop, typing):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "number")
    shown, before = page.table.current_id, steps(desktop)
    desktop.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.pane.focus_field("goals")
    desktop.type("See the control room")
    typing.kept("See the control room")

    page = typing.crash()

    editor = page.pane.form.row("goals").editor
    assert page.pane.record.id == shown
    assert editor.typed_text() == "See the control room"
    assert editor.isAncestorOf(desktop.focused())
    assert desktop.note().startswith("What you typed was kept: Goals (SCT-2021-002).")
    assert steps(desktop) == before
    assert desktop.document.read.get(Exchange, shown).goals is None

    desktop.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert desktop.document.read.get(Exchange, shown).goals == "See the control room"
    assert typing.gone()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("at", "typed"),
    [
        ((EXCHANGES, "number"), "SCT-2021-9"),
        ((EXCHANGES, "vo"), "Nobody yet known"),
        ((EXCHANGES, "start"), "17.11.20"),
        ((EXCHANGES, "amount_cents"), "1 2"),
        ((EXCHANGES, "working_days"), "2,"),
        ((ORGANISATIONS, "country"), "Bulg"),
        ((ORGANISATIONS, "website"), "https://exa"),
    ],
)
def test_that_an_open_cell_is_open_again_with_what_was_typed(desktop, typing, at, typed):
    tab, column = at
    page = desktop.tab(tab)
    desktop.go_to(page, 1, column)
    shown, before = page.table.current_id, steps(desktop)
    desktop.type(typed)
    assert typing.kept(typed).place is Place.CELL

    page = typing.crash()

    assert page.table.current_id == shown
    assert page.table.cells.editor.typed_text() == typed
    assert page.table.cells.editor.isAncestorOf(desktop.focused())
    assert steps(desktop) == before

    desktop.key(Qt.Key.Key_Escape)
    if page.table.cells.editor is not None:  # the first one closed the list under the field
        desktop.key(Qt.Key.Key_Escape)

    assert page.table.cells.editor is None
    assert typing.gone()
    assert steps(desktop) == before


@pytest.mark.usefixtures("small")
def test_that_a_refused_value_stays_kept_while_another_field_has_the_keys(desktop, typing):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    page.pane.focus_field("end")
    desktop.type_over("01.01.1999")
    desktop.key(Qt.Key.Key_Tab)
    assert page.pane.form.row("end").refusal
    page.pane.focus_field("remark")
    desktop.type("later")

    draft = typing.kept("later")

    assert {typed.field: typed.text for typed in draft.fields} == {
        "end": "01.01.1999",
        "remark": "later",
    }
    page = typing.crash()
    assert page.pane.form.row("end").editor.typed_text() == "01.01.1999"
    assert page.pane.form.row("remark").editor.typed_text() == "later"


@pytest.mark.usefixtures("small")
def test_that_what_was_written_is_no_draft_any_more(desktop, typing):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "number")
    page.pane.focus_field("ho_city")
    desktop.type("Halle")
    typing.kept("Halle")

    desktop.key(Qt.Key.Key_Return)

    assert typing.gone()


@pytest.mark.usefixtures("small")
def test_that_dropping_it_from_the_note_leaves_the_record_as_it_was(desktop, typing):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "number")
    page.pane.focus_field("ho_city")
    desktop.type("Halle")
    typing.kept("Halle")
    page = typing.crash()
    drop = [
        button
        for button in desktop.window.tools.note.findChildren(QPushButton)
        if button.text() == "Drop it"
    ]

    desktop.click(drop[-1])

    assert page.pane.form.row("ho_city").editor.typed_text() == ""
    assert typing.gone()


@pytest.fixture
def answer(qapp):
    """Presses a button of the next question; the list says what was asked."""

    def press(text):
        asked = []

        def look():
            dialog = qapp.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(0, look)
                return
            try:
                asked.append(dialog.accessibleDescription())
                {button.text(): button for button in dialog.findChildren(QPushButton)}[text].click()
            finally:
                dialog.reject()

        QTimer.singleShot(0, look)
        return asked

    return press


def test_that_a_record_that_changed_meanwhile_is_not_touched(desktop, small, typing, answer):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.second)
    page.pane.focus_field("ho_city")
    desktop.type("Halle")
    typing.kept("Halle")

    def change(document):
        with document.edit("meanwhile") as edit:
            edit.set(edit.get(Exchange, small.second), "ho_city", "Leipzig")

    asked = answer("Copy the text")
    typing.crash(change)
    desktop.settle()

    assert asked == [
        "Host city (SCT-2021-002): The record was changed meanwhile: “Leipzig” stands there."
    ]
    assert QGuiApplication.clipboard().text() == "Halle"
    assert desktop.document.read.get(Exchange, small.second).ho_city == "Leipzig"


def test_that_a_record_that_is_gone_gives_its_text_back(desktop, small, typing, answer):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.second)
    page.pane.focus_field("ho_city")
    desktop.type("Halle")
    typing.kept("Halle")

    def remove(document):
        with document.edit("meanwhile") as edit:
            edit.remove("exchange", small.second)

    asked = answer("Ask again next time")
    typing.crash(remove)
    desktop.settle()

    assert asked == ["Host city (Exchange): The record was deleted meanwhile."]
    assert [draft.fields[0].text for draft in drafts_of(desktop).read()] == ["Halle"]


def test_that_a_new_record_is_asked_for_again_with_what_was_filled_in(desktop, small, typing, qapp):
    del small
    desktop.tab(ORGANISATIONS)
    drafts = drafts_of(desktop)
    left = []

    def fill_and_die():
        dialog = qapp.activeModalWidget()
        try:
            desktop.activate(dialog)
            dialog.editor("name").setFocus()
            desktop.type("Half a n")
            dialog.editor("country").setFocus()
            desktop.type("Spa")
            typing.qtbot.waitUntil(lambda: [len(one.fields) for one in drafts.read()] == [2])
            left.append(drafts.path.read_bytes())
        finally:
            dialog.reject()

    QTimer.singleShot(0, fill_and_die)
    desktop.window.command["new_record"].trigger()
    assert typing.gone()
    path = desktop.document.path
    desktop.close_document()
    drafts.path.write_bytes(left[0])
    seen = []

    def look():
        dialog = qapp.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(0, look)
            return
        try:
            seen.append({n: dialog.editor(n).typed_text() for n in ("name", "country", "city")})
            desktop.activate(dialog)
            dialog.editor("country").setFocus()
            desktop.type_over("Spain")
            dialog.add_button.click()
        finally:
            dialog.reject()

    QTimer.singleShot(0, look)
    desktop.show(Document(Store.open(path), clock()))
    desktop.settle()

    assert seen == [{"name": "Half a n", "country": "Spa", "city": ""}]
    made = [one for one in desktop.document.read.all(Organisation) if one.name == "Half a n"]
    assert [one.country for one in made] == ["ES"]
    assert typing.gone()


def test_that_a_record_without_a_tab_is_opened_again(desktop, small, typing):
    membership = next(iter(desktop.document.read.all(Membership)))
    desktop.tab(ORGANISATIONS)
    dialog = desktop.window.deeds.open_record("membership", membership.id)
    desktop.activate(dialog)
    dialog.form.row("proof").editor.setFocus()
    desktop.type("since the fair")
    typing.kept("since the fair")
    dialog.form.row("proof").revert()
    dialog.close()
    del small
    drafts = drafts_of(desktop)
    assert drafts.path.exists()

    typing.crash()

    dialogs = [
        one for one in desktop.window.findChildren(RecordDialog) if one.isVisible() and one.form
    ]
    assert dialogs[-1].form.row("proof").editor.typed_text() == "since the fair"
    dialogs[-1].form.row("proof").revert()
    dialogs[-1].close()


@pytest.mark.usefixtures("small")
def test_that_what_was_typed_survives_a_killed_process(desktop, typing):
    path, drafts = desktop.document.path, drafts_of(desktop)
    desktop.close_document()
    script = [sys.executable, "-m", "tests.journeys.typing_until_killed", str(path), "Half a sen"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(script, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            typing.qtbot.waitUntil(lambda: "Half a sen" in str(drafts.read()))
        finally:
            process.send_signal(signal.SIGKILL)

    desktop.show(Document(Store.open(path), clock()))

    page = desktop.window.workbench.table_page
    assert page.pane.form.row("goals").editor.typed_text() == "Half a sen"
    assert all(one.goals is None for one in desktop.document.read.all(Exchange))
    assert QApplication.activeModalWidget() is None
    desktop.key(Qt.Key.Key_Escape)
    assert typing.gone()
