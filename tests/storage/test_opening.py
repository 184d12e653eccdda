"""Opening: what is wrong with a file is said in words, and the file stays as it is."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT


@pytest.fixture
def closed(store, add):
    """A closed document with some records."""
    add(*(Organisation(name=f"Organisation {n}", remark="remark " * 40) for n in range(300)))
    store.close()
    return store.path


def fingerprint(folder):
    """The content of every file in a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def refused(path, match):
    """Opening is refused with this sentence, and nothing in the folder is other than before."""
    before = fingerprint(path.parent)
    for read_only in (False, True):
        with pytest.raises(Trouble, match=match) as trouble:
            Store.open(path, read_only=read_only)
        assert fingerprint(path.parent) == before
    return trouble.value


def changed(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


def test_that_a_missing_file_is_not_made(path):
    refused(path, "There is no file")
    assert not path.exists()


def test_that_a_folder_and_an_empty_file_are_refused(tmp_path):
    (tmp_path / "folder.smartct").mkdir()
    refused(tmp_path / "folder.smartct", "is a folder")
    (tmp_path / "empty.smartct").touch()
    refused(tmp_path / "empty.smartct", "is empty")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_that_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.smartct")

    with pytest.raises(Trouble, match="is not a file"):
        Store.open(tmp_path / "pipe.smartct")


def test_that_other_kinds_of_files_are_called_what_they_are(tmp_path):
    with ZipFile(tmp_path / "visits.xlsx", "w") as workbook:
        workbook.writestr("xl/workbook.xml", "<workbook/>")
    (tmp_path / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    (tmp_path / "visits.csv").write_text("Nr;Besuch\n1;Łódź\n" * 20, encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\n" + bytes(600))
    (tmp_path / "noise.smartct").write_bytes(hashlib.shake_256(b"noise").digest(5000))
    (tmp_path / "start.smartct").write_bytes(b"SQLite format 3\0")

    refused(tmp_path / "visits.xlsx", "no document but a workbook or an archive")
    refused(tmp_path / "old.xls", "no document but an Excel workbook of the old kind")
    refused(tmp_path / "visits.csv", "no document but a text file")
    refused(tmp_path / "scan.pdf", "no document but a PDF file")
    refused(tmp_path / "noise.smartct", "no document, or it is damaged")
    refused(tmp_path / "start.smartct", "no document, or it is damaged")


def test_that_the_database_of_another_program_is_refused_untouched(tmp_path):
    path = tmp_path / "foreign.smartct"
    changed(path, "CREATE TABLE notes (text TEXT)", "PRAGMA application_id=1234")

    refused(path, "foreign.smartct belongs to another program")


def test_that_a_newer_file_is_refused_untouched_and_names_the_version(closed):
    changed(
        closed,
        "PRAGMA user_version=99",
        "UPDATE meta SET value='7.3.1' WHERE key='last_written_by'",
    )

    trouble = refused(closed, r"written by a newer version of this program \(7\.3\.1\)")
    assert "left as it was" in str(trouble.hint)


def test_that_a_newer_file_without_our_tables_is_refused_too(tmp_path):
    path = tmp_path / "future.smartct"
    changed(
        path, "CREATE TABLE x (y)", "PRAGMA application_id=1397572436", "PRAGMA user_version=99"
    )

    refused(path, r"newer version of this program \(format 99\)")


def test_that_a_file_with_triggers_of_somebody_else_is_refused(closed):
    changed(closed, "CREATE TRIGGER spy AFTER INSERT ON person BEGIN DELETE FROM person; END")

    refused(closed, "was changed by another program")


def test_that_a_file_without_a_table_is_refused(closed):
    changed(closed, "PRAGMA foreign_keys=OFF", "DROP TABLE waiver")

    refused(closed, "document is damaged")


def test_that_a_write_ahead_log_beside_the_document_is_never_mixed_in(closed):
    closed.with_name(closed.name + "-wal").write_bytes(b"anything")

    refused(closed, "lies partnership.smartct-wal, which is not part of it")


def test_that_a_document_that_was_given_a_write_ahead_log_loses_it_again(closed):
    changed(closed, "PRAGMA journal_mode=WAL")
    assert closed.read_bytes()[18:20] == b"\x02\x02"

    store = Store.open(closed)
    assert store.read.total("organisation") == 300
    store.close()
    assert closed.read_bytes()[18:20] == b"\x01\x01"
    assert [path.name for path in closed.parent.iterdir()] == [closed.name]


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
def test_that_a_destroyed_page_is_noticed(closed, where):
    size = closed.stat().st_size
    with closed.open("r+b") as file:
        file.seek(int(size * where) // 4096 * 4096)
        file.write(hashlib.shake_256(b"noise").digest(4096))
    before = fingerprint(closed.parent)

    with pytest.raises(Trouble, match="damaged"):
        Store.open(closed)
    assert fingerprint(closed.parent) == before


def test_that_what_can_be_read_of_a_damaged_document_is_read(closed):
    with closed.open("r+b") as file:
        file.seek(closed.stat().st_size // 4096 // 2 * 4096)
        file.write(bytes(4096))
    with pytest.raises(Trouble, match="damaged"):
        Store.open(closed)

    store = Store.open(closed, read_only=True)
    assert store.read.total("organisation") == 300
    assert "damaged" in store.integrity()[0]
    store.close()


def test_that_a_file_cut_off_is_noticed(closed):
    with closed.open("r+b") as file:
        file.truncate(closed.stat().st_size // 2)
    before = fingerprint(closed.parent)

    with pytest.raises(Trouble, match="damaged"):
        Store.open(closed)
    assert fingerprint(closed.parent) == before


def test_that_a_second_opening_is_told_who_and_since_when_and_can_read(store, add):
    add(Organisation(name="Mobitest"))

    with pytest.raises(InUse, match=r".+ has had the document open on .+ since \d\d\.\d\d\.\d{4}"):
        Store.open(store.path)
    second = Store.open(store.path, read_only=True)

    assert second.read_only
    assert "has had the document open" in second.read_only_reason
    assert second.read.total("organisation") == 1
    with pytest.raises(Trouble, match="reading only"):
        second.apply(Step("x", (Change(None, Organisation(name="B")),)), "ada", AT)
    add(Organisation(name="Seen at once"))
    assert second.read.total("organisation") == 2
    second.close()
    assert not store.read_only
    add(Organisation(name="Still writing"))


CHILD = """
import sys
from pathlib import Path
from smartct_desktop.domain.errors import InUse
from smartct_desktop.storage.store import Store
path = Path(sys.argv[1])
try:
    Store.open(path)
except InUse as refused:
    print(refused.sentence)
store = Store.open(path, read_only=True)
print(store.read.total("organisation"))
store.close()
"""


def test_that_another_process_cannot_write_but_read(store, add):
    add(Organisation(name="Mobitest"))

    run = subprocess.run(
        [sys.executable, "-c", CHILD, store.path], capture_output=True, text=True, check=True
    )

    sentence, total = run.stdout.splitlines()
    assert "has had the document open" in sentence
    assert total == "1"


def test_that_a_lock_left_behind_holds_nobody_up_but_asks_for_a_check(closed):
    closed.with_name(closed.name + ".lock").write_text("{}")

    store = Store.open(closed)
    assert not store.read_only
    assert store.unclean
    assert store.integrity() == []
    store.close()
    assert [path.name for path in closed.parent.iterdir()] == [closed.name]


def test_that_a_document_opened_for_reading_changes_nothing_in_its_folder(closed):
    before = fingerprint(closed.parent)

    store = Store.open(closed, read_only=True)
    assert store.read_only_reason == "It was opened for reading only."
    assert len(list(store.read.all(Organisation))) == 300
    store.close()
    assert fingerprint(closed.parent) == before


def test_that_a_document_cut_off_while_it_was_written_is_put_in_order_only_where_it_can_be(closed):
    closed.with_name(closed.name + "-journal").write_bytes(b"cut off" * 100)

    before = fingerprint(closed.parent)
    with pytest.raises(Trouble, match="was not closed properly"):
        Store.open(closed, read_only=True)
    assert fingerprint(closed.parent) == before
    store = Store.open(closed)
    assert store.unclean
    assert store.integrity() == []
    store.close()


def test_that_a_chain_of_links_without_end_is_refused(tmp_path):
    (tmp_path / "a.smartct").symlink_to(tmp_path / "b.smartct")
    (tmp_path / "b.smartct").symlink_to(tmp_path / "a.smartct")

    with pytest.raises(Trouble, match=r"cannot be reached|no file"):
        Store.open(tmp_path / "a.smartct")


def test_that_an_sqlite_that_is_too_old_is_told(closed, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))

    with pytest.raises(Trouble, match="is too old"):
        Store.open(closed)


def test_that_a_link_leads_to_the_document_itself(closed, tmp_path_factory):
    link = tmp_path_factory.mktemp("elsewhere") / "link.smartct"
    link.symlink_to(closed)

    store = Store.open(link)
    assert store.path == closed
    with pytest.raises(InUse):
        Store.open(closed)
    store.close()


@pytest.mark.parametrize(
    "name",
    [
        "a b.smartct",
        "50%25?mode=memory#x.smartct",
        "Łódź 😀.smartct",
        "'quoted\".smartct",
        "-x.smartct",
    ],
)
def test_that_odd_names_are_only_names(tmp_path, name):
    store = Store.create(tmp_path / name, at=AT)
    store.apply(Step("x", (Change(None, Organisation(name="A")),)), "ada", AT)
    store.close()

    assert [path.name for path in tmp_path.iterdir()] == [name]
    again = Store.open(tmp_path / name)
    assert again.read.total("organisation") == 1
    again.close()


def test_that_an_existing_file_is_not_overwritten(closed):
    before = fingerprint(closed.parent)

    with pytest.raises(Trouble, match="There is already a file partnership"):
        Store.create(closed, at=AT)
    assert fingerprint(closed.parent) == before

    store = Store.create(closed, at=AT, replace=True)
    assert store.read.total("organisation") == 0
    store.close()


def test_that_a_document_in_use_is_not_replaced(store, tmp_path):
    with pytest.raises(InUse):
        Store.create(store.path, at=AT, replace=True)
    (tmp_path / "notes.txt").write_text("important")
    with pytest.raises(Trouble, match="is no document"):
        Store.create(tmp_path / "notes.txt", at=AT, replace=True)
    assert (tmp_path / "notes.txt").read_text() == "important"


def test_that_a_document_in_a_missing_folder_is_not_made(tmp_path):
    with pytest.raises(Trouble, match=r"folder .* is not there"):
        Store.create(tmp_path / "nowhere" / "a.smartct", at=AT)
    with pytest.raises(Trouble, match="too long"):
        Store.create(tmp_path / ("x" * 240 + ".smartct"), at=AT)


AS_SOMEBODY_ELSE = """
import os, sys
from pathlib import Path
import sqlalchemy
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.storage.store import Store
sqlalchemy.create_engine("sqlite://").connect().close()  # what is imported late must be readable
os.setgid(65534)
os.setuid(65534)
try:
    store = Store.open(Path(sys.argv[1]))
    print(store.read_only, store.read_only_reason, store.read.total("organisation"))
    store.close()
except Trouble as trouble:
    print(trouble.sentence)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="becomes another user")
@pytest.mark.parametrize(
    ("folder", "file", "told"),
    [
        (0o755, 0o644, "True Nothing can be written in its folder. 300"),
        (0o777, 0o644, "True The file may only be read. 300"),
        (0o777, 0o600, "You may not read partnership.smartct."),
    ],
)
def test_that_without_the_right_to_write_it_can_be_read(closed, folder, file, told):
    for parent in closed.parents:
        if parent == Path(tempfile.gettempdir()):
            break
        parent.chmod(0o755)
    closed.parent.chmod(folder)
    closed.chmod(file)

    run = subprocess.run(
        [sys.executable, "-c", AS_SOMEBODY_ELSE, closed],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout.strip(), run.stderr) == (told, "")
    assert [path.name for path in closed.parent.iterdir()] == [closed.name]
