"""Several who have one document: two windows, two machines, sync programs and their copies."""

import json
import os
import subprocess
import sys
from contextlib import closing

import pytest
from PySide6.QtWidgets import QPushButton

from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import open_document
from smartct_desktop.system.coming_forward import Door, bring_forward
from smartct_desktop.ui.program import Program
from smartct_desktop.ui.sharing.beside import BESIDE
from smartct_desktop.ui.sharing.copying import CHANGED
from smartct_desktop.ui.sharing.door import FrontDoor
from smartct_desktop.ui.sharing.following import WRITER
from smartct_desktop.ui.sharing.places import PLACE
from smartct_desktop.ui.sharing.sharing import UNSENT
from tests.journeys.asking import Answer, press
from tests.ui.world import make_small_document


@pytest.fixture
def program(desktop, facts, tmp_path):
    """The window with what opens documents for it."""
    return Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "s.smartct")


@pytest.fixture
def kept(tmp_path):
    """A document in the folder of a sync program."""
    folder = tmp_path / "Nextcloud"
    folder.mkdir()
    document, _ = make_small_document(folder / "Partnership.smartct")
    document.close()
    return document.path


def words(desktop, matter):
    """What the bar about a matter says, "" if there is none."""
    note = desktop.window.notices.told(matter)
    return "" if note is None else note.accessibleName()


def choose(desktop, matter, text):
    """Click a link of a bar."""
    note = desktop.window.notices.told(matter)
    links = {link.text(): link for link in note.findChildren(QPushButton)}
    desktop.click(links[text])


def pressing(start):
    """An act that presses the button whose words begin so."""

    def act(dialog):
        (wanted,) = [b for b in dialog.findChildren(QPushButton) if b.text().startswith(start)]
        wanted.click()

    return act


def add(document, name):
    with document.edit(f"new {name}") as edit:
        edit.add(Organisation(name=name))


def add_elsewhere(path, name):
    """Write a step and replace the file with it, as a sync program does."""
    other = path.with_name("elsewhere")
    other.write_bytes(path.read_bytes())
    with closing(open_document(other)) as document:
        add(document, name)
    other.replace(path)


def names(path):
    with closing(open_document(path, read_only=True)) as document:
        return {one.name for one in document.read.all(Organisation)}


def test_that_a_sync_folder_is_told_once_and_a_local_copy_is_written_back(desktop, program, kept):
    program.open(kept)
    desktop.settle()
    assert words(desktop, PLACE).startswith("This document lies in a folder of Nextcloud.")

    choose(desktop, PLACE, "Work on a local copy")

    assert words(desktop, PLACE) == ""
    assert program.document.path.parent != kept.parent
    assert program.document.home == kept
    assert desktop.settings.recent() == [kept]
    before = kept.read_bytes()
    add(program.document, "Written back at the end")
    assert kept.read_bytes() == before
    program.close()
    assert "Written back at the end" in names(kept)

    program.open(kept)
    desktop.settle()
    assert program.document.path.parent != kept.parent
    assert words(desktop, PLACE) == ""
    desktop.click(program.sharing.keeper.sign)
    assert program.sharing.keeper.sign.text().startswith("local copy · written back ")
    assert desktop.note() == f"All you did is in {kept.parent}."
    (there,) = desktop.window.tools.note.findChildren(QPushButton)
    desktop.click(there)
    assert program.document.path == kept
    assert words(desktop, PLACE) != ""


def test_that_working_in_the_folder_is_not_asked_about_again(desktop, program, kept):
    program.open(kept)
    desktop.settle()
    choose(desktop, PLACE, "Work in this folder")

    program.close()
    program.open(kept)
    desktop.settle()

    assert program.document.path == kept
    assert words(desktop, PLACE) == ""


def test_that_nobodys_work_is_replaced_and_both_are_found_again(desktop, program, kept):
    program.open(kept)
    desktop.settle()
    choose(desktop, PLACE, "Work on a local copy")
    add(program.document, "Ours")
    add_elsewhere(kept, "Theirs")

    desktop.click(program.sharing.keeper.sign)
    assert "changed by somebody else" in words(desktop, CHANGED)
    assert "Ours" not in names(kept)
    choose(desktop, CHANGED, "Save mine beside it")

    assert {one.name for one in program.document.read.all(Organisation)} >= {"Theirs"}
    desktop.qtbot.waitUntil(lambda: words(desktop, BESIDE) != "")
    assert "Steps that are only there: 1, only here: 1." in words(desktop, BESIDE)
    answer = Answer(desktop, pressing("Merge"), press("Close"))
    choose(desktop, BESIDE, "Merge…")
    answer.done()
    assert {one.name for one in program.document.read.all(Organisation)} >= {"Theirs", "Ours"}
    desktop.qtbot.waitUntil(lambda: "Everything in it is here" in words(desktop, BESIDE))
    program.close()
    assert {"Theirs", "Ours"} <= names(kept)


