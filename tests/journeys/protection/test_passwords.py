"""A document with a password in the window: set, asked for, changed, taken away."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from smartct_desktop.domain.errors import Protected
from smartct_desktop.domain.recovery import to_groups
from smartct_desktop.services import backing_up, protection
from smartct_desktop.services.opening import open_document
from smartct_desktop.ui.protection.sheet_dialog import SheetDialog
from tests.journeys.asking import Answer, press
from tests.journeys.protection.answers import (
    OTHER,
    PASSWORD,
    ask,
    names,
    opens,
    typing,
    typing_twice,
)
from tests.ui.world import make_small_document


def test_that_a_document_is_protected_and_opens_with_its_password_only(desktop, program, plain):
    program.open(plain)
    before = names(program)
    assert not desktop.window.command["lock"].isEnabled()

    ask(
        desktop,
        "protect",
        typing_twice(PASSWORD, "Protect the document"),
        press("Close"),
    )

    assert program.document.protected
    assert names(program) == before
    assert program.locks.sign.isVisible()
    desktop.window.command["close"].trigger()
    with pytest.raises(Protected):
        open_document(plain)
    assert not opens(plain, OTHER)
    assert opens(plain, PASSWORD)


def test_that_who_gives_up_gets_the_start_page_and_nothing_is_changed(desktop, program, protected):
    before = protected.read_bytes()

    answer = Answer(desktop, press("Cancel"))
    program.open(protected)
    answer.done()

    assert program.document is None
    assert desktop.window.start.isVisible()
    assert protected.read_bytes() == before


def test_that_another_file_can_be_chosen_instead(
    desktop, program, protected, plain_elsewhere, monkeypatch
):
    chosen = lambda *_args: (str(plain_elsewhere), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)

    answer = Answer(desktop, press("Choose another file…"))
    program.open(protected)
    answer.done()
    desktop.qtbot.waitUntil(lambda: program.document is not None)

    assert program.document.path == plain_elsewhere


@pytest.fixture
def plain_elsewhere(tmp_path):
    document, _ = make_small_document(tmp_path / "other.smartct")
    document.close()
    return document.path


def test_that_the_recovery_sheet_opens_it(desktop, program, protected, made):
    def act(dialog):
        dialog.panel.other.click()
        for line in to_groups(made[1].raw):
            desktop.type(line.replace(" ", "").lower())
        press("Open")(dialog)

    answer = Answer(desktop, act)
    program.open(protected)
    answer.done()

    assert program.document.protected


@pytest.mark.usefixtures("shown")
def test_that_another_password_takes_the_place_of_the_first(desktop, program, protected):
    program.backups.watch.backups.make(backing_up.ASKED)
    before = names(program)

    ask(
        desktop,
        "change_password",
        typing(PASSWORD, "Go on"),
        typing_twice(OTHER, "Change the password"),
        press("Close"),
        press("Give them the new password"),
    )

    assert names(program) == before
    desktop.window.command["close"].trigger()
    desktop.settle()
    assert (opens(protected, PASSWORD), opens(protected, OTHER)) == (False, True)
    backups = backing_up.backups_of(protected, protection.key_of(protected, OTHER))
    assert backups
    for backup in backups:
        assert protection.key_of(backup.path, OTHER)


@pytest.mark.usefixtures("shown")
def test_that_nobody_changes_the_password_without_knowing_it(desktop, program, protected):
    said = []

    def act(dialog):
        typing("not this one", "Go on")(dialog)
        said.append(dialog.panel.wrong.text())

    for command in ("change_password", "recovery_sheet"):
        ask(desktop, command, act)

    assert len(said) == 2
    assert all(said)
    assert program.document.protected
    desktop.window.command["close"].trigger()
    desktop.settle()
    assert opens(protected, PASSWORD)


@pytest.mark.usefixtures("shown")
def test_that_the_password_is_taken_away(desktop, program, protected):
    program.backups.watch.backups.make(backing_up.ASKED)
    before = names(program)

    ask(
        desktop,
        "remove_password",
        typing(PASSWORD, "Remove the password"),
        press("Take it off"),
    )

    assert not program.document.protected
    assert names(program) == before
    assert not program.locks.sign.isVisible()
    assert desktop.window.command["protect"].isEnabled()
    desktop.window.command["close"].trigger()
    desktop.settle()
    open_document(protected).close()
    assert all(not protection.is_protected(one.path) for one in backing_up.backups_of(protected))


@pytest.mark.usefixtures("shown")
def test_that_the_sheet_is_saved_as_a_pdf_that_shows_the_key(
    desktop, program, tmp_path, made, monkeypatch
):
    target = tmp_path / "sheet.pdf"
    chosen = lambda *_args: (str(target), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    seen = []

    def act(dialog):
        assert isinstance(dialog, SheetDialog)
        press("Save as PDF…")(dialog)
        seen.extend((dialog.kept, dialog.done_words.text(), dialog.key.text()))
        press("Done")(dialog)

    ask(desktop, "recovery_sheet", typing(PASSWORD, "Go on"), act)

    assert target.read_bytes().startswith(b"%PDF")
    assert seen[0]
    assert "sheet.pdf" in seen[1]
    assert seen[2].splitlines() == list(to_groups(made[1].raw))
    assert program.document is not None


def test_that_a_new_partnership_is_protected_at_once_if_that_is_wanted(
    desktop, program, tmp_path, monkeypatch
):
    path = tmp_path / "New.smartct"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))

    def fill(dialog):
        QTest.keyClicks(dialog.name, "New")
        dialog.protect.click()
        press("Choose…")(dialog)
        press("Make the document")(dialog)

    ask(desktop, "new", fill, typing_twice(PASSWORD, "Protect the document"), press("Close"))

    assert program.document.protected
    desktop.window.command["close"].trigger()
    desktop.settle()
    assert opens(path, PASSWORD)
