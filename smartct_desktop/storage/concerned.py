"""Which records a step concerns: along the links of the rule catalogue, before and after it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from smartct_desktop.domain.namesakes import fields_of_names, names_in
from smartct_desktop.domain.programme.rule_catalog import ITSELF, LINKS, Link
from smartct_desktop.storage.called import Called
from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.writing import Touch


class Concerned:
    """Finds records by what they have to do with others; works with rowids."""

    def __init__(self, tables: Tables, connection: Connection) -> None:
        self._tables = tables
        self._connection = connection
        self._called = Called(tables, connection)
        self._sharing_names: dict[tuple[str, frozenset[str]], set[str]] = {}  # of one step

    def by(self, touch: Touch, touched: Mapping[str, Sequence[str]]) -> dict[str, set[int]]:
        """Give by kind the records concerned; `touched` are the ids added and changed."""
        found: dict[str, set[int]] = defaultdict(set)
        self._sharing_names.clear()
        for link in LINKS:
            found[link.of_kind] |= self._linked(link, touched.get(link.kind, ()), touch)
        return found

    def all(self, kind: str) -> set[int]:
        """Give all records of a kind."""
        rowids = Prepared(f"SELECT rowid FROM {kind}")  # noqa: S608 -- a name of ours
        return {rowid for (rowid,) in self._connection.rows(rowids, ())}

    def rowids(self, kind: str, ids: Iterable[str]) -> dict[str, int]:
        """Give the rowids of the records that exist among these, by their ids."""
        by_id = Prepared(
            f"SELECT id, rowid FROM {kind} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 -- a name of ours
        )
        return dict(self._connection.rows(by_id, (json.dumps(list(ids)),)))

    def ids(self, kind: str, rowids: Iterable[int]) -> dict[int, str]:
        """Give the ids of the records that exist among these, by their rowids."""
        by_rowid = Prepared(
            f"SELECT rowid, id FROM {kind} WHERE rowid IN (SELECT value FROM json_each(?))"  # noqa: S608 -- a name of ours
        )
        return dict(self._connection.rows(by_rowid, (json.dumps(list(rowids)),)))

    def _linked(self, link: Link, touched: Sequence[str], touch: Touch) -> set[int]:
        """Give the records that the touched ones concern through a link."""
        moved = touch.moved.get(link.kind, set())
        if link.kind not in touch.added and moved.isdisjoint({link.field, *link.watched}):
            return set()
        if link.field == ITSELF:
            named = set(touched)
        else:
            named = self._named(link, touched) | touch.left.get((link.kind, link.field), set())
            named.discard("")
        if link.alike:
            named = self._alike(link, named, touch)
        if named and link.through is not None:
            named = self._through(link.kind, *link.through, named)
        if not named:
            return set()
        if link.of_field == ITSELF:
            return set(self.rowids(link.of_kind, named).values())
        stored = self._tables[link.of_kind].by_name[link.of_field]
        if stored.target is None:
            return self._sharing(link.of_kind, stored.twin, named)
        target = stored.target
        naming = Prepared(
            f'SELECT rowid FROM {link.of_kind} WHERE "{link.of_field}" IN'  # noqa: S608 -- names of ours
            f" (SELECT rowid FROM {target} WHERE id IN (SELECT value FROM json_each(?)))"
        )
        return {rowid for (rowid,) in self._connection.rows(naming, (json.dumps(list(named)),))}

    def _alike(self, link: Link, ids: set[str], touch: Touch) -> set[str]:
        """Add to records those that share a name with them, or did with one of the touched."""
        target = None
        if link.field != ITSELF:
            target = self._tables[link.kind].by_name[link.field].target
        kind = target or link.kind
        fields = fields_of_names(kind)
        names = set().union(*(touch.left.get((kind, name), ()) for name in fields))
        columns = ", ".join(f'"{name}"' for name in fields)
        told = Prepared(
            f"SELECT {columns} FROM {kind} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 -- names of ours
        )
        for texts in self._connection.rows(told, (json.dumps(list(ids)),)):
            names |= names_in(*texts)
        asked = kind, frozenset(names)
        if asked not in self._sharing_names:
            self._sharing_names[asked] = self._called.ids(kind, names)
        return ids | self._sharing_names[asked]

    def _through(self, kind: str, by: str, first: str, second: str, ids: set[str]) -> set[str]:
        """Give the ids of what records of `by` name in a field, that name one of these in another.

        `ids` are those of records of `kind`.
        """
        target = self._tables[by].by_name[second].target
        named = Prepared(
            f"SELECT DISTINCT named.id FROM {by} AS part"  # noqa: S608 -- names of ours
            f' JOIN {target} AS named ON named.rowid = part."{second}"'
            f' WHERE part."{first}" IN'
            f" (SELECT rowid FROM {kind} WHERE id IN (SELECT value FROM json_each(?)))"
        )
        return {id_ for (id_,) in self._connection.rows(named, (json.dumps(list(ids)),))}

    def _sharing(self, kind: str, twin: str, texts: Iterable[str]) -> set[int]:
        """Give the records that hold one of these folded texts."""
        holding = Prepared(
            f'SELECT rowid FROM {kind} WHERE "{twin}" IN (SELECT value FROM json_each(?))'  # noqa: S608 -- names of ours
        )
        return {rowid for (rowid,) in self._connection.rows(holding, (json.dumps(list(texts)),))}

    def _named(self, link: Link, touched: Sequence[str]) -> set[str]:
        """Give the ids of what the touched records name, or the folded texts they hold."""
        if not touched:
            return set()
        stored = self._tables[link.kind].by_name[link.field]
        target = stored.target
        if target is None:
            held = Prepared(
                f'SELECT DISTINCT "{stored.twin}" FROM {link.kind}'  # noqa: S608 -- names of ours
                f" WHERE \"{stored.twin}\" <> '' AND id IN (SELECT value FROM json_each(?))"
            )
            return {text for (text,) in self._connection.rows(held, (json.dumps(list(touched)),))}
        named = Prepared(
            f"SELECT DISTINCT named.id FROM {link.kind} AS own JOIN {target} AS named"  # noqa: S608 -- names of ours
            f' ON named.rowid = own."{link.field}"'
            " WHERE own.id IN (SELECT value FROM json_each(?))"
        )
        return {id_ for (id_,) in self._connection.rows(named, (json.dumps(list(touched)),))}
