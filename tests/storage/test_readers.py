"""Readers on other threads: one moment, and never in the way of the writer."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.gate import Gate
from smartct_desktop.storage.guests import Guest
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

FOR_HOURS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000)"
    " SELECT count(*) FROM n, organisation"
)


@pytest.fixture
def executor():
    with ThreadPoolExecutor(2) as executor:
        yield executor


def test_that_a_reader_sees_one_moment_until_the_document_changes(store, add, executor):
    add(Organisation(name="First"))
    begun, changed = Event(), Event()

    def read():
        with store.reader() as reader:
            total = reader.total("organisation")
            begun.set()
            changed.wait()
            with pytest.raises(Outdated):
                reader.total("organisation")
            return total

    reading = executor.submit(read)
    begun.wait()
    add(Organisation(name="Second"))
    changed.set()
    assert reading.result() == 1

    def read_again():
        with store.reader() as reader:
            return reader.total("organisation")

    assert executor.submit(read_again).result() == 2


def test_that_a_read_of_hours_does_not_keep_the_writer_waiting(path, executor):
    Store.create(path, at=AT).close()
    gate = Gate()
    writer = Connection(path, Access.WRITE)
    begun = Event()

    def read():
        guest = Guest(path, gate)
        try:
            guest.moment()
            begun.set()
            guest.tell(FOR_HOURS)
        finally:
            guest.close()

    reading = executor.submit(read)
    begun.wait()
    with gate.writing():
        tell(writer, "UPDATE meta SET value = '77' WHERE key = 'moment'")
    writer.close()

    assert isinstance(reading.exception(timeout=60), Outdated)


def test_that_a_read_interrupted_by_a_step_that_failed_goes_on(path, executor):
    Store.create(path, at=AT).close()
    gate = Gate()
    writer = Connection(path, Access.WRITE)
    begun = Event()
    tried = []

    def work(guest):
        tried.append(True)
        begun.set()
        statement = FOR_HOURS if len(tried) == 1 else "SELECT 'read'"
        return guest.connection.tell(statement)

    def read():
        guest = Guest(path, gate)
        try:
            return guest.do(lambda: work(guest))
        finally:
            guest.close()

    reading = executor.submit(read)
    begun.wait()
    with pytest.raises(sqlite3.OperationalError), gate.writing():
        tell(writer, "UPDATE meta SET value = '77' WHERE key = 'moment'", "no SQL")
    writer.close()

    assert reading.result(timeout=60) == [("read",)]
    assert len(tried) == 2


def tell(writer, *statements):
    """Run statements in one transaction."""
    with writer.transaction("BEGIN IMMEDIATE"):
        for statement in statements:
            writer.tell(statement)


def test_that_a_stopped_guest_reads_no_more(path, executor):
    Store.create(path, at=AT).close()
    begun = Event()
    guests = []

    def read():
        guest = Guest(path, Gate())
        guests.append(guest)
        try:
            guest.moment()
            begun.set()
            guest.tell(FOR_HOURS)
        finally:
            guest.close()

    reading = executor.submit(read)
    begun.wait()
    while not reading.done():
        guests[0].stop()
    assert isinstance(reading.exception(), Cancelled)


def test_that_many_readers_and_a_writer_come_to_their_end(store, add, executor):
    add(*(Organisation(name=f"{n}") for n in range(200)))
    ended = Event()

    def read():
        seen = []
        while not ended.is_set():
            try:
                with store.reader() as reader:
                    names = [o.name for o in reader.all(Organisation)]
                    assert len(names) == reader.total("organisation")
                    seen.append(len(names))
            except Outdated:
                continue
        return seen

    readings = [executor.submit(read) for _ in range(2)]
    for n in range(20):
        add(Organisation(name=f"new {n}"))
    ended.set()

    for reading in readings:
        seen = reading.result()
        assert seen == sorted(seen)
        assert set(seen) <= set(range(200, 221))


def test_that_the_full_check_and_copies_work_on_other_threads(store, add, executor, tmp_path):
    add(Organisation(name="A"))

    assert executor.submit(store.integrity).result() == []
    executor.submit(store.copy_to, tmp_path / "copy.smartct").result()
    assert (tmp_path / "copy.smartct").stat().st_size == store.path.stat().st_size


def test_that_a_reader_stops_between_two_pages_once_its_work_was_cancelled(store, add):
    for number in range(3):
        add(Organisation(name=f"Firm {number}"))
    progress = Progress()

    with store.reader(progress) as reader:
        assert reader.total("organisation") == 3
        progress.cancel()
        with pytest.raises(Cancelled):
            reader.total("organisation")

    with store.reader() as reader:
        assert reader.total("organisation") == 3
