"""Finding records by any name they go by: the one of their caption, or one of their others.

Nothing is kept for it: the full-text index tells in a moment which records can have a name, the
names themselves decide. A name too short for it, and very many names, cost a pass over the records
that have other names at all.
"""

from __future__ import annotations

import json
from collections.abc import Collection

import sqlalchemy as sa

from smartct_desktop.domain.namesakes import fields_of_names, names_in
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.search import TRIGRAM
from smartct_desktop.storage.sources import wanted
from smartct_desktop.storage.tables import Tables

MOST_LOOKED_UP = 100
"""Names that are looked up in the index; for more one pass costs less."""

_MOST_TRIGRAMS = 8
"""Of a name, from its begin to its end: more would cost more than the few records they exclude."""


class Called:
    """Finds ids by names; the statements stay with the tables."""

    def __init__(self, tables: Tables, source: Source) -> None:
        self._tables = tables
        self._source = source

    def ids(self, kind: str, names: Collection[str]) -> set[str]:
        """Give the records that go by one of these folded names."""
        if not names:
            return set()
        return self._tables.made(Statement, kind).ids(self._source, frozenset(names))


class Statement:
    """The statements of one kind."""

    def __init__(self, tables: Tables, kind: str) -> None:
        shape = tables[kind]
        assert shape.find is not None  # who has a name has a text
        own, find = tables.alias(kind, "own"), shape.find
        first, *others = fields_of_names(kind)
        columns = (own.c[name] for name in (first, *others))
        either = sa.select(own.c.id, *columns)
        can_have = sa.select(find.c.rowid).where(
            find.c[find.name].match(sa.bindparam("trigrams", type_=sa.Text))
        )
        self._looked_up = either.where(own.c.rowid.in_(can_have))
        same = own.c[shape.by_name[first].twin].in_(sa.select(wanted("names").c.value))
        self._passed = either.where(sa.or_(same, *(own.c[name].is_not(None) for name in others)))

    def ids(self, source: Source, names: frozenset[str]) -> set[str]:
        """Run one of them."""
        if len(names) > MOST_LOOKED_UP or min(map(len, names)) < TRIGRAM:
            listed = json.dumps(sorted(names), ensure_ascii=False)
            rows = source.fetch(self._passed, {"names": listed})
        else:
            rows = source.fetch(self._looked_up, {"trigrams": " OR ".join(map(_all_of, names))})
        return {id_ for id_, *texts in rows if not names.isdisjoint(names_in(*texts))}


def _all_of(name: str) -> str:
    """Give the condition that a text has trigrams from all over a name."""
    last = len(name) - TRIGRAM
    steps = min(last, _MOST_TRIGRAMS - 1) or 1
    places = (last * step // steps for step in range(steps + 1))
    trigrams = dict.fromkeys(name[place : place + TRIGRAM] for place in places)
    return "(" + " AND ".join(f'"{trigram}"' for trigram in trigrams) + ")"
