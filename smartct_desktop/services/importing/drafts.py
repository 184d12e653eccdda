"""Records as the rows tell them, before it is known what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from smartct_desktop.domain.book import Row, column_name
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.blank_cells import BlankCells
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.corrections import Corrections
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known, KnownOrganisation
from smartct_desktop.services.importing.mentions import Mentions
from smartct_desktop.services.importing.people import People
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue, Spot
from smartct_desktop.services.importing.planned import Planned
from smartct_desktop.services.importing.questions import Asking
from smartct_desktop.services.importing.rates import Rates
from smartct_desktop.services.importing.session_text import TitleText
from smartct_desktop.services.importing.skipped import Skipped, SkipReason
from smartct_desktop.services.importing.stacked_rows import Spread
from smartct_desktop.services.importing.understood import Fault, Understood
from smartct_desktop.services.importing.word_cells import Typed


@dataclass(slots=True)
class Draft:
    """One record that a row, or several, tell. `id` is that of the stored record it means.

    `defaults` hold for a new record only. `waits` are questions beside those its values hang on.
    `settled` says that no value hangs on a question, so that nobody has to look. `also` are rows
    of other tables that tell more of the record.
    """

    kind: str
    key: str
    sheet: str | None
    rows: list[int]
    values: dict[str, PlanValue]
    told: dict[str, PlanValue] = field(default_factory=dict)
    defaults: dict[str, PlanValue] = field(default_factory=dict)
    calculated: dict[str, PlanValue] = field(default_factory=dict)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    id: Id | None = None
    left_out: bool = False
    settled: bool = False
    also: list[Spot] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """What all tables of one import share."""

    dictionary: Dictionary
    asking: Asking
    known: Known
    mentions: Mentions
    people: People
    corrections: Corrections
    rules: RuleSet
    rates: Rates
    today: date
    file_name: str
    blank_cells: BlankCells = field(default_factory=BlankCells)
    progress: Progress = field(default_factory=Progress)
    planned: Planned = field(default_factory=Planned)


@dataclass
class TableWork:
    """One table with its columns understood, ready to become records.

    `event` is the one that all its rows name, `about` what tells its questions from those of
    other tables.
    """

    work: Work
    sheet: str | None
    numbers: Sequence[int]
    columns: Mapping[str, Understood]
    mapped: Sequence[MappedColumn]
    sections: Mapping[int, str]
    section_rows: Mapping[int, int]
    totals: Sequence[Row]
    titles: Sequence[str]
    title_rows: Sequence[int]
    header_row: int
    first: bool
    language: str
    sender: KnownOrganisation | None
    left: int = 0
    spread: Spread | None = None
    about: str = ""
    event: TitleText | None = None
    findings: list[PlanFinding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def key(self, kind: str, row: int) -> str:
        """Give the key of the record that a row is about; a table beside another has its own."""
        key = draft_key(kind, self.sheet, row)
        return f"{key} {column_name(self.left)}" if self.left else key

    def lines(self, row: int) -> list[int]:
        """Give all rows of the record that begins in a row."""
        return [row, *(self.spread.rows.get(row, ()) if self.spread is not None else ())]

    def leave_out(self, rows: Sequence[int], why: Sentence) -> None:
        """List rows that no field holds, and say why."""
        for row in rows:
            self.skipped.append(Skipped(self.sheet, row, row, SkipReason.NO_FIELD, "IMP-05"))
        if rows:
            finding = PlanFinding("IMP-03", Severity.WARNING, why, self.sheet, tuple(rows))
            self.findings.append(finding)

    def has(self, code: str) -> bool:
        """Whether the file has a column for the code."""
        return code in self.columns

    def value(self, code: str, place: int) -> Any:
        """Give what a cell was understood as, or the question it hangs on."""
        column = self.columns.get(code)
        return column.cells[place] if column is not None else None

    def text(self, code: str, place: int) -> str | None:
        """Give a text cell."""
        value = self.value(code, place)
        return value if isinstance(value, str) else None

    def cells(self, code: str) -> list[Any]:
        """Give a whole column, blanks where the file does not have it."""
        column = self.columns.get(code)
        return column.cells if column is not None else [None] * len(self.numbers)

    def faults(self, place: int) -> list[tuple[str, Fault]]:
        """Give what is wrong in a row, with the columns' letters."""
        return [
            (column.letter, column.faults[place])
            for column in self._faulty
            if place in column.faults
        ]

    @cached_property
    def _faulty(self) -> list[Understood]:
        return [column for column in self.columns.values() if column.faults]


def proposing(asked: Asked, part: Callable[[Any], PlanValue]) -> Asked:
    """Give the question with a part of what it proposes; nothing where it proposes nothing."""
    proposed = asked.propose
    return replace(asked, propose=None if proposed is None else part(proposed))


def plain(value: Any) -> PlanValue:
    """Give a member of a closed list without the word that the file used, asked for or not."""
    if isinstance(value, Asked):
        return proposing(value, plain)
    return value.value if isinstance(value, Typed) else value


def draft_key(kind: str, sheet: str | None, row: int) -> str:
    """Give the key of the record that a row is about."""
    return f"{kind} {sheet}!{row}" if sheet else f"{kind} {row}"
