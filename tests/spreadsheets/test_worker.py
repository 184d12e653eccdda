"""Files are read in a process of their own: nothing they do reaches the program."""

import hashlib
import io
import os
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from smartct_desktop.domain.book import Book, BookFormat, Sheet
from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.blocks import Block
from smartct_desktop.spreadsheets.copying import remove_stale_copies
from smartct_desktop.spreadsheets.frames import Refusal, receive, send, unpacked
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.reading_process import FLAG
from smartct_desktop.spreadsheets.request import FileChoice, Request
from smartct_desktop.spreadsheets.worker import read_book
from tests.spreadsheets.workbooks import new_book, sheet, workbook

ROOT = Path(__file__).resolve().parents[2]
CHILDREN = Path("/proc/self/task")


@pytest.fixture(autouse=True)
def nothing_stays_behind(tmp_path_factory, monkeypatch):
    """Each reading here uses a folder for temporary files that is empty afterwards."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    threads = threading.active_count()
    yield folder
    assert list(folder.iterdir()) == []
    assert threading.active_count() == threads
    assert own_children() == []


def own_children():
    """The processes that this one has started and not seen to their end (Linux tells)."""
    found = []
    for task in CHILDREN.glob("*/children"):
        found += task.read_text().split()
    return found


@pytest.fixture(scope="module")
def members(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "Members Ä.xlsx"
    with new_book(path) as made:
        page = made.add_worksheet("Members")
        for row in range(3000):
            page.write_row(row, 0, [row, f"Person {row}", row / 8, row % 2 == 0])
    return path


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """A workbook that takes some seconds to read."""
    path = tmp_path_factory.mktemp("made") / "Long.xlsx"
    chance = random.Random(3)
    rows = ("".join(f"<c><v>{chance.random()}</v></c>" for _ in range(10)) for _ in range(60_000))
    data = "".join(f"<row>{cells}</row>" for cells in rows)
    return workbook(path, {"A": sheet(data)})


def test_that_a_workbook_arrives_whole(members):
    progress = Progress()
    book = read_book(members, progress)

    assert (book.file_name, book.format) == ("Members Ä.xlsx", BookFormat.XLSX)
    assert book.sha256 == hashlib.sha256(members.read_bytes()).hexdigest()
    (only,) = book.sheets
    assert [row.number for row in only.rows] == list(range(1, 3001))
    assert only.rows[2999].values == (2999, "Person 2999", 2999 / 8, False)
    assert progress.stage.words == "Reading Members Ä.xlsx"
    assert progress.stage.done == progress.stage.total > 0


def test_that_a_text_arrives_whole(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Код;Сума\r\nЕВ-01;415,00\r\n".encode("cp1251"))
    book = read_book(path, Progress(), choice=FileChoice("cp1251"))

    assert book.format is BookFormat.TEXT
    assert book.text is not None
    assert book.text.encoding == "cp1251"
    assert book.sheets[0].rows[1].values == ("ЕВ-01", "415,00")


def test_that_first_rows_arrive_without_the_rest(members):
    (only,) = read_book(members, Progress(), rows=200).sheets

    assert (len(only.rows), only.whole) == (200, False)


def test_that_a_book_survives_the_way_to_another_process(members):
    book = read_book(members, Progress(), rows=5)

    assert pickle.loads(pickle.dumps(book)) == book


def test_that_several_threads_may_read_at_once(members):
    books = []
    threads = [
        threading.Thread(target=lambda: books.append(read_book(members, Progress(), rows=10)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(books) == 3
    assert books[0] == books[1] == books[2]


def test_that_a_refusal_arrives_as_its_sentence(tmp_path):
    path = workbook(tmp_path / "m.xlsx", {"A": sheet('<row r="0"/>')})

    with pytest.raises(Trouble) as trouble:
        read_book(path, Progress())

    assert isinstance(trouble.value.sentence, Sentence)
    assert trouble.value.sentence.values["sheet"] == "A"
    assert "save it as .xlsx" in trouble.value.hint


class Midway(Progress):
    """Does something once, as soon as a part of the file is read."""

    def __init__(self, act):
        super().__init__()
        self._act = act

    def report(self, words, done=0, total=0):
        if words.startswith("Reading") and done and self._act is not None:
            act, self._act = self._act, None
            act(self)
        super().report(words, done, total)


def test_that_cancelling_ends_the_reading_at_once(endless):
    progress = Midway(Progress.cancel)

    with pytest.raises(Cancelled):
        read_book(endless, progress)

    assert 0 < progress.stage.done < progress.stage.total


def test_that_a_reading_cancelled_before_it_begins_reads_nothing(members):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        read_book(members, progress)


def test_that_a_reading_that_takes_too_long_is_stopped(endless):
    with pytest.raises(Trouble, match="stopped after 1 seconds"):
        read_book(endless, Progress(), Limits(seconds=0.6))


@pytest.mark.skipif(sys.platform != "linux", reason="the bound is tested where it is set")
def test_that_a_file_that_needs_too_much_memory_is_refused(tmp_path):
    chance = random.Random(5)
    texts = "".join(f"<si><t>{chance.randbytes(500).hex()}</t></si>" for _ in range(25_000))
    data = '<row><c t="s"><v>24999</v></c></row>'
    path = workbook(tmp_path / "m.xlsx", {"A": sheet(data)}, texts=texts)

    assert read_book(path, Progress(), Limits(memory=200 << 20)).sheets[0].rows
    with pytest.raises(Trouble, match="want of memory"):
        read_book(path, Progress(), Limits(memory=40 << 20))


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process in /proc")
def test_that_a_process_killed_from_outside_becomes_a_sentence(endless):
    killed = []

    def kill(_progress):
        for child in own_children():
            os.kill(int(child), signal.SIGKILL)
            killed.append(child)

    with pytest.raises(Trouble, match="broke off"):
        read_book(endless, Midway(kill))
    assert len(killed) == 1


def test_that_the_reading_process_loads_neither_window_nor_database():
    """Everything the process imports, told by the interpreter it runs in."""
    code = (
        "import sys; from smartct_desktop.spreadsheets import reading_process; "
        "from smartct_desktop.spreadsheets.reading import read; "
        "print(*sorted(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())

    assert "smartct_desktop.spreadsheets.xlsx" in loaded
    assert not loaded & {"PySide6", "sqlalchemy", "sqlite3", "xlsxwriter", "charset_normalizer"}
    assert not any(name.startswith("smartct_desktop.ui") for name in loaded)


def test_that_the_program_itself_becomes_the_reading_process_by_a_flag(members):
    """A packed program has no interpreter to start, so it starts itself."""
    asked = io.BytesIO()
    send(asked, Request(members, "Members.xlsx", "", BookFormat.XLSX, rows=2))
    packed = "import sys; sys.frozen = True; from smartct_desktop.__main__ import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", packed, FLAG],
        input=asked.getvalue(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    answers = io.BytesIO(run.stdout)
    *_, block, _sheet, _book = (unpacked(answer) for answer in iter(lambda: receive(answers), None))

    assert isinstance(block, Block)
    assert block.values == [(0, "Person 0", 0, True), (1, "Person 1", 0.125, False)]


def test_that_a_watched_process_ends_when_it_grows_too_large():
    code = (
        "import time; from smartct_desktop.spreadsheets.memory_limit import watch_memory; "
        "watch_memory(80 << 20); data = bytearray(150 << 20); time.sleep(60)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=30)

    assert run.returncode == 3


class Sly:
    """Unpacks as a call, if anybody unpacks it."""

    def __init__(self, call, *arguments):
        self.call = call, arguments

    def __reduce__(self):
        return self.call


def test_that_messages_hold_plain_data_only(tmp_path):
    honest = Refusal(Sentence("{name} is empty.", name="x"), Sentence(""))
    assert unpacked(pickle.dumps(honest)) == honest

    for sly in (Sly(os.mkdir, str(tmp_path / "made")), Sly(eval, "1")):
        with pytest.raises(pickle.UnpicklingError):
            unpacked(pickle.dumps(sly))
    assert list(tmp_path.iterdir()) == []


def refusal(path, limits=None):
    with pytest.raises(Trouble) as trouble:
        read_book(path, Progress(), limits)
    assert trouble.value.hint
    return str(trouble.value.sentence)


def test_that_what_is_no_file_is_refused_with_a_sentence(tmp_path):
    assert refusal(tmp_path / "gone.xlsx") == "There is no file gone.xlsx."
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    assert refusal(folder) == "folder.xlsx is a folder."
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    assert refusal(empty) == "empty.xlsx is empty."
    assert "could not be opened" in refusal(tmp_path / ("x" * 300))
    assert "could not be opened" in refusal(tmp_path / "a\0b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_that_a_pipe_is_refused_without_waiting(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    assert refusal(pipe) == "pipe.csv is not an ordinary file."


def test_that_a_large_file_is_refused_before_it_is_copied(tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(b"a;b\n" * 600_000)

    assert refusal(path, Limits(file_bytes=2 << 20)) == "large.csv is larger than 2 MB."


def test_that_the_mark_of_an_open_workbook_is_not_taken_for_it(tmp_path):
    path = tmp_path / "~$List.xlsx"
    path.write_bytes(b"\x05Ada".ljust(165, b" "))

    assert refusal(path) == "~$List.xlsx only tells that somebody has the workbook open."


def test_that_a_missing_folder_for_temporary_files_is_told(members, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        assert refusal(members) == "There is no room for a temporary copy of the file."


def test_that_a_doubtful_encoding_is_asked_of_a_second_detector_in_the_process(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Όνομα;Πόλη\nΆρτα;Χανιά\n".encode("iso8859-7"))
    book = read_book(path, Progress())

    assert book.text is not None
    assert {"cp1253", "iso8859-7"} <= {guess.name for guess in book.text.encodings}


def test_that_stale_copies_are_removed_and_new_ones_are_not(nothing_stays_behind):
    old = nothing_stays_behind / "smartct-reading-old"
    new = nothing_stays_behind / "smartct-reading-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "copy").write_bytes(b"x")
    moment = new.stat().st_mtime
    os.utime(old, (moment - 90_000, moment - 90_000))

    assert remove_stale_copies(moment) == 1
    assert not old.exists()
    assert remove_stale_copies(moment + 90_000) == 1


def test_that_sheets_without_rows_are_plain_data_too():
    book = Book("x", "", BookFormat.XLSX, (Sheet("A", ()),))

    assert pickle.loads(pickle.dumps(book)) == book
