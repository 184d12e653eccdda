"""A plan made ready to be shown: what belongs to each row, found without searching.

Made in the job that plans, since a large file has hundreds of thousands of rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from smartct_desktop.domain.book import Book, column_name
from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.services.importing.assembling import keep_key
from smartct_desktop.services.importing.plan import (
    Action,
    ColumnPlan,
    Item,
    Plan,
    PlanFinding,
    PlannedRecord,
    Question,
    RowPlan,
    SheetPlan,
    Skipped,
    SkipReason,
)
from smartct_desktop.services.importing.questions import Answers
from smartct_desktop.ui.import_assistant.sheet_lines import SheetLine, sheet_lines
from smartct_desktop.ui.import_assistant.words import OUTCOMES

Place = tuple[str | None, int]
"""A sheet and the number of a row."""

BY_COLUMN = frozenset({"column", "value"})
"""What a question is asked for if it belongs to the whole column, not to single rows."""

MOST_LINES = 8
"""Lines of one row in the review; what is more is counted on the last one."""

_FEW = 3  # rows at each of which a finding is repeated
_RANKS = ("file", "sheet", "column", "value", "name", "row", "cell")
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of the file with its fate, or several in a row that are left out together.

    `wide_findings` say the same of many rows, and are not repeated at each of them. `lines` is how
    many lines the row takes in the review.
    """

    sheet: str | None
    first: int
    last: int
    action: Action
    row: RowPlan | None = None
    skipped: Skipped | None = None
    findings: tuple[PlanFinding, ...] = ()
    wide_findings: tuple[PlanFinding, ...] = ()
    new_organisation: bool = False
    lines: int = 1

    @property
    def place(self) -> Place:
        """Where it stands; the first of several."""
        return (self.sheet, self.first)

    @property
    def count(self) -> int:
        """How many rows of the file it stands for."""
        return self.last - self.first + 1

    @property
    def has_problem(self) -> bool:
        """Whether a rule has something to say that is more than information."""
        return any(finding.severity is not Severity.INFO for finding in self.all_findings)

    @property
    def all_findings(self) -> tuple[PlanFinding, ...]:
        """What is said of the row alone, and what is said of many rows at once."""
        return (*self.findings, *self.wide_findings)


@dataclass(frozen=True, slots=True)
class Seen:
    """How many rows there are by sheet, bring an organisation, or have a problem."""

    by_sheet: Mapping[str | None, int]
    new_organisation: int
    with_problem: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and those of its items that are looked at."""

    question: Question
    items: tuple[Item, ...]

    @property
    def open(self) -> bool:
        """Whether any of the items is unanswered."""
        return any(not item.answered for item in self.items)


@dataclass(frozen=True, slots=True)
class Kept:
    """A field of a row's record whose stored value stays, whatever the file says."""

    place: Place
    code: str
    old: Value

    @property
    def key(self) -> str:
        """The name under which the plan is told."""
        return keep_key(*self.place, self.code.partition(".")[2])


