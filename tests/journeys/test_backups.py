"""The backups of a document, in the window: seen, looked into, restored, and gone back on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.backing_up import ASKED, CLOSED, TIMED
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.restoring import is_looked_into
from smartct_desktop.storage.manifests import write_manifest
from smartct_desktop.system.backup import Health
from smartct_desktop.ui.backups.second_question import SECOND
from smartct_desktop.ui.program import Program
from tests.journeys.asking import Answer
from tests.journeys.asking import press as pressing
from tests.ui.world import make_small_document


@pytest.fixture
def program(desktop, facts, tmp_path, monkeypatch):
    """The program on the small partnership, which has one backup."""
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))
    document, _ = make_small_document(tmp_path / "small.smartct")
    document.close()
    program = Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "s.smartct")
    program.open(document.path)
    program.backups.watch.backups.make(ASKED)
    desktop.settle()
    yield program
    desktop.settle()
    program.finish()


def add(program, name):
    with program.document.edit(f"addition of {name}") as edit:
        edit.add(Organisation(name=name))


def names(program):
    return {one.name for one in program.document.read.all(Organisation)}


def shown(desktop, program):
    desktop.window.command["backups"].trigger()
    desktop.settle()
    return program.backups.shown


def press(words):
    """Press a button of the question that is about to be asked."""

    def go():
        dialog = QApplication.activeModalWidget()
        next(one for one in dialog.findChildren(QPushButton) if one.text() == words).click()

    QTimer.singleShot(50, go)


def lines(window):
    return window.lines.words.lines


def test_that_the_window_says_what_each_holds_and_how_it_differs(desktop, program):
    add(program, "Later")
    window = shown(desktop, program)

    ((_when, why, since, step, _size, state),) = lines(window)
    assert (why, since, step) == ("asked for", "+1 organisation", "the small partnership")
    assert state == "checked when it was made"
    assert "3 exchanges" in window.holds.text()
    desktop.click(window.make_button)
    assert [line[2] for line in lines(window)] == ["as many records", "+1 organisation"]
    assert "It holds everything there is." in window.about.text()
    assert program.backups.sign.link.text().startswith("backup ")


def test_that_a_restore_can_be_gone_back_on(desktop, program):
    add(program, "Later")
    before = names(program)
    window = shown(desktop, program)

    press("Restore")
    desktop.click(window.restore_button)
    desktop.settle()

    assert program.backups.shown is None
    assert names(program) == before - {"Later"}
    assert "is as it was on" in desktop.note()
    assert program.document.read.history(0, 1)[0].label.startswith("restore of the backup of")
    back = next(
        one
        for one in desktop.window.tools.note.findChildren(QPushButton)
        if one.text() == "Go back to before the restore"
    )
    desktop.click(back)
    desktop.settle()
    assert names(program) == before


def test_that_a_damaged_backup_is_not_offered(desktop, program):
    add(program, "Later")
    (backup,) = program.backups.watch.backups.all()
    content = bytearray(backup.path.read_bytes())
    content[9000] ^= 255
    backup.path.write_bytes(content)
    window = shown(desktop, program)
    desktop.click(window.check_button)

    assert lines(window)[0][5] == "damaged"
    assert not window.restore_button.isEnabled()
    assert not window.look_button.isEnabled()
    assert "Damaged backups: 1" in desktop.note()
    assert "Later" in names(program)


def test_that_a_backup_is_looked_into_and_left_again(desktop, program):
    add(program, "Later")
    path = program.document.path
    window = shown(desktop, program)

    desktop.click(window.look_button)
    desktop.settle()
    assert program.document.read_only
    assert is_looked_into(program.document.path)
    assert "Later" not in names(program)
    assert desktop.settings.recent() == [path]
    banner = program.returning.banner
    assert banner.isVisible()
    looked = program.document.path
    desktop.click(banner.back_button)
    assert program.document.path == path
    assert "Later" in names(program)
    assert not program.document.read_only
    assert not banner.isVisible()
    assert not looked.exists()


def test_that_ticked_records_come_back_as_one_step(desktop, program):
    beta = next(one for one in program.document.read.all(Organisation) if "Бета" in one.name)
    with program.document.edit("change") as edit:
        edit.set(beta, "city", "Sofia")
    add(program, "Later")
    window = shown(desktop, program)

    def tick():
        dialog = program.backups.bringing
        if dialog is None:
            QTimer.singleShot(20, tick)
            return
        dialog.tick(("organisation", beta.id))
        desktop.qtbot.mouseClick(dialog.deed, Qt.MouseButton.LeftButton)

    QTimer.singleShot(20, tick)
    desktop.click(window.bring_button)

    assert program.document.read.get(Organisation, beta.id).city == beta.city
    assert "Later" in names(program)
    program.document.undo()
    assert program.document.read.get(Organisation, beta.id).city == "Sofia"


def test_that_a_changed_document_is_backed_up_when_it_is_closed(desktop, program):
    backups = program.backups.watch.backups
    program.close()
    desktop.settle()
    assert len(backups.all()) == 1  # nothing was done

    program.open(backups.document)
    add(program, "Later")
    program.close()
    desktop.settle()
    newest = backups.all()[0]
    assert (newest.manifest.reason, newest.health) == (CLOSED, Health.GOOD)


def test_that_changes_are_backed_up_while_working_once_the_time_has_passed(desktop, program):
    watch = program.backups.watch
    watch.backups.wishes = BackupWishes(minutes=0)
    watch.look()
    desktop.settle()
    assert len(watch.backups.all()) == 1  # nothing was changed

    add(program, "Later")
    watch.look()
    desktop.settle()
    assert [one.manifest.reason for one in watch.backups.all()] == [TIMED, ASKED]
    watch.look()
    desktop.settle()
    assert len(watch.backups.all()) == 2


def test_that_a_failing_backup_is_said_in_the_status_bar_and_stops_nobody(desktop, program):
    backups = program.backups.watch.backups
    add(program, "Later")
    for one in backups.folder.iterdir():
        one.unlink()
    backups.folder.rmdir()
    backups.folder.write_text("a file where the folder should be")

    program.backups.watch.make_now(lambda _standing: None)
    desktop.settle()
    assert program.backups.sign.link.text() == "backup failed"
    assert "cannot be kept" in program.backups.sign.link.accessibleDescription()
    add(program, "Still")
    assert "Still" in names(program)
    backups.folder.unlink()


def test_that_a_second_folder_is_asked_for_once_and_on_the_second_day(desktop, program):
    watch, notices = program.backups.watch, desktop.window.notices
    watch.tell()
    desktop.settle()
    assert notices.told(SECOND) is None  # the first day
    (backup,) = watch.backups.all()
    earlier = backup.manifest.made_at - timedelta(days=1)
    write_manifest(backup.path, replace(backup.manifest, made_at=earlier))

    watch.tell()
    desktop.settle()
    bar = notices.told(SECOND)
    choose, no = bar.findChildren(QPushButton)
    assert "on this computer only" in bar.accessibleName()
    answer = Answer(desktop, pressing("Cancel"))
    desktop.click(choose)
    answer.done()
    assert notices.told(SECOND) is bar  # nothing was said
    desktop.click(no)
    assert notices.told(SECOND) is None

    path = program.document.path
    program.close()
    program.open(path)
    program.backups.watch.tell()
    desktop.settle()
    assert notices.told(SECOND) is None
