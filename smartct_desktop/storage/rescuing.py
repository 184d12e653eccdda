"""Bringing the rows of a damaged file into new tables, and knowing which are lost."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from smartct_desktop.domain.catalog import BY_KIND, references_to
from smartct_desktop.domain.fields import LongText, Text
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.damaged_file import DamagedFile, Table, tables_of
from smartct_desktop.storage.errors import errors_of_sqlite
from smartct_desktop.storage.leaves import pages_of_rows
from smartct_desktop.storage.mending import Mended
from smartct_desktop.storage.tables import Tables

_DERIVED = frozenset({"finding", "finding_tally", "finding_due", "finding_wake", "tally"})
_FEW_LARGE = {"content_piece": 8}
_UNKNOWN_LAST = 1 << 16
_LONGEST_STEP = 1 << 20


@dataclass
class Rescued:
    """What was read: rows by kind, how many there should be, and the ids of those that are lost.

    `names` are what the indexes still tell of lost records, by their ids. `stand_ins` were made for
    some of them, so that what names them goes on naming somebody.
    """

    kept: Counter[str] = field(default_factory=Counter)
    expected: dict[str, int] = field(default_factory=dict)
    lost: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    stand_ins: Counter[str] = field(default_factory=Counter)
    mended: Mended = field(default_factory=Mended)
    complaints: list[Sentence] = field(default_factory=list)

    def missing(self, kind: str) -> int:
        """How many records of a kind could not be read, as far as the file tells."""
        known = self.expected.get(kind, 0) - self.kept[kind]
        return max(0, known, len(self.lost.get(kind, ())))


class Rescue:
    """Brings the rows of one damaged file into new tables of the same version."""

    def __init__(
        self,
        damaged: DamagedFile,
        raw: sqlite3.Connection,
        result: Rescued,
        progress: Progress,
    ) -> None:
        self._damaged = damaged
        self._raw = raw
        self._result = result
        self._progress = progress
        self._tables = {
            name: table
            for name, table in tables_of(raw).items()
            if name not in _DERIVED and not name.startswith("find_")
        }
        self._known: dict[str, dict[int, str]] = {}

    def run(self) -> None:
        """Read everything. Raises `Cancelled`."""
        tally = self._damaged.ask("SELECT kind, records, last FROM tally") or []
        lasts = {kind: last for kind, _, last in tally}
        self._result.expected = {kind: n for kind, n, _ in tally if kind in BY_KIND}
        self._raw.execute("BEGIN")
        for at, table in enumerate(self._tables.values()):
            self._progress.report(Sentence("Reading what can be read"), at, len(self._tables))
            self._read(table, lasts.get(table.name))
        if not self._damaged.complete or not tally:
            self._progress.report(Sentence("Looking through the pages of the file"))
            self._look_through_pages()
        for kind, ids in self._known.items():
            self._miss(kind, ids)
        self._raw.execute("COMMIT")

    def _read(self, table: Table, last: int | None) -> None:
        name = table.name
        if name == "meta":
            for key, value in self._damaged.ask('SELECT "key", value FROM meta') or []:
                self._raw.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        elif name == "change":
            self._read_changes(table)
        elif table.plain:
            if name in BY_KIND:
                rows = self._damaged.ask(f'SELECT rowid, id FROM "{name}" INDEXED BY ix_{name}_id')  # noqa: S608
                self._known[name] = dict(rows or ())
            for found in self._damaged.rows(table, self._last(table, last), _at_a_time(name)):
                self._put(table, [row[1:] for row in found])

    def _last(self, table: Table, told: int | None) -> int:
        """Say up to which rowid to read: what the tally and the indexes say, or far enough."""
        asked = self._damaged.ask(f'SELECT max({table.key}) FROM "{table.name}"')  # noqa: S608
        found = [
            told,
            asked[0][0] if asked else None,
            max(self._known.get(table.name, ()), default=0),
        ]
        if not asked and not told:
            found.append(_UNKNOWN_LAST)
        return max(n or 0 for n in found)

    def _read_changes(self, table: Table) -> None:
        query = f"SELECT {table.names} FROM change ORDER BY step, n"  # noqa: S608 (our names)
        whole = self._damaged.ask(query)
        if whole is not None:
            self._put(table, whole)
            return
        self._damaged.complete = False
        steps = [no for (no,) in self._raw.execute("SELECT no FROM step ORDER BY no")]
        counts = [n for (n,) in self._raw.execute("SELECT max(records) FROM step")]
        most = min(counts[0] or 0, _LONGEST_STEP)
        for found in self._damaged.changes(table, steps, most):
            self._put(table, found)

    def _put(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows; what breaks the rules of the table is no row of it."""
        signs = ", ".join("?" * len(table.columns))
        insert = f'INSERT OR IGNORE INTO "{table.name}" ({table.names}) VALUES ({signs})'  # noqa: S608
        for row in rows:
            try:
                self._result.kept[table.name] += self._raw.execute(insert, row).rowcount
            except errors_of_sqlite("IntegrityError", OverflowError):
                continue

    def _look_through_pages(self) -> None:
        for rows in pages_of_rows(self._damaged.path, self._damaged.key):
            self._progress.report(Sentence("Looking through the pages of the file"))
            tables = [table for table in self._tables.values() if table.name != "meta"]
            for row in rows:
                plain = row.rowid is not None
                tables = [t for t in tables if t.plain == plain and t.fits(row.values)]
            table = self._most_likely(tables, [row.values for row in rows])
            if table is not None:
                self._put(table, list(self._of_pages(table, rows)))

    def _most_likely(self, tables: list[Table], rows: list[tuple[object, ...]]) -> Table | None:
        """Choose among tables that all rows of a page fit into."""
        if len(tables) > 1:  # an index of records, told apart by what the file knows of ids
            named = [t for t in tables if rows[0][1:2] == tuple(self._named(t, rows[0]))]
            widest = [t for t in tables if len(t.columns) == max(map(len, rows))]
            tables = named or widest
        return tables[0] if len(tables) == 1 else None

    def _named(self, table: Table, row: Sequence[object]) -> Iterator[object]:
        if len(row) > 1 and row[1] in set(self._known.get(table.name, {}).values()):
            yield row[1]

    def _of_pages(self, table: Table, rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        known = self._known.get(table.name)
        for row in rows:
            values = (*row.values, *(None for _ in table.columns[len(row.values) :]))
            if row.rowid is not None:
                if known and row.rowid not in known:
                    continue  # a page that was given back: its rows were removed
                values = tuple(
                    row.rowid if column.rowid else value
                    for column, value in zip(table.columns, values, strict=True)
                )
            yield values

    def _miss(self, kind: str, ids: dict[int, str]) -> None:
        there = {rowid for (rowid,) in self._raw.execute(f'SELECT rowid FROM "{kind}"')}  # noqa: S608
        lost = {rowid: id_ for rowid, id_ in ids.items() if rowid not in there}
        if not lost:
            return
        self._result.lost[kind] = list(lost.values())
        names = self._names(kind)
        self._result.names |= {id_: names[n] for n, id_ in lost.items() if n in names}
        needed = [c.name for c in self._tables[kind].columns if c.required and not c.rowid]
        texts = {f.name for f in BY_KIND[kind].fields if isinstance(f.type, Text | LongText)}
        if any(references_to(kind)) and texts.issuperset(set(needed) - {"id"}):
            for rowid, id_ in lost.items():
                words = f"{names.get(rowid, BY_KIND[kind].label)} (could not be read)"
                self._stand_in(kind, rowid, id_, [name for name in needed if name != "id"], words)

    def _names(self, kind: str) -> dict[int, str]:
        """Give what the index by name still tells of records that cannot be read themselves."""
        for twin in Tables()[kind].ordered:
            query = f'SELECT rowid, "{twin}" FROM "{kind}" INDEXED BY ix_{kind}_{twin}'  # noqa: S608
            if found := self._damaged.ask(query):
                return {rowid: name for rowid, name in found if name}
        return {}

    def _stand_in(self, kind: str, rowid: int, id_: str, needed: list[str], words: str) -> None:
        """Put somebody in the place of a lost record that others may name."""
        columns = ", ".join(f'"{name}"' for name in ("rowid", "id", *needed))
        signs = ", ".join("?" * (2 + len(needed)))
        insert = f'INSERT OR IGNORE INTO "{kind}" ({columns}) VALUES ({signs})'  # noqa: S608
        values = (rowid, id_, *(words for _ in needed))
        self._result.stand_ins[kind] += self._raw.execute(insert, values).rowcount
        columns_there = {column.name for column in self._tables[kind].columns}
        if not needed and "remark" in columns_there:  # it would be a record without a word
            remark = f'UPDATE OR IGNORE "{kind}" SET remark = ? WHERE rowid = ?'  # noqa: S608
            self._raw.execute(remark, (words, rowid))


def _at_a_time(name: str) -> int:
    return _FEW_LARGE.get(name, 2_000)
