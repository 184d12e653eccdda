"""Keeping the findings right: what a step concerns is examined within its own transaction.

A step that concerns very many records beyond those it touched leaves them due: they are examined
later, some at a time. Which records those are is written in the step's transaction, too.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.programme.rule_catalog import FACTS, ITSELF, KINDS, LINKS, Link
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Due, Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import EXAMINED_BY
from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.findings import examined_by
from smartct_desktop.storage.records import chunks
from smartct_desktop.storage.said import Line, written
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.writing import Touch

AT_ONCE = 300
"""Records examined within a step beyond those it touched, if they are not more: milliseconds."""

_CHECKING = Sentence("Checking against the rules")

_DELETE = Prepared("DELETE FROM finding WHERE kind = ? AND record = ?")
_INSERT = Prepared("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)")
_THERE = Prepared(
    "SELECT record, code, severity, field, said FROM json_each(?2) CROSS JOIN finding"
    " ON kind = ?1 AND record = value ORDER BY record, n"
)
_COUNT = Prepared(
    "INSERT INTO finding_tally VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET findings = findings + excluded.findings"
)
_COUNTED = "DELETE FROM finding_tally WHERE findings = 0"
_MARK = Prepared(
    "INSERT INTO finding_due VALUES (?, ?, ?)"
    " ON CONFLICT DO UPDATE SET last = max(last, excluded.last)"
)
_UNMARK = Prepared("DELETE FROM finding_due WHERE kind = ? AND first = ?")
_MARK_ALL = Prepared(
    "INSERT INTO finding_due SELECT kind, 1, last FROM tally WHERE kind = ? AND last > 0"
)
_TOTAL = Prepared("SELECT sum(records) FROM tally WHERE kind IN (SELECT value FROM json_each(?))")
_SET_VERSION = Prepared("INSERT OR REPLACE INTO meta VALUES (?, ?)")


class Examiner(Protocol):
    """Asks the rules."""

    @property
    def version(self) -> str:
        """What the findings depend on beside the document: the rules and the day."""

    def examine(
        self, reader: Reader, kind: str, ids: Sequence[Id]
    ) -> Mapping[Id, Sequence[Finding]]:
        """Give what the rules say of records; those without a finding may be left out."""


class Examination:
    """Examines within one transaction that somebody else begins and commits."""

    def __init__(
        self, tables: Tables, connection: Connection, reader: Reader, examiner: Examiner | None
    ) -> None:
        self._tables = tables
        self._connection = connection
        self._reader = reader
        self._examiner = examiner
        self._more: Counter[tuple[str, str, int]] = Counter()

    def follow(self, touch: Touch, progress: Progress) -> None:
        """Make the findings right after a step; without an examiner they are left due.

        Raises `Cancelled`.
        """
        for kind, gone in touch.removed.items():
            if kind in KINDS:
                self._put(kind, dict.fromkeys(gone, ()))
        touched = {
            kind: [*touch.added.get(kind, ()), *touch.changed.get(kind, ())]
            for kind in touch.added.keys() | touch.changed.keys()
        }
        own = {kind: self._rowids(kind, touched[kind]) for kind in KINDS if kind in touched}
        others: dict[str, set[int]] = defaultdict(set)
        for link in LINKS:
            others[link.of_kind] |= self._linked(link, touched.get(link.kind, ()), touch)
        if self._is_new_version() or not FACTS.isdisjoint(touched.keys() | touch.removed.keys()):
            self._examine_all_or_mark(others)
        for kind in KINDS:
            self._examine_or_mark(kind, own.get(kind, set()), others[kind], progress)
        self._finish()

    def renew(self) -> bool:
        """Have all records examined anew if other rules, or those of another day, were asked."""
        renewed = self._is_new_version()
        if renewed:
            self._mark_all()
        return renewed

    def settle(self, due: Due, found: Mapping[Id, Sequence[Finding]]) -> bool:
        """Write what the rules said of records that were due; False if that is out of date."""
        if (self._connection.moment(), examined_by(self._connection)) != (due.moment, due.version):
            return False
        table = self._tables[due.kind].table.name
        named = self._ids_to_rowids(table, due.ids)
        self._put(due.kind, {rowid: _lines(found.get(id_, ())) for id_, rowid in named.items()})
        self._connection.many(_UNMARK, [(due.kind, first) for first, _, _ in due.spans])
        rest = [(due.kind, upto + 1, last) for _, upto, last in due.spans if upto < last]
        self._connection.many(_MARK, rest)
        self._finish()
        return True

    def _is_new_version(self) -> bool:
        """Note which rules are asked from now on; whether others were asked before."""
        if self._examiner is None or examined_by(self._connection) == self._examiner.version:
            return False
        self._connection.many(_SET_VERSION, [(EXAMINED_BY, self._examiner.version)])
        return True

    def _mark_all(self) -> None:
        for kind in KINDS:
            self._connection.many(Prepared("DELETE FROM finding_due WHERE kind = ?"), [(kind,)])
            self._connection.many(_MARK_ALL, [(kind,)])

    def _examine_all_or_mark(self, others: dict[str, set[int]]) -> None:
        """Add all records to those that are examined now, if they are few; else mark them."""
        listed = json.dumps(KINDS)
        if self._connection.rows(_TOTAL, (listed,))[0][0] > AT_ONCE:
            self._mark_all()
            return
        for kind in KINDS:
            table = self._tables[kind].table.name
            rowids = Prepared(f"SELECT rowid FROM {table}")  # noqa: S608 -- a name of ours
            others[kind] |= {rowid for (rowid,) in self._connection.rows(rowids, ())}

    def _examine_or_mark(
        self, kind: str, own: set[int], others: set[int], progress: Progress
    ) -> None:
        others = others - own
        now = own if len(others) > max(AT_ONCE, len(own)) else own | others
        if self._examiner is None:
            now, others = set(), own | others
        if others - now:
            self._connection.many(_MARK, [(kind, *span) for span in _spans(others - now)])
        for done, chunk in enumerate(chunks(sorted(now))):
            progress.report(_CHECKING, done * len(chunk), len(now))
            self._examine(kind, chunk)

    def _examine(self, kind: str, rowids: Sequence[int]) -> None:
        assert self._examiner is not None
        table = self._tables[kind].table.name
        by_rowid = Prepared(
            f"SELECT id, rowid FROM {table} WHERE rowid IN (SELECT value FROM json_each(?))"  # noqa: S608 -- a name of ours
        )
        named = dict(self._connection.rows(by_rowid, (json.dumps(rowids),)))
        found = self._examiner.examine(self._reader, kind, [Id(id_) for id_ in named])
        self._put(kind, {rowid: _lines(found.get(Id(id_), ())) for id_, rowid in named.items()})

    def _put(self, kind: str, lines: Mapping[int, Sequence[Line]]) -> None:
        """Put findings in the place of those that the records have, where they differ."""
        there: dict[int, list[Line]] = defaultdict(list)
        for rowid, *line in self._connection.rows(_THERE, (kind, json.dumps(list(lines)))):
            there[rowid].append((line[0], line[1], line[2], line[3]))
        other = {rowid: new for rowid, new in lines.items() if list(new) != there.get(rowid, [])}
        self._connection.many(_DELETE, [(kind, rowid) for rowid in other if rowid in there])
        self._connection.many(
            _INSERT,
            [(kind, rowid, n, *line) for rowid, new in other.items() for n, line in enumerate(new)],
        )
        for rowid, new in other.items():
            self._more.subtract((code, kind, s) for code, s, *_ in there.get(rowid, ()))
            self._more.update((code, kind, s) for code, s, *_ in new)

    def _finish(self) -> None:
        more = [(*key, n) for key, n in self._more.items() if n]
        if more:
            self._connection.many(_COUNT, more)
            self._connection.tell(_COUNTED)
        self._more.clear()

    # Which records a step concerns.

    def _rowids(self, kind: str, ids: Iterable[str]) -> set[int]:
        return set(self._ids_to_rowids(self._tables[kind].table.name, ids).values())

    def _ids_to_rowids(self, table: str, ids: Iterable[str]) -> dict[Any, int]:
        by_id = Prepared(
            f"SELECT id, rowid FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 -- a name of ours
        )
        return dict(self._connection.rows(by_id, (json.dumps(list(ids)),)))

    def _linked(self, link: Link, touched: Sequence[str], touch: Touch) -> set[int]:
        """Give the rowids of the records that the touched ones concern through a link."""
        moved = touch.moved.get(link.kind, set())
        if link.kind not in touch.added and moved.isdisjoint({link.field, *link.watched}):
            return set()
        if link.field == ITSELF:
            named = set(touched)
        else:
            named = self._named(link, touched) | touch.left.get((link.kind, link.field), set())
        if link.of_field == ITSELF:
            return self._rowids(link.of_kind, named)
        target = self._tables[link.of_kind].by_name[link.of_field].target
        naming = Prepared(
            f'SELECT rowid FROM {link.of_kind} WHERE "{link.of_field}" IN'  # noqa: S608 -- names of ours
            f" (SELECT rowid FROM {target} WHERE id IN (SELECT value FROM json_each(?)))"
        )
        return {rowid for (rowid,) in self._connection.rows(naming, (json.dumps(list(named)),))}

    def _named(self, link: Link, touched: Sequence[str]) -> set[str]:
        """Give the ids of what the touched records name."""
        target = self._tables[link.kind].by_name[link.field].target
        named = Prepared(
            f"SELECT DISTINCT named.id FROM {link.kind} AS own JOIN {target} AS named"  # noqa: S608 -- names of ours
            f' ON named.rowid = own."{link.field}"'
            " WHERE own.id IN (SELECT value FROM json_each(?))"
        )
        return {id_ for (id_,) in self._connection.rows(named, (json.dumps(touched),))}


def _lines(findings: Iterable[Finding]) -> list[Line]:
    return [written(finding) for finding in findings]


def _spans(rowids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the unbroken rows of numbers: the first and the last of each."""
    first = last = None
    for rowid in sorted(rowids):
        if first is None or last is None:
            first = last = rowid
        elif rowid == last + 1:
            last = rowid
        else:
            yield first, last
            first = last = rowid
    if first is not None and last is not None:
        yield first, last
