"""Writing beside the window: which connection writes, and who has to wait for whom.

A small step is written by the document's own thread with the connection it reads with. A big one
(an import, its undo, a paste of thousands) takes seconds, and the window must not stand still, so a
job writes it with a connection of its own. What was weighed:

- Driving one connection in slices from a timer of the window keeps everything on one thread, but
  whatever the window paints meanwhile would come from a half-written step, and no slice divides
  what takes longest: the pages and the synchronising of a commit, a merge in the full-text index,
  an old laptop's disk. A thread does not mind, and SQLite lets go of the interpreter meanwhile.
- Within SQLite's rollback journal one connection may write while others read: they see the document
  as it was. Only from the moment it changes the file must readers be out. By default that moment
  comes when its cache is full, so the cache may not spill here (some 2 KB a record): the file is
  first touched by the commit, which has it alone for a fraction of a second.
- A step that is cancelled or cut off before its commit leaves the file untouched to the last byte,
  and a process killed during the commit leaves a journal that the next opening plays back.
- Readers of other threads go on during the step, are interrupted for the commit alone, and find out
  at their next look that their moment is past. The window's own reads wait for a commit, too.
- There is one writer at a time: who comes second is refused and not made to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.guests import Guest
from smartct_desktop.storage.reading import StoreReader
from smartct_desktop.storage.records import Records
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.writing import Statements

_PATIENCE = 10.0  # seconds; what is soon over takes some hundredths of one


class Pen:
    """A connection that writes, with all that is made for it; belongs to one thread.

    `reader` sees what the transaction under way has written.
    """

    def __init__(self, tables: Tables, connection: Connection, guest: Callable[[], Guest]) -> None:
        self.tables = tables
        self.connection = connection
        self.reader = StoreReader(tables, connection, guest)
        self.records = Records(tables, connection)
        self.statements = Statements(tables, connection)


@contextmanager
def second_pen(path: Path, guest: Callable[[], Guest], key: Key | None) -> Generator[Pen]:
    """Open a pen for the calling thread, which keeps all it writes in memory until the commit."""
    connection = Connection(path, Access.WRITE, key=key)
    try:
        connection.tell("PRAGMA cache_spill=OFF")
        # Tables are made when they are first needed, which two threads must not do at once.
        yield Pen(Tables(), connection, guest)
    finally:
        connection.close()


class Turn:
    """Lets one writer write at a time."""

    def __init__(self) -> None:
        self._taken = Lock()
        self._soon_over = False

    @contextmanager
    def taken(self, *, soon_over: bool = False) -> Generator[None]:
        """Write inside of the block. Raises `Trouble` at once if somebody else does.

        What is `soon_over` (some findings, by the window by itself) is waited for: nobody asked
        for it, so nobody must be refused because of it.
        """
        patience = _PATIENCE if self._soon_over else 0
        if not self._taken.acquire(timeout=patience):
            raise Trouble(
                Sentence("Another change is still being written."),
                Sentence("Wait until it is finished, then try again."),
            )
        self._soon_over = soon_over
        try:
            yield
        finally:
            self._taken.release()  # first: whoever saw the mark until now finds the turn free
            self._soon_over = False
