"""Reading a damaged file table by table: what SQLite refuses is halved until only that is left out.

The file itself is never written: it is opened as one that cannot change, without its locks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smartct_desktop.domain.key import Key
from smartct_desktop.storage.cipher import connect
from smartct_desktop.storage.errors import errors_of_sqlite

_AT_A_TIME = 2_000
_IN_VAIN = 400
"""Ranges tried one after the other without a row: a destroyed page in the middle of a tree fails
for all below it, and those rows are read page by page afterwards."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table as the program makes it."""

    name: str
    type: str
    required: bool
    rowid: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the program makes it; `plain` ones have rowids."""

    name: str
    columns: tuple[Column, ...]
    plain: bool

    @property
    def names(self) -> str:
        """Give the columns for a statement."""
        return ", ".join(f'"{column.name}"' for column in self.columns)

    @property
    def key(self) -> str:
        """Give the column that rows are counted by."""
        return next((f'"{c.name}"' for c in self.columns if c.rowid), "rowid")

    def fits(self, values: Sequence[object]) -> bool:
        """Whether a row that was found somewhere can be one of this table."""
        if not 0 < len(values) <= len(self.columns):
            return False
        missing = self.columns[len(values) :]
        return all(map(_fits, self.columns, values)) and not any(c.required for c in missing)


def _fits(column: Column, value: object) -> bool:
    if column.rowid:
        return value is None
    if value is None:
        return not column.required
    match column.type:
        case "INTEGER":
            return isinstance(value, int)
        case "TEXT":
            return isinstance(value, str)
        case _:
            return isinstance(value, bytes)


class DamagedFile:
    """A file that SQLite reads as far as it can; belongs to one thread.

    `complete` says whether nothing was refused so far.
    """

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self.path = path
        self.key = key
        self.complete = True
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        if key is None:
            self._raw = sqlite3.connect(uri, uri=True, isolation_level=None)
        else:
            self._raw = connect(uri, key, 0, whatever=True)
        self._failures = errors_of_sqlite("Error", OverflowError, MemoryError)
        self._raw.text_factory = lambda text: text.decode("utf-8", "replace")
        for pragma in (
            "writable_schema=ON",  # a file shorter than it should be is read all the same
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "temp_store=MEMORY",
        ):
            with suppress(*errors_of_sqlite()):
                self._raw.execute(f"PRAGMA {pragma}")

    def close(self) -> None:
        """Close it."""
        self._raw.close()

    def ask(self, statement: str, parameters: Sequence[object] = ()) -> list[Any] | None:
        """Give the rows of a query that need not be answered; None if it cannot be."""
        try:
            return self._raw.execute(statement, parameters).fetchall()
        except self._failures:
            return None

    def rows(self, table: Table, last: int, at_a_time: int = _AT_A_TIME) -> Iterator[list[Any]]:
        """Give the rows with a rowid up to `last`, with the key before their columns."""
        query = f"SELECT {table.key}, {table.names} FROM {_q(table.name)}"  # noqa: S608 (our names)
        query += f" WHERE {table.key} BETWEEN ? AND ? ORDER BY {table.key}"

        def fetch(first: int, final: int) -> list[Any]:
            return self._raw.execute(query, (first, final)).fetchall()

        yield from self._around(fetch, 1, last, at_a_time)

    def changes(self, table: Table, steps: Sequence[int], most: int) -> Iterator[list[Any]]:
        """Give the rows of the history's changes, step by step."""
        query = f"SELECT {table.names} FROM {_q(table.name)}"  # noqa: S608 (our names)
        query += " WHERE step = ? AND n BETWEEN ? AND ? ORDER BY n"
        for step in steps:

            def fetch(first: int, final: int, step: int = step) -> list[Any]:
                return self._raw.execute(query, (step, first, final)).fetchall()

            yield from self._around(fetch, 0, most, most + 1)

    def _around(
        self, fetch: Callable[[int, int], list[Any]], first: int, last: int, at_a_time: int
    ) -> Iterator[list[Any]]:
        ranges = [
            (start, min(start + at_a_time - 1, last)) for start in range(first, last + 1, at_a_time)
        ]
        ranges.reverse()
        in_vain = 0
        while ranges and in_vain < _IN_VAIN:
            start, final = ranges.pop()
            try:
                rows = fetch(start, final)
            except self._failures:
                self.complete = False
                in_vain += 1
                if final > start:
                    middle = (start + final) // 2
                    ranges += [(middle + 1, final), (start, middle)]
                continue
            in_vain = 0
            if rows:
                yield rows


def tables_of(raw: sqlite3.Connection) -> dict[str, Table]:
    """Give the tables of a sound document that hold more than what is derived from others."""
    found = {}
    listed = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    for name, without_rowid in raw.execute(listed).fetchall():
        if name.startswith("sqlite_"):
            continue
        facts = raw.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,))
        rows = facts.fetchall()
        keys = [column for column, _, _, pk in rows if pk]
        counted = keys[0] if not without_rowid and len(keys) == 1 else ""
        columns = tuple(
            Column(column, type_, bool(required), column == counted and type_ == "INTEGER")
            for column, type_, required, _ in rows
        )
        found[name] = Table(name, columns, not without_rowid)
    return found


def _q(name: str) -> str:
    return f'"{name}"'
