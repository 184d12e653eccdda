"""How records are read: the contract between the file and everything that shows or uses it.

Implemented in `storage`; used by services, window and command line, which never see SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from smartct_desktop.domain.changes import PastChange, PastStep
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.query import Path, Query, Row
from smartct_desktop.domain.record import Record

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One distinct value of a column, what it is called, and how many records hold it.

    `caption` is set for references only; a blank is `None`. For several terms each term is a
    bucket of its own.
    """

    value: Value
    caption: str | None
    records: int


@dataclass(frozen=True, slots=True)
class Referring:
    """A record that names another one in `field`."""

    field: Field
    id: Id
    caption: str


class Outdated(Exception):
    """The document changed while a reader for one moment was at work: read it all again."""


class Window(Protocol):
    """The records that a query finds, in its order, fetched piece by piece.

    Which records and in which order is of one moment: it stays as it is until the query is asked
    anew after a step. The values of the rows are those the document holds when they are fetched; a
    record that has gone since is a row with the id "" and blanks.

    A new window of any size has its first rows in a few milliseconds, unless `ready` is False.
    """

    @property
    def query(self) -> Query:
        """What was asked for."""

    @property
    def ready(self) -> bool:
        """Whether the first rows are there. If not, `prepare` in a job before showing it."""

    @property
    def known_count(self) -> int | None:
        """How many records pass the filters, if that is known without work."""

    @property
    def count(self) -> int:
        """How many records pass the filters; counts them now if `known_count` is None."""

    @property
    def outdated(self) -> bool:
        """Whether the document has changed since the moment of the window."""

    def prepare(self) -> None:
        """Find the whole order, after which every other call is instant; on whatever thread.

        Work for a job if there are many records. Raises `Outdated` if the document changed since
        the window was made, `Cancelled` if the window is closed meanwhile, and `Trouble`.
        """

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Fetch the rows from `start` up to but not including `stop`."""

    def position(self, id_: Id) -> int | None:
        """Give the row number of a record, or None if the query does not find it."""

    def ids(self, start: int, stop: int) -> Sequence[Id]:
        """Fetch only the ids of a range of rows."""

    def close(self) -> None:
        """Give back what the window holds; it must not be used afterwards."""


class Reader(Protocol):
    """Reads one document. A reader belongs to the thread that uses it."""

    def get(self, type_: type[RecordT], id_: Id) -> RecordT:
        """Fetch one record. Raises KeyError if it is not there."""

    def record(self, kind: str, id_: Id) -> Record:
        """Fetch one record of a kind known only by its code. Raises KeyError."""

    def get_many(self, type_: type[RecordT], ids: Iterable[Id]) -> dict[Id, RecordT]:
        """Fetch the records that exist among these."""

    def all(self, type_: type[RecordT]) -> Iterator[RecordT]:
        """Go through all records of a type, in the order they were stored, without holding them."""

    def window(self, query: Query) -> Window:
        """Ask a query. The first rows come without touching the rest where that is possible."""

    def count(self, query: Query) -> int:
        """Count the records a query finds."""

    def total(self, kind: str) -> int:
        """How many records of a kind there are, at no cost however many they are."""

    def buckets(self, query: Query, path: Path) -> list[Bucket]:
        """Give the distinct values of a column among the records found, most frequent first."""

    def sums(self, query: Query, paths: Sequence[Path]) -> dict[Path, int | Decimal]:
        """Add up columns of numbers and money over the records found; blanks count nothing."""

    def captions(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give the captions of the records that exist among these."""

    def referring(self, kind: str, id_: Id) -> list[Referring]:
        """Give the records that name this one, in any field of any kind."""

    def history(self, start: int, stop: int, search: str = "") -> Sequence[PastStep]:
        """Fetch steps, newest first."""

    def history_count(self, search: str = "") -> int:
        """How many steps there are."""

    def step(self, no: int) -> PastStep:
        """Fetch one step. Raises KeyError."""

    def step_changes(self, no: int, start: int = 0, stop: int = 1000) -> Sequence[PastChange]:
        """Fetch the changes of a step."""

    def record_history(self, kind: str, id_: Id) -> Sequence[tuple[PastStep, PastChange]]:
        """Give every change of one record, newest first."""

    def last_changes(self, kind: str, ids: Iterable[Id]) -> dict[Id, datetime]:
        """When each of these records was last changed by a step that holds, in UTC."""

    def next_undo(self) -> PastStep | None:
        """Give the step that undo would take back."""

    def next_redo(self) -> PastStep | None:
        """Give the step that redo would bring again."""

    def imported(self, sha256: str) -> PastStep | None:
        """Give the newest step, not undone, that came from a file with this content."""


class Readers(Protocol):
    """Opens readers for other threads, each with its own connection and one consistent moment."""

    def reader(self) -> AbstractContextManager[Reader]:
        """Open a reader for the calling thread."""


Captions = Mapping[Id, str]