@dataclass(frozen=True)
class Outlook:
    """A plan with its rows, and whatever is looked up by row, sheet or column."""

    book: Book
    plan: Plan
    rows: tuple[ReviewRow, ...]
    """In the order in which they are worked through: what needs somebody first."""
    seen: Seen
    by_place: Mapping[Place, RowPlan]
    asked: Mapping[Place, tuple[Asked, ...]]
    questions: Mapping[str, Question]
    columns: Mapping[str | None, Mapping[str, ColumnPlan]]
    hidden: Mapping[str | None, frozenset[str]]
    """Letters of the columns whose values are not shown, by sheet."""
    refused: Mapping[str | None, frozenset[str]]
    """Those among them that must not be taken, whoever asks for it."""
    lines: tuple[Sequence[SheetLine], ...]
    """The lines of each sheet of the book."""
    open_of_column: Mapping[tuple[str | None, str], int]
    """How many questions are open about a column, by sheet and letter."""
    kept: Mapping[Place, tuple[Kept, ...]]
    """The fields of which the stored value is kept instead of the one of the file."""
    given: Answers
    """The answers the plan was made with; other answers are remembered from an earlier import."""

    @classmethod
    def of(
        cls,
        book: Book,
        plan: Plan,
        given: Answers = MappingProxyType({}),
        kept: Iterable[Kept] = (),
    ) -> Outlook:
        """Make it; takes about a second for a hundred thousand rows."""
        by_place = {(row.sheet, row.number): row for row in plan.rows}
        asked, kept_here = _asked(plan), _by_place(kept)
        rows = _in_order(plan, _review_rows(plan, by_place, asked, kept_here))
        columns: dict[str | None, dict[str, ColumnPlan]] = defaultdict(dict)
        for column in plan.columns:
            columns[column.sheet][column.letter] = column
        return cls(
            book=book,
            plan=plan,
            rows=rows,
            seen=_seen(rows),
            by_place=by_place,
            asked=asked,
            questions={question.id: question for question in plan.questions},
            columns=columns,
            hidden=_columns_with(plan, {REFUSED_COLUMN, UNNEEDED_COLUMN}),
            refused=_columns_with(plan, {REFUSED_COLUMN}),
            lines=tuple(_lines_of_sheets(book, plan)),
            open_of_column=Counter(
                (question.sheet, question.letter)
                for question in plan.open_questions
                if question.letter and question.per in BY_COLUMN
            ),
            kept=kept_here,
            given=given,
        )

    def sheet_plan(self, at: int) -> SheetPlan | None:
        """How a sheet of the book was understood."""
        name = self.book.sheets[at].name
        return next((sheet for sheet in self.plan.sheets if sheet.name == name), None)

    def records_of(self, row: RowPlan) -> Iterator[PlannedRecord]:
        """The records that a row tells, the one it is about first."""
        for key in row.records:
            record = self.plan.by_key.get(key)
            if record is not None:
                yield record

    def was_given_now(self, question: Question, key: str) -> bool:
        """Whether an answer was given since the file was read, so that it can be taken back."""
        answer = self.given.get(question.id, ...)
        return key in answer if isinstance(answer, Mapping) else answer is not ...

    def letter(self, column: int) -> str:
        """The letter of a column."""
        return column_name(column)

    def all_asked(self) -> tuple[Asked, ...]:
        """Every question with all its items, those about the file and its columns first."""
        ranked = sorted(self.plan.questions, key=_rank)
        return tuple(Asked(question, question.items) for question in ranked)

    def asked_at(self, row: ReviewRow) -> tuple[Asked, ...]:
        """What is or was asked at a row: about the row itself, then what it waits for besides."""
        own = self.asked.get(row.place, ())
        known = {asked.question.id for asked in own}
        waits = row.row.waits if row.row else ()
        further = [
            Asked(question, question.items)
            for id_ in waits
            if id_ not in known and (question := self.questions.get(id_)) is not None
        ]
        return (*own, *further)


def _review_rows(
    plan: Plan,
    by_place: Mapping[Place, RowPlan],
    asked: Mapping[Place, Sequence[Asked]],
    kept: Mapping[Place, Sequence[Kept]],
) -> Iterator[ReviewRow]:
    findings: dict[Place, list[PlanFinding]] = defaultdict(list)
    for finding in plan.findings:
        for number in finding.rows:
            place = (finding.sheet, number)
            if not _is_question(finding, asked.get(place, ())):
                findings[place].append(finding)
    for place, row in by_place.items():
        said = sorted(findings.get(place, ()), key=_by_severity)
        own = tuple(f for f in said if not _is_wide(f))
        differences = _differences(plan, row) + len(kept.get(place, ()))
        yield ReviewRow(
            sheet=row.sheet,
            first=row.number,
            last=row.number,
            action=row.action,
            row=row,
            findings=own,
            wide_findings=tuple(f for f in said if _is_wide(f)),
            new_organisation=_brings_organisation(plan, row),
            lines=_line_count(begins_with_words(row.action, own), differences, own),
        )
    for part in plan.skipped:
        for first, last in _untold(part, by_place):
            said = findings.get((part.sheet, first), [])
            own = tuple(f for f in said if not _is_wide(f))
            yield ReviewRow(
                part.sheet,
                first,
                last,
                Action.SKIP,
                skipped=part,
                findings=own,
                wide_findings=tuple(f for f in said if _is_wide(f)),
                lines=_line_count(True, 0, own),
            )


def _is_wide(finding: PlanFinding) -> bool:
    return len(finding.rows) > _FEW


def _is_question(finding: PlanFinding, asked: Sequence[Asked]) -> bool:
    """Whether a finding only repeats what is asked at the row."""
    return any(item.text == finding.sentence for one in asked for item in one.items)


def _untold(part: Skipped, by_place: Mapping[Place, RowPlan]) -> Iterator[tuple[int, int]]:
    """Give the rows left out that no row of the plan tells of, in runs."""
    if part.reason is SkipReason.BLANK:
        yield part.first, part.last
        return
    start: int | None = None
    for number in range(part.first, part.last + 1):
        told = (part.sheet, number) in by_place
        if not told and start is None:
            start = number
        if told and start is not None:
            yield start, number - 1
            start = None
    if start is not None:
        yield start, part.last


