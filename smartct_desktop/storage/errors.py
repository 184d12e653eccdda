"""What SQLite's errors mean for the person; an error that has no meaning for them is a bug.

The library for protected files has error types of its own, with the same names and codes: this
module is the one that knows both.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Generator
from contextlib import contextmanager

import sqlalchemy as sa

from smartct_desktop.domain.errors import Damaged, Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.absence import COPY, NoRoom

_RESTORE = Sentence("Open a backup of it, or a copy you saved.")
_GONE = ("no such table", "no such column", "malformed", "file is not a database")
"""Every file is compared with its version's tables when it is opened. Where one is missing later,
the file was cut off or overwritten while it was open."""


_TABLE_NOT_MADE = "vtable constructor failed"
_MEANT = {
    "disk I/O error": "SQLITE_IOERR",
    "database or disk is full": "SQLITE_FULL",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database is locked": "SQLITE_BUSY",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
}
"""What a function within a statement (the export to another password), and the copying of a
protected file, say instead of a code."""

_LIBRARIES = ("sqlite3", "sqlcipher3.dbapi2")


def errors_of_sqlite(name: str = "Error", *others: type[Exception]) -> tuple[type[Exception], ...]:
    """Give the errors of this name and `others`, for `except`.

    Those of SQLite and, if it is loaded, of the library for protected files.
    """
    loaded = (sys.modules.get(library) for library in _LIBRARIES)
    return (*(getattr(module, name) for module in loaded if module is not None), *others)


def breaks_uniqueness(error: BaseException) -> bool:
    """Whether a row was refused because there is one with the same unique value."""
    return str(error).startswith("UNIQUE constraint failed")


class Interrupted(Exception):
    """A statement was stopped by us, because something more urgent wants the file."""


class StoppedOrDamaged(Interrupted, Damaged):
    """A statement could not even be prepared: we stopped it, or the file is damaged there."""


def damaged() -> Damaged:
    """Make the trouble of a damaged file."""
    return Damaged(Sentence("The document is damaged."), _RESTORE)


@contextmanager
def explained() -> Generator[None]:
    """Turn what SQLite raises inside of the block into `Trouble`, or `Interrupted`."""
    try:
        yield
    except errors_of_sqlite("Error", sa.exc.DBAPIError) as error:
        original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        if was_interrupted(original):
            raise Interrupted from None
        if _TABLE_NOT_MADE in str(original):
            # Stopped meanwhile, a table made of JSON or of an index tells no reason either.
            raise StoppedOrDamaged(*damaged().args) from None
        trouble = trouble_of(original)
        if trouble is None:
            raise
        raise trouble from error
    except UnicodeDecodeError as error:
        raise damaged() from error


def was_interrupted(error: BaseException | None) -> bool:
    """Whether we stopped the statement for certain."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Say what an error of SQLite means, None if it can only be a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    name = getattr(error, "sqlite_errorname", "")
    if code in {None, sqlite3.SQLITE_ERROR} and str(error) in _MEANT:
        name = _MEANT[str(error)]
        code = getattr(sqlite3, name)
    if code is None:
        # The driver itself reports text that is no text, without a code.
        return damaged() if "Could not decode to UTF-8" in str(error) else None
    return _special(name) or _general(code & 0xFF, name, str(error))


def _special(name: str) -> Trouble | None:
    match name:
        case "SQLITE_READONLY_DBMOVED":
            return Trouble(
                Sentence("The document was moved, renamed or replaced while it was open."), COPY
            )
        case "SQLITE_READONLY_DIRECTORY":
            return Trouble(Sentence("Nothing can be written in the folder of the document."), COPY)
        case "SQLITE_READONLY_ROLLBACK" | "SQLITE_READONLY_RECOVERY" | "SQLITE_READONLY_CANTLOCK":
            return Trouble(
                Sentence("The document was not closed properly and must be put in order first."),
                Sentence("Open it once where it may be written, with the -journal file beside it."),
            )
        case "SQLITE_IOERR_WRITE":
            return NoRoom(
                Sentence("The drive did not take what was to be written; nothing was changed."),
                Sentence("Look whether it is full, then try again, or save a copy elsewhere."),
            )
        case _:
            return None


def _general(code: int, name: str, message: str) -> Trouble | None:
    match code:
        case sqlite3.SQLITE_FULL:
            return NoRoom(
                Sentence("There is no room left on the drive; nothing was changed."),
                Sentence("Free some space and try again."),
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return Trouble(
                Sentence("Another program is using the document."),
                Sentence("Close it there, or try again in a moment."),
            )
        case sqlite3.SQLITE_READONLY:
            return Trouble(Sentence("The document may only be read."), COPY)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT:
            return damaged()
        case sqlite3.SQLITE_IOERR:
            return Trouble(
                Sentence("The drive failed while the document was used ({code}).", code=name),
                COPY,
            )
        case sqlite3.SQLITE_CANTOPEN:
            return Trouble(
                Sentence("The document cannot be opened."),
                Sentence("Look whether you may read it and write in its folder."),
            )
        case sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return Trouble(Sentence("You may not open the document."))
        case sqlite3.SQLITE_ERROR if any(sign in message for sign in _GONE):
            return damaged()
        case _:
            return None
