"""Sheets that this program wrote: known again by their record ids, or else by their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from smartct_desktop.domain.book import Row, Sheet
from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.heading_rows import Head
from smartct_desktop.services.importing.kinds_of_table import KINDS, TableKind
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.layout import Layout, Table
from smartct_desktop.services.importing.own_headings import RECORD_ID, heading_key, own_headings
from smartct_desktop.services.importing.own_rows import RowFinder
from smartct_desktop.services.importing.own_sheet import OwnSheet
from smartct_desktop.services.importing.own_values import OwnValues
from smartct_desktop.services.importing.plan import PlanFinding
from smartct_desktop.services.importing.understood import RawColumn

_ID = re.compile(r"[0-9a-f]{32}")
_LEAST_HEADINGS = 6
_MANY_HEADINGS = 10  # so many in our very words no partner writes by chance
_LEAST_SHARE = 0.7
_SEARCHED = 200  # rows: above the first that is ours somebody may have added others
_SAMPLE = 400
_COMPARED = 60
_COMPARING = Sentence("Comparing with the document")
_OURS = Sentence("a column of our own export")
_WORKED_OUT = Sentence("worked out by the program")
_NATURAL: Mapping[str, str] = {"organisation": "membership"}
"""Which lists of partners hold the records of a kind, where it is not the list of that name."""


class OwnSheets:
    """Recognises the tables that we wrote into files that come back. Reads the document."""

    def __init__(self, known: Known, dictionary: Dictionary) -> None:
        self._known = known
        self._values = OwnValues(known, dictionary)
        self._headings = own_headings(dictionary.facts)
        self._dictionary = dictionary

    def layout(self, sheet: Sheet) -> Layout | None:
        """Find the table of a sheet by its record ids, whatever stands around it."""
        found = _first_id(sheet.rows)
        if found is None or self._kind_of([found[2]]) is None:
            return None
        place, column, _ = found
        headed = next(
            (p for p in range(place - 1, -1, -1) if _texts(sheet.rows[p]) > 1),
            None,
        )
        if headed is None:
            return None
        row = sheet.rows[headed]
        heads = tuple(
            Head(c, " ".join(value.split()), self._dictionary.headings.senses(value))
            for c, value in enumerate(row.values)
            if isinstance(value, str) and value.strip() and c != column
        )
        table = Table((row.number,), heads, tuple(sheet.rows[headed + 1 :]))
        return Layout(tuple(sheet.rows[:headed]), (table,))

    def recognise(self, sheet: Sheet, table: Table) -> OwnSheet | None:
        """Say what one of our tables holds; None for a table that somebody else made."""
        column, ids = _ids(table.rows)
        known = self._kind_of([id_ for _, id_ in ids]) if ids else None
        if known is not None and column is not None:
            return self._by_ids(sheet, table, known, column, ids)
        return self._by_headings(table)

    def without_unchanged(
        self, own: OwnSheet, columns: Sequence[RawColumn], progress: Progress
    ) -> list[RawColumn]:
        """Blank the cells that say what is stored, so that nobody is asked about them."""
        if not own.ids:
            return list(columns)
        records = self._records(own)
        left = []
        for done, column in enumerate(columns):
            progress.report(_COMPARING, done, len(columns))
            changed = self._changed(own, column, records)
            if any(value is not None for value in changed.values):
                left.append(changed)
        return left

    def _changed(self, own: OwnSheet, column: RawColumn, records: Mapping[Id, Record]) -> RawColumn:
        same = self._values.same(column.code, records.values())
        if same is None:
            return column
        values = list(column.values)
        for place, (number, raw) in enumerate(zip(column.numbers, column.values, strict=True)):
            record = records.get(own.ids.get(number, Id("")))
            if record is not None and raw is not None and same(record, raw):
                values[place] = None
        return replace(column, values=values)

    def _records(self, own: OwnSheet) -> dict[Id, Record]:
        return dict(self._known.full(schema_of(own.kind).record, own.ids.values()))

    def _kind_of(self, ids: Sequence[Id]) -> str | None:
        """Give the kind that most of the ids belong to, None if none is of this document."""
        counts = {
            schema.kind: len(self._known.captions(schema.kind, ids[:_SAMPLE])) for schema in SCHEMAS
        }
        kind = max(counts, key=lambda kind: counts[kind])
        return kind if counts[kind] else None

    def _by_ids(
        self,
        sheet: Sheet,
        table: Table,
        kind: str,
        column: int,
        ids: Sequence[tuple[int, Id]],
    ) -> OwnSheet:
        there = self._known.captions(kind, [id_ for _, id_ in ids])
        trusted: dict[int, Id] = {}
        findings: list[PlanFinding] = []
        seen: set[Id] = set()
        known = [(row, id_) for row, id_ in ids if id_ in there]
        for row, id_ in known:
            if id_ not in seen:
                trusted[row] = id_
            seen.add(id_)
        repeated = tuple(row for row, _ in known if row not in trusted)
        if repeated:
            sentence = Sentence(
                "These rows are copies of other rows with the same record id; they are read like "
                "rows that have none."
            )
            findings.append(PlanFinding("IMP-10", Severity.WARNING, sentence, sheet.name, repeated))
        gone = {row: id_ for row, id_ in ids if id_ not in there}
        columns = self._columns(table, kind, column)
        own = OwnSheet(kind, _natural(kind), columns, trusted, gone, tuple(findings))
        columns |= self._by_content(own, table)
        columns |= self._left_over(own, table)
        shifted = self._shifted(own, table)
        if shifted:
            sentence = Sentence(
                "The hidden record ids no longer stand in the rows they belong to: the visible "
                "columns were sorted without them. The rows are found by what they say instead."
            )
            finding = PlanFinding("IMP-21", Severity.WARNING, sentence, sheet.name, shifted)
            return replace(own, ids={}, gone={}, findings=(finding,))
        return own

    def _columns(self, table: Table, kind: str, column: int | None) -> dict[int, MappedColumn]:
        """Map the columns that bear our headings; the others are left to the dictionary."""
        headings = self._headings.get(kind, {})
        found: dict[int, MappedColumn] = {}
        taken: set[str] = set()
        for head in table.heads:
            codes = headings.get(heading_key(head.text), ())
            if len(codes) != 1 or codes[0] in taken:
                continue
            (code,) = codes
            if code in {"", RECORD_ID}:
                found[head.column] = MappedColumn(
                    head.column, head.text, None, 1.0, _WORKED_OUT, expected=True
                )
                continue
            taken.add(code)
            found[head.column] = MappedColumn(head.column, head.text, code, 0.99, _OURS)
        if column is not None:
            text = next((h.text for h in table.heads if h.column == column), "")
            found[column] = MappedColumn(column, text, None, 1.0, _OURS, expected=True)
        return found

    def _by_content(self, own: OwnSheet, table: Table) -> dict[int, MappedColumn]:
        """Know columns that were given other names by their cells, which say what is stored."""
        records = self._records(own)
        pairs = [
            (record, row)
            for row in table.rows[:_COMPARED]
            if (record := records.get(own.ids.get(row.number, Id("")))) is not None
        ]
        taken = {column.code for column in own.columns.values()}
        headings = self._headings.get(own.kind, {})
        codes = dict.fromkeys(code for meant in headings.values() for code in meant)
        tests = {
            code: same
            for code in codes
            if code not in taken | {"", RECORD_ID}
            and (same := self._values.same(code, [record for record, _ in pairs]))
        }
        found: dict[int, MappedColumn] = {}
        for head in table.heads:
            if head.column in own.columns:
                continue
            cells = [(r, v) for r, row in pairs if (v := row.value(head.column)) is not None]
            said = {sense.code for sense in head.senses}
            said.update(headings.get(heading_key(head.text), ()))
            scored = [
                (sum(same(record, raw) for record, raw in cells) / len(cells), code in said, code)
                for code, same in tests.items()
                if cells
            ]
            best = max(scored, default=(0.0, False, ""))
            doubtful = "" in headings.get(heading_key(head.text), ())
            if best[0] >= (1.0 if doubtful else _LEAST_SHARE):
                del tests[best[2]]
                found[head.column] = MappedColumn(
                    head.column, head.text, best[2], 0.95, Sentence("its cells say what is stored")
                )
        return found

    def _left_over(self, own: OwnSheet, table: Table) -> dict[int, MappedColumn]:
        """Leave out columns that bear the name of one that is worked out and hold no field."""
        headings = self._headings.get(own.kind, {})
        return {
            head.column: MappedColumn(head.column, head.text, None, 1.0, _WORKED_OUT, expected=True)
            for head in table.heads
            if head.column not in own.columns and "" in headings.get(heading_key(head.text), ())
        }

    def _by_headings(self, table: Table) -> OwnSheet | None:
        """Recognise an export of which the record ids were taken out."""
        keys = [heading_key(head.text) for head in table.heads]
        best: tuple[int, str] | None = None
        for kind, headings in self._headings.items():
            hits = sum(key in headings for key in keys)
            least = max(min(_LEAST_HEADINGS, len(headings)), _LEAST_SHARE * len(keys))
            if hits >= least and (best is None or hits > best[0]):
                best = (hits, kind)
        if best is None:
            return None
        kind = best[1]
        ours = _worked_out(self._headings[kind], keys)
        if not ours and best[0] < _MANY_HEADINGS:
            return None
        columns = self._columns(table, kind, None)
        own = OwnSheet(kind, _natural(kind), columns)
        finder = RowFinder(self._known.whole(schema_of(kind).record), self._values, columns)
        ids = finder.find(kind, table.rows)
        if 2 * len(ids) >= len(table.rows) or (ids and ours):
            own = replace(own, ids=ids)
            columns |= self._by_content(own, table)
            columns |= self._left_over(own, table)
            return own
        return own if ours else None

    def _shifted(self, own: OwnSheet, table: Table) -> tuple[int, ...]:
        """Give the rows whose names are those of another record of the sheet, not of their id."""
        names = [f.code for f in schema_of(own.kind).fields if f.name in _NAMING.get(own.kind, ())]
        records = self._records(own)
        found: set[int] = set()
        for index, mapped in own.columns.items():
            if mapped.code not in names:
                continue
            name = str(mapped.code).partition(".")[2]
            held = Counter(fold(str(getattr(r, name))) for r in records.values())
            for row in table.rows:
                record = records.get(own.ids.get(row.number, Id("")))
                text = row.value(index)
                if record is None or not isinstance(text, str):
                    continue
                said = fold(text)
                if said != fold(str(getattr(record, name))) and held[said] == 1:
                    found.add(row.number)
        return tuple(sorted(found))


_NAMING: Mapping[str, tuple[str, ...]] = {
    "exchange": ("number",),
    "organisation": ("name",),
    "event": ("code", "title"),
    "person": ("name", "email"),
    "payment": ("bank_ref",),
}
"""The fields by which the rows of a kind are told apart."""


def _natural(kind: str) -> TableKind:
    name = _NATURAL.get(kind, kind)
    found = next((known for known in KINDS if known.kind == name), None)
    return found or TableKind(
        kind, Sentence(schema_of(kind).plural.lower()), frozenset({kind}), (), ()
    )


def _worked_out(headings: Mapping[str, tuple[str, ...]], keys: Sequence[str]) -> bool:
    """Whether columns are there that only we write: a partner's list may share the other words."""
    return sum("" in headings.get(key, ()) for key in keys) > 1


def _first_id(rows: Sequence[Row]) -> tuple[int, int, Id] | None:
    """Give place, column and id of the first row that bears one."""
    for place, row in enumerate(rows[:_SEARCHED]):
        for column, value in enumerate(row.values):
            if isinstance(value, str) and len(value) == 32 and _ID.fullmatch(value):
                return place, column, Id(value)
    return None


def _ids(rows: Sequence[Row]) -> tuple[int | None, list[tuple[int, Id]]]:
    """Give the column of ids and the ids by row; only a column that holds nothing else is one."""
    found = _first_id(rows)
    if found is None:
        return None, []
    column = found[1]
    return column, list(_of_column(rows, column))


def _of_column(rows: Sequence[Row], column: int) -> Iterator[tuple[int, Id]]:
    for row in rows:
        value = row.value(column)
        if isinstance(value, str) and _ID.fullmatch(value.strip()):
            yield row.number, Id(value.strip())


def _texts(row: Row) -> int:
    return sum(isinstance(value, str) and bool(value.strip()) for value in row.values)
