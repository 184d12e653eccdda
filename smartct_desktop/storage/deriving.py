"""Writing derived fields: beside the history, where they differ from what stands there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.tables import Shape


class Derived:
    """Writes the derived fields of one kind within a transaction of somebody else."""

    def __init__(self, shape: Shape, connection: Connection) -> None:
        self._connection = connection
        self._fields = shape.derived
        table = shape.schema.kind
        names = [f'"{stored.name}"' for stored in self._fields]
        twins = [f'"{stored.twin}"' for stored in self._fields if stored.codec.folded]
        self._there = Prepared(
            f"SELECT rowid, {', '.join(names)} FROM json_each(?) CROSS JOIN {table}"  # noqa: S608 -- names of ours
            " ON rowid = value"
        )
        moved = ", ".join(f"{name} = ?" for name in (*names, *twins))
        self._update = Prepared(f"UPDATE {table} SET {moved} WHERE rowid = ?")  # noqa: S608 -- names of ours

    def put(self, values: Mapping[int, Mapping[str, Value]]) -> list[int]:
        """Write the values of records by their rowids; give the rowids of those that moved."""
        listed = json.dumps(list(values))
        there = {row[0]: row[1:] for row in self._connection.rows(self._there, (listed,))}
        fresh = {rowid: self._written(those) for rowid, those in values.items()}
        moved = [rowid for rowid, old in there.items() if old != fresh[rowid]]
        self._connection.many(
            self._update, [(*fresh[rowid], *self._twins(fresh[rowid]), rowid) for rowid in moved]
        )
        return moved

    def _written(self, values: Mapping[str, Value]) -> tuple[Any, ...]:
        written = []
        for stored in self._fields:
            value: Any = values.get(stored.name)
            if value is not None and stored.codec.write is not None:
                value = stored.codec.write(value)
            written.append(value)
        return tuple(written)

    def _twins(self, written: tuple[Any, ...]) -> list[str | None]:
        return [
            None if text is None else fold(text)
            for stored, text in zip(self._fields, written, strict=True)
            if stored.codec.folded
        ]
