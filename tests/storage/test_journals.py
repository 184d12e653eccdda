"""A journal beside a document: the document can be opened whatever became of its first page."""

import os
import sqlite3
from contextlib import closing

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.header import is_plain, read_header
from smartct_desktop.storage.journals import first_bytes
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

LONG = "remark " * 400


@pytest.fixture
def cut_off(store, add):
    """A document as a cut-off step leaves it, with its journal; and how its file began."""
    add(*(Organisation(name=f"Firm {n}", remark=LONG) for n in range(60)))
    store.close()
    path = store.path
    began = path.read_bytes()[:4096]
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=TRUNCATE")
        raw.execute("PRAGMA cache_size=2")
        raw.execute("BEGIN")
        raw.execute("UPDATE organisation SET remark = hex(zeroblob(2000)), name = name || 'x'")
        raw.execute("CREATE TABLE more (n)")  # changes the first page, too
        raw.execute("INSERT INTO more SELECT hex(zeroblob(9000)) FROM organisation")
        kept = {
            name: path.with_name(name).read_bytes() for name in (path.name, f"{path.name}-journal")
        }
        raw.execute("ROLLBACK")
    for name, content in kept.items():
        path.with_name(name).write_bytes(content)
    return path, began


def test_that_a_document_whose_first_page_is_noise_is_put_in_order_by_its_journal(cut_off):
    path, began = cut_off
    with path.open("r+b") as file:
        file.write(os.urandom(4096))

    assert first_bytes(path, 4096) == began
    assert is_plain(path)
    assert read_header(path).version > 0
    store = Store.open(path)
    assert store.read.total("organisation") == 60
    assert store.integrity() == []
    store.close()
    assert path.read_bytes()[:16] == began[:16]


@pytest.mark.parametrize("harm", ["cut", "sum", "count"])
def test_that_what_sqlite_would_not_play_back_is_not_believed(cut_off, harm):
    path, _ = cut_off
    journal = path.with_name(path.name + "-journal")
    content = bytearray(journal.read_bytes())
    match harm:
        case "cut":
            del content[600:]
        case "sum":
            content[12:16] = b"none"  # the nonce of all checksums
        case _:
            content[8:12] = bytes(4)  # no page was put on the disk yet
    journal.write_bytes(content)
    noise = os.urandom(4096)
    with path.open("r+b") as file:
        file.write(noise)

    assert first_bytes(path, 4096) == noise


def test_that_a_new_document_does_not_get_the_journal_of_a_replaced_one(cut_off):
    path, _ = cut_off

    store = Store.create(path, at=AT, replace=True)

    assert store.read.total("organisation") == 0
    assert store.integrity() == []
    store.close()


def test_that_a_journal_of_a_document_that_was_moved_away_is_not_lost(cut_off):
    path, _ = cut_off
    moved = path.rename(path.with_name("moved.smartct"))

    with pytest.raises(Trouble, match="belongs to a document that was moved away"):
        Store.create(path, at=AT)

    path.with_name(path.name + "-journal").rename(moved.with_name(moved.name + "-journal"))
    store = Store.open(moved)
    assert store.read.total("organisation") == 60
    assert store.integrity() == []
    store.close()
