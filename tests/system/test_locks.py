"""Locks are held by the kernel, and tell people who has them."""

import getpass
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from smartct_desktop.system.locks import FileLock, LockTaken, holder_of, may_be_held
from smartct_desktop.system.version import version

HOLD = """
import sys
from pathlib import Path
from smartct_desktop.system.locks import FileLock
lock = FileLock.take(Path(sys.argv[1]))
print("taken", flush=True)
sys.stdin.readline()
lock.release()
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.smartct"


@pytest.fixture
def held(file):
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"taken\n"
        yield process
        process.kill()


def test_that_a_lock_is_taken_once_also_in_one_process(file):
    lock = FileLock.take(file)
    with pytest.raises(LockTaken):
        FileLock.take(file)
    lock.release()
    FileLock.take(file).release()


def test_that_the_holder_is_told(file):
    lock = FileLock.take(file)

    with pytest.raises(LockTaken) as taken:
        FileLock.take(file)

    holder = taken.value.holder
    assert holder == holder_of(file)
    assert (holder.user, holder.host) == (getpass.getuser(), platform.node())
    assert (holder.pid, holder.version) == (os.getpid(), version())
    assert abs(datetime.now(UTC) - holder.since) < timedelta(minutes=5)
    lock.release()


def test_that_a_released_lock_leaves_nothing_behind(file):
    lock = FileLock.take(file)
    assert not lock.left_behind
    lock.release()
    lock.release()

    assert list(file.parent.iterdir()) == []
    assert holder_of(file) is None


def test_that_another_process_holds_the_lock_until_it_ends(file, held):
    with pytest.raises(LockTaken) as taken:
        FileLock.take(file)
    assert taken.value.holder.pid == held.pid

    held.kill()
    held.wait()

    assert holder_of(file) is None
    lock = FileLock.take(file)
    assert lock.left_behind
    lock.release()


def test_that_another_process_gives_the_lock_back(file, held):
    held.stdin.write(b"\n")
    held.stdin.flush()
    held.wait()

    lock = FileLock.take(file)
    assert not lock.left_behind
    lock.release()


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"user": 1}', "\x00" * 9000, "[1, 2]"])
def test_that_whatever_stands_in_a_lock_file_only_informs(file, text):
    file.with_name("a.smartct.lock").write_text(text)

    lock = FileLock.take(file)
    assert lock.left_behind == bool(text)
    with lock.path.open("w") as other:
        other.write(text)
    assert holder_of(file) is not None
    with pytest.raises(LockTaken) as taken:
        FileLock.take(file)
    assert taken.value.holder.since is None
    lock.release()


def test_that_releasing_leaves_the_lock_file_of_somebody_else_alone(file):
    lock = FileLock.take(file)
    lock.path.unlink()
    second = FileLock.take(file)

    lock.release()

    with pytest.raises(LockTaken):
        FileLock.take(file)
    second.release()


def test_that_only_its_owner_reads_the_lock_file(file):
    if os.name != "posix":
        pytest.skip("only POSIX has these rights")
    lock = FileLock.take(file)
    assert lock.path.stat().st_mode & 0o777 == 0o600
    lock.release()


def test_that_a_lock_in_a_missing_folder_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        FileLock.take(tmp_path / "nowhere" / "a.smartct")
    assert holder_of(tmp_path / "nowhere" / "a.smartct") is None


def write_as_of(file, host, **told):
    """The lock file that a sync client brought from another machine, or its crash left there."""
    holder = {"user": "ada", "pid": 4711, "version": "1.0", "since": "2022-06-15T08:00:00+00:00"}
    path = file.with_name(file.name + ".lock")
    path.write_text(json.dumps({"host": host, **holder, **told}))
    return path


def test_that_another_machine_named_in_the_lock_file_is_a_question_and_no_obstacle(file):
    path = write_as_of(file, "LAPTOP-2")
    before = path.read_bytes()

    with pytest.raises(LockTaken) as taken:
        FileLock.take(file)
    assert not taken.value.sure
    assert (taken.value.holder.user, taken.value.holder.host) == ("ada", "LAPTOP-2")
    assert path.read_bytes() == before
    assert holder_of(file) is None
    assert may_be_held(file).host == "LAPTOP-2"

    FileLock.take(file, anyway=True).release()

    assert not path.exists()
    FileLock.take(file).release()


def test_that_a_crash_on_this_machine_is_no_question(file):
    write_as_of(file, platform.node())

    lock = FileLock.take(file)

    assert lock.left_behind
    assert may_be_held(file) is None
    lock.release()


FIGHT = """
import sys
from pathlib import Path
from smartct_desktop.system.locks import FileLock, LockTaken
file, counter = Path(sys.argv[1]), Path(sys.argv[2])
done = 0
while done < 50:
    try:
        lock = FileLock.take(file)
    except LockTaken:
        continue
    counter.write_text(str(int(counter.read_text()) + 1))
    lock.release()
    done += 1
"""


def test_that_of_several_who_fight_for_a_lock_only_one_has_it_at_any_time(file, tmp_path):
    counter = tmp_path / "counter"
    counter.write_text("0")
    command = [sys.executable, "-c", FIGHT, str(file), str(counter)]
    fighting = [subprocess.Popen(command) for _ in range(3)]

    assert [process.wait() for process in fighting] == [0, 0, 0]
    assert counter.read_text() == "150"
