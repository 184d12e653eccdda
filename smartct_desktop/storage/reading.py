"""Reading a document: the methods behind `Reader`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.changes import (
    EVERY_STEP,
    LaterMove,
    PastChange,
    PastStep,
    StepCounts,
    StepFilter,
)
from smartct_desktop.domain.copies import StepMarks
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.query import Listing, Path, Query
from smartct_desktop.domain.reading import (
    Bucket,
    Due,
    FindingCount,
    RecordFinding,
    RecordT,
    Referring,
    Window,
)
from smartct_desktop.domain.record import Record
from smartct_desktop.storage.books import TALLY
from smartct_desktop.storage.called import Called
from smartct_desktop.storage.columns import Columns
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.contents import broken_files
from smartct_desktop.storage.facets import buckets, sums
from smartct_desktop.storage.findings import Findings
from smartct_desktop.storage.guests import Guest
from smartct_desktop.storage.naming import Naming
from smartct_desktop.storage.past import Past
from smartct_desktop.storage.records import Records
from smartct_desktop.storage.selection import Selection
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.windows import StoreWindow


class StoreReader:
    """Implements `Reader` over one connection; belongs to the thread of the connection.

    `guest` opens further connections, on which windows are prepared.
    """

    def __init__(self, tables: Tables, source: Source, guest: Callable[[], Guest]) -> None:
        self._tables = tables
        self._source = source
        self._guest = guest
        self._records = Records(tables, source)
        self._past = Past(self._records)
        self._findings = Findings(self._records)
        self._naming = Naming(tables, source)
        self._columns = Columns(tables, source)
        self._called = Called(tables, source)

    def get(self, type_: type[RecordT], id_: Id) -> RecordT:
        """Fetch one record. Raises KeyError if it is not there."""
        return self.get_many(type_, [id_])[id_]

    def record(self, kind: str, id_: Id) -> Record:
        """Fetch one record of a kind known only by its code. Raises KeyError."""
        for record in self._records.many(kind, [id_]):
            return record
        raise KeyError(id_)

    def get_many(self, type_: type[RecordT], ids: Iterable[Id]) -> dict[Id, RecordT]:
        """Fetch the records that exist among these."""
        found = self._records.many(type_.schema.kind, ids)
        return {record.id: record for record in found if isinstance(record, type_)}

    def all(self, type_: type[RecordT]) -> Iterator[RecordT]:
        """Go through all records of a type, in the order they were added, without holding them."""
        for record in self._records.all(type_.schema.kind):
            assert isinstance(record, type_)
            yield record

    def columns(
        self, kind: str, names: Sequence[str], ids: Iterable[Id] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Give the id and some values of all records of a kind, or of those among `ids`."""
        return self._columns.of(kind, names, ids)

    def first_senders(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give who sent the file that brought each of these records, where one did."""
        return self._past.first_senders(kind, ids)

    def window(self, query: Query) -> Window:
        """Ask a query. Raises KeyError for a path that does not exist."""
        total = self.total(query.kind)
        return StoreWindow(self._tables, self._source, query, total, self._guest)

    def count(self, query: Query) -> int:
        """Count the records a query finds."""
        selection = Selection(self._tables, self._source, query)
        if selection.all:
            return self.total(query.kind)
        ((count,),) = self._source.fetch(selection.from_own(sa.func.count()))
        return int(count)

    def total(self, kind: str) -> int:
        """How many records of a kind there are, at no cost however many they are."""
        ((records,),) = self._source.fetch(sa.select(TALLY.c.records).where(TALLY.c.kind == kind))
        return int(records)

    def buckets(self, query: Query, path: Path) -> list[Bucket]:
        """Give the distinct values of a column among the records found, most frequent first."""
        selection = Selection(self._tables, self._source, query)
        return buckets(selection, self._source, path, self._records.captions_by_rowid)

    def sums(self, query: Query, paths: Sequence[Path]) -> dict[Path, int | Decimal]:
        """Add up columns of numbers and money over the records found; blanks count nothing."""
        return sums(Selection(self._tables, self._source, query), self._source, paths)

    def naming(
        self, kind: str, field: str, ids: Iterable[str], columns: Sequence[str]
    ) -> Sequence[tuple[Any, ...]]:
        """Give the records of `kind` that name one of these in `field`: id and columns."""
        return self._naming.rows(kind, field, ids, columns)

    def called(self, kind: str, names: Collection[str]) -> set[Id]:
        """Give the records of `kind` that go by one of these folded names."""
        return set(map(Id, self._called.ids(kind, names)))

    def findings(self, kind: str, ids: Iterable[Id]) -> dict[Id, tuple[Finding, ...]]:
        """Give what the rules say of these records; those without a finding are left out."""
        return self._findings.of(kind, ids)

    def problem_counts(self, query: Query) -> dict[Severity, int]:
        """Count the records found that have a finding of each severity; 0 where there is none."""
        return self._findings.problem_counts(query)

    def finding_counts(self, listing: Listing | None = None) -> list[FindingCount]:
        """Count findings by rule, errors first; without words at no cost however many."""
        return self._findings.counts(listing)

    def list_findings(self, listing: Listing, start: int, stop: int) -> Sequence[RecordFinding]:
        """Fetch a range of all findings in the order of the listing."""
        return self._findings.listed(listing, start, stop)

    def unexamined(self) -> int:
        """How many records the rules have still to be asked about, roughly; 0 if none."""
        return self._findings.unexamined()

    def due(self, most: int) -> Due | None:
        """Give some of the records that the rules have still to be asked about, if there are."""
        return self._findings.due(most)

    def captions(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give the captions of the records that exist among these."""
        return self._records.captions(kind, ids)

    def referring(self, kind: str, id_: Id) -> list[Referring]:
        """Give the records that name this one, in any field of any kind."""
        named = self._tables[kind].table
        rowid = sa.select(named.c.rowid).where(named.c.id == id_).scalar_subquery()
        found = []
        for shape, stored in self._tables.referring(kind):
            naming = sa.select(shape.table.c.rowid).where(shape.table.c[stored.name] == rowid)
            rowids = [own for (own,) in self._source.fetch(naming.order_by(shape.table.c.rowid))]
            captions = self._records.captions_by_rowid(shape.schema.kind, rowids)
            found += [Referring(stored.field, *captions[own]) for own in rowids]
        return found

    def history(self, start: int, stop: int, wanted: StepFilter = EVERY_STEP) -> Sequence[PastStep]:
        """Fetch steps, newest first."""
        return self._past.steps.history(start, stop, wanted)

    def history_count(self, wanted: StepFilter = EVERY_STEP) -> int:
        """How many steps there are."""
        return self._past.steps.count(wanted)

    def step_counts(self) -> StepCounts:
        """Count the steps by all that they can be filtered by. Work for a job."""
        return self._past.steps.counts()

    def step(self, no: int) -> PastStep:
        """Fetch one step. Raises KeyError."""
        return self._past.steps.step(no)

    def later_moves(self, no: int) -> Iterator[LaterMove]:
        """Give the fields that holding steps after this one moved in its records, oldest first."""
        return self._past.later_moves(no)

    def step_changes(self, no: int, start: int = 0, stop: int = 1000) -> Sequence[PastChange]:
        """Fetch the changes of a step."""
        return self._past.step_changes(no, start, stop)

    def record_history(
        self, kind: str, id_: Id, start: int = 0, stop: int | None = None, field: str = ""
    ) -> Sequence[tuple[PastStep, PastChange]]:
        """Give changes of one record, newest first."""
        return self._past.record_history(kind, id_, start, stop, field)

    def record_history_count(self, kind: str, id_: Id) -> int:
        """How many changes of one record there are."""
        return self._past.record_history_count(kind, id_)

    def removed(self, kind: str) -> Sequence[tuple[PastStep, PastChange]]:
        """Give the removals of records that somebody deleted, newest first."""
        return self._past.removed(kind)

    def last_changes(self, kind: str, ids: Iterable[Id]) -> dict[Id, datetime]:
        """When each of these records was last changed by a step that holds, in UTC."""
        return self._past.last_changes(kind, ids)

    def next_undo(self) -> PastStep | None:
        """Give the step that undo would take back."""
        return self._past.steps.next_undo()

    def next_redo(self) -> PastStep | None:
        """Give the step that redo would bring again."""
        return self._past.steps.next_redo()

    def step_marks(self) -> Sequence[StepMarks]:
        """Give what tells all steps from those of other copies, oldest first."""
        return self._past.steps.marks()

    def broken_files(self) -> list[str]:
        """Give the names of attached files whose content is missing or not whole."""
        return broken_files(self._source)

    def imported(self, sha256: str) -> PastStep | None:
        """Give the newest step, not undone, that came from a file with this content."""
        return self._past.steps.imported(sha256)