def test_that_a_conflicted_copy_is_noticed_when_it_appears(desktop, program, kept):
    program.open(kept)
    desktop.settle()
    assert words(desktop, BESIDE) == ""

    copy = kept.with_name("Partnership (conflicted copy 2022-06-15 104233).smartct")
    program.document.save_copy(copy.with_name("elsewhere"))
    copy.with_name("elsewhere").replace(copy)

    desktop.qtbot.waitUntil(lambda: words(desktop, BESIDE) != "")
    assert "Everything in it is here, too." in words(desktop, BESIDE)
    choose(desktop, BESIDE, "Not now")
    assert words(desktop, BESIDE) == ""


WRITER_OF = """
import sys
from pathlib import Path
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import open_document
document = open_document(Path(sys.argv[1]))
print("open", flush=True)
for line in sys.stdin:
    with document.edit("new") as edit:
        edit.add(Organisation(name=line.strip()))
    print("saved", flush=True)
"""


@pytest.fixture
def writer(kept):
    """Another process that has the document open, and writes what it is told."""
    command = [sys.executable, "-c", WRITER_OF, str(kept)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_that_a_second_window_reads_along_and_takes_over(desktop, program, kept, writer):
    seen = []
    answer = Answer(desktop, press("Open for reading only", seen))
    program.open(kept)
    answer.done()
    assert "has had the document open on" in seen[0]
    assert program.document.read_only
    assert "You can read here what is saved there." in words(desktop, WRITER)

    writer.stdin.write("Seen here\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == "saved\n"
    program.sharing.following.look()
    desktop.settle()
    assert desktop.note() == "A step was saved elsewhere; you see it here."
    assert desktop.tab(3).model.rowCount() == 5

    writer.kill()
    writer.wait()
    program.sharing.following.look()
    desktop.settle()
    assert "It can be changed here now." in words(desktop, WRITER)
    choose(desktop, WRITER, "Go on writing")
    assert not program.document.read_only
    assert words(desktop, WRITER) == ""


def test_that_a_document_that_may_be_open_on_another_machine_is_asked_about(desktop, program, kept):
    told = {"user": "ada", "host": "LAPTOP-2", "pid": 1, "version": "1"}
    lock = kept.with_name(kept.name + ".lock")
    lock.write_text(json.dumps(told | {"since": "2022-06-15T08:00:00+00:00"}))

    seen = []
    answer = Answer(desktop, press("Cancel", seen))
    program.open(kept)
    answer.done()
    assert "may still be open on LAPTOP-2: ada opened it there on" in seen[0]
    assert program.document is None

    answer = Answer(desktop, press("It is closed there: open it for writing"))
    program.open(kept)
    answer.done()
    assert not program.document.read_only
    assert json.loads(lock.read_text())["pid"] == os.getpid()


CRASH = """
import os, sys
from pathlib import Path
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.working_copies import WorkingCopy
copy = WorkingCopy.begin(Path(sys.argv[1]))
with open_document(copy.path).edit("new") as edit:
    edit.add(Organisation(name="Not lost"))
os.kill(os.getpid(), 9)
"""


def test_that_work_of_a_crash_is_offered_and_written_back(desktop, program, kept, tmp_path):
    subprocess.run([sys.executable, "-c", CRASH, str(kept)], check=False)
    other, _ = make_small_document(tmp_path / "Other.smartct")
    other.close()

    program.open(other.path)
    desktop.settle()
    assert "was not written back into it yet" in words(desktop, UNSENT)
    choose(desktop, UNSENT, "Open it")
    desktop.settle()

    assert program.document.home == kept
    assert words(desktop, UNSENT) == ""
    assert "Not lost" in names(kept)


def test_that_a_second_start_brings_the_window_to_the_front(desktop, program, kept):
    program.open(kept)
    door = FrontDoor(desktop.window)
    desktop.window.showMinimized()
    code = "import sys; from pathlib import Path; "
    code += "from smartct_desktop.system.coming_forward import bring_forward; "
    code += "sys.exit(not bring_forward(Path(sys.argv[1])))"
    with subprocess.Popen([sys.executable, "-c", code, str(kept)]) as process:
        desktop.qtbot.waitUntil(lambda: process.poll() is not None)
        assert process.returncode == 0

    assert not desktop.window.isMinimized()
    door.close()


def test_that_a_document_nobody_has_open_brings_no_window(kept):
    door = Door()
    assert not bring_forward(kept)
    door.close()
    assert not door.folder.exists()
