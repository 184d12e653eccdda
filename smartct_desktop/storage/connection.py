"""Connections to the file: their settings, and how they run statements."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import META, MOMENT
from smartct_desktop.storage.cipher import connect, library
from smartct_desktop.storage.engines import engine
from smartct_desktop.storage.errors import (
    errors_of_sqlite,
    explained,
    was_interrupted,
)

BUSY_SECONDS = 5.0
"""How long another program (a backup, a virus scanner, a reading second window) is waited for."""

WRITING_CACHE_KIB = 8_000
"""Memory for pages of the file: many places can be changed before they are written."""

PROTECTED_CACHE_KIB = 32_000
"""The same for a protected file: a page that is not kept is deciphered again."""

READING_CACHE_KIB = 1_000
"""Little: it is also what is sorted in one go, and a writer cannot interrupt that."""

_SETTINGS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
)
_WRITING = (
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "fullfsync=ON",  # matters on macOS only
    "secure_delete=ON",
)
"""With TRUNCATE and FULL what was reported as saved survives a power cut, and a file at rest is
alone and whole. WAL would be faster, but a copy of the lone file would lack the newest work."""

OLDEST_SQLITE = (3, 38)
"""Strict tables, trigrams in the full-text index, JSON."""

_LOOK_EVERY = 20_000
"""Instructions of SQLite between two looks at the clock, about a millisecond."""

_MOMENT = sa.select(META.c.value).where(META.c.key == MOMENT)
Rows = Sequence[Any]
"""Rows of SQLAlchemy, to be unpacked."""


class Access(Enum):
    """What a connection may do; neither makes a file that is not there."""

    WRITE = "rw"
    READ = "ro"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A compiled statement, and the names of its parameters in their order, if they are asked."""

    sql: str
    names: tuple[str, ...] = ()


class Source(Protocol):
    """Something to read from."""

    def fetch(self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run a query and give all its rows. Raises `Trouble`."""

    def moment(self) -> int:
        """Give the number that grows with every change of the document."""


def engine_for(path: Path, access: Access, key: Key | None = None) -> sa.Engine:
    """Make what connections to a file come from.

    Raises `Trouble` if this machine's SQLite is too old.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble(
            Sentence(
                "The SQLite of this Python, {version}, is too old.", version=sqlite3.sqlite_version
            ),
            Sentence("Install a newer Python."),
        )
    module = sqlite3 if key is None else library()
    return engine(module, lambda: _connect(path, access, key))


class Connection:
    """A connection that belongs to one thread; only `interrupt` may be called from others.

    Nothing is begun or committed but by us: a read outside of a transaction gives the file free
    as soon as its rows are there. `key` is that of a protected file; an `engine` must have the same
    one. Raises `WrongPassword` if it does not fit.
    """

    def __init__(
        self,
        path: Path,
        access: Access,
        engine: sa.Engine | None = None,
        *,
        key: Key | None = None,
    ) -> None:
        self.access = access
        self.key = key
        with explained():
            self._link = (engine or engine_for(path, access, key)).connect()
        raw = self._link.connection.driver_connection
        assert raw is not None
        self.raw: sqlite3.Connection = raw

    def fetch(self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run a query and give all its rows. Raises `Trouble`, `Interrupted`."""
        with explained():
            return self._link.execute(statement, parameters or {}).all()

    def run(self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None) -> int:
        """Run a statement that changes rows; give how many. Raises `Trouble`, `Interrupted`."""
        with explained():
            return self._link.execute(statement, parameters or {}).rowcount

    def many(self, prepared: Prepared, rows: Iterable[Sequence[Any]]) -> int:
        """Run a statement for every row of parameters; give how many rows it changed.

        Raises `Trouble`, and an IntegrityError for what the tables refuse.
        """
        with explained():
            return self.raw.executemany(prepared.sql, rows).rowcount

    def rows(self, prepared: Prepared, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a query for very many rows, which come as plain tuples. Raises `Trouble`."""
        with explained():
            return self.raw.execute(prepared.sql, parameters).fetchall()

    def tell(self, statement: str) -> list[Any]:
        """Run a fixed statement of our own: a pragma, BEGIN and the like. Raises `Trouble`."""
        with explained():
            return self.raw.execute(statement).fetchall()

    def prepared(self, statement: sa.ClauseElement) -> Prepared:
        """Compile a statement for `many`."""
        compiled = statement.compile(dialect=self._link.dialect)
        assert isinstance(compiled, SQLCompiler)
        return Prepared(str(compiled), tuple(compiled.positiontup or ()))

    def moment(self) -> int:
        """Give the number that grows with every change of the document."""
        return int(self.fetch(_MOMENT)[0][0])

    def interrupt(self) -> None:
        """Stop the statement that is running, from whatever thread."""
        with suppress(*errors_of_sqlite("ProgrammingError")):  # closed by now
            self.raw.interrupt()

    @contextmanager
    def limited(self, seconds: float) -> Generator[None]:
        """Raise `Interrupted` when what runs in the block takes longer."""
        deadline = time.perf_counter() + seconds
        self.raw.set_progress_handler(lambda: time.perf_counter() > deadline, _LOOK_EVERY)
        try:
            yield
        finally:
            self.raw.set_progress_handler(None, 0)

    @contextmanager
    def transaction(
        self,
        begin: str,
        conflict: Callable[[], Exception] | None = None,
        committing: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> Generator[None]:
        """Commit at the end of the block; whatever goes wrong, nothing of it stays.

        `conflict` is asked what to raise if references are left that lead nowhere; `committing`
        surrounds the commit.
        """
        self.tell(begin)
        try:
            yield
            try:
                with committing():
                    self.tell("COMMIT")
            except errors_of_sqlite("IntegrityError"):
                if conflict is None:
                    raise
                raise conflict() from None
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        """End the transaction; whoever stops statements may stop this one, too."""
        while self.raw.in_transaction:
            try:
                self.raw.rollback()
            except errors_of_sqlite("OperationalError") as error:
                if not was_interrupted(error):
                    raise

    def size(self) -> int:
        """Give the bytes that the file has, or will have after the transaction under way."""
        ((pages,),) = self.tell("PRAGMA page_count")
        ((size,),) = self.tell("PRAGMA page_size")
        return int(pages) * int(size)

    def close(self, *, leave: bool = False) -> None:
        """Close the connection. A writing one leaves a file that stands alone.

        With `leave` nothing is tidied up: what has the file's name by now is somebody else's.
        """
        if self.access is Access.WRITE and not leave:
            with suppress(Exception):  # somebody still reads: the empty journal stays beside it
                self.raw.execute("PRAGMA journal_mode=DELETE")
        self._link.close()


def _connect(path: Path, access: Access, key: Key | None) -> sqlite3.Connection:
    # A URI made by pathlib: "?", "%" and "#" in a name would mean something otherwise.
    uri = f"{path.absolute().as_uri()}?mode={access.value}"
    if key is not None:
        raw = connect(uri, key, BUSY_SECONDS)
    else:
        raw = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        writing = access is Access.WRITE
        written = WRITING_CACHE_KIB if key is None else PROTECTED_CACHE_KIB
        cache = written if writing else READING_CACHE_KIB
        for pragma in (*_SETTINGS, f"cache_size=-{cache}", *(_WRITING if writing else ())):
            raw.execute(f"PRAGMA {pragma}")
    except BaseException:
        raw.close()
        raise
    return raw
