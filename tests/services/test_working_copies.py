"""Working on a copy of our own: written back whole, never over somebody else's work."""

import os
import signal
import subprocess
import sys
from random import Random

import pytest

from smartct_desktop.domain.errors import InUse, MaybeInUse, Overtaken, Trouble
from smartct_desktop.domain.joining import Answers
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.comparing_copies import compare
from smartct_desktop.services.document import Document
from smartct_desktop.services.joining import merge_copy, plan
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.working_copies import (
    WorkingCopy,
    forget,
    has_unsent_work,
    unsent_work,
)
from smartct_desktop.storage.completeness import Incomplete
from smartct_desktop.storage.store import Store
from tests.ui.world import make_small_document

LONG = os.environ.get("SMARTCT_LONG") == "1"
ROUNDS = 200 if LONG else 4


@pytest.fixture
def kept(tmp_path):
    """A document in a folder of its own, as a sync program keeps it."""
    folder = tmp_path / "Nextcloud"
    folder.mkdir()
    document, _ = make_small_document(folder / "Partnership.smartct")
    document.close()
    return document.path


@pytest.fixture
def copy(kept):
    made = WorkingCopy.begin(kept)
    yield made
    made.end()
    forget(made.path.parent)


def add(path, name):
    """Write a step into a document, as a window does."""
    document = open_document(path)
    with document.edit(f"new {name}") as edit:
        edit.add(Organisation(name=name))
    document.close()


def theirs_instead(kept, name):
    """Put another computer's work in the place of the kept file, as a sync program does it."""
    other = kept.with_name("other.smartct")
    other.write_bytes(kept.read_bytes())
    add(other, name)
    other.replace(kept)


def names(path):
    document = Document(Store.open(path, read_only=True))
    try:
        return {one.name for one in document.read.all(Organisation)}
    finally:
        document.close()


def test_that_work_reaches_the_kept_file_only_when_it_is_written_back(kept, copy):
    before = kept.read_bytes()
    add(copy.path, "Nueva")
    assert copy.unsent
    assert kept.read_bytes() == before

    assert copy.write_back()

    assert "Nueva" in names(kept)
    assert not copy.unsent
    assert not copy.write_back()
    assert sorted(one.name for one in kept.parent.iterdir()) == [
        "Partnership.smartct",
        "Partnership.smartct.lock",
    ]


def test_that_it_is_written_back_while_it_is_open(kept, copy):
    document = open_document(copy.path)
    with document.edit("new") as edit:
        edit.add(Organisation(name="Open"))

    assert copy.write_back()

    document.close()
    assert "Open" in names(kept)


def test_that_what_somebody_else_wrote_is_never_replaced(kept, copy):
    add(copy.path, "Ours")
    theirs_instead(kept, "Theirs")
    theirs = kept.read_bytes()

    with pytest.raises(Overtaken, match="changed by somebody else") as changed:
        copy.write_back()

    assert not changed.value.gone
    assert kept.read_bytes() == theirs
    assert copy.unsent
    beside = copy.put_beside()
    assert "conflicted copy" in beside.name
    assert "Ours" in names(beside)
    assert kept.read_bytes() == theirs
    assert not copy.unsent


def test_that_once_the_other_work_is_merged_it_may_be_replaced(kept, copy, facts):
    add(copy.path, "Ours")
    theirs_instead(kept, "Theirs")
    with pytest.raises(Overtaken):
        copy.write_back()

    document = open_document(copy.path)
    merge_copy(document, plan(compare(document, kept), Answers(), facts))
    assert copy.write_back()
    assert {"Ours", "Theirs"} <= names(kept)

    theirs_instead(kept, "And more")
    document.undo()
    document.close()
    with pytest.raises(Overtaken):
        copy.write_back()
    assert "And more" in names(kept)


def test_that_an_older_state_of_our_own_work_may_be_replaced(kept, copy):
    old = kept.read_bytes()
    add(copy.path, "First")
    copy.write_back()
    add(copy.path, "Second")
    kept.write_bytes(old)  # a sync program that was late

    assert copy.write_back()
    assert {"First", "Second"} <= names(kept)


def test_that_a_file_that_went_away_is_put_back_only_when_somebody_wants_it(kept, copy):
    add(copy.path, "Ours")
    kept.unlink()

    with pytest.raises(Overtaken) as changed:
        copy.write_back()
    assert changed.value.gone
    assert not kept.exists()

    copy.put_back()
    assert copy.write_back()
    assert "Ours" in names(kept)


