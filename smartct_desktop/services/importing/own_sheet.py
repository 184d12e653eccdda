"""A table of our own export as it was recognised, and what recognises it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from smartct_desktop.domain.book import Row, Sheet
from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.kinds_of_table import TableKind
from smartct_desktop.services.importing.layout import Layout, Table
from smartct_desktop.services.importing.plan import PlanFinding
from smartct_desktop.services.importing.rows import LISTED, FoundRows
from smartct_desktop.services.importing.skipped import Skipped, SkipReason
from smartct_desktop.services.importing.understood import RawColumn


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """What a table of our own says: the kind of its records, its columns, and the record ids.

    `ids` gives for row numbers the record that the row was written from; where the ids were taken
    out there are none. `natural` is the list that a partner would send of the same. `collected`
    marks a sheet of our collection template, made for `partner`; of its rows `doubtful` wait for
    the answer to a question, and those that repeat another are `left_out`.
    """

    kind: str
    natural: TableKind
    columns: Mapping[int, MappedColumn]
    ids: Mapping[int, Id] = field(default_factory=dict)
    gone: Mapping[int, Id] = field(default_factory=dict)
    findings: tuple[PlanFinding, ...] = ()
    collected: bool = False
    partner: Id | None = None
    doubtful: Mapping[int, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    @property
    def table_kind(self) -> TableKind:
        """The kind of list by which headings are looked up that are not ours."""
        if not self.ids:
            return self.natural
        schema = schema_of(self.kind)
        plural = Sentence(schema.plural.lower())
        return TableKind(self.kind, plural, frozenset({self.kind}), (), ())

    def rest_of(self, table: Table) -> Table:
        """Give the table with only those headings that are not ours."""
        heads = tuple(head for head in table.heads if head.column not in self.columns)
        return replace(table, heads=heads)

    def mapped(self, others: Sequence[MappedColumn]) -> list[MappedColumn]:
        """Give all columns, ours and those found by the dictionary; no code stands twice."""
        taken = {column.code for column in self.columns.values() if column.code}
        twice = Sentence("another column already holds this")
        found = [
            replace(column, code=None, reason=twice, question="")
            if column.code in taken
            else column
            for column in others
            if column.index not in self.columns
        ]
        return sorted([*found, *self.columns.values()], key=lambda column: column.index)

    def others(self, table: Table) -> Table:
        """Give the table with only those rows that bear no record id."""
        rows = tuple(row for row in table.rows if not self._bears(row.number))
        return replace(table, rows=rows)

    def _bears(self, number: int) -> bool:
        return number in self.ids or number in self.gone

    def keep(self, table: Table, rows: FoundRows, sheet: str | None) -> None:
        """Take every row that bears a record id for a record, whatever its cells say."""
        bearing = [row for row in table.rows if self._bears(row.number)]
        sums = [row for row in rows.data if _only_sums(row)]
        numbers = {row.number for row in sums} | self.left_out
        others = [row for row in rows.data if row.number not in numbers]
        rows.data = sorted([*others, *bearing], key=lambda row: row.number)
        rows.totals += sums
        rows.skipped += [
            Skipped(sheet, row.number, row.number, SkipReason.TOTAL, LISTED) for row in sums
        ]
        rows.skipped += [
            Skipped(sheet, n, n, SkipReason.DUPLICATE, "IMP-10") for n in sorted(self.left_out)
        ]
        rows.doubtful |= self.doubtful


def _only_sums(row: Row) -> bool:
    """Whether a row says nothing but numbers, as our rows of totals do."""
    held = [value for value in row.values if value is not None]
    return all(isinstance(value, int | float) for value in held)


class Recogniser(Protocol):
    """Recognises the tables that we wrote into files that come back."""

    def layout(self, sheet: Sheet) -> Layout | None:
        """Find the table of a sheet by its record ids, whatever stands around it."""

    def recognise(self, sheet: Sheet, table: Table) -> OwnSheet | None:
        """Say what one of our tables holds; None for a table that somebody else made."""

    def without_unchanged(
        self, own: OwnSheet, columns: Sequence[RawColumn], progress: Progress
    ) -> list[RawColumn]:
        """Blank the cells that say what is stored, so that nobody is asked about them."""
