"""The tables that a query reads from: its own, and those reached through references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from smartct_desktop.domain.query import Path
from smartct_desktop.storage.codecs import Column
from smartct_desktop.storage.tables import Shape, Stored, Tables

Names = tuple[str, ...]
Aliased = sa.FromClause
"""A table under a name of its own in a query."""


class CrossJoin(sa.Join):
    """A join that SQLite runs in the order written: the left table outside."""

    inherit_cache = True


@compiles(CrossJoin)
def _cross_join(join: CrossJoin, compiler: SQLCompiler, **options: Any) -> str:
    assert join.onclause is not None
    left = compiler.process(join.left, **options)
    right = compiler.process(join.right, **options)
    return f"{left} CROSS JOIN {right} ON {compiler.process(join.onclause, **options)}"


def unindexed(column: Column) -> Column:
    """Give the column in a form for which SQLite looks at no index."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def wanted(name: str) -> sa.TableValuedAlias:
    """Give a table with one column `value`: the JSON array in a parameter called `name`."""
    parameter = sa.bindparam(name, type_=sa.Text)
    return sa.func.json_each(parameter).table_valued("value").alias()


class Sources:
    """The tables of one query, each joined when something of it is first asked for.

    A table is known by the way to it: () is the query's own, ("vo",) the visiting organisations.
    """

    def __init__(self, tables: Tables, kind: str) -> None:
        self.tables = tables
        self.kind = kind
        self._aliases: dict[Names, Aliased] = {(): tables.alias(kind, "own")}
        self._shapes: dict[Names, Shape] = {(): tables[kind]}

    @property
    def own(self) -> Aliased:
        """The table of the records the query is about."""
        return self._aliases[()]

    def shape(self, names: Names) -> Shape:
        """Give the shape of the records at the end of a way."""
        shape = self._shapes.get(names)
        if shape is None:
            stored = self.shape(names[:-1]).by_name[names[-1]]
            if stored.target is None:
                raise KeyError(".".join(names))
            shape = self._shapes[names] = self.tables[stored.target]
        return shape

    def table(self, names: Names) -> Aliased:
        """Give the table at the end of a way, joined."""
        alias = self._aliases.get(names)
        if alias is None:
            self.table(names[:-1])
            kind = self.shape(names).schema.kind
            alias = self._aliases[names] = self.tables.alias(kind, "_".join(("to", *names)))
        return alias

    def stored(self, path: Path) -> Stored:
        """Give the field at the end of a path. Raises KeyError."""
        return self.shape(path.names[:-1]).by_name[path.names[-1]]

    def column(self, path: Path) -> Column:
        """Give the column of a path; of a reference the rowid of the record named."""
        return self.table(path.names[:-1]).c[path.names[-1]]

    def twin(self, path: Path) -> Column:
        """Give the column with the folded text of a path."""
        return self.table(path.names[:-1]).c[self.stored(path).twin]

    def id_of(self, names: Names) -> Column:
        """Give the column with the id of the record at the end of a way."""
        return self.table(names).c.id

    def caption(self, path: Path) -> Iterator[Path]:
        """Give the paths of the values that make up the caption of what a reference names."""
        for name in self.shape(path.names).schema.caption:
            part = Path((*path.names, name))
            if self.stored(part).target is None:
                yield part
            else:
                yield from self.caption(part)

    def order(self, path: Path) -> list[Column]:
        """Give what a value is sorted by: of a reference its caption, of a text its folded form.

        A document mixes names of many countries, so no one language's order holds. Folded, letters
        with accents stand with their plain ones ("ä ö å ł ø" with "a o a l o", "ß" as "ss"), signs
        and capitals do not matter, and Latin comes before Greek and Greek before Cyrillic, each in
        the order of its alphabet (of Cyrillic that of Bulgarian and Russian).
        """
        stored = self.stored(path)
        if stored.target is not None:
            return [term for part in self.caption(path) for term in self.order(part)]
        if stored.codec.folded:
            return [self.twin(path)]
        column = self.column(path)
        return [stored.codec.order(column) if stored.codec.order else column]

    def joined(self, start: sa.FromClause | None = None, without: Names = ()) -> sa.FromClause:
        """Give all tables, those reached through references as outer joins.

        `start` stands for the own table, and also for the one at the end of `without`.
        """
        joined: sa.FromClause = self.own if start is None else start
        for names, alias in self._aliases.items():
            if names and names != without:
                on = self._aliases[names[:-1]].c[names[-1]] == alias.c.rowid
                joined = joined.outerjoin(alias, on)
        return joined
