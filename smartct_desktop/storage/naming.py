"""Some values of the records that name others, for many of them at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Path
from smartct_desktop.storage.cells import Fetched
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.sources import CrossJoin, Sources, wanted
from smartct_desktop.storage.tables import Tables


class Naming:
    """Fetches records by what they name; the statements stay with the tables."""

    def __init__(self, tables: Tables, source: Source) -> None:
        self._tables = tables
        self._source = source

    def rows(
        self, kind: str, field: str, ids: Iterable[str], columns: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        """Give id and columns of the records of `kind` that name one of these in `field`.

        Where `field` is a text, `ids` are texts, compared without case, accents and signs.
        """
        statement = self._tables.made(Statement, kind, field, tuple(columns))
        return list(statement.rows(self._source, ids))


class Statement:
    """One such statement."""

    def __init__(self, tables: Tables, kind: str, field: str, columns: tuple[str, ...]) -> None:
        sources = Sources(tables, kind)
        stored = sources.stored(Path((field,)))
        if stored.target is None and not stored.codec.folded:
            raise KeyError(f"{kind}.{field} names nothing")
        own = sources.own
        self._texts = stored.target is None
        fetched = Fetched(sources)
        parts = [fetched.value(Path((name,))) for name in columns]
        self._places = [0, *(place + 1 for place, _ in parts)]
        self._readers = [(n, codec.read) for n, (_, codec) in enumerate(parts, 1) if codec.read]
        self._tuples = [n for n, (_, codec) in enumerate(parts, 1) if codec.several]
        each = wanted("ids")
        if stored.target is None:
            start = CrossJoin(each, own, own.c[stored.twin] == each.c.value)
        else:
            named = tables.alias(stored.target, "named")
            start = CrossJoin(each, named, named.c.id == each.c.value)
            start = CrossJoin(start, own, own.c[field] == named.c.rowid)
        self._select = sa.select(own.c.id, *fetched.columns).select_from(sources.joined(start))

    def rows(self, source: Source, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Run it."""
        if self._texts:
            ids = filter(None, map(fold, ids))
        listed = json.dumps(list(dict.fromkeys(ids)))
        for row in source.fetch(self._select, {"ids": listed}):
            values = [row[place] for place in self._places]
            try:
                for place, convert in self._readers:
                    if values[place] is not None:
                        values[place] = convert(values[place])
            except (ValueError, KeyError) as error:
                raise damaged() from error
            for place in self._tuples:
                if values[place] is None:
                    values[place] = ()
            yield tuple(values)
