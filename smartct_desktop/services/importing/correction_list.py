"""Which cells of a file its sender should correct, and what to say about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from smartct_desktop.domain.book import Book, column_index, column_name
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.services.importing.asked import Item, Question
from smartct_desktop.services.importing.correction_words import CorrectionWords
from smartct_desktop.services.importing.plan import Action, ColumnPlan, Plan, PlanFinding
from smartct_desktop.services.importing.text_cells import shown

# Questions on how things are kept here; the sender cannot answer them by typing something.
_OURS = frozenset(
    {
        *("password", "encoding", "hidden_sheet", "filtered_rows", "which_table", "snapshot"),
        *("second_payment", "split", "which_partnership", "which_event", "same_person"),
        *("organisation_from_name", "cluster", "delimiter", "rates"),
    }
)

# What is the matter, where several topics say the same to the sender.
_WHY = {
    "which_organisation": "organisation",
    "same_organisation": "organisation",
    "visitor_country": "country",
    "same_exchange": "twice",
    "same_membership": "twice",
    "same_attendance": "twice",
    "same_event": "twice",
    "copied_row": "twice",
}

# What to do, where it is not to type a value of the column.
_DO = {
    **dict.fromkeys(("organisation",), "type.organisation"),
    **dict.fromkeys(("twice", "IMP-10"), "type.row"),
    "what_is_this_column": "type.heading",
    "crossed_out": "type.keep_or_delete",
    "layout": "type.plain",
    "which_exchange": "type.reference",
    "attended": "type.sign",
    "which_day": "type.day_heading",
    "threshold": "type.present",
    "duration_unit": "type.unit",
    "meeting_role": "type.role",
    "which_question": "type.overall",
    "scale": "type.marks_named",
    "same_columns": "type.one_column",
    "IMP-21": "type.reference",
    "other_record": "type.other_record",
    "GDP-01": "type.delete_column",
}

# Questions on columns that the heading answers.
_HEADING = frozenset({"what_is_this_column", "duration_unit", "same_columns"})

# In which columns something lies that a question without a column is about. A list that has none
# of them needs one more column.
_COLUMNS = {
    "country": ("organisation.country", "exchange.ho_country", "exchange.vo_country"),
    "organisation_type": ("organisation.type", "exchange.vo_type", "attendance.type"),
    "which_exchange": ("payment.exchange",),
    "reversal_of": ("payment.amount_cents",),
    "distance": ("exchange.distance_km",),
    "attended": ("attendance.signature", "attendance.name_text"),
    "meeting_role": ("attendance.name_text",),
    "which_question": ("survey.question",),
    "scale": ("survey.mean",),
}

# What is the matter, where a finding is about a cell of its own and not about the row.
_SAID_OF_COLUMN = {"IMP-21": "vat_twice"}

# Findings about rows that are taken all the same, but which the sender had better correct.
_WORTH = frozenset({"IMP-10", "IMP-21", "ORG-04", "GDP-01"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell to be corrected; rows count from 1, columns from 0.

    `refused` says that its row cannot be taken, otherwise it can be read in several ways.
    """

    sheet: str | None
    row: int
    column: int
    value: str
    advice: str
    rule: str
    refused: bool

    @property
    def cell(self) -> str:
        """The cell as spreadsheet programs name it."""
        return f"{column_name(self.column)}{self.row}"


def corrections(plan: Plan, book: Book, words: CorrectionWords) -> tuple[Correction, ...]:
    """Give the cells to be corrected, by sheet, row and column; each once for each advice."""
    found = _Corrections(plan, book, words)
    order = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    unique = dict.fromkeys([*found.of_findings(), *found.of_questions(), *found.of_refused_rows()])
    return tuple(sorted(unique, key=lambda one: (order[one.sheet], one.row, one.column)))


def worth_sending(plan: Plan) -> bool:
    """Whether the sender may have something to correct: quickly told, for offering it."""
    counts = plan.counts
    return bool(counts.wait or counts.refuse or any(f.code in _WORTH for f in plan.findings))


