"""Contents of attached files: kept whole and once, brought back by undo, never half there."""

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.header import read_header
from smartct_desktop.storage.packing import PIECE, pack
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.upgrade import MIGRATIONS, NEWEST, migrate, version_of
from tests.storage.conftest import AT

MOST = 50 << 20


def noise(size, seed=1):
    """Bytes that no compression makes smaller."""
    return random.Random(seed).randbytes(size)


@pytest.fixture
def file(tmp_path):
    """Makes a file with this content."""

    def file(content, name="Паспорт & „scan“ 1.pdf"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return file


@pytest.fixture
def attach(store):
    """Attaches a file to nothing in particular, as one step; gives the attachment."""

    def attach(path):
        with pack(path, MOST, Progress()) as packed:
            paper = Attachment(file_name=path.name, sha256=packed.sha256, size=packed.size)
            store.apply(Step("attached", (Change(None, paper),)), "ada", AT, contents=[packed])
        return paper

    return attach


def content_of(store, paper):
    return b"".join(store.content(paper.sha256, paper.file_name))


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"ab" * PIECE,
        noise(PIECE),
        noise(PIECE + 1),
        noise(PIECE // 2) + b"\0" * (3 * PIECE),
    ],
    ids=["one byte", "two pieces", "a whole piece", "a byte more", "mixed"],
)
def test_that_a_content_comes_out_as_it_went_in(store, attach, file, content):
    paper = attach(file(content))

    assert content_of(store, paper) == content
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert paper.size == len(content)
    assert store.integrity() == []


def test_that_it_takes_no_more_room_than_the_file_and_less_where_that_helps(store, attach, file):
    attach(file(noise(3 * PIECE)))
    assert store.contents_room().taken == 3 * PIECE
    attach(file(b"text " * PIECE))

    room = store.contents_room()
    assert (room.contents, room.size) == (2, 8 * PIECE)
    assert room.taken < 3 * PIECE + 100_000


def test_that_the_same_content_is_kept_once(store, attach, file):
    first = attach(file(noise(PIECE), "a.pdf"))
    before = store.contents_room()
    second = attach(file(noise(PIECE), "b.pdf"))

    assert store.contents_room() == before
    assert first.sha256 == second.sha256
    assert content_of(store, second) == noise(PIECE)


def test_that_undo_and_redo_of_attaching_bring_the_content_back(store, attach, file):
    paper = attach(file(b"content"))
    store.undo(AT)
    assert store.read.total("attachment") == 0
    assert store.unused_contents() == []

    store.redo(AT)

    assert store.read.get(Attachment, paper.id) == paper
    assert content_of(store, paper) == b"content"


def test_that_undo_of_removing_brings_the_content_back(store, attach, file, put):
    paper = attach(file(b"content"))
    put((paper, None))
    assert store.remove_unused_contents() == 0

    store.undo(AT)

    assert content_of(store, paper) == b"content"


def test_that_only_what_nothing_can_name_again_is_removed(store, attach, file, add):
    kept = attach(file(b"kept"))
    lost = attach(file(b"lost for ever"))
    store.undo(AT)
    add(Organisation(name="A new step sets the undone one aside"))

    assert store.unused_contents() == [lost.sha256]
    assert store.remove_unused_contents() == len(b"lost for ever")

    assert content_of(store, kept) == b"kept"
    with pytest.raises(Trouble, match="is not in the document"):
        content_of(store, lost)
    assert store.contents_room().contents == 1
    assert store.integrity() == []


def test_that_a_step_that_fails_leaves_no_content(store, file):
    gone = Organisation(name="Never stored")
    with pack(file(b"content"), MOST, Progress()) as packed:
        paper = Attachment(file_name="a.pdf", sha256=packed.sha256, size=packed.size)
        step = Step("attached", (Change(None, paper), Change(gone, None)))
        with pytest.raises(Trouble, match="was changed or removed meanwhile"):
            store.apply(step, "ada", AT, contents=[packed])

        assert store.contents_room().contents == 0
        store.apply(Step("attached", (Change(None, paper),)), "ada", AT, contents=[packed])

    assert content_of(store, paper) == b"content"


def test_that_a_large_file_is_never_whole_in_memory(store, file):
    path = file(noise(1 << 20) * 40)
    tracemalloc.start()
    try:
        with pack(path, MOST, Progress()) as packed:
            paper = Attachment(file_name="a.pdf", sha256=packed.sha256)
            store.apply(Step("attached", (Change(None, paper),)), "ada", AT, contents=[packed])
        for _ in store.content(paper.sha256, "a.pdf"):
            pass
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert highest < 15 << 20


def test_that_copies_and_backups_carry_the_contents(store, attach, file, tmp_path):
    paper = attach(file(noise(PIECE)))
    store.copy_to(tmp_path / "copy.smartct")
    backup = store.back_up(tmp_path / "backups", "asked", AT)

    for path in (tmp_path / "copy.smartct", backup):
        other = Store.open(path, read_only=True)
        assert content_of(other, paper) == noise(PIECE)
        other.close()


