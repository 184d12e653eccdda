"""Finding records by words: in their own texts, and in the names of the records they refer to.

A full-text index of trigrams tells in a moment which records can contain a word; the folded texts
decide. Nothing is kept of the names of other records, so that renaming one costs one row.
"""

from __future__ import annotations

import sqlalchemy as sa

from smartct_desktop.domain.query import Match
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.filters import Condition, holds_part, one_of
from smartct_desktop.storage.sources import Sources, unindexed
from smartct_desktop.storage.tables import Shape, Stored

FEW = 8_000
"""Up to so many records are sorted and counted in no time; more are looked at in their order."""

TRIGRAM = 3


class Search:
    """Looks for folded words, and for rows of them, on behalf of one query."""

    def __init__(self, sources: Sources, source: Source) -> None:
        self._sources = sources
        self._source = source
        self._shape = sources.shape(())
        self._named: dict[tuple[str, str, Match], list[int] | None] = {}

    def condition(self, part: str, match: Match = Match.WORDS) -> Condition:
        """Whether a record is found by a word, or by several that stand together."""
        own = self._sources.own
        conditions = [holds_part(own.c[f.twin], part, match) for f in self._shape.texts]
        for _, stored, target in self._shape.references:
            named = self._records_named(target, part, match)
            if named is None:
                table = self._sources.table((stored.name,))
                names = _naming(self._sources.tables[target])
                conditions += [holds_part(table.c[name.twin], part, match) for name in names]
            elif named:
                conditions.append(one_of(unindexed(own.c[stored.name]), named))
        return sa.or_(sa.false(), *conditions)

    def candidates(self, part: str, match: Match = Match.WORDS) -> list[int] | None:
        """Give rowids among which are all that a piece finds; None if there are too many."""
        own = self._shape.table
        parts: list[sa.Select[tuple[int]]] = []
        if self._shape.find is not None:
            if len(part) < TRIGRAM:
                return None
            parts.append(_can_contain(self._shape.find, part))
        for _, stored, target in self._shape.references:
            named = self._records_named(target, part, match)
            if named is None:
                return None
            if named:
                parts.append(sa.select(own.c.rowid).where(one_of(own.c[stored.name], named)))
        return few(self._source, parts)

    def candidates_in_own(self, part: str) -> list[int] | None:
        """Give rowids among which are all with the piece in a text of their own; None if many."""
        find = self._shape.find
        if find is None or len(part) < TRIGRAM:
            return None
        return few(self._source, [_can_contain(find, part)])

    def _records_named(self, kind: str, part: str, match: Match) -> list[int] | None:
        """Give the rowids of the records with the piece in their name, None if they are many."""
        key = (kind, part, match)
        if key not in self._named:
            shape = self._sources.tables[kind]
            table = shape.table
            names = _naming(shape)
            named = sa.select(table.c.rowid).where(
                sa.or_(sa.false(), *(holds_part(table.c[f.twin], part, match) for f in names))
            )
            if len(part) >= TRIGRAM and shape.find is not None:
                named = named.where(table.c.rowid.in_(_can_contain(shape.find, part)))
            self._named[key] = few(self._source, [named] if names else [])
        return self._named[key]


def few(source: Source, parts: list[sa.Select[tuple[int]]]) -> list[int] | None:
    """Give the rowids that the queries find together, None if they are more than a few."""
    if not parts:
        return []
    found = source.fetch(sa.union_all(*parts).limit(FEW + 1))
    return None if len(found) > FEW else sorted({rowid for (rowid,) in found})


def _naming(shape: Shape) -> list[Stored]:
    """Give the texts by which those are found too who refer to the record."""
    schema = shape.schema
    return [f for f in shape.texts if f.name in schema.caption or f.name in schema.other_names]


def _can_contain(find: sa.TableClause, part: str) -> sa.Select[tuple[int]]:
    """Give the rowids of the records that have all trigrams of a piece of three signs or more."""
    trigrams = dict.fromkeys(part[i : i + TRIGRAM] for i in range(len(part) - TRIGRAM + 1))
    wanted = " AND ".join(f'"{trigram}"' for trigram in trigrams)
    return sa.select(find.c.rowid).where(find.c[find.name].match(wanted))