class _Corrections:
    def __init__(self, plan: Plan, book: Book, words: CorrectionWords) -> None:
        self._plan = plan
        self._words = words
        self._sheets = {sheet.name: sheet for sheet in book.sheets}
        self._columns: Mapping[tuple[str | None, str], ColumnPlan] = {
            (column.sheet, column.letter): column for column in plan.columns if column.rows is None
        }
        self._columns_at: Mapping[tuple[str | None, str, int], ColumnPlan] = {
            (column.sheet, column.letter, row): column
            for column in plan.columns
            for row in column.rows or ()
        }
        self._refused = {
            (row.sheet, row.number) for row in plan.rows if row.action is Action.REFUSE
        }
        self._told: set[tuple[str | None, int]] = set()

    # Findings.

    def of_findings(self) -> Iterator[Correction]:
        """Tell of faults that keep rows out, and of what had better be corrected."""
        for finding in self._plan.findings:
            fault = finding.severity is Severity.ERROR and self._is_fault(finding)
            if not fault and finding.code not in _WORTH:
                continue
            for row in self._rows_of(finding):
                column = self._column_of(finding, row)
                if column is not None:
                    why = _SAID_OF_COLUMN.get(finding.code, "") if finding.letter else ""
                    yield self._made(
                        finding.sheet, row, column, why or finding.code, finding.code, refused=fault
                    )
                    self._told |= {(finding.sheet, number) for number in finding.rows}

    def _rows_of(self, finding: PlanFinding) -> Sequence[int]:
        """Give the rows whose cells a finding is about: of a record over several, the filled."""
        rows = finding.rows or self._heading_row(finding.sheet)
        if len(rows) < 2 or not finding.letter:
            return rows
        column = column_index(finding.letter)
        return [row for row in rows if self._value(finding.sheet, row, column)] or rows[:1]

    def _is_fault(self, finding: PlanFinding) -> bool:
        return any((finding.sheet, row) in self._refused for row in finding.rows)

    def _column_of(self, finding: PlanFinding, row: int) -> int | None:
        if finding.letter:
            return column_index(finding.letter)
        return self._first_column(finding.sheet, row)

    def of_refused_rows(self) -> Iterator[Correction]:
        """Tell of refused rows of which no finding tells, nor of another row of their record."""
        told = set(self._told)
        for record in self._plan.records:
            spots = {(record.sheet, row) for row in record.rows}
            if len(spots) > 1 and spots & self._told:
                told |= spots
        for sheet, row in sorted(self._refused - told, key=lambda s: (s[0] or "", s[1])):
            column = self._first_column(sheet, row)
            if column is not None:
                yield self._made(sheet, row, column, "refused", "", refused=True)

    # Questions.

    def of_questions(self) -> Iterator[Correction]:
        """Tell of the cells on which open questions hang, as far as the sender can answer."""
        for question in self._plan.open_questions:
            if question.topic in _OURS:
                continue
            why = _WHY.get(question.topic, question.topic)
            if why == "marks" and question.per == "row":
                why = "crossed_out"
            if question.per == "column" and why in _HEADING:
                yield from self._about_heading(question, why)
                continue
            if why == "which_day":
                yield from self._day_headings(question, why)
                continue
            for sheet, row, column in dict.fromkeys(self._cells(question, why)):
                do = "" if self._has_column(question, sheet, why) else "type.add_column"
                yield self._made(sheet, row, column, why, question.topic, refused=False, do=do)

    def _about_heading(self, question: Question, why: str) -> Iterator[Correction]:
        if question.letter is None:
            return
        for row in self._heading_row(question.sheet):
            column = column_index(question.letter)
            yield self._made(question.sheet, row, column, why, question.topic, refused=False)

    def _day_headings(self, question: Question, why: str) -> Iterator[Correction]:
        """Tell of the headings that name a day by its number only."""
        wanted = {item.key for item in question.items if not item.answered}
        for planned in self._plan.columns:
            if planned.sheet == question.sheet and planned.header in wanted:
                for row in self._heading_row(question.sheet):
                    column = column_index(planned.letter)
                    yield self._made(
                        question.sheet, row, column, why, question.topic, refused=False
                    )

    def _cells(self, question: Question, why: str) -> Iterator[tuple[str | None, int, int]]:
        """Give the cells that an open question is about."""
        for item in question.items:
            if item.answered:
                continue
            for sheet, row in self._rows(question, item):
                column = self._column(question, item, sheet, row, why)
                if column is not None:
                    yield sheet, row, column

    def _rows(self, question: Question, item: Item) -> Iterator[tuple[str | None, int]]:
        """Give the rows an item is about; for a whole column those that wait for its answer."""
        sheets = [question.sheet] if question.sheet in self._sheets else [*self._sheets]
        waiting = {(row.sheet, row.number) for row in self._plan.rows if question.id in row.waits}
        for sheet in sheets:
            if item.rows:
                named = [(sheet, row) for row in item.rows]
                # The rows of a question about names do not say on which sheet they are.
                yield from (spot for spot in named if len(sheets) == 1 or spot in waiting)
            elif question.per == "file":
                yield from ((sheet, row) for row in self._heading_row(sheet))
            else:
                yield from sorted(spot for spot in waiting if spot[0] == sheet)

    def _has_column(self, question: Question, sheet: str | None, why: str) -> bool:
        """Whether the list has a column for what is asked."""
        return bool(question.letter) or why not in _COLUMNS or bool(self._lies_in(sheet, why))

    def _lies_in(self, sheet: str | None, why: str) -> list[int]:
        return [
            column_index(planned.letter)
            for code in _COLUMNS.get(why, ())
            for planned in self._plan.columns
            if planned.sheet == sheet and planned.code == code
        ]

    def _column(
        self, question: Question, item: Item, sheet: str | None, row: int, why: str
    ) -> int | None:
        """Find the cell of a row: by the column, by what it says, by what columns hold."""
        if question.letter:
            column = column_index(question.letter)
            blank = self._value(sheet, row, column) == ""
            return None if blank and not item.rows else column
        if there := self._lies_in(sheet, why):
            empty = [column for column in there if not self._value(sheet, row, column)]
            return (empty or there)[0]
        line = self._sheets[sheet].row(row) if sheet in self._sheets else None
        wanted = fold(item.key)
        for column, value in enumerate(line.values if line is not None and wanted else ()):
            if isinstance(value, str) and fold(value) == wanted:
                return column
        return self._first_column(sheet, row)

    # Cells.

    def _heading_row(self, sheet: str | None) -> Sequence[int]:
        rows = [row for plan in self._plan.sheets if plan.name == sheet for row in plan.header_rows]
        return rows[-1:]

    def _first_column(self, sheet: str | None, row: int) -> int | None:
        """Give the first column of a row that was taken and is not blank; else the first taken."""
        taken = sorted(
            column_index(column.letter)
            for column in self._plan.columns
            if column.sheet == sheet and column.code is not None
        )
        filled = [column for column in taken if self._value(sheet, row, column)]
        return next(iter(filled or taken), None)

    def _value(self, sheet: str | None, row: int, column: int) -> str:
        cell = self._sheets[sheet].cell(row, column)
        return shown(cell.value, cell.look.code) if cell.value is not None else ""

    def _made(  # noqa: PLR0913 (everything that makes a correction)
        self,
        sheet: str | None,
        row: int,
        column: int,
        why: str,
        rule: str,
        *,
        refused: bool,
        do: str = "",
    ) -> Correction:
        letter = column_name(column)
        planned = self._columns_at.get((sheet, letter, row), self._columns.get((sheet, letter)))
        words = self._words
        do = do or _DO.get(why, "")
        advice = words.say(do) if do else words.what_to_type(planned.code if planned else None)
        value = self._value(sheet, row, column) or words.say("sheet.blank")
        made = Correction(sheet, row, column, value, f"{words.why(why)} {advice}", rule, refused)
        for area in self._sheets[sheet].merged:
            if (row, column) in area:
                return replace(made, row=area.first_row, column=area.first_column)
        return made