def test_that_two_do_not_work_on_one_file(kept, copy):
    with pytest.raises(InUse, match="has had the document open"):
        WorkingCopy.begin(kept)
    with pytest.raises(InUse):
        open_document(kept)
    assert copy.path.is_file()


def test_that_another_machine_in_the_lock_file_is_asked_about(kept):
    text = '{"user": "ada", "host": "LAPTOP-2", "pid": 1, "version": "", "since": '
    lock = kept.with_name(kept.name + ".lock")
    lock.write_text(text + '"2022-06-15T08:00:00+00:00"}')

    with pytest.raises(MaybeInUse, match="may still be open on LAPTOP-2: ada"):
        WorkingCopy.begin(kept)

    WorkingCopy.begin(kept, anyway=True).end()
    assert not lock.exists()


def test_that_without_unsent_work_nothing_stays_behind(kept):
    copy = WorkingCopy.begin(kept)
    add(copy.path, "Nueva")
    copy.write_back()

    assert not copy.end()

    assert not copy.path.parent.exists()
    assert not has_unsent_work(kept)
    assert [one.name for one in kept.parent.iterdir()] == ["Partnership.smartct"]


CRASH = """
import sys
from pathlib import Path
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.working_copies import WorkingCopy
copy = WorkingCopy.begin(Path(sys.argv[1]))
document = open_document(copy.path)
with document.edit("new") as edit:
    edit.add(Organisation(name=sys.argv[2]))
print("saved", flush=True)
if len(sys.argv) > 3:
    copy.write_back()
sys.stdin.readline()
"""


def crash(kept, name, *words, after=None):
    """Work on the file in another process that is killed, at once or after some seconds."""
    command = [sys.executable, "-c", CRASH, str(kept), name, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"saved\n"
        if after is not None:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(after)
        os.kill(process.pid, signal.SIGKILL)


def test_that_work_that_was_not_written_back_is_taken_up_after_a_crash(kept):
    before = kept.read_bytes()
    crash(kept, "Lost?")

    assert kept.read_bytes() == before
    assert has_unsent_work(kept)
    assert [one.kept for one in unsent_work()] == [kept]
    copy = WorkingCopy.begin(kept)
    assert copy.taken_up
    assert copy.write_back()
    assert "Lost?" in names(kept)
    copy.end()
    assert list(unsent_work()) == []


def test_that_a_crash_while_writing_back_leaves_the_old_or_the_new_file(kept, capsys):
    random = Random(2022)
    for round_ in range(ROUNDS):
        before = names(kept)
        name = f"Round {round_}"
        crash(kept, name, "and write it back", after=random.uniform(0, 0.15))

        assert names(kept) in (before, before | {name})
        copy = WorkingCopy.begin(kept)
        copy.write_back()
        copy.end()
        assert names(kept) == before | {name}
    assert not has_unsent_work(kept)
    with capsys.disabled():
        sys.stdout.write(f"\n{ROUNDS} crashes while writing back, nothing lost\n")


def test_that_a_file_that_is_not_all_there_is_not_taken_for_the_whole(kept):
    size = kept.stat().st_size
    with kept.open("r+b") as file:
        file.truncate(size // 2)

    with pytest.raises(Incomplete, match=r"not complete: \d\.\d of \d\.\d MB are here"):
        WorkingCopy.begin(kept)
    with pytest.raises(Incomplete):
        open_document(kept)
    kept.write_bytes(bytes(size))
    with pytest.raises(Incomplete, match="nothing is in it yet"):
        open_document(kept)


def test_that_work_is_taken_up_though_nothing_can_be_read_about_it(kept):
    copy = WorkingCopy.begin(kept)
    folder = copy.path.parent
    add(copy.path, "Ours")
    assert copy.end()
    (folder / "about.json").write_text('{"kept": "/etc/passwd"}')

    again = WorkingCopy.begin(kept)

    assert again.taken_up
    assert again.write_back()
    assert "Ours" in names(kept)
    again.end()
    assert not folder.exists()


def test_that_a_working_copy_without_work_is_made_anew(kept):
    copy = WorkingCopy.begin(kept)
    copy.end()
    copy.path.parent.mkdir()
    copy.path.write_bytes(kept.read_bytes())  # killed before anything was written about it

    again = WorkingCopy.begin(kept)

    assert not again.taken_up
    again.end()


def test_that_a_missing_file_is_told(tmp_path):
    with pytest.raises(Trouble, match="There is no file"):
        WorkingCopy.begin(tmp_path / "Nothing.smartct")