def test_that_a_content_can_be_read_while_the_document_is_edited(store, attach, file, add):
    paper = attach(file(noise(3 * PIECE)))
    reading = store.content(paper.sha256, paper.file_name)
    first = next(reading)
    add(Organisation(name="Between two pieces"))

    assert first + b"".join(reading) == noise(3 * PIECE)


DAMAGE = {
    "UPDATE content_piece SET bytes = zeroblob(7)": "is damaged",
    "UPDATE content_piece SET packed = 1 - packed": "is damaged",
    "DELETE FROM content_piece": "is damaged",
    "UPDATE content SET size = size + 1": "is damaged",
    "UPDATE content SET size = 3": "is damaged",
    "DELETE FROM content_piece; DELETE FROM content": "is missing",
}


@pytest.mark.parametrize("statement", DAMAGE)
def test_that_damage_is_found_and_told(store, attach, file, statement):
    paper = attach(file(b"content of a paper", "paper.pdf"))
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.executescript(statement)
    store = Store.open(store.path)

    (complaint,) = store.integrity()
    assert complaint == f"The content of the attached file paper.pdf {DAMAGE[statement]}."
    with pytest.raises(Trouble, match=r"is damaged|is not in the document"):
        content_of(store, paper)
    store.close()


def test_that_a_document_of_the_first_version_gets_room_for_contents(tmp_path, file):
    path = tmp_path / "old.smartct"
    path.touch()
    connection = Connection(path, Access.WRITE)
    migrate(connection, MIGRATIONS[:1])
    connection.close()
    assert read_header(path).version == 1

    store = Store.open(path)
    with pack(file(b"new"), MOST, Progress()) as packed:
        paper = Attachment(file_name="a.pdf", sha256=packed.sha256)
        store.apply(Step("attached", (Change(None, paper),)), "ada", AT, contents=[packed])
    assert content_of(store, paper) == b"new"
    assert store.integrity() == []
    store.close()
    connection = Connection(path, Access.READ)
    assert version_of(connection) == NEWEST
    connection.close()


# Files that cannot be taken.


def test_that_an_empty_file_is_refused(file):
    with pytest.raises(Trouble, match="is empty: it holds nothing"):
        pack(file(b""), MOST, Progress())


def test_that_a_folder_is_refused(tmp_path):
    (tmp_path / "Scans").mkdir()
    with pytest.raises(Trouble, match="Scans is a folder"):
        pack(tmp_path / "Scans", MOST, Progress())


def test_that_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Trouble, match=r"There is no file gone\.pdf"):
        pack(tmp_path / "gone.pdf", MOST, Progress())


def test_that_a_file_that_is_too_large_is_refused_before_it_is_read(file):
    with pytest.raises(Trouble, match="larger than 1 MB"):
        pack(file(noise((1 << 20) + 1)), 1 << 20, Progress())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_that_what_is_no_ordinary_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Trouble, match="is not an ordinary file"):
        pack(tmp_path / "pipe", MOST, Progress())


class Meddling(Progress):
    """Changes the file when its reading is reported."""

    def __init__(self, meddle):
        super().__init__()
        self._meddle = meddle

    def report(self, words, done=0, total=0):
        super().report(words, done, total)
        self._meddle()


@pytest.mark.parametrize("size", [PIECE, 3 * PIECE, 5 * PIECE])
def test_that_a_file_changed_while_it_is_read_is_refused(file, size):
    path = file(noise(3 * PIECE))
    progress = Meddling(lambda: path.write_bytes(noise(size, seed=2)))

    with pytest.raises(Trouble, match="was changed while it was read"):
        pack(path, MOST, progress)


def test_that_reading_can_be_stopped(file):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        pack(file(b"content"), MOST, progress)


FULL_DISK = """
import resource, sys
from pathlib import Path
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.storage.packing import pack
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

store = Store.open(Path(sys.argv[1]))
with pack(Path(sys.argv[2]), 1 << 30, Progress()) as packed:
    paper = Attachment(file_name="a.pdf", sha256=packed.sha256)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (store.path.stat().st_size + 1_000_000, most))
    try:
        store.apply(Step("x", (Change(None, paper),)), "ada", AT, contents=[packed])
    except Trouble as trouble:
        print(trouble.sentence)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    print(store.read.total("attachment"), store.contents_room().contents, store.integrity())
    store.apply(Step("x", (Change(None, paper),)), "ada", AT, contents=[packed])
print(store.read.total("attachment"), store.contents_room().contents, store.integrity())
store.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="needs limits of POSIX")
def test_that_a_full_disk_leaves_the_document_without_the_file(store, file):
    store.close()
    path = file(noise(3 << 20))
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(store.path), str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stderr == ""
    told, failed, done = ended.stdout.splitlines()
    assert "nothing was changed" in told
    assert (failed, done) == ("0 0 []", "1 1 []")
