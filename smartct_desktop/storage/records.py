"""Fetching whole records and their captions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.record import Record
from smartct_desktop.storage.cells import CHUNK, Fetched, Part, caption
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.sources import CrossJoin, Sources, wanted
from smartct_desktop.storage.tables import Shape, Tables

_ITSELF = Path(())


class KindReader:
    """The statements that fetch the records of one kind."""

    def __init__(self, tables: Tables, kind: str) -> None:
        self._shape: Shape = tables[kind]
        sources = Sources(tables, kind)
        own = sources.own
        values = Fetched(sources)
        for stored in self._shape.columns:
            values.value(Path((stored.name,)))
        each = wanted("ids")
        whole = sa.select(own.c.rowid, own.c.id, *values.columns)
        self._many = whole.select_from(
            sources.joined(CrossJoin(each, own, own.c.id == each.c.value))
        )
        self._page = (
            whole.select_from(sources.joined())
            .where(own.c.rowid > sa.bindparam("after", type_=sa.Integer))
            .order_by(own.c.rowid)
            .limit(CHUNK)
        )

    def many(self, source: Source, ids: Iterable[Id]) -> Iterator[Record]:
        """Fetch the records that exist among these."""
        for chunk in chunks(ids):
            for _, id_, *values in source.fetch(self._many, {"ids": json.dumps(chunk)}):
                yield self._record(id_, values)

    def all(self, source: Source) -> Iterator[Record]:
        """Fetch all records in the order they were added, piece by piece."""
        after = 0
        while rows := source.fetch(self._page, {"after": after}):
            for _, id_, *values in rows:
                yield self._record(id_, values)
            after = rows[-1][0]

    def _record(self, id_: str, values: Sequence[Any]) -> Record:
        try:
            return self._shape.decode(id_, values)
        except (ValueError, KeyError) as error:
            raise damaged() from error


class KindCaptions:
    """The statements that fetch the captions of the records of one kind."""

    def __init__(self, tables: Tables, kind: str) -> None:
        sources = Sources(tables, kind)
        own = sources.own
        fetched = Fetched(sources)
        self._parts: list[Part] = fetched.caption(_ITSELF)
        each = wanted("keys")
        columns = sa.select(own.c.rowid, own.c.id, *fetched.columns)
        self._by_id = columns.select_from(
            sources.joined(CrossJoin(each, own, own.c.id == each.c.value))
        )
        self._by_rowid = columns.select_from(
            sources.joined(CrossJoin(each, own, own.c.rowid == each.c.value))
        )

    def by_id(self, source: Source, ids: Iterable[Id]) -> dict[Id, str]:
        """Give the captions of the records that exist among these."""
        return {id_: text for _, id_, text in self._fetch(source, self._by_id, ids)}

    def by_rowid(self, source: Source, rowids: Iterable[int]) -> dict[int, tuple[Id, str]]:
        """Give id and caption of the records that exist among these."""
        found = self._fetch(source, self._by_rowid, rowids)
        return {rowid: (id_, text) for rowid, id_, text in found}

    def _fetch(
        self, source: Source, statement: sa.Select[Any], keys: Iterable[Any]
    ) -> Iterator[tuple[int, Id, str]]:
        for chunk in chunks(keys):
            for rowid, id_, *row in source.fetch(statement, {"keys": json.dumps(chunk)}):
                try:
                    yield rowid, Id(id_), caption(self._parts, row)
                except (ValueError, KeyError) as error:
                    raise damaged() from error


class Records:
    """Fetches records and captions of all kinds; the statements stay with the tables."""

    def __init__(self, tables: Tables, source: Source) -> None:
        self.tables = tables
        self.source = source

    def many(self, kind: str, ids: Iterable[Id]) -> Iterator[Record]:
        """Fetch the records that exist among these."""
        return self.tables.made(KindReader, kind).many(self.source, ids)

    def all(self, kind: str) -> Iterator[Record]:
        """Fetch all records in the order they were added, piece by piece."""
        return self.tables.made(KindReader, kind).all(self.source)

    def captions(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give the captions of the records that exist among these."""
        return self.tables.made(KindCaptions, kind).by_id(self.source, ids)

    def captions_by_rowid(self, kind: str, rowids: Iterable[int]) -> dict[int, tuple[Id, str]]:
        """Give id and caption of the records that exist among these."""
        return self.tables.made(KindCaptions, kind).by_rowid(self.source, rowids)


def chunks(things: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Cut into pieces, each thing once."""
    rest = iter(dict.fromkeys(things))
    while chunk := list(islice(rest, size)):
        yield chunk
