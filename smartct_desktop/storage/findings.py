"""Reading the findings: of records, of all, and how many there are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.query import Listing, Query, Wanted
from smartct_desktop.domain.reading import Due, FindingCount, RecordFinding
from smartct_desktop.storage.books import (
    EXAMINED_BY,
    FINDING,
    FINDING_DUE,
    FINDING_TALLY,
    META,
    TALLY,
)
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.filters import Condition, one_of
from smartct_desktop.storage.problem_filter import chosen
from smartct_desktop.storage.records import Records
from smartct_desktop.storage.said import SEVERITIES, read, read_day
from smartct_desktop.storage.selection import Selection
from smartct_desktop.storage.sources import CrossJoin, wanted

_LINE = (FINDING.c.code, FINDING.c.severity, FINDING.c.field, FINDING.c.said)

_EXAMINED_BY = sa.select(META.c.value).where(META.c.key == EXAMINED_BY)


class Findings:
    """Reads the findings of one document."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._tables = records.tables
        self._source: Source = records.source
        self._of: dict[str, sa.Select[Any]] = {}

    def of(self, kind: str, ids: Iterable[Id]) -> dict[Id, tuple[Finding, ...]]:
        """Give the findings of those among the records that have any."""
        if kind not in self._of:
            own = self._tables[kind].table
            each = wanted("ids")
            named = CrossJoin(each, own, own.c.id == each.c.value)
            ours = sa.and_(FINDING.c.kind == kind, FINDING.c.record == own.c.rowid)
            self._of[kind] = (
                sa.select(own.c.id, *_LINE)
                .select_from(CrossJoin(named, FINDING, ours))
                .order_by(FINDING.c.record, FINDING.c.n)
            )
        found: dict[Id, list[Finding]] = defaultdict(list)
        for id_, *line in self._source.fetch(self._of[kind], {"ids": json.dumps(list(ids))}):
            found[Id(id_)].append(read(line))
        return {id_: tuple(those) for id_, those in found.items()}

    def problem_counts(self, query: Query) -> dict[Severity, int]:
        """Count the records found that have a finding of each severity."""
        selection = Selection(self._tables, self._source, query)
        counts = dict.fromkeys(SEVERITIES, 0)
        number = sa.func.count(sa.distinct(FINDING.c.record))
        counted = sa.select(FINDING.c.severity, number).where(FINDING.c.kind == query.kind)
        if not selection.all:
            found = selection.from_own(selection.sources.own.c.rowid)
            counted = counted.where(FINDING.c.record.in_(found))
        for severity, records in self._source.fetch(counted.group_by(FINDING.c.severity)):
            counts[SEVERITIES[severity]] = records
        return counts

    def counts(self, listing: Listing | None) -> list[FindingCount]:
        """Count findings by rule, the worst first."""
        listing = listing or Listing()
        if listing.words:
            keys = (FINDING.c.code, FINDING.c.kind, FINDING.c.severity)
            counted = sa.select(*keys, sa.func.count()).where(*self._conditions(listing))
            counted = counted.group_by(*keys)
        else:
            tally = FINDING_TALLY.c
            counted = sa.select(tally.code, tally.kind, tally.severity, tally.findings)
            counted = counted.where(
                *chosen(listing.severities, listing.codes, tally.severity, tally.code)
            )
        found = sorted(self._source.fetch(counted), key=lambda row: (row[2], row[0], row[1]))
        return [FindingCount(c, kind, SEVERITIES[s], n) for c, kind, s, n in found]

    def listed(self, listing: Listing, start: int, stop: int) -> list[RecordFinding]:
        """Fetch a range of all findings."""
        order: tuple[sa.Column[Any], ...] = (FINDING.c.kind, FINDING.c.record, FINDING.c.n)
        if not listing.by_record:
            order = (FINDING.c.severity, FINDING.c.code, *order)
        # The index alone gives the place of a page far down; only its own rows are read whole.
        keys = sa.select(FINDING.c.kind, FINDING.c.record, FINDING.c.n).order_by(*order)
        keys = keys.where(*self._conditions(listing)).offset(start).limit(max(0, stop - start))
        own = keys.subquery("page")
        same = sa.and_(*(FINDING.c[name] == own.c[name] for name in ("kind", "record", "n")))
        page = sa.select(FINDING.c.kind, FINDING.c.record, FINDING.c.since, *_LINE)
        page = page.select_from(CrossJoin(own, FINDING, same)).order_by(*order)
        rows = self._source.fetch(page)
        rowids: dict[str, list[int]] = defaultdict(list)
        for kind, rowid, *_ in rows:
            rowids[kind].append(rowid)
        named = {
            kind: self._records.captions_by_rowid(kind, those) for kind, those in rowids.items()
        }
        lost = (Id(""), "")
        return [
            RecordFinding(kind, *named[kind].get(rowid, lost), read(line), read_day(since))
            for kind, rowid, since, *line in rows
        ]

    def _conditions(self, listing: Listing) -> list[Condition]:
        wanted_ones = chosen(listing.severities, listing.codes)
        return [*wanted_ones, *map(self._found, listing.words)]

    def _found(self, word: Wanted) -> Condition:
        """Whether a finding is found by a word: in its rule, or in its record."""
        kinds = self._source.fetch(sa.select(FINDING_TALLY.c.kind).distinct())
        ways: list[Condition] = [one_of(FINDING.c.code, word.codes)]
        for (kind,) in kinds:
            query = Selection(self._tables, self._source, Query(kind, search=word.word))
            rowids = query.from_own(query.sources.own.c.rowid)
            ways.append(sa.and_(FINDING.c.kind == kind, FINDING.c.record.in_(rowids)))
        return sa.or_(*ways)

    def unexamined(self) -> int:
        """How many records the rules have still to be asked about, roughly."""
        spans = sa.select(FINDING_DUE.c.first, sa.func.min(FINDING_DUE.c.last, TALLY.c.last))
        spans = spans.join_from(FINDING_DUE, TALLY, TALLY.c.kind == FINDING_DUE.c.kind)
        return sum(max(0, last - first + 1) for first, last in self._source.fetch(spans))

    def due(self, most: int) -> Due | None:
        """Give some of the records that the rules have still to be asked about."""
        moment = self._source.moment()
        due = sa.select(FINDING_DUE.c.kind, FINDING_DUE.c.first, FINDING_DUE.c.last)
        rows = self._source.fetch(due.order_by(FINDING_DUE.c.kind, FINDING_DUE.c.first).limit(most))
        if not rows:
            return None
        kind = rows[0][0]
        ids: list[Id] = []
        spans: list[tuple[int, int, int]] = []
        for of, first, last in rows:
            if of != kind or len(ids) >= most:
                break
            upto, found = self._span(kind, first, last, most - len(ids))
            ids += found
            spans.append((first, upto, last))
        return Due(kind, tuple(ids), tuple(spans), moment, examined_by(self._source))

    def _span(self, kind: str, first: int, last: int, most: int) -> tuple[int, list[Id]]:
        """Give the ids of the first records of a span, and up to where they reach."""
        table = self._tables[kind].table
        page = sa.select(table.c.rowid, table.c.id).where(table.c.rowid.between(first, last))
        rows = self._source.fetch(page.order_by(table.c.rowid).limit(most))
        upto = rows[-1][0] if len(rows) == most else last
        return upto, [Id(id_) for _, id_ in rows]


def examined_by(source: Source) -> str:
    """Give the version of the rules that made the findings, "" if none did yet."""
    rows = source.fetch(_EXAMINED_BY)
    return str(rows[0][0]) if rows else ""
