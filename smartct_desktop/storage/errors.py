"""What SQLite's errors mean for the person; an error that has no meaning for them is a bug."""

from __future__ import annotations

import sqlite3
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


class Interrupted(Exception):
    """A statement was stopped by us, because something more urgent wants the file."""


def damaged() -> Damaged:
    """Make the trouble of a damaged file."""
    return Damaged(Sentence("The document is damaged."), _RESTORE)


@contextmanager
def explained() -> Generator[None]:
    """Turn what SQLite raises inside of the block into `Trouble`, or `Interrupted`."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        if was_interrupted(original):
            raise Interrupted from None
        trouble = trouble_of(original)
        if trouble is None:
            raise
        raise trouble from error
    except UnicodeDecodeError as error:
        raise damaged() from error


def was_interrupted(error: BaseException | None) -> bool:
    """Whether we stopped the statement, be it while SQLite was still preparing it."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return True
    # A table made of JSON cannot be prepared any more then, and the reason is not handed on.
    return "vtable constructor failed" in str(error)


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Say what an error of SQLite means, None if it can only be a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The driver itself reports text that is no text, without a code.
        return damaged() if "Could not decode to UTF-8" in str(error) else None
    name = getattr(error, "sqlite_errorname", "")
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
