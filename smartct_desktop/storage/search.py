"""Finding records by words: in their own texts, and in the names of the records they refer to.

A full-text index of trigrams tells in a moment which records can contain a word; the folded texts
decide. Nothing is kept of the names of other records, so that renaming one costs one row.
"""

from __future__ import annotations

import sqlalchemy as sa

from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.filters import Condition, holds, one_of
from smartct_desktop.storage.sources import Sources, unindexed
from smartct_desktop.storage.tables import Shape, Stored

FEW = 8_000
"""Up to so many records are sorted and counted in no time; more are looked at in their order."""

TRIGRAM = 3


class Search:
    """Looks for single folded words on behalf of one query."""

    def __init__(self, sources: Sources, source: Source) -> None:
        self._sources = sources
        self._source = source
        self._shape = sources.shape(())
        self._named: dict[tuple[str, str], list[int] | None] = {}

    def condition(self, word: str) -> Condition:
        """Whether a record is found by the word."""
        own = self._sources.own
        conditions = [holds(own.c[stored.twin], word) for stored in self._shape.texts]
        for _, stored, target in self._shape.references:
            named = self._records_named(target, word)
            if named is None:
                table = self._sources.table((stored.name,))
                names = _naming(self._sources.tables[target])
                conditions += [holds(table.c[name.twin], word) for name in names]
            elif named:
                conditions.append(one_of(unindexed(own.c[stored.name]), named))
        return sa.or_(sa.false(), *conditions)

    def candidates(self, word: str) -> list[int] | None:
        """Give rowids among which are all that the word finds; None if there are too many."""
        own = self._shape.table
        parts: list[sa.Select[tuple[int]]] = []
        if self._shape.find is not None:
            if len(word) < TRIGRAM:
                return None
            parts.append(_can_contain(self._shape.find, word))
        for _, stored, target in self._shape.references:
            named = self._records_named(target, word)
            if named is None:
                return None
            if named:
                parts.append(sa.select(own.c.rowid).where(one_of(own.c[stored.name], named)))
        return few(self._source, parts)

    def _records_named(self, kind: str, word: str) -> list[int] | None:
        """Give the rowids of the records with the word in their name, None if they are many."""
        if (kind, word) not in self._named:
            shape = self._sources.tables[kind]
            table = shape.table
            names = _naming(shape)
            named = sa.select(table.c.rowid).where(
                sa.or_(sa.false(), *(holds(table.c[name.twin], word) for name in names))
            )
            if len(word) >= TRIGRAM and shape.find is not None:
                named = named.where(table.c.rowid.in_(_can_contain(shape.find, word)))
            self._named[kind, word] = few(self._source, [named] if names else [])
        return self._named[kind, word]


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


def _can_contain(find: sa.TableClause, word: str) -> sa.Select[tuple[int]]:
    """Give the rowids of the records that have all trigrams of a word of three letters or more."""
    trigrams = dict.fromkeys(word[i : i + TRIGRAM] for i in range(len(word) - TRIGRAM + 1))
    wanted = " AND ".join(f'"{trigram}"' for trigram in trigrams)
    return sa.select(find.c.rowid).where(find.c[find.name].match(wanted))
