"""The filters of a query as conditions of SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, assert_never

import sqlalchemy as sa

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.folding import fold
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
    Not,
    Path,
    Problems,
)
from smartct_desktop.storage.codecs import Column
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.problem_filter import has_problems
from smartct_desktop.storage.sources import Sources, unindexed
from smartct_desktop.storage.tables import Stored

_MANY = 8  # alternatives, each of which may be a search through all texts of a record

Condition = sa.ColumnElement[bool]
Found = Callable[[str, Match], Condition]
"""Gives the condition that a search for a folded text finds the record."""


def one_of(column: Column, values: Iterable[Any]) -> Condition:
    """Whether the column holds one of the values, however many there are."""
    listed = json.dumps(list(values), ensure_ascii=False)
    each = sa.func.json_each(sa.bindparam(None, listed, sa.Text)).table_valued("value").alias()
    return column.in_(sa.select(each.c.value))


def holds(column: Column, word: str) -> Condition:
    """Whether a folded text contains the word."""
    return sa.func.instr(column, word) > 0


def parts(words: str, match: Match) -> list[str]:
    """Give what has to be looked for, each piece for itself, to find words in folded texts."""
    folded = fold(words)
    if match is Match.WORDS:
        return folded.split()
    return [folded] if folded else []


def holds_part(column: Column, part: str, match: Match) -> Condition:
    """Whether a folded text contains a piece, as whole words if that is asked."""
    if match is Match.WHOLE:
        return holds(sa.literal(" ").concat(column).concat(" "), f" {part} ")
    return holds(column, part)


class Filters:
    """Makes the conditions for one query."""

    def __init__(self, sources: Sources, source: Source, found: Found) -> None:
        self._sources = sources
        self._source = source
        self._found = found

    def condition(self, filter_: Filter) -> Condition:
        """Give the condition; it is never unknown. Raises KeyError for a path that is none."""
        match filter_:
            case Among(path, values):
                return self._among(path, values)
            case Between(path, low, high):
                return self._between(path, low, high)
            case Contains(path, words, match):
                pieces = parts(words, match)
                return sa.and_(sa.true(), *(self.contains(path, p, match) for p in pieces))
            case Mentions(words, match):
                return sa.and_(sa.true(), *(self._found(p, match) for p in parts(words, match)))
            case Ids(ids):
                return one_of(self._sources.own.c.id, ids)
            case Problems(severities, codes):
                own = self._sources.own.c.rowid
                return has_problems(self._sources.kind, own, severities, codes)
            case Not(inner):
                return sa.not_(_known(self.condition(inner)))
            case AnyOf(filters):
                return _either([self.condition(one) for one in filters])
            case AllOf(filters):
                return sa.and_(sa.true(), *map(self.condition, filters))
            case _:
                assert_never(filter_)

    def contains(self, path: Path, part: str, match: Match) -> Condition:
        """Whether the value as shown contains a piece of folded text."""
        stored = self._sources.stored(path)
        if stored.target is not None:
            named = self._sources.caption(path)
            return sa.or_(*(self.contains(one, part, match) for one in named))
        if stored.codec.folded:
            return holds_part(self._sources.twin(path), part, match)
        return one_of(self._sources.column(path), self._shown_with(stored, part, match))

    def _shown_with(self, stored: Stored, part: str, match: Match) -> list[Any]:
        """Give those values of a column whose text contains the piece."""
        column = self._sources.tables[stored.field.kind].table.c[stored.name]
        found = self._source.fetch(sa.select(column).distinct().where(column.is_not(None)))
        codec = stored.codec
        whole = match is Match.WHOLE
        wanted = f" {part} " if whole else part
        texts = (
            (value, fold(codec.shown(codec.read(value) if codec.read else value)))
            for (value,) in found
        )
        return [value for value, text in texts if wanted in (f" {text} " if whole else text)]

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


def _either(conditions: Sequence[Condition]) -> Condition:
    """Whether one of the conditions holds.

    Of very many SQLite would make too deep a tree: each is then closed in itself.
    """
    if len(conditions) > _MANY:
        conditions = [_known(condition) for condition in conditions]
    return sa.or_(sa.false(), *conditions)


def _known(condition: Condition) -> Condition:
    """Count unknown (a comparison with a blank) as no."""
    return sa.func.coalesce(condition, sa.false()) == sa.true()
