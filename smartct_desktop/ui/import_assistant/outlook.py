"""A plan made ready to be shown: what belongs to each row, found without searching.

Made in the job that plans, since a large file has hundreds of thousands of rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from smartct_desktop.domain.book import Book, column_name
from smartct_desktop.services.importing.asked import Question
from smartct_desktop.services.importing.plan import (
    ColumnPlan,
    Plan,
    PlannedRecord,
    Role,
    RowPlan,
    SheetPlan,
    Target,
)
from smartct_desktop.services.importing.questions import Answers
from smartct_desktop.services.importing.skipped import SkipReason
from smartct_desktop.ui.import_assistant.asked import Asked, Place, asked_by_place, rank
from smartct_desktop.ui.import_assistant.review_rows import (
    CellChoice,
    ReviewRow,
    Seen,
    kept_by_place,
    review_rows,
    seen_in,
)
from smartct_desktop.ui.import_assistant.sheet_lines import SheetLine, sheet_lines

BY_COLUMN = frozenset({"column", "value"})
"""What a question is asked for if it belongs to the whole column, not to single rows."""


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
    parted: Mapping[tuple[str | None, str], Sequence[ColumnPlan]]
    """What a column means in some rows only, by sheet and letter."""
    hidden: Mapping[str | None, frozenset[str]]
    """Letters of the columns whose values are not shown, by sheet."""
    refused: Mapping[str | None, frozenset[str]]
    """Those among them that must not be taken, whoever asks for it."""
    lines: tuple[Sequence[SheetLine], ...]
    """The lines of each sheet of the book."""
    open_of_column: Mapping[tuple[str | None, str], int]
    """How many questions are open about a column, by sheet and letter."""
    kept: Mapping[Place, tuple[CellChoice, ...]]
    """The fields of which the stored value is kept instead of the one of the file."""
    given: Answers
    """The answers the plan was made with; other answers are remembered from an earlier import."""

    @classmethod
    def of(
        cls,
        book: Book,
        plan: Plan,
        given: Answers = MappingProxyType({}),
    ) -> Outlook:
        """Make it; takes about a second for a hundred thousand rows."""
        by_place = {(row.sheet, row.number): row for row in plan.rows}
        asked, kept_here = asked_by_place(plan), kept_by_place(plan)
        rows = review_rows(plan, by_place, asked, kept_here)
        columns: dict[str | None, dict[str, ColumnPlan]] = defaultdict(dict)
        parted: dict[tuple[str | None, str], list[ColumnPlan]] = defaultdict(list)
        forms = {sheet.name for sheet in plan.sheets if sheet.role is Role.FORM}
        for column in plan.columns:
            if column.rows is not None:
                parted[column.sheet, column.letter].append(column)
            if column.sheet not in forms:
                columns[column.sheet].setdefault(column.letter, column)
        return cls(
            book=book,
            plan=plan,
            rows=rows,
            seen=seen_in(rows),
            by_place=by_place,
            asked=asked,
            questions={question.id: question for question in plan.questions},
            columns=columns,
            parted=parted,
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

    def column_at(self, sheet: str | None, letter: str, row: int) -> ColumnPlan | None:
        """What a column is taken for in a row: tables and forms may each mean other things."""
        parts = self.parted.get((sheet, letter))
        if parts is None:
            return self.columns.get(sheet, {}).get(letter)
        return next((column for column in parts if column.rows and row in column.rows), None)

    def records_at(self, row: RowPlan, column: ColumnPlan) -> Iterator[PlannedRecord]:
        """The records that a row tells in a column: of tables side by side only its own."""
        if column.beside is None:
            yield from self.records_of(row)
            return
        for record in self.records_of(row):
            _, _, end = record.key.rpartition(" ")
            own = end == column.beside if column.beside else not end.isalpha()
            if own and "!" in record.key:
                yield record
                for value in record.values.values():
                    if isinstance(value, Target) and value.key in self.plan.by_key:
                        yield self.plan.by_key[value.key]

    def letter(self, column: int) -> str:
        """The letter of a column."""
        return column_name(column)

    def all_asked(self) -> tuple[Asked, ...]:
        """Every question with all its items, those about the file and its columns first."""
        ranked = sorted(self.plan.questions, key=rank)
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
