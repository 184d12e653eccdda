"""Somebody is to be forgotten, in the window: seen first, refused or restricted, done and told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.backing_up import ASKED
from smartct_desktop.services.privacy.bytes_left import forms_of, holds
from smartct_desktop.ui.dialogs.record import RecordDialog
from smartct_desktop.ui.program import Program
from tests.journeys.asking import Answer, press
from tests.journeys.seeing import clipped, cut_off
from tests.ui.world import make_small_document

NAME, MAIL = "Ada Quxenborg", "ada.q@marker.example"


@pytest.fixture
def program(desktop, facts, tmp_path, monkeypatch):
    """The program on a document in which one person visited, and another is only written of."""
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))
    document, world = make_small_document(tmp_path / "small.smartct")
    with document.edit("people") as edit:
        ada = edit.add(Person(name=NAME, email=MAIL))
        otto = edit.add(Person(name="Otto Host"))
        edit.set(edit.get(Exchange, world.first), "visitor", otto.id)
        edit.set(edit.get(Exchange, world.second), "remark", f"{NAME} will call")
    document.settle_all()
    document.close()
    program = Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "s.smartct")
    program.open(document.path)
    program.backups.watch.backups.make(ASKED)
    desktop.settle()
    program.people = {"ada": ada.id, "otto": otto.id}
    yield program
    desktop.settle()
    program.finish()


def choose_by_keys(desktop, name, seen):
    def act(dialog):
        assert clipped(dialog) == cut_off(dialog) == []
        seen.append(dialog.windowTitle())
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert not dialog.deed.isEnabled()
        desktop.type(name)
        desktop.qtbot.waitUntil(lambda: dialog.person is not None or field.text() == name)
        desktop.key(Qt.Key.Key_Return)
        desktop.qtbot.waitUntil(dialog.deed.isEnabled)
        desktop.click(dialog.deed)

    return act


def test_that_somebody_whose_records_prove_is_restricted_instead_with_keys(desktop, program):
    seen = []

    def restrict(dialog):
        assert clipped(dialog) == cut_off(dialog) == []
        seen.extend((dialog.refusal.text(), dialog.deed.text()))
        assert not dialog.name_field.isVisible()
        assert not dialog.deed.isEnabled()
        desktop.type("contested")
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, choose_by_keys(desktop, "Otto Host", seen), restrict)
    desktop.window.command["forget"].trigger()
    answer.done()

    assert seen[0] == "Forget a person"
    assert "stands in records that prove the use of the grant" in seen[1]
    assert seen[2] == "Restrict the use"
    assert desktop.note() == "The use of the data is restricted from today on."
    otto = program.document.read.get(Person, program.people["otto"])
    assert otto.restricted_because == "contested"


def test_that_somebody_is_forgotten_with_the_mouse_and_it_is_told(desktop, program, tmp_path):
    seen = []
    certificate = tmp_path / "told.txt"

    def look(dialog):
        assert clipped(dialog) == cut_off(dialog) == []
        seen.append(dialog.going.text())
        items = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
        seen.extend((one.text(1), one.checkState(0)) for one in items)
        assert not dialog.deed.isEnabled()
        dialog.reason_field.setFocus()
        desktop.type("asked for it")
        assert not dialog.deed.isEnabled()
        dialog.name_field.setFocus()
        desktop.type(NAME.upper())
        desktop.click(dialog.deed)

    def save(dialog):
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(certificate))
        press("&Save")(dialog)

    answer = Answer(
        desktop,
        choose_by_keys(desktop, NAME, seen),
        look,
        press("Forget for good", seen),
        save,
    )
    desktop.window.command["forget"].trigger()
    answer.done()
    desktop.qtbot.waitUntil(lambda: "certificate is in told.txt" in desktop.note())

    assert "Rewritten: 1 person; 1 step of the history, 1 backup, the search" in seen[1]
    assert seen[2] == (f"{NAME} will call", Qt.CheckState.Checked)
    assert f"Forget {NAME} for good?" in seen[3]
    document = program.document
    assert not document.changed_outside
    step = document.read.history(0, 1)[0]
    assert step.label.startswith("erasure of data about a person (certificate ")
    assert document.read.get(Person, program.people["ada"]).name.startswith("Anonymous ")
    assert step.label.split("certificate ")[1].rstrip(")") in certificate.read_text("utf-8")
    document.settle_all()
    forms = forms_of([NAME, MAIL])
    left = [one.name for one in tmp_path.rglob("*") if one.is_file() and holds(one, forms)]
    assert left == []


def test_that_nothing_happens_if_one_of_the_questions_is_answered_with_no(desktop, program):
    before = program.document.read.history_count()

    def confirm(dialog):
        dialog.reason_field.setText("asked")
        dialog.name_field.setText(NAME)
        desktop.click(dialog.deed)

    answer = Answer(desktop, choose_by_keys(desktop, NAME, []), confirm, press("Cancel"))
    desktop.window.command["forget"].trigger()
    answer.done()

    assert program.document.read.history_count() == before
    assert program.document.read.get(Person, program.people["ada"]).name == NAME


def test_that_the_record_of_a_person_says_that_its_data_must_not_be_used(desktop, program):
    desktop.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desktop.type("otto")
    desktop.key(Qt.Key.Key_Return)
    (record,) = desktop.window.findChildren(RecordDialog)
    assert not record.state.isVisible()
    field = record.form.row("restricted_on").editor
    field.setFocus()
    desktop.type("5.3.2024")
    desktop.key(Qt.Key.Key_Tab)
    assert record.state.isVisible()
    assert record.state.accessibleName() == "Use restricted"
    record.form.row("restricted_because").editor.setFocus()
    desktop.type("contested")
    desktop.key(Qt.Key.Key_Tab)
    otto = program.people["otto"]
    assert program.document.read.get(Person, otto).restricted_because == "contested"
    field.setFocus()
    desktop.type_over("")
    desktop.key(Qt.Key.Key_Tab)
    assert program.document.read.get(Person, otto).restricted_because is None
    assert not record.state.isVisible()
    record.close()
