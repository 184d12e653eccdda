"""The tables of a document are those its record types declare, and older ones are brought along."""

import re
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.opening import open_file
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.upgrade import MIGRATIONS, NEWEST, Migration, migrate, version_of
from smartct_desktop.system.version import version as this_version
from tests.storage.conftest import AT
from tests.storage.declared import declared_statements

COLUMN = 'name, type, "notnull", dflt_value, pk'
KEY = '"table", "from", "to", on_update, on_delete'
INDEX = 'name, "unique", partial'
TERMS = 'SELECT seqno, name, "desc", coll FROM'


def shape(connection):
    """Everything about the tables of a database that means anything, in no order."""
    tables = {
        name: (
            *facts,
            frozenset(rows(connection, f"SELECT {COLUMN} FROM pragma_table_xinfo('{name}')")),
            frozenset(rows(connection, f"SELECT {KEY} FROM pragma_foreign_key_list('{name}')")),
            frozenset(
                (index, *facts, *rows(connection, f"{TERMS} pragma_index_xinfo('{index}')"))
                for index, *facts in rows(
                    connection, f"SELECT {INDEX} FROM pragma_index_list('{name}')"
                )
            ),
        )
        for name, *facts in rows(
            connection, "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'"
        )
    }
    # What no pragma tells: how virtual tables are made, and which references are deferred.
    texts = rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    clauses = {}
    for name, sql in texts:
        text = re.sub(r"\s+", " ", sql).replace(" ) STRICT", "").replace(") STRICT", "")
        clauses[name] = text if "VIRTUAL" in sql else frozenset(text.split(", CONSTRAINT ")[1:])
    return tables, clauses


def rows(connection, statement):
    return connection.execute(statement).fetchall()


def test_that_a_new_document_has_the_tables_its_record_types_declare(store):
    store.close()
    with (
        closing(sqlite3.connect(":memory:")) as declared,
        closing(sqlite3.connect(store.path)) as made,
    ):
        for statement in declared_statements():
            declared.execute(statement)

        assert shape(made) == shape(declared)
        for table in ("meta", "tally"):
            keys = f"SELECT {'key' if table == 'meta' else 'kind'} FROM {table}"
            assert set(rows(made, keys)) >= set(rows(declared, keys))


def test_that_the_header_says_whose_file_it_is_and_which_version(store):
    store.close()
    header = store.path.read_bytes()[:100]

    assert header[68:72] == b"SMCT"
    assert int.from_bytes(header[60:64]) == NEWEST
    assert header[18:20] == b"\x01\x01"  # no write-ahead log


def test_that_migrations_are_numbered_without_gaps():
    assert [migration.version for migration in MIGRATIONS] == list(range(1, NEWEST + 1))


LATER = Migration(
    NEWEST + 1,
    (
        "ALTER TABLE organisation ADD COLUMN nickname TEXT",
        "CREATE TABLE extra (rowid INTEGER PRIMARY KEY) STRICT",
        "UPDATE organisation SET nickname = 'Nick'",
    ),
)


@pytest.fixture
def old(store, add):
    """A closed document of the newest version, which is old for `LATER`."""
    add(Organisation(name="Mobitest"), Organisation(name="Host"))
    store.close()
    return store.path


def later(*further):
    return (*MIGRATIONS, Migration(LATER.version, (*LATER.statements, *further)))


def version(path):
    return int.from_bytes(path.read_bytes()[60:64])


def test_that_an_older_document_is_backed_up_and_brought_up_to_date(old, private_folders):
    backups = private_folders / "smartct" / "data" / "backups"
    before = old.read_bytes()
    known = set(backups.rglob("*.smartct-backup"))

    opened = open_file(old, read_only=False, migrations=(*MIGRATIONS, LATER))
    assert version_of(opened.connection) == LATER.version
    assert opened.connection.tell("SELECT DISTINCT nickname FROM organisation") == [("Nick",)]
    opened.connection.close()
    opened.lock.release()

    assert version(old) == LATER.version
    (backup,) = set(backups.rglob("*.smartct-backup")) - known
    assert re.fullmatch(
        rf"partnership-\d{{8}}-\d{{6}}-before-version-{LATER.version}(-\d+)?\.smartct-backup",
        backup.name,
    )
    assert version(backup) == NEWEST
    assert len(backup.read_bytes()) == len(before)
    with pytest.raises(Trouble, match="newer version"):
        Store.open(old)


@pytest.mark.parametrize(
    "failing",
    [
        "CREATE TABLE meta (x)",
        "DELETE FROM organisation WHERE name = 'Host'",
        "UPDATE organisation SET partnership = 77",
        "no SQL at all",
    ],
)
def test_that_a_migration_that_fails_leaves_the_old_version(old, failing):
    before = old.read_bytes()

    with pytest.raises((Trouble, sqlite3.Error)):
        open_file(old, read_only=False, migrations=later(failing))

    assert old.read_bytes()[100:] == before[100:]
    assert version(old) == NEWEST
    store = Store.open(old)
    assert store.read.total("organisation") == 2
    assert store.integrity() == []
    store.close()


