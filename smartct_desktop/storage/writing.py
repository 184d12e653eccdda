"""Writing records in bulk: a handful of statements, however many records there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.namesakes import fields_of_names, names_in
from smartct_desktop.domain.programme.rule_catalog import shared_texts
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import META, MOMENT, TALLY
from smartct_desktop.storage.connection import Connection
from smartct_desktop.storage.errors import breaks_uniqueness, errors_of_sqlite
from smartct_desktop.storage.filters import one_of
from smartct_desktop.storage.records import chunks
from smartct_desktop.storage.statements import Found, KindStatements, Names, Values
from smartct_desktop.storage.tables import Shape, Stored, Tables


@dataclass(slots=True)
class Touch:
    """What one transaction did so far: ids by kind, those of removed records by their rowids.

    `moved` are the fields by kind that it changed, `left` the ids that records named in a field
    before, or the folded texts and names by which they were looked up.
    """

    added: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, dict[int, str]] = field(default_factory=dict)
    moved: dict[str, set[str]] = field(default_factory=dict)
    left: dict[tuple[str, str], set[str]] = field(default_factory=dict)


class Writer:
    """Writes records within one transaction that somebody else begins and commits.

    All values are those of columns, references given as ids. Rowids are given out in the order of
    adding and never again. `finish` must be called before the commit.
    """

    def __init__(self, tables: Tables, statements: Statements, connection: Connection) -> None:
        self._tables = tables
        self._statements = statements
        self._connection = connection
        self._rowids: dict[tuple[str, str], int] = {}
        self._last: dict[str, int] = {}
        self._more: Counter[str] = Counter()
        self.touch = Touch()

    def expect(self, kind: str, id_: str, rowid: int | None = None) -> int:
        """Give a record that is about to be added its rowid: its former one, or a new one.

        To be called before anything is written that refers to the record.
        """
        if rowid is None:
            rowid = self._last_rowid(kind) + 1
            self._last[kind] = rowid
        self._rowids[kind, id_] = rowid
        return rowid

    def insert(self, kind: str, records: Sequence[tuple[str, Values]]) -> None:
        """Add records that were announced by `expect`. Raises `Invalid`, `Trouble`."""
        shape = self._tables[kind]
        self._look_up(shape, [values for _, values in records])
        rows = [
            (self._rowids[kind, id_], id_, self._resolved(shape, values), shape.twins(values))
            for id_, values in records
        ]
        try:
            self._statements[kind].insert(rows)
        except errors_of_sqlite("IntegrityError") as error:
            if not breaks_uniqueness(error):
                raise
            label = shape.schema.label
            raise Trouble(
                Sentence("{label}: a record to be added is there already.", label=label)
            ) from error
        self._more[kind] += len(rows)
        self.touch.added.setdefault(kind, []).extend(id_ for id_, _ in records)

    def update(self, kind: str, names: Names, records: Sequence[tuple[str, Found, Values]]) -> None:
        """Put new values into the fields `names` of records. Raises `Invalid`."""
        shape = self._tables[kind]
        places = [shape.places[name] for name in names]
        wholes = [_spread(len(shape.fields), places, values) for _, _, values in records]
        self._look_up(shape, wholes)
        texts = {place for place, stored in enumerate(shape.texts) if stored.name in names}
        rows = []
        for (_, found, _), whole in zip(records, wholes, strict=True):
            resolved = self._resolved(shape, whole)
            fresh = shape.twins(whole)
            twins = [fresh[p] if p in texts else twin for p, twin in enumerate(found.twins)]
            rows.append((found, [resolved[place] for place in places], twins))
        self._statements[kind].update(names, rows)
        self.touch.changed.setdefault(kind, []).extend(id_ for id_, _, _ in records)

    def delete(self, kind: str, records: Sequence[tuple[str, Found]]) -> None:
        """Remove records."""
        self._statements[kind].delete([found for _, found in records])
        self._more[kind] -= len(records)
        gone = {found.rowid: id_ for id_, found in records}
        self.touch.removed.setdefault(kind, {}).update(gone)

    def note(self, kind: str, names: Names, former: Iterable[tuple[Names, Values]]) -> None:
        """Note which fields of records move, and what these named in them before."""
        self.touch.moved.setdefault(kind, set()).update(names)
        shape = self._tables[kind]
        naming = [name for name in names if shape.by_name[name].target is not None]
        shared = [name for name in names if name in shared_texts(kind)]
        known = fields_of_names(kind) if shape.schema.other_names else ()
        called = [name for name in names if name in known]
        for told, values in former if naming or shared or called else ():
            for name in dict.fromkeys((*naming, *shared, *called)):
                named = values[told.index(name)]
                if named is not None:
                    left = self.touch.left.setdefault((kind, name), set())
                    left.update(names_in(named) if name in called else ())
                    left.update({fold(named)} if name in shared else ())
                    left.update({named} if name in naming else ())

    def find(self, kind: str, ids: Iterable[str], names: Names) -> dict[str, Found]:
        """Look up the fields `names` of the records that exist among these."""
        found = self._statements[kind].find(ids, names)
        for target, places in self._tables[kind].targets(names).items():
            rowids = {record.values[place] for record in found.values() for place in places}
            named = self._ids(target, rowids - {None})
            for record in found.values():
                for place in places:
                    if record.values[place] is not None:
                        record.values[place] = named[record.values[place]]
        return found

    def _ids(self, kind: str, rowids: set[int]) -> dict[int, str]:
        """Give the ids of records, also of those that this transaction removed."""
        table = self._tables[kind].table
        ids = dict(self.touch.removed.get(kind, {}))
        for chunk in chunks(rowids - ids.keys()):
            named = sa.select(table.c.rowid, table.c.id).where(one_of(table.c.rowid, chunk))
            ids.update((rowid, id_) for rowid, id_ in self._connection.fetch(named))
        return ids

    def finish(self) -> None:
        """Write what goes with every change: the tally and the number of the moment."""
        more = TALLY.c.records + sa.bindparam("more")
        tally = sa.update(TALLY).values(records=more, last=sa.bindparam("upto"))
        tally = tally.where(TALLY.c.kind == sa.bindparam("of"))
        for kind in self._more.keys() | self._last.keys():
            last = self._last_rowid(kind)
            self._connection.run(tally, {"of": kind, "more": self._more[kind], "upto": last})
        following = sa.cast(sa.cast(META.c.value, sa.Integer) + 1, sa.Text)
        self._connection.run(sa.update(META).where(META.c.key == MOMENT).values(value=following))

    def _last_rowid(self, kind: str) -> int:
        if kind not in self._last:
            wanted = sa.select(TALLY.c.last).where(TALLY.c.kind == kind)
            ((self._last[kind],),) = self._connection.fetch(wanted)
        return self._last[kind]

    def _look_up(self, shape: Shape, rows: Iterable[Values]) -> None:
        """Find the rowids of all records that the rows name. Raises `Invalid` for unknown ones."""
        rows = list(rows)
        for target, places in shape.targets(shape.names).items():
            ids = {row[place] for row in rows for place in places} - {None}
            table = self._tables[target].table
            for chunk in chunks(id_ for id_ in ids if (target, id_) not in self._rowids):
                named = sa.select(table.c.id, table.c.rowid).where(one_of(table.c.id, chunk))
                for id_, rowid in self._connection.fetch(named):
                    self._rowids[target, id_] = rowid
            for place in places:
                if any(r[place] and (target, r[place]) not in self._rowids for r in rows):
                    raise _names_nobody(shape.fields[place])

    def _resolved(self, shape: Shape, values: Values) -> list[Any]:
        """Give the values with rowids in the place of ids."""
        resolved = list(values)
        for place, _, target in shape.references:
            if resolved[place] is not None:
                resolved[place] = self._rowids[target, resolved[place]]
        return resolved


def _names_nobody(stored: Stored) -> Invalid:
    return Invalid(
        Sentence("{label} names a record that is not there.", label=stored.field.label),
        stored.name,
    )


class Statements:
    """The statements of all kinds, made when they are first needed and kept."""

    def __init__(self, tables: Tables, connection: Connection) -> None:
        self._tables = tables
        self._connection = connection
        self._kinds: dict[str, KindStatements] = {}

    def __getitem__(self, kind: str) -> KindStatements:
        if kind not in self._kinds:
            self._kinds[kind] = KindStatements(self._tables[kind], self._connection)
        return self._kinds[kind]


def _spread(size: int, places: Sequence[int], values: Values) -> list[Any]:
    """Put values into their places among blanks."""
    whole: list[Any] = [None] * size
    for place, value in zip(places, values, strict=True):
        whole[place] = value
    return whole
