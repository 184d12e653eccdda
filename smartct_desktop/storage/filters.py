"""The filters of a query as conditions of SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, assert_never

import sqlalchemy as sa

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Among, Between, Contains, Filter, Ids, Not, Path
from smartct_desktop.storage.codecs import Column
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.sources import Sources, unindexed
from smartct_desktop.storage.tables import Stored

Condition = sa.ColumnElement[bool]


def one_of(column: Column, values: Iterable[Any]) -> Condition:
    """Whether the column holds one of the values, however many there are."""
    listed = json.dumps(list(values), ensure_ascii=False)
    each = sa.func.json_each(sa.bindparam(None, listed, sa.Text)).table_valued("value").alias()
    return column.in_(sa.select(each.c.value))


def holds(column: Column, word: str) -> Condition:
    """Whether a folded text contains the word."""
    return sa.func.instr(column, word) > 0


class Filters:
    """Makes the conditions for one query."""

    def __init__(self, sources: Sources, source: Source) -> None:
        self._sources = sources
        self._source = source

    def condition(self, filter_: Filter) -> Condition:
        """Give the condition; it is never unknown. Raises KeyError for a path that is none."""
        match filter_:
            case Among(path, values):
                return self._among(path, values)
            case Between(path, low, high):
                return self._between(path, low, high)
            case Contains(path, words):
                return sa.and_(*(self.contains(path, word) for word in fold(words).split()))
            case Ids(ids):
                return one_of(self._sources.own.c.id, ids)
            case Not(inner):
                return sa.not_(_known(self.condition(inner)))
            case _:
                assert_never(filter_)

    def contains(self, path: Path, word: str) -> Condition:
        """Whether the value as shown contains a folded word."""
        stored = self._sources.stored(path)
        if stored.target is not None:
            parts = self._sources.caption(path)
            return sa.or_(*(self.contains(part, word) for part in parts))
        if stored.codec.folded:
            return holds(self._sources.twin(path), word)
        return one_of(self._sources.column(path), self._shown_with(stored, word))

    def _shown_with(self, stored: Stored, word: str) -> list[Any]:
        """Give those values of a column whose text contains the word."""
        column = self._sources.tables[stored.field.kind].table.c[stored.name]
        found = self._source.fetch(sa.select(column).distinct().where(column.is_not(None)))
        codec = stored.codec
        return [
            value
            for (value,) in found
            if word in fold(codec.shown(codec.read(value) if codec.read else value))
        ]

    def _among(self, path: Path, values: frozenset[Value]) -> Condition:
        stored = self._sources.stored(path)
        column = self._sources.column(path)
        conditions = []
        filled = [value for value in values if value not in (None, ())]
        if filled:
            conditions.append(self._held(stored, column, filled))
        if len(filled) < len(values):
            conditions.append(unindexed(column).is_(None))
        return sa.or_(sa.false(), *conditions)

    def _held(self, stored: Stored, column: Column, values: Sequence[Value]) -> Condition:
        if stored.target is not None:
            target = self._sources.tables[stored.target].table
            return unindexed(column).in_(
                sa.select(target.c.rowid).where(one_of(target.c.id, values))
            )
        if stored.codec.several:
            each = sa.func.json_each(column).table_valued("value").alias()
            return sa.select(each.c.value).where(one_of(each.c.value, values)).exists()
        write = stored.codec.write
        return one_of(unindexed(column), (write(value) if write else value for value in values))

    def _between(self, path: Path, low: Value, high: Value) -> Condition:
        stored = self._sources.stored(path)
        bound = stored.codec.bound
        if bound is None:
            raise ValueError(f"{stored.field.code} has no lower and higher values")
        (term,) = self._sources.order(path)
        conditions = [term.is_not(None)]
        if low is not None:
            conditions.append(term >= bound(low))
        if high is not None:
            conditions.append(term <= bound(high))
        return sa.and_(*conditions)


def _known(condition: Condition) -> Condition:
    """Count unknown (a comparison with a blank) as no."""
    return sa.func.coalesce(condition, sa.false()) == sa.true()
