"""The full check finds what the file's own checks cannot see."""

import sqlite3
from contextlib import closing

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT


@pytest.fixture
def closed(store, add, put):
    """A closed document with a history that has something of everything."""
    visitor, host = Organisation(name="Visitor", city="Sofia"), Organisation(name="Host")
    exchange = Exchange(number="1", vo=visitor.id)
    add(visitor, host, exchange)
    put((visitor, visitor.replace(city="Varna")))
    put((host, None))
    add(Organisation(name="Undone"))
    store.undo(AT)
    add(Exchange(number="2"))
    put((exchange, exchange.replace(ref="x")))
    store.undo(AT)
    assert store.integrity() == []
    store.close()
    return store.path


DAMAGE = {
    "UPDATE tally SET records = 9 WHERE kind = 'organisation'": "1 are there, 9 were counted",
    "UPDATE tally SET last = 0 WHERE kind = 'exchange'": "a number was used that was never given",
    "UPDATE organisation SET name_folded = 'other'": "cannot be found by its text",
    "UPDATE organisation SET city = 'Rome'": "cannot be found by its text",
    "DELETE FROM find_organisation_data WHERE id > 10": "rganisation",
    "INSERT INTO find_exchange (rowid, text) VALUES (77, 'stray text')": "search index is not",
    "UPDATE exchange SET start = '31.12.2021'": "a value is damaged",
    "UPDATE exchange SET mode = 'by car'": "a value is damaged",
    "UPDATE exchange SET working_days = 1.5": None,
    "UPDATE exchange SET vo = 99": "names a record that is not there",
    "DELETE FROM change WHERE step = 2": "“change” is not complete",
    "UPDATE change SET before = NULL WHERE step = 2": "“change” is damaged",
    "UPDATE change SET before = 'no json' WHERE step = 2": "“change” is damaged",
    "UPDATE change SET after = NULL WHERE step = 4": "“addition” is damaged",
    "UPDATE change SET after = '{}' WHERE step = 1": "“addition” is damaged",
    "UPDATE change SET action = 'steal' WHERE step = 3": "“change” is damaged",
    "UPDATE step SET state = 'undone' WHERE no = 1": "undone before those that follow it",
}


@pytest.mark.parametrize("statement", DAMAGE)
def test_that_planted_damage_is_found(closed, statement):
    with closing(sqlite3.connect(closed, isolation_level=None)) as other:
        if DAMAGE[statement] is None:
            with pytest.raises(sqlite3.IntegrityError):  # the tables themselves refuse it
                other.execute(statement)
            return
        other.execute(statement)
    store = Store.open(closed, read_only=True)  # newer SQLite sees damage of an index at once

    assert DAMAGE[statement] in "\n".join(store.integrity())
    store.close()


def test_that_a_damaged_value_is_no_crash_but_told(closed):
    with closing(sqlite3.connect(closed, isolation_level=None)) as other:
        other.execute("UPDATE exchange SET mode = 'by car', start = '31.12.2021'")
        other.execute("UPDATE organisation SET name = CAST(x'ff61' AS TEXT)")
    store = Store.open(closed)

    from smartct_desktop.domain.query import Path, Query

    for way in ("mode", "start", "vo"):
        with pytest.raises(Trouble, match="damaged"):
            store.read.window(Query("exchange", (Path.of(way),))).rows(0, 1)
        with pytest.raises(Trouble, match="damaged"):
            store.read.buckets(Query("exchange"), Path.of(way))
    with pytest.raises(Trouble, match="damaged"):
        list(store.read.all(Organisation))
    store.close()


def test_that_an_undo_of_a_damaged_history_changes_nothing(closed):
    with closing(sqlite3.connect(closed, isolation_level=None)) as other:
        other.execute("UPDATE change SET before = '{\"city\": 7' WHERE step = 2")
        other.execute("DELETE FROM step WHERE no > 2 AND no NOT IN (SELECT step FROM change)")
        other.execute("UPDATE step SET state = 'set aside' WHERE no > 2")
    store = Store.open(closed)
    before = list(store.read.all(Organisation))

    with pytest.raises(Trouble, match="damaged"):
        store.undo(AT)
    assert list(store.read.all(Organisation)) == before
    store.apply(Step("x", (Change(None, Organisation(name="A")),)), "ada", AT)
    store.close()