def _in_order(plan: Plan, rows: Iterator[ReviewRow]) -> tuple[ReviewRow, ...]:
    sheets = {sheet.name: at for at, sheet in enumerate(plan.sheets)}
    actions = {action: at for at, action in enumerate(OUTCOMES)}

    def key(row: ReviewRow) -> tuple[int, int, int]:
        return actions[row.action], sheets.get(row.sheet, len(sheets)), row.first

    return tuple(sorted(rows, key=key))


def _seen(rows: Sequence[ReviewRow]) -> Seen:
    by_sheet: Counter[str | None] = Counter()
    for row in rows:
        by_sheet[row.sheet] += row.count
    return Seen(
        by_sheet,
        sum(row.new_organisation for row in rows),
        sum(row.has_problem for row in rows),
    )


def _differences(plan: Plan, row: RowPlan) -> int:
    if row.action is not Action.CHANGE:
        return 0
    records = (plan.by_key.get(key) for key in row.records)
    return sum(len(record.changes) for record in records if record is not None)


def begins_with_words(action: Action, findings: Sequence[PlanFinding]) -> bool:
    """Whether a row begins with a sentence of its own: not where other lines say it all."""
    if action is Action.REFUSE:
        return not any(finding.severity is Severity.ERROR for finding in findings)
    return action is not Action.CHANGE


def _line_count(begun: bool, differences: int, findings: Sequence[PlanFinding]) -> int:  # noqa: FBT001
    return min(MOST_LINES, max(1, begun + differences + len(findings)))


def _by_severity(finding: PlanFinding) -> int:
    return _WORST_FIRST.index(finding.severity)


def _brings_organisation(plan: Plan, row: RowPlan) -> bool:
    return any(
        record.kind == "organisation" and record.action is Action.ADD
        for key in row.records[1:]
        if (record := plan.by_key.get(key)) is not None
    )


def _by_place(kept: Iterable[Kept]) -> dict[Place, tuple[Kept, ...]]:
    found: dict[Place, tuple[Kept, ...]] = {}
    for one in kept:
        found[one.place] = (*found.get(one.place, ()), one)
    return found


def _asked(plan: Plan) -> dict[Place, tuple[Asked, ...]]:
    found: dict[Place, list[Asked]] = defaultdict(list)
    for question in plan.questions:
        items: dict[int, list[Item]] = defaultdict(list)
        for item in question.items:
            for number in item.rows:
                items[number].append(item)
        for number, here in items.items():
            for sheet in _sheets(plan, question):
                found[sheet, number].append(Asked(question, tuple(here)))
    return {place: tuple(asked) for place, asked in found.items()}


def _sheets(plan: Plan, question: Question) -> Iterator[str | None]:
    """The sheets whose rows a question can mean: its own, or all with records."""
    if question.sheet is not None:
        yield question.sheet
        return
    for sheet in plan.sheets:
        if sheet.kind is not None:
            yield sheet.name


def _rank(question: Question) -> int:
    return _RANKS.index(question.per) if question.per in _RANKS else len(_RANKS)


def _columns_with(plan: Plan, codes: set[str]) -> dict[str | None, frozenset[str]]:
    """The columns that a finding with one of these codes speaks of."""
    found: dict[str | None, set[str]] = defaultdict(set)
    for finding in plan.findings:
        if finding.code in codes and finding.letter:
            found[finding.sheet].add(finding.letter)
    return {sheet: frozenset(letters) for sheet, letters in found.items()}


def _lines_of_sheets(book: Book, plan: Plan) -> Iterator[Sequence[SheetLine]]:
    skipped = {
        (part.sheet, number): part
        for part in plan.skipped
        if part.reason is not SkipReason.BLANK
        for number in range(part.first, part.last + 1)
    }
    plans = {sheet.name: sheet for sheet in plan.sheets}
    for sheet in book.sheets:
        planned = plans.get(sheet.name)
        yield sheet_lines(
            sheet,
            frozenset(planned.header_rows if planned else ()),
            frozenset(planned.data_rows if planned else ()),
            skipped,
        )


REFUSED_COLUMN = "GDP-01"
"""The code of the finding that a column holds data which must be neither taken nor shown."""

UNNEEDED_COLUMN = "GDP-02"
"""The code of the finding that a column holds personal data that nobody needs."""
