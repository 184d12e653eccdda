"""Readers of one document that is open: on its own thread, and beside it on others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.storage.connection import Access, Connection, Rows
from smartct_desktop.storage.errors import Interrupted, StoppedOrDamaged
from smartct_desktop.storage.gate import Gate

_IN_VAIN = 5
"""As often one after the other nobody is stopped before a statement runs: the file is damaged."""

T = TypeVar("T")


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

    def __init__(
        self, path: Path, gate: Gate, engine: sa.Engine | None = None, *, key: Key | None = None
    ) -> None:
        self.connection = Connection(path, Access.READ, engine, key=key)
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
        in_vain = 0
        while not (self._stopped or self._followed.cancelled):
            try:
                with (
                    self._gate.reading(self.connection.interrupt),
                    self.connection.transaction("BEGIN"),
                ):
                    self._see()
                    return work()
            except StoppedOrDamaged:
                in_vain += 1
                if in_vain == _IN_VAIN:
                    raise
            except Interrupted:
                in_vain = 0
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
