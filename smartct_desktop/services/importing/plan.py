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

Spot: TypeAlias = tuple[str | None, int]
"""A row of the file: the name of its sheet and its number."""

Reply: TypeAlias = str | int | float | bool | None
"""An answer, or what is proposed as one, in the form the answers file has it."""


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


class SkipReason(Enum):
    """Why a row is no record."""

    BLANK = "blank", "blank row"
    SECTION = "section_row", "heading of a section"
    TOTAL = "total_row", "row of totals"
    SUBTOTAL = "subtotal_row", "row of subtotals"
    FOOTNOTE = "footnote", "footnote"
    REPEATED = "repeated_header", "headings again"
    HINT = "separator_hint", "hint for filling in"
    PROSE = "prose", "text beside the table"
    DUPLICATE = "duplicate", "stands in the file twice"
    SUMMARY_SHEET = "summary_sheet", "sheet of sums"
    TEMPLATE_SHEET = "template_sheet", "sheet to fill in"
    LOOKUP_SHEET = "lookup_sheet", "sheet of lists"
    CORRECTION_LIST = "correction_list", "our list of corrections"
    KNOWN = "known", "known to the program already"
    NO_FIELD = "no_field", "no field holds it"
    NOT_WANTED = "block_not_wanted", "left out as asked"

    label: str

    def __new__(cls, code: str, label: str) -> SkipReason:  # noqa: PYI034 (Enum makes the members)
        """Make a member whose value is the code."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Target:
    """A record that a planned record refers to: one that is stored (`id`) or planned (`key`)."""

    kind: str
    name: str
    id: Id | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that hangs on a question, with what would be taken if the proposal is right.

    `key` is the item of the question, "" where it has only one.
    """

    question: str
    key: str
    propose: Any = None


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
class Skipped:
    """Rows in a row that are no records, from the first to the last."""

    sheet: str | None
    first: int
    last: int
    reason: SkipReason
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a question asks: for one name, one word or one cell.

    `key` is that name, word or cell text, "" where the question asks one thing only. Without
    `options` any answer of the right kind fits. `proposed` tells a proposal of "nothing" from
    none; `certainty` says how sure the proposal is. `others` is the kind of stored records of
    which any may be the answer beside the options, by its id or its name.
    """

    key: str
    rows: tuple[int, ...]
    options: tuple[Reply, ...]
    proposed: bool = False
    propose: Reply = None
    certainty: float = 0.0
    text: Sentence | None = None
    answered: bool = False
    answer: Reply = None
    others: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can tell. Its id is the same for the same file and document."""

    id: str
    topic: str
    per: str
    sheet: str | None
    letter: str | None
    text: Sentence
    items: tuple[Item, ...]

    @property
    def open(self) -> bool:
        """Whether anything it asks is unanswered."""
        return any(not item.answered for item in self.items)

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows that it is about; none where it is about the whole column or file."""
        return tuple(sorted({row for item in self.items for row in item.rows}))

    @property
    def single(self) -> bool:
        """Whether it asks one thing only, and is answered by a plain value."""
        return len(self.items) == 1 and not self.items[0].key


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said without being asked, such as what a column holds."""

    id: str
    topic: str
    sheet: str | None
    letter: str | None
    answer: Reply


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

    @property
    def figures_before(self) -> Mapping[str, int]:
        """The figures as they are."""
        return self.effect.before

    @property
    def figures_after(self) -> Mapping[str, int]:
        """The figures as they would be."""
        return self.effect.after

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
