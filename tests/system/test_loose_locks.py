"""Locks on drives that have none: a text that is kept fresh, and doubted when it is old."""

import os
import subprocess
import sys
import threading
import time

import pytest

from smartct_desktop.system.lock_texts import Holder
from smartct_desktop.system.locks import FileLock, LockTaken, holder_of
from smartct_desktop.system.loose_locks import (
    STALE_SECONDS,
    Claim,
    Heart,
    claim_of,
    give_up_claim,
    write_claim,
)

LOCKLESS = """
import errno, fcntl, sys
from pathlib import Path

def refuse(*_):
    raise OSError(errno.ENOLCK, "no locks available")

fcntl.fcntl = fcntl.flock = refuse  # as a network drive without a lock service answers
if "slow" in sys.argv:  # the drive answers only once somebody says so
    import tempfile
    quick = tempfile.mkstemp
    def slow(**about):
        print("writing", flush=True)
        sys.stdin.readline()
        return quick(**about)
    tempfile.mkstemp = slow
from smartct_desktop.system.locks import FileLock, LockTaken
try:
    lock = FileLock.take(Path(sys.argv[1]), anyway="anyway" in sys.argv)
except LockTaken as taken:
    print("taken", taken.sure, taken.holder.pid, flush=True)
else:
    print("held", lock.left_behind, flush=True)
    sys.stdin.readline()
    lock.release()
"""


class Lockless:
    """A process on a drive without locks that wants the lock of a file."""

    def __init__(self, file, *words):
        command = [sys.executable, "-c", LOCKLESS, str(file), *words]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def says(self):
        return self.process.stdout.readline().split()

    def end(self):
        self.process.communicate("\n")

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.smartct.lock"


def grow_old(path):
    past = path.stat().st_mtime - STALE_SECONDS - 60
    os.utime(path, (past, past))


def from_elsewhere(path, host="LAPTOP-2"):
    """The text of another machine."""
    ours = write_claim(path)
    path.write_text(path.read_text().replace(ours.host, host))


def test_that_one_process_gets_the_lock_and_the_others_are_told_who_has_it(tmp_path):
    file = tmp_path / "a.smartct"
    first = Lockless(file)
    assert first.says() == ["held", "False"]
    second = Lockless(file)
    assert second.says() == ["taken", "True", str(first.process.pid)]

    first.end()
    second.end()
    assert list(tmp_path.iterdir()) == []


def test_that_a_killed_holder_of_this_machine_holds_nobody_up(tmp_path):
    file = tmp_path / "a.smartct"
    first = Lockless(file)
    first.says()
    first.kill()

    second = Lockless(file)
    assert second.says() == ["held", "True"]
    second.end()


def test_that_an_old_text_of_another_machine_is_asked_about(tmp_path):
    file, path = tmp_path / "a.smartct", tmp_path / "a.smartct.lock"
    from_elsewhere(path)
    fresh = Lockless(file)
    assert fresh.says()[:2] == ["taken", "True"]
    fresh.end()

    grow_old(path)
    old = Lockless(file)
    assert old.says()[:2] == ["taken", "False"]
    old.end()
    decided = Lockless(file, "anyway")
    assert decided.says() == ["held", "True"]
    decided.end()
    assert not path.exists()


def test_that_the_text_is_kept_fresh(path):
    ours = write_claim(path)
    grow_old(path)
    assert claim_of(path) == (Claim.OLD, ours)

    heart = Heart(path, ours, lambda: None, every=0.01)
    while claim_of(path)[0] is Claim.OLD:
        time.sleep(0.01)
    heart.stop()

    assert claim_of(path) == (Claim.FRESH, ours)
    give_up_claim(path, ours)
    assert claim_of(path) == (Claim.NONE, Holder())


def test_that_losing_the_text_to_another_machine_is_noticed(path):
    ours, lost = write_claim(path), threading.Event()
    heart = Heart(path, ours, lost.set, every=0.01)

    from_elsewhere(path)

    assert lost.wait(60)
    heart.stop()
    give_up_claim(path, ours)
    assert path.exists()


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"host": "x"}'])
def test_that_a_text_without_sense_claims_nothing(path, text):
    path.write_text(text)

    assert claim_of(path)[0] is Claim.NONE


def test_that_kernel_locks_are_used_where_there_are_any(tmp_path):
    file = tmp_path / "a.smartct"
    lock = FileLock.take(file)
    grow_old(lock.path)

    assert holder_of(file).pid == os.getpid()
    with pytest.raises(LockTaken) as taken:
        FileLock.take(file, anyway=True)
    assert taken.value.sure
    lock.release()


def test_that_of_several_who_come_at_once_one_gets_it(tmp_path):
    file = tmp_path / "a.smartct"
    coming = [Lockless(file) for _ in range(3)]

    said = sorted(one.says()[0] for one in coming)

    assert said == ["held", "taken", "taken"]
    for one in coming:
        one.end()
    assert list(tmp_path.iterdir()) == []


def test_that_one_who_looked_before_and_writes_late_does_not_take_the_lock_of_another(tmp_path):
    file = tmp_path / "a.smartct"
    slow = Lockless(file, "slow")
    assert slow.says() == ["writing"]  # it has seen that nobody has the lock

    quick = Lockless(file)
    assert quick.says()[:2] == ["taken", "True"]
    slow.process.stdin.write("\n")
    slow.process.stdin.flush()
    assert slow.says()[0] == "held"

    slow.end()
    quick.end()
    assert list(tmp_path.iterdir()) == []


def test_that_a_turn_of_a_program_that_died_is_over_after_a_while(tmp_path):
    file = tmp_path / "a.smartct"
    slow = Lockless(file, "slow")
    slow.says()
    slow.kill()
    turn = tmp_path / "a.smartct.lock.taking"
    past = turn.stat().st_mtime - 60
    os.utime(turn, (past, past))

    again = Lockless(file)

    assert again.says()[0] == "held"
    again.end()
    assert list(tmp_path.iterdir()) == []
