"""The file is taken away, locked or damaged while people work: they are told, and lose nothing."""

import os
import shutil
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import open_document
from smartct_desktop.storage.store import Store
from smartct_desktop.ui.program import Program
from tests.ui.world import make_small_document

posix = pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved on Windows")
AT = datetime(2021, 11, 16, 9, 30, tzinfo=UTC)


@pytest.fixture
def program(desktop, facts, tmp_path):
    """The program around the window, with the small partnership open."""
    path = tmp_path / "small.smartct"
    make_small_document(path)[0].close()
    program = Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "sample")
    program.open(path)
    desktop.settle()
    yield program
    desktop.settle()
    program.close()


@pytest.fixture
def answers(monkeypatch):
    """Answers every question with the key that is put here, and keeps what was asked."""
    asked = []

    def answer(_messages, _parent, title, sentence, choices, _default, *, harmless, details=""):
        keys = [choice.key for choice in choices]
        wanted = next((key for key in asked_for if key in keys), harmless)
        asked.append((title, sentence, keys, details))
        return wanted

    asked_for = []
    monkeypatch.setattr("smartct_desktop.ui.messages.Messages.ask", answer)
    return asked_for, asked


def save_as(monkeypatch, target):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))


def bar(desktop, matter):
    return desktop.window.notices.told(matter)


def press(desktop, note, words):
    (link,) = [one for one in note.findChildren(QPushButton) if words in one.text()]
    desktop.click(link)


def looked(desktop, program):
    """Have the watch look, as it does every five seconds."""
    with desktop.qtbot.waitSignal(program.care.watch.found):
        program.care.watch.look()
    desktop.settle()


@posix
def test_that_a_renamed_file_is_noticed_and_can_be_followed(desktop, program, tmp_path):
    (tmp_path / "small.smartct").rename(tmp_path / "renamed.smartct")
    looked(desktop, program)

    note = bar(desktop, "file")
    assert "was moved, renamed or deleted while it was open" in note.accessibleName()
    assert program.document.read_only
    press(desktop, note, "Go on with renamed.smartct")

    assert program.document.path.name == "renamed.smartct"
    assert not program.document.read_only
    assert bar(desktop, "file") is None


@posix
def test_that_nothing_is_written_into_a_file_that_took_the_place(
    desktop, program, tmp_path, monkeypatch
):
    other = Store.create(tmp_path / "other.smartct", at=AT)
    other.apply(Step("x", (Change(None, Organisation(name="Of another")),)), "eve", AT)
    other.close()
    bytes_of_other = (tmp_path / "other.smartct").read_bytes()
    (tmp_path / "other.smartct").replace(tmp_path / "small.smartct")
    page = desktop.tab(2)
    page.show_pane(True)
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.pane.focus_field("legal_name")

    desktop.type("typed before anybody noticed")
    desktop.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not page.finish_editing()

    told = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert any("replaced by another file" in text for text in told)
    kept = [one.text() for one in page.pane.findChildren(QLineEdit)]
    assert "typed before anybody noticed" in kept
    looked(desktop, program)
    note = bar(desktop, "file")
    assert "Nothing is written into that one" in note.accessibleName()
    save_as(monkeypatch, tmp_path / "rescued.smartct")
    press(desktop, note, "Save a copy elsewhere")
    rescued = open_document(tmp_path / "rescued.smartct", read_only=True)
    assert rescued.read.total("exchange") == program.document.read.total("exchange") > 0
    rescued.close()
    assert (tmp_path / "small.smartct").read_bytes() == bytes_of_other


@posix
def test_that_a_file_that_comes_back_can_be_written_again(desktop, program, tmp_path):
    (tmp_path / "small.smartct").rename(tmp_path / "away")
    looked(desktop, program)
    assert bar(desktop, "file") is not None

    (tmp_path / "away").rename(tmp_path / "small.smartct")
    looked(desktop, program)

    assert bar(desktop, "file") is None
    assert not program.document.read_only
    assert "can be written again" in desktop.note()


@posix
def test_that_a_file_cut_off_under_us_is_noticed(desktop, program, tmp_path):
    path = tmp_path / "small.smartct"
    os.truncate(path, path.stat().st_size // 2)
    looked(desktop, program)

    assert "was cut off" in bar(desktop, "file").accessibleName()


def test_that_a_folder_in_which_nothing_can_be_written_is_told(
    desktop, program, tmp_path, monkeypatch
):
    path = tmp_path / "fixed.smartct"
    shutil.copyfile(tmp_path / "small.smartct", path)
    path.with_name(path.name + ".lock").mkdir()  # holds for whoever may do anything, too
    program.open(path)

    note = bar(desktop, "writing")
    assert "Nothing can be written in its folder" in note.accessibleName()
    save_as(monkeypatch, tmp_path / "elsewhere.smartct")
    press(desktop, note, "Save a copy elsewhere")
    press(desktop, desktop.window.tools.note, "Go on with it")
    assert program.document.path.name == "elsewhere.smartct"
    assert not program.document.read_only
    assert bar(desktop, "writing") is None


def damage(path, words):
    """Destroy the page in which these words stand first."""
    with path.open("r+b") as file:
        file.seek(file.read().index(words) // 4096 * 4096)
        file.write(bytes(4096))


def test_that_a_damaged_document_is_salvaged_into_a_new_one(
    desktop, program, tmp_path, monkeypatch, answers
):
    path = tmp_path / "bad.smartct"
    store = Store.create(path, at=AT)
    many = [Exchange(number=f"{n}", goals="goal " * 30) for n in range(300)]
    store.apply(Step("many", tuple(Change(None, one) for one in many)), "ada", AT)
    store.close()
    damage(path, b"goal goal")
    before = path.read_bytes()
    answers[0].append("salvage")
    save_as(monkeypatch, tmp_path / "new.smartct")

    program.open(path)
    desktop.settle()

    assert answers[1][0][0] == "bad.smartct is damaged."
    assert program.document.path.name == "new.smartct"
    assert program.document.read.total("exchange") >= 280
    assert "could not be" in answers[1][1][3]
    assert (tmp_path / "new - salvage.txt").exists()
    assert path.read_bytes() == before


def test_that_a_check_says_in_words_that_all_is_whole(desktop, program, answers):
    desktop.window.command["check_document"].trigger()
    desktop.settle()

    assert [title for title, *_ in answers[1]] == ["small.smartct is whole."]
    assert program.document is not None


def test_that_a_check_that_finds_damage_offers_a_way_out(desktop, program, tmp_path, answers):
    damage(tmp_path / "small.smartct", b"CREATE TABLE waiver")
    desktop.window.command["check_document"].trigger()
    desktop.settle()

    title, _, keys, details = answers[1][0]
    assert "found damage in small.smartct" in title
    assert {"close", "read", "salvage"} <= set(keys)
    assert "damaged" in details
    program.close()


def test_that_a_document_changed_outside_is_checked(desktop, program, tmp_path):
    path = tmp_path / "small.smartct"
    program.close()
    store = Store.open(path)  # as another machine would
    store.apply(Step("x", (Change(None, Organisation(name="From elsewhere")),)), "eve", AT)
    store.close()

    program.open(path)
    desktop.settle()

    assert desktop.note().startswith("This document was changed outside this program")
    assert "whole" in desktop.note()
    program.close()
    program.open(path)
    assert not program.document.changed_outside
