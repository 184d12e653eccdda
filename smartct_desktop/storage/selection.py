"""A query as SQL: where its records come from, which conditions they meet, in which order."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.query import Path, Query
from smartct_desktop.domain.searching import searched_words
from smartct_desktop.storage.candidates import Candidates
from smartct_desktop.storage.codecs import Column
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.filters import Condition, Filters, one_of
from smartct_desktop.storage.groups import terms_of
from smartct_desktop.storage.search import Search
from smartct_desktop.storage.sources import CrossJoin, Names, Sources
from smartct_desktop.storage.tables import Tables

Rowids = sa.Select[tuple[int]]


class Selection:
    """The records that a query finds.

    `few` is given if an index told that there are only a few: the rowids among which all of them
    are. Otherwise the conditions are looked at record by record, in the order of the query.
    Raises `Invalid` for a search of too many words.
    """

    def __init__(self, tables: Tables, source: Source, query: Query) -> None:
        self.query = query
        self.sources = Sources(tables, query.kind)
        self._source = source
        search = Search(self.sources, source)
        words = searched_words(query.search)
        filters = Filters(self.sources, source, search.condition)
        candidates = Candidates(self.sources, source, search, self._rowids_of)
        self.few = candidates.fewest(query.filters, words)
        self._conditions: list[Condition] = [
            *map(filters.condition, query.filters),
            *map(search.condition, words),
        ]
        self.all = not self._conditions
        self.order = self._order()

    def _rowids_of(self, query: Query) -> Rowids:
        """Select the rowids that another query finds, in no order."""
        other = Selection(self.sources.tables, self._source, query)
        return other.from_own(other.sources.own.c.rowid)

    def _order(self) -> list[tuple[Column, bool]]:
        """Give the columns to sort by, and whether downwards.

        After what the query wants come the keys, then the order in which records were added.
        """
        terms = [
            (term, sort.descending)
            for sort in self.query.sort
            for term in self.sources.order(sort.path)
        ]
        if self.query.group is not None:
            grouping = self.query.group
            leading = terms_of(self.sources, grouping)
            terms = [*((term, grouping.descending) for term in leading), *terms]
        wanted = {sort.path for sort in self.query.sort}
        for key in self.sources.shape(()).schema.keys:
            path = Path((key.name,))
            if path not in wanted:
                terms += [(term, False) for term in self.sources.order(path)]
        return [*terms, (self.sources.own.c.rowid, False)]

    @property
    def conditions(self) -> list[Condition]:
        """All conditions a record has to meet."""
        if self.few is None:
            return self._conditions
        return [one_of(self.sources.own.c.rowid, self.few), *self._conditions]

    @property
    def sorting(self) -> list[sa.ColumnElement[Any]]:
        """The order, blanks last in both directions."""
        *terms, (rowid, _) = self.order
        # To speak of blanks where there are none would keep SQLite from using an index.
        return [*((t.desc() if down else t.asc()).nulls_last() for t, down in terms), rowid]

    def from_own(self, *columns: Column) -> sa.Select[Any]:
        """Select of the records found, in no order."""
        return sa.select(*columns).select_from(self.sources.joined()).where(*self.conditions)

    def rowids(self) -> Rowids:
        """Select the rowids in the order of the query."""
        return self.from_own(self.sources.own.c.rowid).order_by(*self.sorting)

    @property
    def walks(self) -> bool:
        """Whether an index of the own table gives the order."""
        return self._is_indexed((), self.order[0][0])

    def along_reference(self) -> Rowids | None:
        """Select the rowids in order of the names of the records referred to, if that is the order.

        SQLite walks through the index of those names and looks up who refers to each: the first
        rows are there at once. Records that refer to none, or to one without a name, are left out.
        """
        leading = self._leading_reference()
        if leading is None:
            return None
        own = self.sources.own
        named = self.sources.table(leading)
        start = CrossJoin(named, own, own.c[leading[0]] == named.c.rowid)
        first, _ = self.order[0]
        return (
            sa.select(own.c.rowid)
            .select_from(self.sources.joined(start, without=leading))
            .where(first.is_not(None), *self.conditions)
            .order_by(*self.sorting)
        )

    def _leading_reference(self) -> Names | None:
        if self.query.group is not None:
            return None
        keys = (Path((key.name,)) for key in self.sources.shape(()).schema.keys)
        path = self.query.sort[0].path if self.query.sort else next(keys, None)
        if path is None or len(path.names) > 1 or self.sources.stored(path).target is None:
            return None
        return path.names if self._is_indexed(path.names, self.order[0][0]) else None

    def _is_indexed(self, names: Names, column: Column) -> bool:
        return (
            isinstance(column, sa.Column)
            and self.sources.table(names).c.get(column.name) is column
            and column.name in self.sources.shape(names).ordered
        )
