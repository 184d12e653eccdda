"""The values and captions of rows, fetched by rowid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Path, Row
from smartct_desktop.storage.codecs import Codec, Column
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.sources import CrossJoin, Sources, wanted
from smartct_desktop.storage.tables import Tables

CHUNK = 500
"""Records fetched by one statement."""

BARE_CHUNK = 10_000
"""Ids fetched by one statement."""

Part = tuple[int, Codec]
"""Where a value stands in a row, and how to read it."""


class Fetched:
    """The select list of one statement: every column once, found again by its place."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.columns: list[Column] = []
        self._places: dict[Column, int] = {}

    def place(self, column: Column) -> int:
        """Give the place of a column in the rows, asking for it if nobody did."""
        place = self._places.get(column)
        if place is None:
            place = self._places[column] = len(self.columns)
            self.columns.append(column)
        return place

    def value(self, path: Path) -> Part:
        """Ask for a value; of a reference for the id of the record named."""
        stored = self.sources.stored(path)
        if stored.target is not None:
            return self.place(self.sources.id_of(path.names)), stored.codec
        return self.place(self.sources.column(path)), stored.codec

    def caption(self, path: Path) -> list[Part]:
        """Ask for what makes up a caption; the empty path stands for the record itself."""
        return [self.value(part) for part in self.sources.caption(path)]


def read(part: Part, row: Sequence[Any]) -> Any:
    """Read a value. Raises ValueError and KeyError for what was never written by us."""
    place, codec = part
    value = row[place]
    if value is None:
        return () if codec.several else None
    return codec.read(value) if codec.read else value


def caption(parts: Iterable[Part], row: Sequence[Any]) -> str:
    """Join what is filled in of a caption."""
    texts = (
        codec.shown(codec.read(row[place]) if codec.read else row[place])
        for place, codec in parts
        if row[place] is not None
    )
    return " ".join(filter(None, texts))


def ids_of(tables: Tables, source: Source, kind: str, rowids: Sequence[int]) -> list[Id]:
    """Fetch only the ids of records, in the order of their rowids; "" for each that is gone."""
    table = tables[kind].table
    each = wanted("rowids")
    statement = sa.select(table.c.rowid, table.c.id).select_from(
        CrossJoin(each, table, table.c.rowid == each.c.value)
    )
    found: dict[int, str] = {}
    for start in range(0, len(rowids), BARE_CHUNK):
        chunk = list(rowids[start : start + BARE_CHUNK])
        found.update(map(tuple, source.fetch(statement, {"rowids": str(chunk)})))
    return [Id(found.get(rowid, "")) for rowid in rowids]


class Cells:
    """Fetches the columns of one query."""

    def __init__(self, tables: Tables, kind: str, paths: Sequence[Path]) -> None:
        sources = Sources(tables, kind)
        fetched = Fetched(sources)
        self._values = [fetched.value(path) for path in paths]
        self._captions = [
            fetched.caption(path) if sources.stored(path).target is not None else None
            for path in paths
        ]
        own = sources.own
        each = wanted("rowids")
        self._statement = sa.select(own.c.rowid, own.c.id, *fetched.columns).select_from(
            sources.joined(CrossJoin(each, own, own.c.rowid == each.c.value))
        )
        self._blank = Row(Id(""), (None,) * len(paths), (None,) * len(paths))

    def rows(self, source: Source, rowids: Sequence[int]) -> list[Row]:
        """Fetch rows in the order of their rowids; a blank row for each that is gone."""
        found: dict[int, Row] = {}
        for start in range(0, len(rowids), CHUNK):
            chunk = list(rowids[start : start + CHUNK])
            for rowid, id_, *row in source.fetch(self._statement, {"rowids": str(chunk)}):
                found[rowid] = self._row(id_, row)
        return [found.get(rowid, self._blank) for rowid in rowids]

    def _row(self, id_: str, row: Sequence[Any]) -> Row:
        try:
            values = tuple(read(part, row) for part in self._values)
            captions = tuple(c if c is None else caption(c, row) for c in self._captions)
        except (ValueError, KeyError) as error:
            raise damaged() from error
        return Row(Id(id_), values, captions)
