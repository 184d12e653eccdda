"""Verified copies of a document that is open."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.cipher import connect
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.errors import explained
from smartct_desktop.system.files import sync_folder, write_atomic

_PAGES = 250
"""Pages copied at a time: others must wait for no longer than that takes, some milliseconds."""

_RESTARTS = 3
"""A copy begins anew when the document is changed meanwhile. After so many times it takes the file
for itself: whoever edits must then wait for once."""

_ATTEMPTS = 5
_PAUSE = 2.0
"""What is `patient` waits so many seconds after being disturbed, and gives up after that often."""

SIDES = ("-journal", "-wal", "-shm")
"""What SQLite puts beside a file, and would take for a part of whatever file has that name."""


class _Disturbed(Exception):
    """The document was changed too often during a copy."""


def copy(  # noqa: PLR0913 (what, where, how)
    source: Path | Connection,
    target: Path,
    progress: Progress | None = None,
    *,
    seal: Callable[[Path], object] | None = None,
    patient: bool = False,
    key: Key | None = None,
) -> None:
    """Write a copy of an open document, whole and checked before it has its name.

    Given the path, and the `key` of a protected one, it works on any thread; a connection still
    works if the file was moved. The copy of a protected document has the same key. What was
    at `target` is replaced. `seal` gets the checked file before it has its name. A `patient` copy
    never makes a writer wait for the whole of it, and rather gives up. Raises `Trouble`.
    """

    def produce(file: BinaryIO) -> None:
        part = Path(file.name)
        if isinstance(source, Connection):
            connection = source
        else:
            connection = Connection(source, Access.READ, key=key)
        try:
            _copy_pages(connection, part, progress or Progress(), patient=patient)
        finally:
            if connection is not source:
                connection.close()
        verify(part, connection.key)
        if seal is not None:
            seal(part)
        clear_sides(target)

    write_atomic(target, produce)


def clear_sides(target: Path) -> None:
    """Remove what lies beside a file that is about to be replaced. Raises OSError.

    SQLite would play it back into the new file; so it is gone before that has its name, also if the
    power fails in between.
    """
    gone = 0
    for side in SIDES:
        with suppress(FileNotFoundError):
            target.with_name(target.name + side).unlink()
            gone += 1
    if gone:
        sync_folder(target.parent)


def verify(path: Path, key: Key | None = None) -> None:
    """Raise `Trouble` unless the file is sound and holds as many records as it says."""
    connection = Connection(path, Access.READ, key=key)
    try:
        sound = connection.tell("PRAGMA quick_check(1)") == [("ok",)]
        tally = connection.tell("SELECT kind, records FROM tally")
        if not sound or any(records_of(connection, kind) != n for kind, n in tally):
            raise Trouble(
                Sentence("The copy differs from the document; it was thrown away."),
                Sentence("Try again. If this comes back, choose another drive."),
            )
    finally:
        connection.close()


def records_of(connection: Connection, kind: str) -> int:
    """Count the records of a kind one by one."""
    ((count,),) = connection.tell(f'SELECT count(*) FROM "{kind}"')  # noqa: S608 (a name of ours)
    return int(count)


def _copy_pages(connection: Connection, part: Path, progress: Progress, *, patient: bool) -> None:
    with explained(), closing(_new(part, connection.key)) as target:
        # Nobody else knows the file yet, and it is put on the disk as a whole at the end.
        target.execute("PRAGMA journal_mode=OFF")
        target.execute("PRAGMA synchronous=OFF")
        for attempt in range(1, 1 + (_ATTEMPTS if patient else 1)):
            try:
                connection.raw.backup(target, pages=_PAGES, progress=_Watch(progress))
            except _Disturbed:
                if patient:
                    _wait_for_quiet(attempt)
                    continue
                connection.raw.backup(target)
            return


def _new(part: Path, key: Key | None) -> sqlite3.Connection:
    if key is not None:
        return connect(part.absolute().as_uri(), key, 0)
    return sqlite3.connect(part, isolation_level=None)


def _wait_for_quiet(attempt: int) -> None:
    if attempt == _ATTEMPTS:
        raise Trouble(
            Sentence("The document was changed again and again while it was copied."),
            Sentence("The copy is made later."),
        )
    time.sleep(_PAUSE)


class _Watch:
    """Counts how often a copy had to begin anew, and tells how far it is."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._remaining: int | None = None
        self._restarts = 0

    def __call__(self, _status: int, remaining: int, total: int) -> None:
        self._progress.report(Sentence("Copying"), total - remaining, total)
        if self._remaining is not None and remaining > self._remaining:
            self._restarts += 1
            if self._restarts > _RESTARTS:
                raise _Disturbed
        self._remaining = remaining
