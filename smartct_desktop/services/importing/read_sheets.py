"""A sheet as it was read: its tables with their columns understood and their rows told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smartct_desktop.domain.book import Sheet
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.kinds_of_table import TableKind
from smartct_desktop.services.importing.layout import Table
from smartct_desktop.services.importing.own_sheet import OwnSheet
from smartct_desktop.services.importing.plan import PlanFinding, Role, SheetPlan
from smartct_desktop.services.importing.rows import FoundRows
from smartct_desktop.services.importing.skipped import Skipped
from smartct_desktop.services.importing.stacked_rows import Spread
from smartct_desktop.services.importing.understood import Understood


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table with everything understood that can be without knowing the document."""

    kind: TableKind
    rows: FoundRows
    mapped: Sequence[MappedColumn]
    columns: Mapping[str, Understood]
    language: str
    header_rows: tuple[int, ...]
    first_row: int
    left: int = 0
    spread: Spread | None = None
    own: OwnSheet | None = None

    @property
    def numbers(self) -> Iterator[int]:
        """All rows of the sheet that hold its records, in order."""
        for row in self.rows.data:
            yield row.number
            if self.spread is not None:
                yield from self.spread.rows.get(row.number, ())


@dataclass(slots=True)
class ReadSheet:
    """One sheet. `refusal` says why nothing of it can be imported, None where something can."""

    sheet: Sheet
    role: Role
    titles: list[str] = field(default_factory=list)
    title_rows: list[int] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    doubtful: dict[int, str] = field(default_factory=dict)
    findings: list[PlanFinding] = field(default_factory=list)
    refusal: Sentence | None = None

    def refuse(self, reason: Sentence, table: Table) -> None:
        """Note that a table cannot be imported, and why."""
        self.refusal = self.refusal or reason
        self.findings.append(
            PlanFinding(
                "IMP-02",
                Severity.WARNING,
                Sentence(
                    "The table below row {row} is not imported: {reason}.",
                    row=(table.header_rows or (table.first_row,))[-1],
                    reason=reason,
                ),
                self.sheet.name,
                table.header_rows or (table.first_row,),
            )
        )

    def take_titles(self, titles: Sequence[tuple[int, str]]) -> None:
        """Take what stands above the list, with the rows in which it stands."""
        self.title_rows = [number for number, _ in titles]
        self.titles = [title for _, title in titles]

    def plan(self) -> SheetPlan:
        """Give the sheet as the plan tells it."""
        return SheetPlan(
            self.sheet.name,
            self.sheet.visibility,
            self.role,
            self.tables[0].kind.kind if self.tables else None,
            tuple(dict.fromkeys(row for table in self.tables for row in table.header_rows)),
            tuple(sorted({row for table in self.tables for row in table.numbers})),
            self.refusal,
        )
