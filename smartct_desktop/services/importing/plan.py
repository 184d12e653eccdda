"""What an import would do: a value to look at, to ask about and to commit; nothing is written yet.

Rows count from 1 as the file has them. Within a plan records are named by keys ("organisation 3"),
since those that would be added have no id before they are stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias

from smartct_desktop.domain.book import Visibility
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked, Question, Told
from smartct_desktop.services.importing.skipped import Skipped, SkipReason

Spot: TypeAlias = tuple[str | None, int]
"""A row of the file: the name of its sheet and its number."""


class Action(Enum):
    """What becomes of a row, or of a record."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    WAIT = "wait"
    REFUSE = "refuse"
    SKIP = "skip"


class Outcome(Enum):
    """What the import of a file comes to."""

    IMPORT = "import"
    NOTES = "import_with_notes"
    QUESTIONS = "import_with_questions"
    REFUSE = "refuse"


class Role(Enum):
    """What a sheet is there for."""

    DATA = "data"
    PROSE = "prose"
    COPY = "copy"
    TEMPLATE = "template"
    FORM = "form"
    SUMMARY = "summary"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Target:
    """A record that a planned record refers to: one that is stored (`id`) or planned (`key`)."""

    kind: str
    name: str
    id: Id | None = None
    key: str = ""


PlanValue: TypeAlias = Value | Target | Asked


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How one sheet was understood. `kind` is None where the sheet holds no records."""

    name: str | None
    visibility: Visibility
    role: Role
    kind: str | None
    header_rows: tuple[int, ...] = ()
    data_rows: tuple[int, ...] = ()
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What one column means. `field` None: not taken, `reason` says why.

    `field` is the word of the plan format ("vo_country"), `code` the one of the data files.
    `question` is put where the meaning is not sure. `samples` are pairs of a cell as it is shown
    and as it was understood. `rows` are those in which its cells stand, where others of its sheet
    mean other things; `beside` is the end of the keys of its table's records, where tables stand
    side by side.
    """

    sheet: str | None
    letter: str
    header: str
    field: str | None
    certainty: float
    reason: Sentence
    code: str | None = None
    question: str = ""
    samples: tuple[tuple[str, Any], ...] = ()
    rows: frozenset[int] | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """One record that the file tells, and what would become of it.

    `values` holds fields of the record type by name; `told` what the row says beside them, under
    the names of the plan format (`vo_as_written`, `vo_country`). `changes` are the fields that
    would change, stored and new value. `waits` names the questions it waits for; `calculated`
    fields are worked out, not read, and never count as changes.
    """

    key: str
    kind: str
    action: Action
    sheet: str | None
    rows: tuple[int, ...]
    values: Mapping[str, PlanValue]
    told: Mapping[str, PlanValue] = field(default_factory=dict)
    changes: Mapping[str, tuple[Value, PlanValue]] = field(default_factory=dict)
    id: Id | None = None
    waits: tuple[str, ...] = ()
    calculated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What becomes of one row. `records` are keys, the one the row is about first."""

    sheet: str | None
    number: int
    action: Action
    reason: Sentence
    records: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A field of which the stored value stays although the file says something else.

    `key` names the cell in answers. `by_hand` says that people had corrected what an import had
    brought; otherwise somebody chose to keep it.
    """

    key: str
    sheet: str | None
    row: int
    kind: str
    field: str
    stored: Value
    theirs: PlanValue
    by_hand: bool


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """What a rule, or the import itself, has to say of the file or of one record."""

    code: str
    severity: Severity
    sentence: Sentence
    sheet: str | None = None
    rows: tuple[int, ...] = ()
    letter: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class SenderGuess:
    """Who sent the file, by the cluster's name in the document."""

    cluster: str
    id: Id
    certainty: float
    because: Sentence


@dataclass(frozen=True, slots=True)
class NotCounting:
    """Why some of the records that a plan adds do not count for a figure; `new` is all of them."""

    reason: str
    count: int
    new: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What an import does to the figures, by their codes: as they are, and as they would be."""

    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)
    not_counting: Mapping[str, tuple[NotCounting, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a name as written: whether it means this organisation."""

    written: str
    target: Target
    same: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows meet which fate; they always add up to `rows`."""

    add: int = 0
    change: int = 0
    same: int = 0
    wait: int = 0
    refuse: int = 0
    skip: int = 0

    @property
    def rows(self) -> int:
        """All rows of the file but the headings."""
        return self.add + self.change + self.same + self.wait + self.refuse + self.skip


@dataclass(frozen=True)
class Plan:
    """What the import of one file would do."""

    file: str
    sha256: str
    outcome: Outcome
    message: Sentence
    sheets: tuple[SheetPlan, ...] = ()
    columns: tuple[ColumnPlan, ...] = ()
    rows: tuple[RowPlan, ...] = ()
    records: tuple[PlannedRecord, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[PlanFinding, ...] = ()
    sender: SenderGuess | None = None
    decisions: tuple[Decision, ...] = ()
    told: tuple[Told, ...] = ()
    held: tuple[Held, ...] = ()
    unused_answers: tuple[str, ...] = ()
    effect: Effect = field(default_factory=Effect)

    @cached_property
    def counts(self) -> Counts:
        """The fates of the rows."""
        found = Counter(row.action.value for row in self.rows)
        found["skip"] += sum(s.last - s.first + 1 for s in self.skipped) - self._skipped_with_row
        return Counts(**found)

    @cached_property
    def _skipped_with_row(self) -> int:
        """Rows that are listed as left out and yet tell something of their own."""
        told = {(row.sheet, row.number) for row in self.rows}
        return sum(
            (s.sheet, number) in told
            for s in self.skipped
            if s.reason is not SkipReason.BLANK
            for number in range(s.first, s.last + 1)
        )

    @cached_property
    def by_key(self) -> Mapping[str, PlannedRecord]:
        """The records by their keys."""
        return {record.key: record for record in self.records}

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that are not answered yet."""
        return tuple(question for question in self.questions if question.open)
