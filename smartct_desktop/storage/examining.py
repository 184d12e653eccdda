"""Keeping findings and derived fields right: a step assesses what it concerns, in its transaction.

A step that concerns very many records beyond those it touched leaves them due: they are assessed
later, some at a time. Which records those are is written in the step's transaction, too. A new day
makes only those due of which an earlier look said that they may be otherwise from then on.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.assessment import Assessment, Basis
from smartct_desktop.domain.programme.rule_catalog import FACTS, KINDS
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Due, Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.basis import basis_of, written_basis
from smartct_desktop.storage.books import EXAMINED_BY
from smartct_desktop.storage.concerned import Concerned
from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.deriving import Derived
from smartct_desktop.storage.findings import examined_by
from smartct_desktop.storage.records import chunks
from smartct_desktop.storage.said import Line, written
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.writing import Touch

AT_ONCE = 300
"""Records examined within a step beyond those it touched, if they are not more: milliseconds."""

LATER = 2_000
"""Records of a kind touched by one step from which on they are all left due: nobody reads what is
said of thousands at once, and the step need not take twice its time."""

_CHECKING = Sentence("Checking against the rules")
_NOTHING = Assessment()

_DELETE = Prepared("DELETE FROM finding WHERE kind = ? AND record = ?")
_INSERT = Prepared("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
_THERE = Prepared(
    "SELECT record, code, severity, field, said, since FROM json_each(?2) CROSS JOIN finding"
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
_UNMARK_ALL = Prepared("DELETE FROM finding_due WHERE kind = ?")
_MARK_ALL = Prepared(
    "INSERT INTO finding_due SELECT kind, 1, last FROM tally WHERE kind = ? AND last > 0"
)
_TOTAL = Prepared("SELECT sum(records) FROM tally WHERE kind IN (SELECT value FROM json_each(?))")
_SET_BASIS = Prepared("INSERT OR REPLACE INTO meta VALUES (?, ?)")
_WOKEN = Prepared("SELECT kind, record FROM finding_wake WHERE day <= ?")
_WAKING = Prepared(
    "SELECT record, day FROM json_each(?2) CROSS JOIN finding_wake ON kind = ?1 AND record = value"
)
_WAKE = Prepared("INSERT OR REPLACE INTO finding_wake VALUES (?, ?, ?)")
_SLEEP = Prepared("DELETE FROM finding_wake WHERE kind = ? AND record = ?")


class Assessing(Protocol):
    """One look at a document that stays as it is, and remembers what it has read of it."""

    def assess(self, reader: Reader, kind: str, ids: Sequence[Id]) -> Mapping[Id, Assessment]:
        """Say of each record that exists what the rules say, and what is calculated of it."""


class Examiner(Protocol):
    """Asks the rules, and calculates."""

    @property
    def rules(self) -> str:
        """The version of rules and calculations."""

    @property
    def today(self) -> date:
        """The day on which the rules are asked."""

    def facts(self, reader: Reader) -> str:
        """Give a digest of the records that concern all others."""

    def look(self, reader: Reader) -> Assessing:
        """Begin a look at the document as it is now."""


class Examination:
    """Examines within one transaction that somebody else begins and commits.

    `followed` are the records by kind of which derived fields moved, besides those touched.
    """

    def __init__(
        self, tables: Tables, connection: Connection, reader: Reader, examiner: Examiner | None
    ) -> None:
        self._tables = tables
        self._connection = connection
        self._reader = reader
        self._examiner = examiner
        self._concerned = Concerned(tables, connection)
        self._look: Assessing | None = None
        self._derived: dict[str, Derived] = {}
        self._more: Counter[tuple[str, str, int]] = Counter()
        self.followed: dict[str, list[str]] = defaultdict(list)

    def follow(self, touch: Touch, progress: Progress) -> None:
        """Make all right after a step; without an examiner it is left due. Raises `Cancelled`."""
        for kind, gone in touch.removed.items():
            if kind in KINDS:
                self._put(kind, dict.fromkeys(gone, _NOTHING), gone_too=True)
        touched = {
            kind: [*touch.added.get(kind, ()), *touch.changed.get(kind, ())]
            for kind in touch.added.keys() | touch.changed.keys()
        }
        own = {
            kind: set(self._concerned.rowids(kind, touched[kind]).values())
            for kind in KINDS
            if kind in touched
        }
        others = self._concerned.by(touch, touched)
        facts = not FACTS.isdisjoint(touched.keys() | touch.removed.keys())
        if self._examiner is not None and self._is_everything_new(others, facts=facts):
            self._examine_all_or_mark(others)
        for kind in KINDS:
            self._examine_or_mark(kind, own.get(kind, set()), others[kind], progress)
        self._finish()

    def renew(self) -> bool:
        """Have examined anew what other rules, other facts or another day concern.

        Gives whether any of these is other.
        """
        if self._examiner is None:
            return False
        before = examined_by(self._connection)
        woken: dict[str, set[int]] = defaultdict(set)
        if self._is_everything_new(woken, facts=True):
            self._mark_all()
        for kind, rowids in woken.items():
            self._mark(kind, rowids)
        return examined_by(self._connection) != before

    def settle(self, due: Due, found: Mapping[Id, Assessment]) -> bool:
        """Write what was found of records that were due; False if that is out of date."""
        if (self._connection.moment(), examined_by(self._connection)) != (due.moment, due.version):
            return False
        named = self._concerned.rowids(due.kind, due.ids)
        self._put(due.kind, {rowid: found.get(Id(id_), _NOTHING) for id_, rowid in named.items()})
        self._connection.many(_UNMARK, [(due.kind, first) for first, _, _ in due.spans])
        rest = [(due.kind, upto + 1, last) for _, upto, last in due.spans if upto < last]
        self._connection.many(_MARK, rest)
        self._finish()
        return True

    # Whether more than the step's own records must be looked at.

    def _is_everything_new(self, woken: dict[str, set[int]], *, facts: bool) -> bool:
        """Note on what assessments rest from now on; whether none so far can be relied on.

        Where only the day is another, those it concerns are added to `woken`. `facts` says that
        records that concern all others may have changed.
        """
        assert self._examiner is not None
        before = basis_of(examined_by(self._connection))
        rules, today = self._examiner.rules, self._examiner.today
        known = None if facts or before is None else before.facts
        now = Basis(rules, known or self._examiner.facts(self._reader), today)
        if now == before:
            return False
        self._connection.many(_SET_BASIS, [(EXAMINED_BY, written_basis(now))])
        if before is None or (now.rules, now.facts) != (before.rules, before.facts):
            return True
        if now.on < before.on:
            return True  # nothing is kept of days that have passed
        for kind, rowid in self._connection.rows(_WOKEN, (now.on.isoformat(),)):
            woken[kind].add(rowid)
        return False

    def _mark_all(self) -> None:
        for kind in KINDS:
            self._connection.many(_UNMARK_ALL, [(kind,)])
            self._connection.many(_MARK_ALL, [(kind,)])

    def _mark(self, kind: str, rowids: Iterable[int]) -> None:
        self._connection.many(_MARK, [(kind, *span) for span in _spans(rowids)])

    def _examine_all_or_mark(self, others: dict[str, set[int]]) -> None:
        """Add all records to those that are examined now, if they are few; else mark them."""
        listed = json.dumps(KINDS)
        if self._connection.rows(_TOTAL, (listed,))[0][0] > AT_ONCE:
            self._mark_all()
            return
        for kind in KINDS:
            others[kind] |= self._concerned.all(kind)

    # Looking at records, and writing what was found.

    def _examine_or_mark(
        self, kind: str, own: set[int], others: set[int], progress: Progress
    ) -> None:
        others = others - own
        now = own if len(others) > max(AT_ONCE, len(own)) else own | others
        if self._examiner is None or len(own) > LATER:
            now, others = set(), own | others
        if others - now:
            self._mark(kind, others - now)
        for done, chunk in enumerate(chunks(sorted(now))):
            progress.report(_CHECKING, done * len(chunk), len(now))
            self._examine(kind, chunk, own)

    def _examine(self, kind: str, rowids: Sequence[int], own: set[int]) -> None:
        assert self._examiner is not None
        if self._look is None:
            self._look = self._examiner.look(self._reader)
        named = self._concerned.ids(kind, rowids)
        ids = [Id(id_) for id_ in named.values()]
        found = self._look.assess(self._reader, kind, ids)
        moved = self._put(
            kind, {rowid: found.get(Id(id_), _NOTHING) for rowid, id_ in named.items()}
        )
        self.followed[kind] += [named[rowid] for rowid in moved if rowid not in own]

    def _put(
        self, kind: str, found: Mapping[int, Assessment], *, gone_too: bool = False
    ) -> list[int]:
        """Write what was found where it differs; give the rowids whose derived fields moved."""
        self._put_findings(kind, {rowid: _lines(one) for rowid, one in found.items()})
        self._put_days(kind, found)
        if gone_too or not self._tables[kind].derived:
            return []
        if kind not in self._derived:
            self._derived[kind] = Derived(self._tables[kind], self._connection)
        return self._derived[kind].put({rowid: one.values for rowid, one in found.items()})

    def _put_findings(self, kind: str, lines: Mapping[int, Sequence[Line]]) -> None:
        """Put findings in the place of those that the records have, where they differ."""
        there: dict[int, list[Line]] = defaultdict(list)
        days: dict[tuple[int, str, str], str | None] = {}
        for rowid, *line, since in self._connection.rows(_THERE, (kind, json.dumps(list(lines)))):
            there[rowid].append((line[0], line[1], line[2], line[3]))
            days[rowid, line[0], line[2]] = since
        other = {rowid: new for rowid, new in lines.items() if list(new) != there.get(rowid, [])}
        self._connection.many(_DELETE, [(kind, rowid) for rowid in other if rowid in there])
        today = self._examiner.today.isoformat() if self._examiner else None
        self._connection.many(
            _INSERT,
            [
                (kind, rowid, n, *line, days.get((rowid, line[0], line[2]), today))
                for rowid, new in other.items()
                for n, line in enumerate(new)
            ],
        )
        for rowid, new in other.items():
            self._more.subtract((code, kind, s) for code, s, *_ in there.get(rowid, ()))
            self._more.update((code, kind, s) for code, s, *_ in new)

    def _put_days(self, kind: str, found: Mapping[int, Assessment]) -> None:
        """Note the days from which on records have to be looked at again."""
        listed = json.dumps(list(found))
        there = dict(self._connection.rows(_WAKING, (kind, listed)))
        days = {
            rowid: None if one.until is None else one.until.isoformat()
            for rowid, one in found.items()
        }
        other = {rowid: day for rowid, day in days.items() if day != there.get(rowid)}
        self._connection.many(_SLEEP, [(kind, r) for r, day in other.items() if day is None])
        self._connection.many(_WAKE, [(kind, r, day) for r, day in other.items() if day])

    def _finish(self) -> None:
        more = [(*key, n) for key, n in self._more.items() if n]
        if more:
            self._connection.many(_COUNT, more)
            self._connection.tell(_COUNTED)
        self._more.clear()


def _lines(one: Assessment) -> list[Line]:
    return [written(finding) for finding in one.findings]


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
