"""Opening a document: what can be wrong with a file is found out one by one, and said in words.

Nothing is written before the file is known to be a document of ours, and of no newer version.
"""

from __future__ import annotations

import os
import stat
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.errors import Damaged, Trouble, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.absence import FILE_PROTECTED, hindrance
from smartct_desktop.storage.backups import back_up, backups_root
from smartct_desktop.storage.books import BOOKS, LAST_WRITTEN_BY, META
from smartct_desktop.storage.completeness import refuse_incomplete
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.fitting import key_for, protected, refuse_wrong
from smartct_desktop.storage.header import Header, read_header
from smartct_desktop.storage.identity import document_id
from smartct_desktop.storage.in_use import reading_reason, refusal
from smartct_desktop.storage.upgrade import (
    APPLICATION_ID,
    MIGRATIONS,
    Migration,
    migrate,
    version_of,
)
from smartct_desktop.system.backup import BEFORE_VERSION
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.locks import FileLock, LockTaken, holder_of, may_be_held

ALWAYS_CHECKED = 2 * 2**20
"""Bytes up to which a document is checked whenever it is opened, in some milliseconds."""

CHECKED_AFTER_CRASH = 256 * 2**20
"""Bytes up to which a document is checked if it was not closed properly, in less than a second."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file. `reason` says why it can only be read; `unclean` asks for a full check.

    `in_use` says that somebody else has it open for writing, or may have.
    """

    path: Path
    connection: Connection
    lock: FileLock | None
    reason: Sentence | None
    unclean: bool
    in_use: bool = False


def open_file(
    path: Path,
    *,
    read_only: bool,
    anyway: bool = False,
    key: Key | None = None,
    migrations: tuple[Migration, ...] = MIGRATIONS,
) -> Opened:
    """Open a document. Raises `InUse` if somebody else writes it, and `Trouble`.

    `MaybeInUse` is raised where nobody can tell, and not if it is to be opened `anyway`. Raises
    `Protected` if it needs a `key` and `WrongPassword` if it is another; a plain one needs none.
    """
    path = existing_file(path)
    refuse_incomplete(path)
    lock, reason = (None, reading_reason(path)) if read_only else _take_lock(path, anyway=anyway)
    try:
        return _open(path, lock, reason, migrations, key)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def refuse_unfit(path: Path, key: Key | None) -> None:
    """Raise `Trouble` for what is no document of ours, or one of a newer version.

    The caller has its lock, and nobody has it open. A plain file is not touched before that is
    known; a protected one is put in order. Raises `WrongPassword`.
    """
    refuse_incomplete(path)
    _refuse_log(path)
    if key is None:
        header = read_header(path)
    else:
        with closing(Connection(path, Access.WRITE, key=key)) as connection:
            header = _header_of(connection, path)
    _refuse_foreign(path, header, MIGRATIONS[-1].version, key)


def existing_file(path: Path) -> Path:
    """Follow links once. Raises `Trouble` for what is no file that can be read."""
    name = path.name
    try:
        path = path.resolve(strict=True)
        facts = path.stat()
    except FileNotFoundError:
        raise Trouble(
            Sentence("There is no file {path}.", path=path),
            Sentence("Look whether it was moved or renamed, or whether its drive is connected."),
        ) from None
    except (OSError, RuntimeError) as error:
        raise Trouble(Sentence("{name} cannot be reached: {why}.", name=name, why=error)) from error
    if stat.S_ISDIR(facts.st_mode):
        raise Trouble(Sentence("{name} is a folder.", name=name))
    if not stat.S_ISREG(facts.st_mode):
        raise Trouble(Sentence("{name} is not a file.", name=name))
    if facts.st_size == 0:
        raise Trouble(
            Sentence("{name} is empty.", name=name),
            Sentence("Open a backup of it, or make a new document under another name."),
        )
    if not os.access(path, os.R_OK):
        raise Trouble(
            Sentence("You may not read {name}.", name=name),
            Sentence("Ask its owner for the right to read it."),
        )
    return path


def _take_lock(path: Path, *, anyway: bool) -> tuple[FileLock | None, Sentence | None]:
    try:
        return FileLock.take(path, anyway=anyway), None
    except LockTaken as taken:
        raise refusal(taken) from None
    except OSError as error:
        return None, hindrance(error)


def _open(
    path: Path,
    lock: FileLock | None,
    reason: Sentence | None,
    migrations: tuple[Migration, ...],
    key: Key | None,
) -> Opened:
    held_elsewhere = lock is None and holder_of(path) is not None
    # Who holds the lock may be another window of this very process, and reading a file that SQLite
    # has open in the same process would drop its locks.
    if not held_elsewhere:
        key = key_for(path, key)
    header = None if held_elsewhere or key is not None else read_header(path)
    if header is not None:
        _refuse_foreign(path, header, migrations[-1].version, None)
    unclean = _refuse_strays(path, lock, held_elsewhere=held_elsewhere)
    if lock is not None and not os.access(path, os.W_OK):
        lock.release()
        lock, reason = None, FILE_PROTECTED
    connection = _connect(path, lock, key)
    try:
        if header is None:
            _refuse_foreign(path, _header_of(connection, path), migrations[-1].version, key)
        _bring_up_to_date(path, connection, lock, migrations)
        unclean = unclean or (lock is not None and lock.left_behind)
        _check(path, connection, unclean=unclean)
    except BaseException:
        connection.close()
        raise
    in_use = held_elsewhere or (lock is None and may_be_held(path) is not None)
    return Opened(path, connection, lock, reason, unclean, in_use)


