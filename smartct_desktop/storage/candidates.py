"""What indexes tell of a filter without looking at records: a few among which all that pass are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

import sqlalchemy as sa

from smartct_desktop.domain.query import (
    AllOf,
    Among,
    AnyOf,
    Between,
    Contains,
    Filter,
    Ids,
    Match,
    Mentions,
    Path,
    Problems,
    Query,
)
from smartct_desktop.storage.connection import Connection, Source
from smartct_desktop.storage.errors import Interrupted
from smartct_desktop.storage.filters import one_of, parts
from smartct_desktop.storage.problem_filter import with_problems
from smartct_desktop.storage.search import FEW, Search, few
from smartct_desktop.storage.sources import Sources

Rowids = list[int] | None
"""The rowids of a few records, or None where no index tells, or there are too many."""

Select = Callable[[Query], sa.Select[tuple[int]]]
"""Makes the select of the rowids that another query finds."""

PATIENCE_SECONDS = 0.015
"""What is spent on finding the records at the other end of a reference."""


class Candidates:
    """Looks for few records on behalf of one query."""

    def __init__(self, sources: Sources, source: Source, search: Search, select: Select) -> None:
        self._sources = sources
        self._source = source
        self._search = search
        self._select = select

    def fewest(self, filters: Iterable[Filter], words: Iterable[str]) -> Rowids:
        """Give the smallest set of which any filter or word tells."""
        found = [*map(self._of, filters), *map(self._search.candidates, words)]
        return min((rows for rows in found if rows is not None), key=len, default=None)

    def _of(self, filter_: Filter) -> Rowids:
        match filter_:
            case Ids(ids) if len(ids) <= FEW:
                table = self._sources.shape(()).table
                return few(self._source, [sa.select(table.c.rowid).where(one_of(table.c.id, ids))])
            case Problems(severities, codes):
                having = with_problems(self._sources.kind, severities, codes)
                return few(self._source, [having])
            case Among(Path((name,)), values) if None not in values:
                return self._naming(name, values)
            case Mentions(words, match):
                found = (self._search.candidates(p, match) for p in parts(words, match))
                return min((rows for rows in found if rows is not None), key=len, default=None)
            case Contains(Path((_,)), words, match):
                return self._containing(filter_, words, match)
            case Contains() | Between():
                return self._through(filter_, filter_.path)
            case Among(path, values) if None not in values and () not in values:
                return self._through(filter_, path)
            case AllOf(filters):
                return self.fewest(filters, ())
            case AnyOf(filters):
                return self._together(filters)
            case _:
                return None

    def _together(self, filters: Iterable[Filter]) -> Rowids:
        found: set[int] = set()
        for filter_ in filters:
            rows = self._of(filter_)
            if rows is None or len(found) + len(rows) > FEW:
                return None
            found.update(rows)
        return sorted(found)

    def _naming(self, name: str, values: Iterable[object]) -> Rowids:
        """Give those that name one of these records in a field."""
        target = self._sources.stored(Path((name,))).target
        if target is None:
            return None
        own, other = self._sources.shape(()).table, self._sources.tables[target].table
        named = sa.select(other.c.rowid).where(one_of(other.c.id, values))
        return few(self._source, [sa.select(own.c.rowid).where(own.c[name].in_(named))])

    def _containing(self, filter_: Contains, words: str, match: Match) -> Rowids:
        """Give those with the words in one of their own fields, or in the caption of a reference.

        The full-text index does not know the fields: it tells which records can have the words.
        """
        pieces = parts(words, match)
        stored = self._sources.stored(filter_.path)
        if stored.target is not None:
            named = list(self._sources.caption(filter_.path))
            if len(named) != 1 or not pieces:
                return None
            return self._through(replace(filter_, path=named[0]), named[0])
        if not stored.codec.folded or stored.field.derived:
            return None
        found = map(self._search.candidates_in_own, pieces)
        return min((rows for rows in found if rows is not None), key=len, default=None)

    def _through(self, filter_: Among | Between | Contains, path: Path) -> Rowids:
        """Give those that name a record for which the rest of the way passes the filter."""
        name, *rest = path.names
        target = self._sources.stored(Path((name,))).target
        if target is None or not rest:
            return None
        passing = self._select(Query(target, filters=(replace(filter_, path=Path(tuple(rest))),)))
        own = self._sources.shape(()).table
        with suppress(Interrupted):
            named = self._soon(passing)
            if named is None:
                return None
            rows = sa.select(own.c.rowid).where(one_of(own.c[name], named))
            return few(self._source, [rows])
        return None

    def _soon(self, rowids: sa.Select[tuple[int]]) -> Rowids:
        """Give the rowids if they are few and found in no time; a job has time."""
        if not isinstance(self._source, Connection):
            return few(self._source, [rowids])
        with self._source.limited(PATIENCE_SECONDS):
            return few(self._source, [rowids])
