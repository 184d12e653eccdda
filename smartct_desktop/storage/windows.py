"""Windows: the order of the records found, known as far as it is needed.

Few records are put in order at once. Of many, only the first are fetched, as long as that takes no
time; `prepare` finds the whole order on a connection of its own and keeps it as an array of rowids.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal

import sqlalchemy as sa

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Path, Query, Row
from smartct_desktop.domain.reading import Outdated, RowGroup
from smartct_desktop.storage.cells import Cells, ids_of
from smartct_desktop.storage.codecs import Column
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.errors import Interrupted
from smartct_desktop.storage.groups import groups, sums_of
from smartct_desktop.storage.guests import Guest, Host
from smartct_desktop.storage.orders import whole_order
from smartct_desktop.storage.places import Places
from smartct_desktop.storage.selection import Rowids, Selection
from smartct_desktop.storage.sources import Sources
from smartct_desktop.storage.tables import Tables

SMALL = 10_000
"""A kind with no more records than this is put in order at once, whatever the query."""

FIRST = 256
"""Rows that are fetched at once of a larger kind."""

PATIENCE_SECONDS = 0.04
"""A window that cannot show its first rows in this time is not `ready`: the thread that shows it
must not stand still."""

COUNTING_SECONDS = 0.01
"""What is spent on counting them before anybody asked."""


class StoreWindow:
    """Implements `Window`. Belongs to the reader it came from; `prepare` may run elsewhere."""

    def __init__(
        self, tables: Tables, source: Source, query: Query, total: int, guest: Callable[[], Guest]
    ) -> None:
        self._tables = tables
        self._source = source
        self._query = query
        self._total = total
        self._open_guest = guest
        self._moment = source.moment()
        self._cells = Cells(tables, query.kind, query.columns)
        self._selection = Selection(tables, source, query)
        self._first: Sequence[int] | None = None
        self._places: Places | None = None
        self._count: int | None = total if self._selection.all else None
        self._groups: Sequence[RowGroup] = ()
        self._guest: Guest | None = None
        self._closed = False
        self._begin()

    def _begin(self) -> None:
        """Find out as much as takes no time."""
        if self._selection.few is not None or self._total <= SMALL:
            found = self._source.fetch(self._selection.rowids())
            self._settle(array("q", (rowid for (rowid,) in found)), self._source)
            return
        if self._query.group is not None:
            return  # where a group begins is only known when all are
        if not isinstance(self._source, Host):
            return  # a job has time: the rest is found when it is asked for
        with suppress(Interrupted), self._source.limited(PATIENCE_SECONDS):
            self._first = self._first_rows()
        if self._first is None:
            return
        if len(self._first) <= FIRST:
            self._settle(array("q", self._first), self._source)
        elif self._count is None:
            with suppress(Interrupted), self._source.limited(COUNTING_SECONDS):
                self._count = self._counted()

    def _first_rows(self) -> list[int]:
        along = self._selection.along_reference()
        if along is not None:
            first = self._rowids(along.limit(FIRST + 1))
            if len(first) > FIRST:
                return first
        return self._rowids(self._selection.rowids().limit(FIRST + 1))

    def _rowids(self, statement: Rowids) -> list[int]:
        return [rowid for (rowid,) in self._source.fetch(statement)]

    def _counted(self) -> int:
        ((count,),) = self._source.fetch(self._selection.from_own(sa.func.count()))
        return int(count)

    def _settle(self, order: array[int], source: Source) -> None:
        grouping = self._query.group
        if grouping is not None:
            sources, conditions = self._selection.sources, self._selection.conditions
            self._groups = groups(sources, conditions, source, grouping)
            if sum(group.records for group in self._groups) != len(order):
                raise Outdated
        self._count = len(order)
        self._places = Places(order)

    @property
    def query(self) -> Query:
        """What was asked for."""
        return self._query

    @property
    def ready(self) -> bool:
        """Whether the first rows are there."""
        return self._places is not None or self._first is not None

    @property
    def known_count(self) -> int | None:
        """How many records pass the filters, if that is known without work."""
        return self._count

    @property
    def count(self) -> int:
        """How many records pass the filters."""
        if self._count is None:
            self._count = self._counted()
        return self._count

    @property
    def groups(self) -> Sequence[RowGroup]:
        """The groups in the order of the rows."""
        return self._groups

    def sums(self, parts: Sequence[range], paths: Sequence[Path]) -> dict[Path, int | Decimal]:
        """Add up columns over some of the rows; on whatever thread."""
        known = self._places.order if self._places is not None else self._first
        if known is None:
            raise Cancelled
        rowids = [rowid for part in parts for rowid in known[part.start : part.stop]]
        guest = self._open_guest()
        try:
            return sums_of(Sources(self._tables, self._query.kind), guest, rowids, paths)
        finally:
            guest.close()

    @property
    def outdated(self) -> bool:
        """Whether the document has changed since the moment of the window."""
        return self._source.moment() != self._moment

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Fetch rows. Of a window that is not prepared, far rows may take as long as `prepare`."""
        return self._cells.rows(self._source, self._between(start, stop))

    def ids(self, start: int, stop: int) -> Sequence[Id]:
        """Fetch only the ids of a range of rows."""
        rowids = self._between(start, stop)
        return ids_of(self._tables, self._source, self._query.kind, rowids)

    def position(self, id_: Id) -> int | None:
        """Give the row number of a record, or None if the query does not find it."""
        table = self._tables[self._query.kind].table
        found = self._source.fetch(sa.select(table.c.rowid).where(table.c.id == id_))
        if not found:
            return None
        ((rowid,),) = found
        if self._places is None and self._selection.all and self._selection.walks:
            return self._records_before(rowid)
        return self._order().place(rowid)

    def prepare(self) -> None:
        """Find the whole order; on whatever thread."""
        if self._places is not None:
            return
        if isinstance(self._source, Guest):
            order = whole_order(self._source, self._selection, self._total)
            self._settle(order, self._source)
            return
        guest = self._guest = self._open_guest()
        try:
            if self._closed:
                raise Cancelled
            if guest.moment() != self._moment:
                raise Outdated
            self._settle(whole_order(guest, self._selection, self._total), guest)
        finally:
            self._guest = None
            guest.close()

    def close(self) -> None:
        """Give back what the window holds, and stop a `prepare` that is under way."""
        self._closed = True
        self._places = None
        self._first = None
        guest = self._guest
        if guest is not None:
            guest.stop()

    def _between(self, start: int, stop: int) -> Sequence[int]:
        start, stop = max(0, start), max(0, stop)
        if self._places is not None:
            return self._places.order[start:stop]
        if self._first is not None and stop <= FIRST:
            return self._first[start:stop]
        if self._selection.all and self._selection.walks:
            rows = self._selection.rowids().limit(max(0, stop - start)).offset(start)
            return self._rowids(rows)
        return self._order().order[start:stop]

    def _order(self) -> Places:
        """Give the whole order, now. What was not found before is found as it is now."""
        if self._places is None:
            if isinstance(self._source, Guest):
                self.prepare()
            else:
                rowids = array("q", self._rowids(self._selection.rowids()))
                self._settle(rowids, self._source)
        assert self._places is not None
        return self._places

    def _records_before(self, rowid: int) -> int:
        """Count along the index, place by place of the order: those lower in the first, and so on.

        Much less work than putting all in order, for a table of which one row is looked for.
        """
        own = self._selection.sources.own
        terms = [term for term, _ in self._selection.order]
        (values,) = self._source.fetch(self._selection.from_own(*terms).where(own.c.rowid == rowid))
        before = 0
        same: list[sa.ColumnElement[bool]] = []
        for (term, down), value in zip(self._selection.order, values, strict=True):
            counted = self._selection.from_own(sa.func.count())
            ((count,),) = self._source.fetch(counted.where(*same, _precedes(term, value, down)))
            before += count
            same.append(term.is_not_distinct_from(value))
        return before


def _precedes(term: Column, value: object, down: bool) -> sa.ColumnElement[bool]:  # noqa: FBT001
    """Whether a record comes before one with this value; blanks come last in both directions."""
    if value is None:
        return term.is_not(None)
    return term > value if down else term < value
