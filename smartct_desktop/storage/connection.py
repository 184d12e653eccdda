"""Connections to the file: their settings, and how they run statements."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.compiler import SQLCompiler

from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import META, MOMENT
from smartct_desktop.storage.errors import Interrupted, explained, was_interrupted
from smartct_desktop.storage.gate import Gate

BUSY_SECONDS = 5.0
"""How long another program (a backup, a virus scanner, a reading second window) is waited for."""

WRITING_CACHE_KIB = 8_000
"""Memory for pages of the file: many places can be changed before they are written."""

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
T = TypeVar("T")


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


def engine_for(path: Path, access: Access) -> sa.Engine:
    """Make what connections come from; those of one engine compile each statement once.

    Raises `Trouble` if this machine's SQLite is too old.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble(
            Sentence(
                "The SQLite of this Python, {version}, is too old.", version=sqlite3.sqlite_version
            ),
            Sentence("Install a newer Python."),
        )
    return sa.create_engine(
        "sqlite://",
        creator=lambda: _connect(path, access),
        poolclass=NullPool,
        hide_parameters=True,  # values are about people: they belong into no log
    )


class Connection:
    """A connection that belongs to one thread; only `interrupt` may be called from others.

    Nothing is begun or committed but by us: a read outside of a transaction gives the file free
    as soon as its rows are there.
    """

    def __init__(self, path: Path, access: Access, engine: sa.Engine | None = None) -> None:
        self.access = access
        with explained():
            self._link = (engine or engine_for(path, access)).connect()
        raw = self._link.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self.raw = raw

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

        Raises `Trouble`, and sqlite3.IntegrityError for what the tables refuse.
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
        with suppress(sqlite3.ProgrammingError):  # closed by now
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
            except sqlite3.IntegrityError:
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
            except sqlite3.OperationalError as error:
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


class Host:
    """Reads on the document's own thread: whole statements, between commits of other threads."""

    def __init__(self, connection: Connection, gate: Gate) -> None:
        self._connection = connection
        self._gate = gate

    def fetch(self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run a query and give all its rows. Raises `Trouble`, `Interrupted`."""
        with self._gate.reading(_too_short_to_stop):
            return self._connection.fetch(statement, parameters)

    def moment(self) -> int:
        """Give the number that grows with every change of the document."""
        with self._gate.reading(_too_short_to_stop):
            return self._connection.moment()

    def limited(self, seconds: float) -> AbstractContextManager[None]:
        """Raise `Interrupted` when what runs in the block takes longer."""
        return self._connection.limited(seconds)


def _too_short_to_stop() -> None:
    """The window reads a few rows at a time: a commit waits for these milliseconds."""


class Guest:
    """Reads on a thread of its own while the document may be edited on another.

    It holds the file for the length of one statement, and a writer interrupts even that. All it
    reads is of one moment: once the document has changed, every further read raises `Outdated`.
    """

    def __init__(self, path: Path, gate: Gate, engine: sa.Engine | None = None) -> None:
        self.connection = Connection(path, Access.READ, engine)
        self._gate = gate
        self._stopped = False
        self._followed = Progress()
        self._moment: int | None = None

    def fetch(self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run a query and give all its rows. Raises `Trouble`, `Outdated`, `Cancelled`."""
        return self.do(lambda: self.connection.fetch(statement, parameters))

    def tell(self, statement: str) -> list[Any]:
        """Run a fixed statement of our own that only reads. Raises as `fetch` does."""
        return self.do(lambda: self.connection.tell(statement))

    def moment(self) -> int:
        """Give the number of the moment that this guest sees."""
        return self.do(self._see)

    def do(self, work: Callable[[], T]) -> T:
        """Do some reading in one go, again if a writer came in between.

        Raises `Trouble`, `Outdated`, and `Cancelled` after `stop`.
        """
        while not (self._stopped or self._followed.cancelled):
            with (
                suppress(Interrupted),
                self._gate.reading(self.connection.interrupt),
                self.connection.transaction("BEGIN"),
            ):
                self._see()
                return work()
        raise Cancelled

    def follow(self, progress: Progress) -> None:
        """Read for this work: once it was cancelled, the next reading raises `Cancelled`."""
        self._followed = progress

    def stop(self) -> None:
        """Have the reading under way end with `Cancelled`, from whatever thread."""
        self._stopped = True
        self.connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _see(self) -> int:
        moment = self.connection.moment()
        if self._moment not in {None, moment}:
            raise Outdated
        self._moment = moment
        return moment


def _connect(path: Path, access: Access) -> sqlite3.Connection:
    # A URI made by pathlib: "?", "%" and "#" in a name would mean something otherwise.
    raw = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={access.value}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
    try:
        writing = access is Access.WRITE
        cache = WRITING_CACHE_KIB if writing else READING_CACHE_KIB
        for pragma in (*_SETTINGS, f"cache_size=-{cache}", *(_WRITING if writing else ())):
            raw.execute(f"PRAGMA {pragma}")
    except BaseException:
        raw.close()
        raise
    return raw
