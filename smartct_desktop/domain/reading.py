"""How records are read: the contract between the file and everything that shows or uses it.

Implemented in `storage`; used by services, window and command line, which never see SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from smartct_desktop.domain.changes import (
    EVERY_STEP,
    LaterMove,
    PastChange,
    PastStep,
    StepCounts,
    StepFilter,
)
from smartct_desktop.domain.copies import StepMarks
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Listing, Path, Query, Row
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
class RowGroup:
    """Rows of a window that stand together: a value they share, their number, and their sums.

    `value` is one of those that are shown alike (of days grouped by month, the month as a partial
    date), `caption` is set for references; `sums` are in the order of the grouping's.
    """

    value: Value
    caption: str | None
    records: int
    sums: tuple[int | Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Referring:
    """A record that names another one in `field`."""

    field: Field
    id: Id
    caption: str


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """A finding, and the record that it is about.

    `since` is the day on which the rule first said it in this document, None where that is unknown.
    """

    kind: str
    id: Id
    caption: str
    finding: Finding
    since: date | None = None


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many findings of one rule there are with one severity, among records of one kind."""

    code: str
    kind: str
    severity: Severity
    findings: int


@dataclass(frozen=True, slots=True)
class Due:
    """Some records of one kind that the rules have still to be asked about, at one moment.

    `spans` are the numbers that storage knows them by: from, up to here, to. `version` is that of
    the rules that are to be asked.
    """

    kind: str
    ids: tuple[Id, ...]
    spans: tuple[tuple[int, int, int], ...]
    moment: int
    version: str


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

    @property
    def groups(self) -> Sequence[RowGroup]:
        """The groups in the order of the rows, of one moment with them; none without a grouping.

        They are known when the window is prepared, or was ready without it.
        """

    def sums(self, parts: Sequence[range], paths: Sequence[Path]) -> dict[Path, int | Decimal]:
        """Add up columns over some of the rows; on whatever thread.

        Raises ValueError for what cannot be added up, `Cancelled` if the window is closed.
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

    def columns(
        self, kind: str, names: Sequence[str], ids: Iterable[Id] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Give the id and some values of all records of a kind, in the order they were stored.

        With `ids` only of those that exist among these, in no order. Much quicker than records; of
        a reference the value is the id of the record named.
        """

    def first_senders(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give who sent the file that brought each of these records, where one did."""

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

    def naming(
        self, kind: str, field: str, ids: Iterable[str], columns: Sequence[str]
    ) -> Sequence[tuple[Any, ...]]:
        """Give the records of `kind` that name one of these in `field`, in no order.

        Of each its id and the values of `columns`; of a reference the id of the record named. Where
        `field` is a text, `ids` are texts; those count that differ in case, accents or signs only.
        """

    def called(self, kind: str, names: Collection[str]) -> set[Id]:
        """Give the records of `kind` that go by one of these folded names.

        That is their caption or one of their other names, of which a text has one a line.
        """

    def findings(self, kind: str, ids: Iterable[Id]) -> dict[Id, tuple[Finding, ...]]:
        """Give what the rules say of these records; those without a finding are left out."""

    def problem_counts(self, query: Query) -> dict[Severity, int]:
        """Count the records found that have a finding of each severity; 0 where there is none.

        A record with findings of two severities counts in both.
        """

    def finding_counts(self, listing: Listing | None = None) -> list[FindingCount]:
        """Count findings by rule, errors first; without words at no cost however many."""

    def list_findings(self, listing: Listing, start: int, stop: int) -> Sequence[RecordFinding]:
        """Fetch a range of all findings in the order of the listing."""

    def unexamined(self) -> int:
        """How many records the rules have still to be asked about, roughly; 0 if none."""

    def due(self, most: int) -> Due | None:
        """Give some of the records that the rules have still to be asked about, if there are."""

    def captions(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give the captions of the records that exist among these."""

    def referring(self, kind: str, id_: Id) -> list[Referring]:
        """Give the records that name this one, in any field of any kind."""

    def history(self, start: int, stop: int, wanted: StepFilter = EVERY_STEP) -> Sequence[PastStep]:
        """Fetch steps, newest first."""

    def history_count(self, wanted: StepFilter = EVERY_STEP) -> int:
        """How many steps there are."""

    def step_counts(self) -> StepCounts:
        """Count the steps by all that they can be filtered by. Work for a job."""

    def step(self, no: int) -> PastStep:
        """Fetch one step. Raises KeyError."""

    def step_changes(self, no: int, start: int = 0, stop: int = 1000) -> Sequence[PastChange]:
        """Fetch the changes of a step."""

    def later_moves(self, no: int) -> Iterator[LaterMove]:
        """Give the fields that holding steps after this one moved in its records, oldest first."""

    def record_history(
        self, kind: str, id_: Id, start: int = 0, stop: int | None = None, field: str = ""
    ) -> Sequence[tuple[PastStep, PastChange]]:
        """Give changes of one record, newest first: all of them, or a range.

        With `field`, changes that say nothing of that field may be left out.
        """

    def record_history_count(self, kind: str, id_: Id) -> int:
        """How many changes of one record there are."""

    def removed(self, kind: str) -> Sequence[tuple[PastStep, PastChange]]:
        """Give the removals, newest first, of records that are gone because somebody deleted them.

        What went because its addition was taken back was never deleted.
        """

    def last_changes(self, kind: str, ids: Iterable[Id]) -> dict[Id, datetime]:
        """When each of these records was last changed by a step that holds, in UTC."""

    def next_undo(self) -> PastStep | None:
        """Give the step that undo would take back."""

    def next_redo(self) -> PastStep | None:
        """Give the step that redo would bring again."""

    def step_marks(self) -> Sequence[StepMarks]:
        """Give what tells all steps from those of other copies of the document, oldest first."""

    def broken_files(self) -> Sequence[str]:
        """Give the names of attached files whose content is missing or has pieces too few.

        Contents are not read for that: whether each byte is right, a check of the document says.
        """

    def imported(self, sha256: str) -> PastStep | None:
        """Give the newest step, not undone, that came from a file with this content."""


class Readers(Protocol):
    """Opens readers for other threads, each with its own connection and one consistent moment."""

    def reader(self, progress: Progress | None = None) -> AbstractContextManager[Reader]:
        """Open a reader for the calling thread.

        Once the work that `progress` tells of was cancelled, reading raises `Cancelled`.
        """


Captions = Mapping[Id, str]
