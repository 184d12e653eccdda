"""Some columns of very many records, without making records of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Path
from smartct_desktop.storage.cells import Fetched
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.records import chunks
from smartct_desktop.storage.sources import CrossJoin, Sources, wanted
from smartct_desktop.storage.tables import Tables

_PAGE = 1000
"""Records fetched by one statement: a writer may interrupt it, and then it begins again."""


class Columns:
    """Fetches columns kind by kind; the statements stay with the tables."""

    def __init__(self, tables: Tables, source: Source) -> None:
        self._tables = tables
        self._source = source

    def of(
        self, kind: str, names: Sequence[str], ids: Iterable[Id] | None
    ) -> Iterator[tuple[Any, ...]]:
        """Give id and values of the records of a kind: of all as they were added, or of some."""
        statement = self._tables.made(Statement, kind, tuple(names))
        pages = statement.all(self._source) if ids is None else statement.some(self._source, ids)
        for page in pages:
            yield from statement.converted(page)


class Statement:
    """What fetches some columns of one kind, and makes values of them column by column."""

    def __init__(self, tables: Tables, kind: str, names: tuple[str, ...]) -> None:
        sources = Sources(tables, kind)
        own = sources.own
        fetched = Fetched(sources)
        stored = [sources.stored(Path((name,))) for name in names]
        places = [fetched.value(Path((name,)))[0] for name in names]
        self._converts = [
            (place, _converter(one.codec.read, several=one.codec.several))
            for place, one in zip(places, stored, strict=True)
        ]
        columns = sa.select(own.c.rowid, own.c.id, *fetched.columns)
        self._page = (
            columns.select_from(sources.joined())
            .where(own.c.rowid > sa.bindparam("after", type_=sa.Integer))
            .order_by(own.c.rowid)
            .limit(_PAGE)
        )
        each = wanted("ids")
        self._some = columns.select_from(
            sources.joined(CrossJoin(each, own, own.c.id == each.c.value))
        )

    def all(self, source: Source) -> Iterator[Sequence[Any]]:
        """Fetch all records in the order they were added, page by page."""
        after = 0
        while rows := source.fetch(self._page, {"after": after}):
            yield rows
            after = rows[-1][0]

    def some(self, source: Source, ids: Iterable[Id]) -> Iterator[Sequence[Any]]:
        """Fetch the records that exist among these, in no order."""
        for chunk in chunks(ids):
            if rows := source.fetch(self._some, {"ids": json.dumps(chunk)}):
                yield rows

    def converted(self, rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Make ids and values of rows. Whole columns at a time: that is several times faster."""
        _, ids, *columns = zip(*rows, strict=True)
        try:
            values = [
                columns[place] if convert is None else list(map(convert, columns[place]))
                for place, convert in self._converts
            ]
        except (ValueError, KeyError) as error:
            raise damaged() from error
        return zip(ids, *values, strict=True)


def _converter(read: Callable[[Any], Any] | None, *, several: bool) -> Callable[[Any], Any] | None:
    """Give what makes a value of what a column holds, each only once; None if that is the same."""
    if read is None:
        return None

    @cache
    def convert(kept: Any) -> Any:
        if kept is None:
            return () if several else None
        return read(kept)

    return convert
