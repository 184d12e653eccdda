"""The drive is full while people work: they are told, what was typed stays, and work goes on.

A small drive of its own where that may be made, elsewhere a limit to the length of a file.
"""

import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from smartct_desktop.ui.program import Program
from tests.ui.world import make_small_document

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")

EXCHANGES = 5


class SmallDrive:
    """A drive with little room, which can be filled."""

    def __init__(self, folder):
        self.folder = folder
        self._filling = folder / "filling"

    def fill(self):
        block = b"\1" * 4096
        with self._filling.open("wb", buffering=0) as file:
            try:
                while file.write(block) == len(block):
                    pass
            except OSError:
                return

    def free(self):
        self._filling.unlink()


class ShortFiles:
    """A folder in which no file may grow for a while."""

    def __init__(self, folder):
        self.folder = folder

    def fill(self):
        longest = max(path.stat().st_size for path in self.folder.iterdir())
        self._limit(longest // 2)

    def free(self):
        self._limit(None)

    def _limit(self, length):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most if length is None else length, most))


@pytest.fixture
def drive(tmp_path):
    """A drive that can be full."""
    folder = tmp_path / "drive"
    folder.mkdir()
    if not is_mounted(folder):
        drive = ShortFiles(folder)
        yield drive
        drive.free()
        return
    yield SmallDrive(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


def is_mounted(folder):
    if shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def program(desktop, facts, tmp_path, drive):
    """The program around the window, with a document on the small drive."""
    path = drive.folder / "small.smartct"
    make_small_document(path)[0].close()
    program = Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "sample")
    program.open(path)
    desktop.settle()
    yield program
    desktop.settle()
    program.close()


def test_that_on_a_full_drive_what_is_typed_stays_and_is_saved_once_there_is_room(
    desktop, program, drive
):
    if isinstance(drive, ShortFiles):
        pytest.skip("needs the right to mount a drive: a limit would not let a step be rolled back")
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 2, "working_days")
    drive.fill()

    desktop.type("4")
    with desktop.qtbot.waitSignal(page.table.cells.refused) as refused:
        desktop.key(Qt.Key.Key_Return)

    editor = page.table.cells.editor
    (told,) = refused.args
    assert "room left on the drive" in told or "did not take what was to be written" in told
    assert "try again" in told
    assert editor.value() == 4
    assert program.document.integrity() == []
    assert program.document.read.next_undo().label == "the small partnership"

    drive.free()
    desktop.key(Qt.Key.Key_Return)
    assert page.table.cells.editor is None
    assert desktop.cell(page, 2, "working_days") == "4"
    assert program.document.read.next_undo().label.startswith("change of")


def test_that_from_a_full_drive_a_copy_is_saved_elsewhere(program, drive, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere.smartct"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(elsewhere), ""))
    drive.fill()

    if isinstance(drive, ShortFiles):
        drive.free()  # the limit is one of this process, and holds for every drive
    program.care.save_elsewhere()

    assert elsewhere.stat().st_size == program.document.path.stat().st_size


def test_that_a_document_on_a_drive_that_is_full_from_the_beginning_can_be_read(
    desktop, program, drive
):
    path = program.document.path
    program.close()
    drive.fill()

    program.open(path)
    desktop.settle()

    assert program.document.read.total("exchange") == 3
    if program.document.read_only:  # not even a lock can be made there
        assert "no room left" in desktop.window.notices.told("writing").accessibleName()
    drive.free()
