"""Every error of SQLite that the world can cause has a sentence; the others are bugs."""

import sqlite3

import pytest
import sqlalchemy as sa

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.errors import Interrupted, explained, trouble_of

TOLD = {
    "SQLITE_FULL": "no room left on the drive; nothing was changed",
    "SQLITE_BUSY": "Another program is using the document",
    "SQLITE_BUSY_SNAPSHOT": "Another program is using the document",
    "SQLITE_LOCKED": "Another program is using the document",
    "SQLITE_READONLY": "may only be read",
    "SQLITE_READONLY_DBMOVED": "moved, renamed or replaced",
    "SQLITE_READONLY_DIRECTORY": "Nothing can be written in the folder",
    "SQLITE_READONLY_ROLLBACK": "not closed properly",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_CORRUPT_VTAB": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_IOERR_FSYNC": r"The drive failed .* \(SQLITE_IOERR_FSYNC\)",
    "SQLITE_IOERR_READ": "The drive failed",
    "SQLITE_IOERR_WRITE": "did not take what was to be written",
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_PERM": "may not open",
}
BUGS = [
    "SQLITE_MISUSE",
    "SQLITE_CONSTRAINT_UNIQUE",
    "SQLITE_RANGE",
    "SQLITE_MISMATCH",
    "SQLITE_ERROR",
]


def error(name, message="details"):
    made = sqlite3.OperationalError(message)
    made.sqlite_errorname = name
    made.sqlite_errorcode = getattr(sqlite3, name)
    return made


@pytest.mark.parametrize("name", TOLD)
def test_that_what_the_world_does_is_told(name):
    with pytest.raises(Trouble, match=TOLD[name]), explained():
        raise error(name)


@pytest.mark.parametrize("name", BUGS)
def test_that_what_only_we_can_do_stays_an_error(name):
    assert trouble_of(error(name)) is None
    with pytest.raises(sqlite3.OperationalError), explained():
        raise error(name)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("database or disk is full", "no room left on the drive"),
        ("disk I/O error", r"The drive failed .* \(SQLITE_IOERR\)"),
        ("database is locked", "Another program is using"),
        ("attempt to write a readonly database", "may only be read"),
        ("database disk image is malformed", "damaged"),
    ],
)
def test_that_an_error_without_a_code_is_known_by_its_words(message, told):
    for bare in (error("SQLITE_ERROR", message), sqlite3.OperationalError(message)):
        with pytest.raises(Trouble, match=told), explained():
            raise bare


def test_that_a_missing_table_means_a_file_cut_off():
    assert "damaged" in str(trouble_of(error("SQLITE_ERROR", "no such table: exchange")))


@pytest.mark.parametrize(
    "raised",
    [
        sqlite3.OperationalError("Could not decode to UTF-8 column 'name'"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    ],
)
def test_that_text_that_is_no_text_means_damage(raised):
    with pytest.raises(Trouble, match="damaged"), explained():
        raise raised


def test_that_an_interruption_is_no_trouble():
    with pytest.raises(Interrupted), explained():
        raise error("SQLITE_INTERRUPT")


def test_that_a_statement_stopped_while_it_is_prepared_is_no_trouble_either():
    # What SQLite says, about twice in a thousand times, when a statement with a table made of JSON
    # is stopped before it has begun.
    stopped = sqlite3.OperationalError("vtable constructor failed: json_each")
    stopped.sqlite_errorcode = sqlite3.SQLITE_ERROR

    with pytest.raises(Interrupted), explained():
        raise stopped


def test_that_no_value_of_a_person_is_in_what_goes_to_the_log(store):
    connection = Connection(store.path, Access.WRITE)
    person = sa.insert(sa.table("person", sa.column("id"), sa.column("email")))

    with pytest.raises(sa.exc.IntegrityError) as refused:
        connection.run(person, {"id": "1", "email": "ada@example.eu"})

    connection.close()
    assert "person" in str(refused.value)
    assert "ada@example" not in str(refused.value)