def _header_of(connection: Connection, path: Path) -> Header:
    """Read the header through SQLite. Raises `Protected` if it cannot be read without a key."""
    try:
        ((application_id,),) = connection.tell("PRAGMA application_id")
        ((version,),) = connection.tell("PRAGMA user_version")
    except Damaged:
        if connection.key is not None:
            raise
        raise protected(path) from None
    return Header(application_id, version)


def _refuse_foreign(path: Path, header: Header, newest: int, key: Key | None) -> None:
    if header.application_id != APPLICATION_ID:
        raise Trouble(
            Sentence("{name} belongs to another program.", name=path.name),
            Sentence("Choose a file whose name ends in .smartct."),
        )
    if header.version > newest:
        raise Trouble(
            Sentence(
                "{name} was written by a newer version of this program ({version}).",
                name=path.name,
                version=_last_written_by(path, key) or f"format {header.version}",
            ),
            Sentence("Install that version or a newer one. The file was left as it was."),
        )
    if header.version < 1:
        raise damaged()


def _last_written_by(path: Path, key: Key | None) -> str:
    """Read which version wrote the file, without changing it; "" if it cannot be told."""
    try:
        connection = Connection(path, Access.READ, key=key)
        try:
            (row,) = connection.fetch(sa.select(META.c.value).where(META.c.key == LAST_WRITTEN_BY))
            return str(row[0])
        finally:
            connection.close()
    except (Trouble, ValueError):
        return ""


def _refuse_strays(path: Path, lock: FileLock | None, *, held_elsewhere: bool) -> bool:
    """Look at the files beside the document; give whether it was cut off in the midst of writing.

    A journal belongs to the document and is needed to put it in order, which means writing.
    """
    _refuse_log(path)
    if held_elsewhere or not _size(path.with_name(path.name + "-journal")):
        return False
    if lock is None:
        raise Trouble(
            Sentence(
                "{name} was not closed properly and must be put in order first.", name=path.name
            ),
            Sentence("Open it once where it may be written, with its -journal file beside it."),
        )
    return True


def _refuse_log(path: Path) -> None:
    """Raise `Trouble` for a write-ahead log, whose pages SQLite would mix into the document.

    This program never makes one.
    """
    log = path.with_name(path.name + "-wal")
    if _size(log):
        raise Trouble(
            Sentence(
                "Beside {name} lies {log}, which is not part of it.", name=path.name, log=log.name
            ),
            Sentence("Move that file to another folder, then open the document again."),
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _connect(path: Path, lock: FileLock | None, key: Key | None) -> Connection:
    try:
        connection = Connection(path, Access.READ if lock is None else Access.WRITE, key=key)
    except WrongPassword:
        if lock is not None and key is not None:
            refuse_wrong(path, key)
            raise damaged() from None  # the first page only
        raise
    try:
        if lock is not None:
            # Whether it can be written is found out now, not at the first edit.
            connection.tell("BEGIN IMMEDIATE")
            connection.tell("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(
    path: Path, connection: Connection, lock: FileLock | None, migrations: tuple[Migration, ...]
) -> None:
    version, newest = version_of(connection), migrations[-1].version
    if version == newest:
        return
    if lock is None:
        raise Trouble(
            Sentence("{name} was written by an older version of this program.", name=path.name),
            Sentence("Open it once where it may be written: it is brought up to date then."),
        )
    if connection.tell("PRAGMA quick_check(1)") != [("ok",)]:
        raise damaged()  # before a copy of it is refused, and before anything is rebuilt
    folder = backups_root() / document_id(connection)
    back_up(path, folder, f"{BEFORE_VERSION}{newest}", utc_now(), key=connection.key)
    migrate(connection, migrations)


def _check(path: Path, connection: Connection, *, unclean: bool) -> None:
    """Raise `Trouble` for a file that is not sound; large ones are not looked at closely.

    A document must open in the same time whatever its size, so a large one that was closed properly
    is not read through. `Store.integrity` does that, as a job. One that is only read is not checked
    either: what can be read of it can be saved elsewhere.
    """
    size = path.stat().st_size
    checked = size <= ALWAYS_CHECKED or (unclean and size <= CHECKED_AFTER_CRASH)
    checked = checked and connection.access is Access.WRITE
    if checked and connection.tell("PRAGMA quick_check(1)") != [("ok",)]:
        raise damaged()
    names = {kind: set[str]() for kind in ("table", "index", "trigger", "view")}
    for kind, name in connection.tell("SELECT type, name FROM sqlite_master"):
        names[kind].add(name)
    if names["trigger"] or names["view"]:
        raise Trouble(Sentence("{name} was changed by another program.", name=path.name))
    if not names["table"] >= {*BY_KIND, *BOOKS.tables}:
        raise damaged()
