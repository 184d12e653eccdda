"""Killed processes, full disks, files taken away: the document is as before or as after."""

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

ROOT = Path(__file__).parents[2]
KILLS = 400 if "SMARTCT_LONG" in os.environ else 16

posix = pytest.mark.skipif(os.name != "posix", reason="needs fork and limits of POSIX")


def run(*arguments):
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@posix
def test_that_a_process_killed_while_writing_leaves_the_document_before_or_after(tmp_path):
    ended = run("-m", "tests.storage.killed", tmp_path, KILLS, 20211116)

    assert ended.stderr == ""
    assert ended.returncode == 0


FULL_DISK = """
import resource, sys
from pathlib import Path
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

store = Store.open(Path(sys.argv[1]))
many = Step("many", tuple(Change(None, Organisation(name="A" * 400)) for _ in range(2000)))
room = store.path.stat().st_size + int(sys.argv[2])
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
for deed in (
    lambda: store.apply(many, "ada", AT),
    lambda: store.copy_to(store.path.with_name("copy.smartct")),
):
    try:
        deed()
    except Trouble as trouble:
        print(trouble.sentence)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
print(store.read.total("organisation"), store.integrity())
store.apply(Step("one", (Change(None, Organisation(name="B")),)), "ada", AT)
print(store.read.total("organisation"), store.integrity())
store.close()
"""


@posix
@pytest.mark.parametrize("room", [-600_000, 0, 20_000, 400_000])
def test_that_a_full_disk_is_told_and_leaves_everything_as_it_was(store, add, room):
    add(*(Organisation(name="Here before") for _ in range(3)))
    store.close()

    ended = run("-c", FULL_DISK, store.path, room)

    assert ended.stderr == ""
    *troubles, kept, more = ended.stdout.splitlines()
    assert (kept, more) == ("3 []", "4 []")
    assert troubles[0] == ("The drive did not take what was to be written; nothing was changed.")
    assert sorted(p.name for p in store.path.parent.iterdir()) in (
        [store.path.name],
        ["copy.smartct", store.path.name],
    )
    assert (len(troubles) == 2) == (not store.path.with_name("copy.smartct").exists())


def write(store):
    store.apply(Step("x", (Change(None, Organisation(name="A")),)), "ada", AT)


@posix
@pytest.mark.parametrize("fate", ["moved", "removed", "replaced"])
def test_that_a_file_taken_away_is_noticed_and_can_be_saved_elsewhere(store, fate, tmp_path):
    write(store)
    other = Store.create(tmp_path / "other.smartct", at=AT)
    other.close()
    match fate:
        case "moved":
            store.path.rename(tmp_path / "moved.smartct")
        case "removed":
            store.path.unlink()
        case _:
            other.path.replace(store.path)

    words = "was replaced by another" if fate == "replaced" else "was moved, renamed or deleted"
    with pytest.raises(Trouble, match=words):
        write(store)
    with pytest.raises(Trouble, match=words), ThreadPoolExecutor(1) as beside:
        beside.submit(write, store).result()
    assert store.read_only

    store.copy_to(tmp_path / "rescued.smartct")
    rescued = Store.open(tmp_path / "rescued.smartct")
    assert rescued.read.total("organisation") == 1
    assert rescued.integrity() == []
    rescued.close()


@posix
def test_that_a_file_cut_off_while_it_is_open_is_called_damaged(store):
    write(store)
    os.truncate(store.path, 8192)

    with pytest.raises(Trouble, match="damaged"):
        store.read.total("organisation")


HOLD = """
import sqlite3, sys, time
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
time.sleep(0.2)
other.execute("ROLLBACK")
other.close()
"""


def test_that_another_program_that_keeps_the_file_for_a_moment_is_waited_for(store):
    command = [sys.executable, "-c", HOLD, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        holder.stdin.write(b"\n")
        holder.stdin.flush()
        write(store)
    assert store.read.total("organisation") == 1


def test_that_another_program_that_never_lets_go_is_told(path, monkeypatch):
    monkeypatch.setattr("smartct_desktop.storage.connection.BUSY_SECONDS", 0.05)
    store = Store.create(path, at=AT)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Trouble, match="Another program is using the document"):
            write(store)
        other.execute("ROLLBACK")
        other.execute("BEGIN")
        other.execute("SELECT * FROM organisation").fetchall()
        with pytest.raises(Trouble, match="Another program is using the document"):
            write(store)
        other.execute("ROLLBACK")
    write(store)
    assert store.read.total("organisation") == 1
    store.close()


def test_that_a_copy_of_a_closed_file_is_a_whole_document(store, tmp_path):
    write(store)
    store.close()
    shutil.copyfile(store.path, tmp_path / "copied.smartct")

    again = Store.open(tmp_path / "copied.smartct")
    assert again.read.total("organisation") == 1
    assert again.integrity() == []
    again.close()
