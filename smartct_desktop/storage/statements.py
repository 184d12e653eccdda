"""The statements that write the records of one kind, compiled once and run for many rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.records import chunks
from smartct_desktop.storage.sources import CrossJoin, wanted
from smartct_desktop.storage.tables import Shape, searched

Values = Sequence[Any]
"""Values of columns."""

Twins = Sequence[str | None]
"""The folded texts of a record, in the order of `Shape.texts`."""

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A record as it stands in its table: the values asked for, and all folded texts."""

    rowid: int
    values: list[Any]
    twins: Twins


class KindStatements:
    """Adds, changes, removes and looks up the records of one kind.

    References are rowids here.
    """

    def __init__(self, shape: Shape, connection: Connection) -> None:
        self.shape = shape
        self._connection = connection
        self._updates: dict[Names, tuple[Prepared, Callable[[Values], Values]]] = {}
        self._lookups: dict[Names, Prepared] = {}
        table = self.shape.table
        given = ["rowid", "id", *(f.name for f in self.shape.fields)]
        given += [f.twin for f in self.shape.texts]
        self._insert, self._arranged = self._ordered(
            sa.insert(table).values({name: _bound(name) for name in given}), given
        )
        removed = sa.delete(table).where(table.c.rowid == _bound("rowid"))
        self._delete = connection.prepared(removed)

    def _ordered(
        self, statement: sa.ClauseElement, given: Sequence[str]
    ) -> tuple[Prepared, Callable[[Values], Values]]:
        """Compile; give also what brings the values `given` into the order of the statement."""
        prepared = self._connection.prepared(statement)
        return prepared, itemgetter(*(given.index(name[2:]) for name in prepared.names))

    def insert(self, rows: Sequence[tuple[int, str, Values, Twins]]) -> None:
        """Add records: rowid, id, values, folded texts. Raises an IntegrityError."""
        arranged = (self._arranged((rowid, id_, *v, *t)) for rowid, id_, v, t in rows)
        self._connection.many(self._insert, arranged)
        self._index((rowid, twins) for rowid, _, _, twins in rows)

    def update(self, names: Names, rows: Sequence[tuple[Found, Values, Twins]]) -> None:
        """Put new values into the fields `names`; the folded texts are those of all fields."""
        if names not in self._updates:
            texts = [f for f in self.shape.texts if f.name in names]
            given = [*names, *(f.twin for f in texts), "rowid"]
            table = self.shape.table
            changed = {name: _bound(name) for name in given[:-1]}
            statement = sa.update(table).where(table.c.rowid == _bound("rowid")).values(changed)
            self._updates[names] = self._ordered(statement, given)
        prepared, arranged = self._updates[names]
        moved = [place for place, f in enumerate(self.shape.texts) if f.name in names]
        self._connection.many(
            prepared,
            (arranged((*v, *(t[place] for place in moved), found.rowid)) for found, v, t in rows),
        )
        if moved:
            self._unindex((found.rowid, found.twins) for found, _, _ in rows)
            self._index((found.rowid, twins) for found, _, twins in rows)

    def delete(self, records: Sequence[Found]) -> None:
        """Remove records."""
        self._connection.many(self._delete, [(found.rowid,) for found in records])
        self._unindex((found.rowid, found.twins) for found in records)

    def find(self, ids: Iterable[str], names: Names) -> dict[str, Found]:
        """Look up the fields `names` of the records that exist among these."""
        if names not in self._lookups:
            table = self.shape.table
            columns = [table.c[name] for name in (*names, *(f.twin for f in self.shape.texts))]
            each = wanted("ids")
            lookup = sa.select(table.c.rowid, table.c.id, *columns).select_from(
                CrossJoin(each, table, table.c.id == each.c.value)
            )
            self._lookups[names] = self._connection.prepared(lookup)
        end = 2 + len(names)
        return {
            row[1]: Found(row[0], list(row[2:end]), row[end:])
            for chunk in chunks(ids)
            for row in self._connection.rows(self._lookups[names], (json.dumps(chunk),))
        }

    def _index(self, rows: Iterable[tuple[int, Twins]]) -> None:
        if self.shape.find is not None:
            added = sa.insert(self.shape.find).values(rowid=_bound("rowid"), text=_bound("text"))
            self._connection.many(self._connection.prepared(added), _texts(rows))

    def _unindex(self, rows: Iterable[tuple[int, Twins]]) -> None:
        if self.shape.find is not None:
            find = self.shape.find
            taken = sa.insert(find).values(
                {"rowid": _bound("rowid"), "text": _bound("text"), find.name: sa.text("'delete'")}
            )
            self._connection.many(self._connection.prepared(taken), _texts(rows))


def _bound(name: str) -> sa.BindParameter[Any]:
    # Not the plain name: SQLAlchemy keeps the names of columns for itself.
    return sa.bindparam(f"v_{name}")


def _texts(rows: Iterable[tuple[int, Twins]]) -> Iterable[tuple[int, str]]:
    """Give what the full-text index is told; a record without any text is not in it."""
    return ((rowid, text) for rowid, twins in rows if (text := searched(twins)))
