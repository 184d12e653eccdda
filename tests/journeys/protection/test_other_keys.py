"""Files that have another password, or none: backups, copies, and what lies beside the document."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services import backing_up, protecting_backups, protection
from smartct_desktop.services.drafts import FOLDER, Drafts
from smartct_desktop.services.opening import open_document
from smartct_desktop.system.paths import data_folder
from smartct_desktop.ui.protection.kept_text import opened_text
from smartct_desktop.ui.sharing.places import PLACE
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

EXCHANGES = 5


def test_that_plain_backups_are_offered_to_be_protected(desktop, program, plain):
    program.open(plain)
    program.backups.watch.backups.make(backing_up.ASKED)
    seen = []

    ask(
        desktop,
        "protect",
        typing_twice(PASSWORD, "Protect the document"),
        press("Close"),
        press("Protect the backups", seen),
    )
    desktop.settle()

    assert "can be read by anybody" in seen[0]
    key = program.document.key
    assert protecting_backups.plain_leftovers(plain, key) == ()
    assert all(protection.is_protected(one.path) for one in backing_up.backups_of(plain, key))


@pytest.mark.usefixtures("shown")
def test_that_a_backup_with_the_former_password_is_looked_into_and_restored_with_it(
    desktop, program, protected, tmp_path
):
    program.backups.watch.backups.make(backing_up.ASKED)
    with program.document.edit("later") as edit:
        edit.add(Organisation(name="Later"))
    ask(
        desktop,
        "change_password",
        typing(PASSWORD, "Go on"),
        typing_twice(OTHER, "Change the password"),
        press("Close"),
        press("Leave them"),
    )
    backup = backing_up.backups_of(protected, program.document.key)[-1]

    answer = Answer(desktop, typing(PASSWORD, "Go on"))
    program.returning.look(backup)
    answer.done()

    assert program.document.read_only
    assert "Later" not in names(program)
    copies = [one for one in (tmp_path / "home").rglob("*.smartct") if one != protected]
    assert copies
    assert b"SQLite format 3" not in copies[0].read_bytes()
    desktop.click(program.returning.banner.back_button)
    assert "Later" in names(program)

    answer = Answer(desktop, press("Restore"), typing(PASSWORD, "Go on"))
    program.returning.ask_restore(backup)
    answer.done()

    assert "Later" not in names(program)
    desktop.window.command["close"].trigger()
    desktop.settle()
    assert (opens(protected, PASSWORD), opens(protected, OTHER)) == (False, True)


@pytest.mark.usefixtures("shown")
def test_that_a_copy_with_another_password_is_merged_with_it(desktop, program, protected, tmp_path):
    copy = tmp_path / "copy.smartct"
    program.document.save_copy(copy)
    protection.change_password(copy, protection.key_of(copy, PASSWORD), OTHER)
    theirs = protection.key_of(copy, OTHER)
    with closing(open_document(copy, key=theirs)) as other, other.edit("there") as edit:
        edit.add(Organisation(name="There"))

    answer = Answer(desktop, typing(OTHER, "Go on"), press_last, press("Close"))
    desktop.window.joining.merge(copy)
    answer.done()

    assert "There" in names(program)
    assert protection.is_protected(protected)


def press_last(dialog):
    """Press the main button of a dialog."""
    next(one for one in dialog.findChildren(QPushButton) if one.isDefault()).click()


@pytest.mark.usefixtures("shown")
def test_that_a_document_without_its_beginning_is_restored_from_its_backup(
    desktop, program, protected
):
    before = names(program)
    program.backups.watch.backups.make(backing_up.ASKED)
    desktop.window.command["close"].trigger()
    desktop.settle()
    content = bytearray(protected.read_bytes())
    content[3] ^= 0xFF  # of the salt: no password fits any more
    protected.write_bytes(content)
    said = []

    def doubt(dialog):
        typing(PASSWORD, "Open")(dialog)
        said.append(dialog.panel.wrong.text())
        dialog.panel.doubt.click()

    answer = Answer(desktop, doubt, press("Restore the newest backup"), typing(PASSWORD, "Go on"))
    program.open(protected)
    answer.done()

    assert said[0].startswith("This opens the last backup of small.smartct")
    assert names(program) == before
    assert program.document.protected


def test_that_a_local_copy_of_a_protected_document_is_written_back_protected(
    desktop, program, tmp_path, made
):
    kept = tmp_path / "Nextcloud" / "small.smartct"
    kept.parent.mkdir()
    kept.write_bytes(made[0])
    program.open(kept, made[1])
    desktop.settle()
    note = desktop.window.notices.told(PLACE)
    links = {link.text(): link for link in note.findChildren(QPushButton)}
    desktop.click(links["Work on a local copy"])
    assert program.document.path != kept
    with program.document.edit("there") as edit:
        edit.add(Organisation(name="There"))
    desktop.window.command["close"].trigger()
    desktop.settle()

    answer = Answer(desktop, typing(PASSWORD, "Open"))
    program.open(kept)
    answer.done()

    assert "There" in names(program)
    files = [one for one in tmp_path.rglob("*.smartct") if one.is_file()]
    assert kept in files
    assert [one for one in files if one.read_bytes().startswith(b"SQLite")] == []


# Beside the document.


@pytest.mark.usefixtures("shown")
def test_that_nothing_typed_into_it_stands_on_the_disk_in_plain(desktop, program, qtbot, tmp_path):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "number")
    desktop.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.pane.focus_field("goals")
    desktop.type("Marker of a secret")
    drafts = Drafts(data_folder() / FOLDER, program.document.path, program.document.key)
    qtbot.waitUntil(lambda: bool(drafts.read()))

    assert drafts.read()[0].fields[0].text == "Marker of a secret"
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert drafts.path in files
    assert [one for one in files if b"Marker" in one.read_bytes()] == []
    page.pane.form.row("goals").revert()
    desktop.settle()


@pytest.mark.usefixtures("shown")
def test_that_what_was_filtered_is_kept_closed_and_there_again(desktop, program, protected, made):
    page = desktop.tab(EXCHANGES)
    page.focus_filter()
    desktop.type("Marker")
    desktop.qtbot.waitUntil(lambda: page.model.rowCount() == 0)

    program.reopen(protected)
    desktop.settle()

    assert desktop.tab(EXCHANGES).model.rowCount() == 0
    desktop.settings.save()
    kept = desktop.settings.text("table.exchanges.filter")
    assert kept.startswith("sealed:")
    assert opened_text(kept, made[1], "table.exchanges.filter") == "Marker"
