"""Backups say what they hold, show damage, and are never half there."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from random import Random

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.backups import (
    SUFFIX,
    back_up,
    check_backup,
    list_backups,
    look_at,
    of_document,
    remove_backups,
    sweep_folder,
)
from smartct_desktop.storage.manifests import manifest_path
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.upgrade import NEWEST
from smartct_desktop.system.backup import Health
from smartct_desktop.system.files import PART_SUFFIX
from smartct_desktop.system.version import version
from tests.storage.conftest import AT


@pytest.fixture
def some(store, add):
    """A document with a history."""
    add(*(Organisation(name=f"Organisation {n}", remark="text " * 50) for n in range(300)))
    return store


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def test_that_a_backup_says_what_it_holds(some, folder):
    backup = look_at(back_up(some.path, folder, "timed", AT))

    manifest = backup.manifest
    assert backup.health is Health.GOOD
    assert manifest.records == {"organisation": 300}
    assert (manifest.step, manifest.label) == (1, "addition")
    assert (manifest.document, manifest.place) == (some.document_id, str(some.path))
    assert (manifest.reason, manifest.made_at, manifest.checked_at) == ("timed", AT, AT)
    assert (manifest.program, manifest.format) == (version(), NEWEST)
    assert of_document(backup.path) == some.document_id


def test_that_the_newest_is_told_by_its_number_and_not_by_the_clock(some, folder):
    back_up(some.path, folder, "timed", AT)
    earlier = back_up(some.path, folder, "timed", AT - timedelta(days=400))

    there = list_backups(folder)
    assert there[0].path == earlier
    assert [one.manifest.number for one in there] == [2, 1]


def test_that_equal_states_are_told_from_others(some, folder, add):
    def state():
        return look_at(back_up(some.path, folder, "timed", AT)).manifest.state

    first = state()
    assert state() == first
    some.undo(AT)
    undone = state()
    some.redo(AT)
    redone = state()
    add(Organisation(name="one more"))
    assert len({first, undone, redone, state()}) == 4


def test_that_copies_share_the_id_of_their_document_and_others_do_not(some, tmp_path):
    some.copy_to(tmp_path / "copy.smartct")
    other = Store.create(tmp_path / "other.smartct", at=AT)
    other.close()

    assert of_document(tmp_path / "copy.smartct") == some.document_id
    assert of_document(tmp_path / "other.smartct") != some.document_id


def test_that_changed_and_shortened_backups_are_found_damaged(some, folder):
    random = Random(7)
    backup = look_at(back_up(some.path, folder, "timed", AT))
    whole = backup.path.read_bytes()
    for _ in range(20):
        place = random.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << random.randrange(8)
        backup.path.write_bytes(changed)
        assert check_backup(backup, AT).health is Health.DAMAGED
    backup.path.write_bytes(whole[:-1])
    assert look_at(backup.path).health is Health.DAMAGED  # its size alone says so

    backup.path.write_bytes(whole)
    later = AT + timedelta(days=30)
    checked = check_backup(look_at(backup.path), later)
    assert (checked.health, checked.manifest.checked_at) == (Health.GOOD, later)
    assert look_at(backup.path) == checked


def test_that_what_a_check_found_is_remembered(some, folder):
    path = back_up(some.path, folder, "timed", AT)
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    assert look_at(path).health is Health.GOOD  # nobody has read it yet

    check_backup(look_at(path), AT)

    assert look_at(path).health is Health.DAMAGED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"document": 1}',
        "[" * 5000,
        '{"made_at": "yesterday"}',
    ],
)
def test_that_a_manifest_that_makes_no_sense_is_no_manifest(some, folder, text):
    path = back_up(some.path, folder, "timed", AT)
    told = json.loads(manifest_path(path).read_text())
    manifest_path(path).write_text(text)
    assert look_at(path).health is Health.UNKNOWN

    manifest_path(path).write_text(json.dumps(told | {"records": "many"}))
    assert look_at(path).manifest is None
    manifest_path(path).write_text(json.dumps(told | {"made_at": "2021-11-16T09:30:00"}))
    assert look_at(path).manifest is None


def test_that_half_written_backups_are_not_listed_and_swept_after_a_day(some, folder):
    back_up(some.path, folder, "timed", AT)
    part = folder / f".partnership-20211116-093000-abcd1234{PART_SUFFIX}"
    part.write_bytes(b"half")
    alone = folder / f"partnership-1{SUFFIX}.json"
    alone.write_text("{}")
    old = time.time() - 25 * 3600
    assert [one.health for one in list_backups(folder)] == [Health.GOOD]

    assert sweep_folder(folder, time.time()) == 0
    os.utime(part, (old, old))
    os.utime(alone, (old, old))
    assert sweep_folder(folder, time.time()) == 2
    assert len(list_backups(folder)) == 1
    assert {path.suffix for path in folder.iterdir()} == {SUFFIX, ".json"}


def test_that_a_removed_backup_takes_its_manifest_along(some, folder):
    path = back_up(some.path, folder, "timed", AT)

    assert remove_backups([path, folder / "never there.smartct-backup"]) == 1
    assert list(folder.iterdir()) == []


def test_that_a_long_name_still_gets_its_backup(tmp_path, folder):
    store = Store.create(tmp_path / f"{'ü' * 110}.smartct", at=AT)
    path = back_up(store.path, folder, "before-version-12", AT)
    store.close()

    assert len(os.fsencode(manifest_path(path).name)) < 255
    assert look_at(path).health is Health.GOOD


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has such limits")
def test_that_a_full_disk_is_said_and_leaves_no_backup(some, folder):
    import resource

    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(Trouble) as told:
            back_up(some.path, folder, "timed", AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert told.value.hint
    assert list(folder.iterdir()) == []
    assert look_at(back_up(some.path, folder, "timed", AT)).health is Health.GOOD


KILLED = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from smartct_desktop.storage.backups import back_up
print("ready", flush=True)
while True:
    back_up(Path(sys.argv[1]), Path(sys.argv[2]), "timed", datetime.now(UTC))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="killing works otherwise there")
def test_that_a_killed_backup_never_bears_the_name_of_one(some, folder):
    some.close()
    random = Random(3)
    killed = 0
    for _ in range(int(os.environ.get("SMARTCT_LONG", "0")) * 25 or 3):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(some.path), str(folder)], stdout=subprocess.PIPE
        )
        assert child.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0.02, 0.2))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        killed += 1
        for one in list_backups(folder):
            assert check_backup(one, AT).health is Health.GOOD
        remove_backups([one.path for one in list_backups(folder)])
    sys.stdout.write(f"killed {killed} times: every backup that had a name was whole\n")
