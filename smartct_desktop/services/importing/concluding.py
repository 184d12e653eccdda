"""Putting a plan together from what was read and made, or refusing the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smartct_desktop.domain.book import Book, column_name
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Question
from smartct_desktop.services.importing.cells import plan_word
from smartct_desktop.services.importing.file_findings import (
    by_place,
    file_findings,
    sheet_findings,
)
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.list_records import Made
from smartct_desktop.services.importing.plan import ColumnPlan, Outcome, Plan, PlanFinding
from smartct_desktop.services.importing.read_sheets import ReadSheet
from smartct_desktop.services.importing.real_cells import RealCells
from smartct_desktop.services.importing.samples import samples_of
from smartct_desktop.services.importing.skipped import Skipped, SkipReason


def concluded(  # noqa: PLR0913, PLR0917 (everything a plan is made of)
    book: Book,
    known: Known,
    sheets: Sequence[ReadSheet],
    made: Made,
    questions: tuple[Question, ...],
    further: Sequence[PlanFinding],
) -> Plan:
    """Give the plan of a file of which something can be imported."""
    real = RealCells(sheets)
    said = [
        *file_findings(book, known),
        *further,
        *(finding for sheet in sheets for finding in sheet_findings(sheet)),
        *made.findings,
        *made.assembled.findings,
    ]
    findings = by_place(list(real.findings(said)))
    questions = tuple(map(real.question, questions))
    skipped = [skip for sheet in sheets for skip in sheet.skipped] + made.assembled.skipped
    return Plan(
        file=book.file_name,
        sha256=book.sha256,
        outcome=_outcome(questions, findings, skipped),
        message=Sentence(""),
        sheets=tuple(sheet.plan() for sheet in sheets),
        columns=tuple(_column_plans(sheets, real)),
        rows=tuple(made.assembled.rows),
        records=tuple(made.assembled.records),
        skipped=tuple(skipped),
        questions=questions,
        findings=tuple(findings),
    )


def nothing_to_import(
    book: Book, sheets: Sequence[ReadSheet], questions: Sequence[Question]
) -> Plan:
    """Refuse a file of which nothing can be imported, with the reason for each sheet.

    A text that can be read in another way is no refusal yet, but a question.
    """
    about_form = tuple(q for q in questions if q.per == "file")
    reasons = {sheet.refusal for sheet in sheets if sheet.refusal is not None}
    if not sheets:
        message = Sentence("“{file}” holds nothing to import.", file=book.file_name)
    elif not reasons:
        message = Sentence("“{file}” holds no records: nothing is filled in.", file=book.file_name)
    elif len(reasons) == 1:
        message = Sentence(
            "Nothing of “{file}” can be imported: {reason}.",
            file=book.file_name,
            reason=reasons.pop(),
        )
    else:
        message = Sentence(
            "Nothing of “{file}” can be imported: {reasons}.",
            file=book.file_name,
            reasons="; ".join(f"{s.sheet.name}: {s.refusal}" for s in sheets if s.refusal),
        )
    return Plan(
        file=book.file_name,
        sha256=book.sha256,
        outcome=Outcome.QUESTIONS if any(q.open for q in about_form) else Outcome.REFUSE,
        message=message,
        questions=about_form,
        sheets=tuple(sheet.plan() for sheet in sheets),
        skipped=tuple(skip for sheet in sheets for skip in sheet.skipped),
    )


def _outcome(
    questions: Sequence[Question], findings: Sequence[PlanFinding], skipped: Sequence[Skipped]
) -> Outcome:
    if any(question.open for question in questions):
        return Outcome.QUESTIONS
    if findings or any(skip.reason is not SkipReason.BLANK for skip in skipped):
        return Outcome.NOTES
    return Outcome.IMPORT


def _column_plans(sheets: Sequence[ReadSheet], real: RealCells) -> Iterator[ColumnPlan]:
    for sheet in sheets:
        apart = any(table.left for table in sheet.tables)
        for table in sheet.tables:
            beside = (column_name(table.left) if table.left else "") if apart else None
            for column in table.mapped:
                yield ColumnPlan(
                    sheet=sheet.sheet.name,
                    letter=real.letter(sheet.sheet.name, column),
                    header=column.header,
                    field=plan_word(column.code) if column.code else None,
                    certainty=column.certainty,
                    reason=column.reason,
                    code=column.code,
                    question=column.question,
                    samples=samples_of(column, table),
                    rows=real.rows(sheet, table, column),
                    beside=beside,
                )
