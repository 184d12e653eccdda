"""A restore leaves the document as it was or as the backup is, and keeps the other."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from random import Random

import pytest

from smartct_desktop.domain.errors import Cancelled, InUse, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.backups import back_up, list_backups, look_at, of_document
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.restoring import restore, upgraded_copy
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.upgrade import MIGRATIONS, NEWEST, migrate
from smartct_desktop.system.backup import BEFORE_RESTORE, Health
from tests.storage.conftest import AT

LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


@pytest.fixture
def then(store, add, tmp_path):
    """A backup of three organisations; the document has a fourth since, and is closed."""
    add(*(Organisation(name=name) for name in ("A", "B", "C")))
    backup = back_up(store.path, tmp_path / "backups", "timed", AT)
    add(Organisation(name="D"))
    store.close()
    return backup


def names(path):
    store = Store.open(path)
    try:
        assert store.integrity() == []
        return sorted(one.name for one in store.read.all(Organisation))
    finally:
        store.close()


def test_that_the_document_becomes_the_backup_and_the_present_is_kept(path, then):
    restored = restore(path, then, LATER)

    assert names(path) == ["A", "B", "C"]
    kept = look_at(restored.before)
    assert (kept.health, kept.manifest.reason) == (Health.GOOD, BEFORE_RESTORE)
    restore(path, restored.before, LATER + timedelta(hours=1))
    assert names(path) == ["A", "B", "C", "D"]
    assert sorted(one.name for one in path.parent.iterdir() if one.is_file()) == [path.name]


def test_that_a_document_that_is_gone_comes_back(path, then):
    path.unlink()

    assert restore(path, then, LATER).before is None
    assert names(path) == ["A", "B", "C"]


def test_that_nothing_is_restored_while_somebody_has_the_document_open(path, then):
    before = path.read_bytes()
    holder = Store.open(path)

    with pytest.raises(InUse, match="has had the document open"):
        restore(path, then, LATER)
    holder.close()
    assert path.read_bytes() == before


def test_that_a_damaged_backup_replaces_nothing(path, then):
    content = bytearray(then.read_bytes())
    content[-2000] ^= 4
    then.write_bytes(content)
    before = path.read_bytes()

    with pytest.raises(Trouble, match="is damaged"):
        restore(path, then, LATER)
    then.with_name(then.name + ".json").unlink()
    then.write_bytes(content[: len(content) // 2])
    with pytest.raises(Trouble, match=r"damaged|differs|not complete"):
        restore(path, then, LATER)
    assert path.read_bytes() == before
    assert look_at(then).health is not Health.GOOD


def test_that_a_backup_of_another_document_replaces_nothing(path, then, tmp_path):
    other = Store.create(tmp_path / "other.smartct", at=AT)
    foreign = back_up(other.path, tmp_path / "others", "timed", AT)
    other.close()
    before = path.read_bytes()

    with pytest.raises(Trouble, match="of another document"):
        restore(path, foreign, LATER)
    assert path.read_bytes() == before
    thesis = tmp_path / "thesis.docx"
    thesis.write_bytes(b"years of work")
    with pytest.raises(Trouble, match="is no document"):
        restore(thesis, then, LATER)
    assert thesis.read_bytes() == b"years of work"
    with pytest.raises(Trouble, match="from itself"):
        restore(path, path, LATER)


def test_that_a_damaged_document_is_put_aside_as_it_is(path, then):
    rubbish = path.read_bytes()[:5000] + bytes(5000)
    path.write_bytes(rubbish)
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(b"what belongs to the damaged file")

    restored = restore(path, then, LATER)

    assert names(path) == ["A", "B", "C"]
    assert restored.aside.read_bytes() == rubbish
    assert restored.aside.name == "partnership.smartct.damaged-20211116-103000"
    assert not journal.exists()


def test_that_a_cut_off_step_is_rolled_back_before_the_present_is_kept(path, then, tmp_path):
    """Its hot journal must neither be lost to the present nor mixed into the restored file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size=2")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE organisation SET remark = hex(zeroblob(90000))")
        shutil.copy(path, tmp_path / "cut.smartct")
        shutil.copy(f"{path}-journal", tmp_path / "cut.smartct-journal")
        writer.execute("ROLLBACK")
    cut = tmp_path / "cut.smartct"

    restored = restore(cut, then, LATER)

    assert names(cut) == ["A", "B", "C"]
    assert names(restored.before) == ["A", "B", "C", "D"]


def test_that_a_stray_log_of_another_file_is_not_mixed_in(path, then):
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).write_bytes(b"of something else")

    restore(path, then, LATER)

    assert names(path) == ["A", "B", "C"]


@pytest.mark.parametrize("version", [1, 9])
def test_that_an_older_version_is_restored_and_brought_up_to_date(tmp_path, version):
    """As a backup that an earlier version of the program made: it does not know its id yet."""
    old = tmp_path / "old.smartct-backup"
    old.touch()
    connection = Connection(old, Access.WRITE)
    migrate(connection, tuple(one for one in MIGRATIONS if one.version <= version))
    connection.tell("INSERT INTO meta VALUES ('created_at', '2021-11-16T09:30:00+00:00')")
    connection.close()
    before, its_id = old.read_bytes(), of_document(old)
    assert its_id == "2021-11-16T093000-0000"

    looked, path = tmp_path / "looked.smartct", tmp_path / "partnership.smartct"
    upgraded_copy(old, looked)
    assert names(looked) == []
    restore(path, old, LATER)
    assert names(path) == []
    assert int.from_bytes(path.read_bytes()[60:64]) == NEWEST
    assert of_document(path) == of_document(looked) == its_id
    assert old.read_bytes() == before
    (kept,) = list_backups(tmp_path / "home" / "data" / "backups" / its_id)
    assert kept.manifest.reason == f"before-version-{NEWEST}"


def test_that_a_cancelled_restore_changes_nothing(path, then):
    before = path.read_bytes()
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        restore(path, then, LATER, progress)
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has such limits")
def test_that_a_full_disk_leaves_the_present_document(path, then):
    import resource

    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(Trouble):
            restore(path, then, LATER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    restore(path, then, LATER)
    assert names(path) == ["A", "B", "C"]


KILLED = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from smartct_desktop.storage.restoring import restore
print("ready", flush=True)
for _ in range(99):
    restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))
    restore(Path(sys.argv[1]), Path(sys.argv[3]), datetime.now(UTC))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="killing works otherwise there")
def test_that_a_killed_restore_leaves_one_or_the_other(path, then, tmp_path):
    random = Random(5)
    newer = back_up(path, tmp_path / "backups", "timed", AT)
    found = set()
    times = int(os.environ.get("SMARTCT_LONG", "0")) * 25 or 3
    for _ in range(times):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path), str(then), str(newer)],
            stdout=subprocess.PIPE,
        )
        assert child.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0.02, 0.4))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        found.add("".join(names(path)))
        assert look_at(then).health is look_at(newer).health is Health.GOOD
        for folder in (tmp_path / "home" / "data" / "backups").glob("*"):
            assert all(one.health is Health.GOOD for one in list_backups(folder))
            shutil.rmtree(folder)
    assert found <= {"ABC", "ABCD"}
    sys.stdout.write(f"killed {times} times: found {sorted(found)}\n")
