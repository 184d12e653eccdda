"""Locks are held by the kernel, and tell people who has them."""

import getpass
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from smartct_desktop.system.locks import FileLock, LockTaken, holder_of
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