def test_that_records_lost_on_the_way_are_told(old):
    with pytest.raises(Trouble, match="1 records of organisation would be lost"):
        open_file(
            old, read_only=False, migrations=later("DELETE FROM organisation WHERE rowid = 1")
        )


def test_that_each_migration_is_a_transaction_of_its_own(old):
    after = Migration(LATER.version + 1, ("CREATE TABLE more (x TEXT) STRICT", "nonsense"))

    with pytest.raises(sqlite3.Error):
        open_file(old, read_only=False, migrations=(*MIGRATIONS, LATER, after))

    assert version(old) == LATER.version
    with closing(sqlite3.connect(old)) as connection:
        assert rows(
            connection, "SELECT name FROM sqlite_master WHERE name IN ('extra', 'more')"
        ) == [("extra",)]


def test_that_an_older_document_is_not_changed_when_it_is_only_read(old):
    before = old.read_bytes()

    with pytest.raises(Trouble, match="written by an older version"):
        open_file(old, read_only=True, migrations=(*MIGRATIONS, LATER))
    assert old.read_bytes() == before


def test_that_migrating_twice_is_migrating_once(tmp_path):
    path = tmp_path / "a.db"
    path.touch()
    connection = Connection(path, Access.WRITE)
    for _ in range(2):
        migrate(connection)
    assert version_of(connection) == NEWEST
    assert connection.tell("PRAGMA foreign_keys") == [(1,)]
    connection.close()


def test_that_the_program_notes_which_version_of_it_wrote_the_file(old):
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("UPDATE meta SET value = '0.0.1' WHERE key = 'last_written_by'")
    store = Store.open(old)
    store.apply(Step("x", (Change(None, Organisation(name="A")),)), "ada", AT)
    store.close()

    with closing(sqlite3.connect(old)) as other:
        ((noted,),) = rows(other, "SELECT value FROM meta WHERE key = 'last_written_by'")

    assert noted == this_version()


BEFORE_DERIVED = MIGRATIONS[:4]
STALE = '{"number":"A","working_days":"3.0","entitlement_cents":99900,"entitlement_note":"Mühe"}'
OLD_EXCHANGE = f"""
INSERT INTO exchange (rowid, id, number, number_folded, remark, remark_folded, working_days,
  entitlement_cents, entitlement_note, entitlement_note_folded)
VALUES (1, 'x1', 'A', 'a', 'Später', 'spater', 30, 99900, 'Mühe', 'muhe'),
  (2, 'x2', NULL, NULL, '!', '', NULL, 5, NULL, NULL);
INSERT INTO find_exchange (rowid, text)
VALUES (1, 'muhe' || char(10) || 'a' || char(10) || 'spater');
UPDATE tally SET records = 2, last = 3 WHERE kind = 'exchange';
INSERT INTO step (no, id, at, by, label, state, records, folded) VALUES
  (1, 's1', '2021-11-16T09:30:00+00:00', 'ada', 'addition', 'done', 2, 'addition ada'),
  (2, 's2', '2021-11-16T09:31:00+00:00', 'ada', 'days', 'done', 1, 'days ada'),
  (3, 's3', '2021-11-16T09:32:00+00:00', 'ada', 'sum', 'done', 1, 'sum ada'),
  (4, 's4', '2021-11-16T09:33:00+00:00', 'ada', 'removal', 'done', 1, 'removal ada');
INSERT INTO change (step, n, kind, record, action, place, before, after) VALUES
  (1, 0, 'exchange', 'x1', 'add', NULL, NULL, NULL),
  (1, 1, 'exchange', 'x2', 'add', NULL, NULL, NULL),
  (2, 0, 'exchange', 'x1', 'change', NULL, '{{"working_days":"5.0","entitlement_cents":1}}',
    '{{"working_days":"3.0","entitlement_cents":99900}}'),
  (3, 0, 'exchange', 'x1', 'change', NULL, '{{"entitlement_note":"a"}}',
    '{{"entitlement_note":"Mühe"}}'),
  (4, 0, 'exchange', 'x3', 'remove', 3, '{STALE}', NULL);
INSERT INTO meta VALUES ('examined_by', 'yesterday');
"""


def test_that_derived_fields_leave_search_and_history_and_wait_to_be_filled_in(tmp_path):
    path = tmp_path / "yesterday.smartct"
    path.touch()
    connection = Connection(path, Access.WRITE)
    migrate(connection, BEFORE_DERIVED)
    connection.raw.executescript(OLD_EXCHANGE)
    connection.close()

    with closing(Store.open(path)) as store:
        assert store.integrity() == []
        assert store.read.get(Exchange, "x1") == Exchange(
            id="x1", number="A", remark="Später", working_days=Decimal(3)
        )
        assert store.read.count(Query("exchange", search="muhe")) == 0
        assert store.read.count(Query("exchange", search="spater")) == 1
        told = [change.before for change in store.read.step_changes(4)]
        assert told == [{"number": "A", "working_days": Decimal(3)}]

        for label in ("removal", "sum", "days"):
            assert store.undo(AT).label == label
        assert store.read.get(Exchange, "x1").working_days == Decimal(5)
        assert store.read.get(Exchange, "x3").number == "A"
        for _ in range(3):
            store.redo(AT)
        assert store.integrity() == []
