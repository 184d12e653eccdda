"""Copies and backups are whole documents, checked before they have their names."""

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest

from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.copies import verify
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT


@pytest.fixture
def some(store, add):
    """A document with a history."""
    add(*(Organisation(name=f"Organisation {n}", remark="text " * 50) for n in range(500)))
    store.undo(AT)
    store.redo(AT)
    return store


def same(one, other):
    assert list(one.read.all(Organisation)) == list(other.read.all(Organisation))
    assert one.read.history(0, 99) == other.read.history(0, 99)
    assert other.integrity() == []


def test_that_a_copy_is_the_same_document(some, tmp_path):
    some.copy_to(tmp_path / "copy.smartct")

    copy = Store.open(tmp_path / "copy.smartct")
    same(some, copy)
    copy.undo(AT)
    assert (copy.read.total("organisation"), some.read.total("organisation")) == (0, 500)
    copy.close()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"copy.smartct", *(some.path.name + end for end in ("", ".lock", "-journal"))}


def test_that_a_copy_replaces_a_document_that_nobody_has_open(some, tmp_path):
    other = Store.create(tmp_path / "other.smartct", at=AT)
    with pytest.raises(InUse):
        some.copy_to(other.path)
    assert other.read.total("organisation") == 0
    other.close()
    (tmp_path / "other.smartct-journal").write_bytes(b"left behind")
    (tmp_path / "other.smartct-wal").write_bytes(b"left behind")

    some.copy_to(other.path)

    copy = Store.open(other.path)
    same(some, copy)
    copy.close()


def test_that_a_copy_never_takes_the_place_of_something_else(some, tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"PK\x03\x04 years of work")
    (tmp_path / "folder").mkdir()

    with pytest.raises(Trouble, match="no document"):
        some.copy_to(tmp_path / "thesis.docx")
    with pytest.raises(Trouble, match="no document"):
        some.copy_to(tmp_path / "folder")
    with pytest.raises(Trouble, match="cannot take the place of the document itself"):
        some.copy_to(some.path)
    with pytest.raises(Trouble, match=r"folder .* is not there"):
        some.copy_to(tmp_path / "nowhere" / "copy.smartct")
    assert (tmp_path / "thesis.docx").read_bytes() == b"PK\x03\x04 years of work"
    assert some.integrity() == []


def test_that_a_copy_that_lost_something_is_not_taken_for_one(some):
    some.close()
    verify(some.path)
    with closing(sqlite3.connect(some.path, isolation_level=None)) as other:
        other.execute("UPDATE tally SET records = 501 WHERE kind = 'organisation'")

    with pytest.raises(Trouble, match="The copy differs"):
        verify(some.path)


def test_that_a_copy_made_while_others_write_is_of_one_moment(some, add, tmp_path):
    with ThreadPoolExecutor(1) as executor:
        copying = executor.submit(some.copy_to, tmp_path / "copy.smartct")
        n = 0
        while not copying.done():
            add(Organisation(name=f"new {n}"))
            n += 1
        copying.result()

    copy = Store.open(tmp_path / "copy.smartct")
    assert copy.integrity() == []
    assert 500 <= copy.read.total("organisation") <= 500 + n
    copy.close()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these rights")
def test_that_backups_say_when_and_why_they_were_made(some, tmp_path):
    folder = tmp_path / "backups" / "ours"

    first = some.back_up(folder, "import", AT)
    second = some.back_up(folder, "import", AT)
    third = some.back_up(folder, "before-version-2", AT + timedelta(hours=1))

    assert [path.name for path in (first, second, third)] == [
        "partnership-20211116-093000-import.smartct-backup",
        "partnership-20211116-093000-import-2.smartct-backup",
        "partnership-20211116-103000-before-version-2.smartct-backup",
    ]
    assert {one for one in folder.iterdir() if one.suffix != ".json"} == {first, second, third}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    backup = Store.open(first, read_only=True)
    same(some, backup)
    backup.close()
    with pytest.raises(ValueError, match="no reason"):
        some.back_up(folder, "a/b", AT)
