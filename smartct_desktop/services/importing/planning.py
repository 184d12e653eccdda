"""Planning an import: from a file as read to what would happen; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from smartct_desktop.domain.book import Book, BookFormat
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.assembling import Assembled, Assembler
from smartct_desktop.services.importing.cells import plan_word
from smartct_desktop.services.importing.checklists import ChecklistTable
from smartct_desktop.services.importing.collecting import without_collecting
from smartct_desktop.services.importing.conference import attendance_of
from smartct_desktop.services.importing.contacts import ContactTable
from smartct_desktop.services.importing.corrections import Corrections
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.drafts import Draft, TableWork, Work
from smartct_desktop.services.importing.events import EventTable
from smartct_desktop.services.importing.exchanges import ExchangeTable
from smartct_desktop.services.importing.file_findings import (
    by_place,
    fault_findings,
    file_findings,
    sheet_findings,
)
from smartct_desktop.services.importing.identity import OrganisationIndex
from smartct_desktop.services.importing.known import Known, KnownOrganisation
from smartct_desktop.services.importing.members import MemberTable
from smartct_desktop.services.importing.memory import merged
from smartct_desktop.services.importing.mentions import Mentions
from smartct_desktop.services.importing.payments import PaymentTable
from smartct_desktop.services.importing.people import People
from smartct_desktop.services.importing.plan import (
    ColumnPlan,
    Outcome,
    Plan,
    PlanFinding,
    Question,
    SenderGuess,
    Skipped,
    SkipReason,
)
from smartct_desktop.services.importing.questions import Answers, Asking
from smartct_desktop.services.importing.rates import Rates, rules_of
from smartct_desktop.services.importing.references import repeated_references
from smartct_desktop.services.importing.rule_findings import rule_findings
from smartct_desktop.services.importing.samples import samples_of
from smartct_desktop.services.importing.senders import guess_sender
from smartct_desktop.services.importing.sheets import ReadSheet, ReadTable, Settings, SheetReader
from smartct_desktop.services.importing.surveys import SurveyTable
from smartct_desktop.services.programme import ProgrammeFacts

KEEP = "keep"
"""Among the answers: the cells of which the stored value shall be kept."""

TAKE = "take"
"""Among the answers: the cells of which the file's value shall be taken over a correction."""

Figures = Callable[[Plan, Progress], tuple[Mapping[str, int], Mapping[str, int]]]
"""Gives figures as they are and as they would be after the plan."""


class Records(Protocol):
    """What a list of one kind has to do: name its organisations, then give its records."""

    def mention(self) -> None:
        """Note the organisations that the rows name."""

    def drafts(self) -> Iterator[Draft]:
        """Give the records, once it is known which organisations are meant."""


_RECORDS: Mapping[str, Callable[[TableWork], Records]] = {
    "exchange": ExchangeTable,
    "membership": MemberTable,
    "event": EventTable,
    "attendance": attendance_of,
    "person": ContactTable,
    "payment": PaymentTable,
    "checklist": ChecklistTable,
    "survey": SurveyTable,
}

KINDS = tuple(_RECORDS)
"""The kinds of lists that can be imported."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says beforehand: which sheets, what they list, who sent the file.

    Without sheets all are read. `accept_proposals` answers whatever has a proposal with it.
    """

    sheets: tuple[str, ...] = ()
    kind: str | None = None
    sender: str | None = None
    accept_proposals: bool = False


def plan(  # noqa: PLR0913 (everything a plan rests on)
    book: Book,
    reader: Reader,
    facts: ProgrammeFacts,
    answers: Answers,
    today: date,
    *,
    wish: Wish | None = None,
) -> Plan:
    """Say what the import of a file would do. Raises `Invalid` for an answer that does not fit.

    For planning the same file again with more answers keep a `Planner` and a `Known` instead.
    """
    return Planner(Dictionary.of(facts)).plan(book, Known(reader), answers, today, wish)


class Planner:
    """Plans imports. Holds nothing of the files it has planned; safe to use again and again."""

    def __init__(self, dictionary: Dictionary, figures: Figures | None = None) -> None:
        self._dictionary = dictionary
        self._figures = figures

    def plan(  # noqa: PLR0913, PLR0917 (everything a plan rests on)
        self,
        book: Book,
        known: Known,
        answers: Answers,
        today: date,
        wish: Wish | None = None,
        progress: Progress | None = None,
    ) -> Plan:
        """Say what the import of a file would do. Raises `Cancelled`.

        Raises `Invalid` for an answer that misfits.
        """
        with without_collecting():
            wish, progress = wish or Wish(), progress or Progress()
            return self._planned(book, known, answers, today, wish, progress)

    def _planned(  # noqa: PLR0913, PLR0917 (everything a plan rests on)
        self,
        book: Book,
        known: Known,
        answers: Answers,
        today: date,
        wish: Wish,
        progress: Progress,
    ) -> Plan:
        given = answers
        answers = merged(known.remembered(book.sha256), given)
        asking = Asking(answers, accept_proposals=wish.accept_proposals)
        settings = Settings(
            latest=today.year + 10,
            from_1904=book.dates_from_1904,
            text_file=book.format is BookFormat.TEXT,
            kind=wish.kind,
        )
        reader = SheetReader(self._dictionary, asking, settings, progress)
        sheets = [
            reader.read(sheet)
            for sheet in book.sheets
            if sheet.rows and (not wish.sheets or sheet.name in wish.sheets)
        ]
        if not any(sheet.tables for sheet in sheets):
            return _refused(book, sheets)
        taken = frozenset(_strings(answers.get(TAKE)))
        progress.report(Sentence("Comparing with the document"))
        work = replace(self._work(book, known, asking, today, taken), progress=progress)
        sender = self._sender(book, known, sheets, wish)
        made = self._made(work, sheets, sender, kept=frozenset(_strings(answers.get(KEEP))))
        found = self._finished(book, known, sheets, made, asking.questions())
        decisions = tuple(work.mentions.decisions)
        unused = tuple(id_ for id_ in asking.unused() if id_ in given and id_ not in {KEEP, TAKE})
        found = replace(found, sender=sender, decisions=decisions, unused_answers=unused)
        if self._figures is None:
            return found
        progress.report(Sentence("Working out the figures"))
        before, after = self._figures(found, progress)
        return replace(found, figures_before=before, figures_after=after)

    def _work(
        self, book: Book, known: Known, asking: Asking, today: date, taken: frozenset[str]
    ) -> Work:
        index = OrganisationIndex(self._dictionary.names, known.organisations, known.judgements)
        facts = self._dictionary.facts
        rules = rules_of(facts, known.own_partnership)
        return Work(
            self._dictionary,
            asking,
            known,
            Mentions(index, asking),
            People(known.people, asking),
            Corrections(known, taken),
            rules,
            Rates(facts, rules.code),
            today,
            book.file_name,
        )

    def _sender(
        self, book: Book, known: Known, sheets: Sequence[ReadSheet], wish: Wish
    ) -> SenderGuess | None:
        if wish.sender is not None:
            said = Sentence("as you have said")
            return next(
                (
                    SenderGuess(c.name, c.id, 1.0, said)
                    for c in known.clusters
                    if c.name == wish.sender
                ),
                None,
            )
        countries = Counter(
            country
            for sheet in sheets
            for table in sheet.tables
            for code in ("exchange.vo_country", "organisation.country")
            if code in table.columns
            for country in table.columns[code].values
            if country
        )
        titles = [title for sheet in sheets for title in sheet.titles]
        return guess_sender(
            known.clusters, self._dictionary.names, titles, book.file_name, countries
        )

    def _made(
        self,
        work: Work,
        sheets: Sequence[ReadSheet],
        sender: SenderGuess | None,
        kept: frozenset[str],
    ) -> _Made:
        cluster = next((c for c in work.known.clusters if sender and c.id == sender.id), None)
        tables = [
            _table_work(work, sheet, table, cluster) for sheet in sheets for table in sheet.tables
        ]
        records = [
            _RECORDS[table.kind.kind](table_work)
            for table, table_work in zip(_tables(sheets), tables, strict=True)
        ]
        for one in records:
            work.progress.report(Sentence("Reading the rows"))
            one.mention()
        work.mentions.resolve(work.progress)
        drafts = [draft for one in records for draft in one.drafts()]
        doubtful = {
            (sheet.sheet.name, row): question
            for sheet in sheets
            for row, question in sheet.doubtful.items()
        }
        assembled = Assembler(work, kept).assemble(drafts, doubtful)
        work.progress.report(Sentence("Checking the rules"))
        findings = [finding for table in tables for finding in table.findings]
        findings += [
            finding
            for draft in drafts
            for finding in fault_findings(draft.sheet, draft.rows, draft.faults, draft.key)
        ]
        letters = {
            (table.sheet, plan_word(column.code).removeprefix("documents.")): column.letter
            for table in tables
            for column in table.mapped
            if column.code
        }
        findings += work.corrections.findings
        findings += repeated_references(drafts)
        findings += rule_findings(work, assembled.records, letters)
        assembled.skipped += [skip for table in tables for skip in table.skipped]
        return _Made(assembled, findings)

    def _finished(
        self,
        book: Book,
        known: Known,
        sheets: Sequence[ReadSheet],
        made: _Made,
        questions: tuple[Question, ...],
    ) -> Plan:
        findings = by_place(
            [
                *file_findings(book, known),
                *(finding for sheet in sheets for finding in sheet_findings(sheet)),
                *made.findings,
                *made.assembled.findings,
            ]
        )
        skipped = [skip for sheet in sheets for skip in sheet.skipped] + made.assembled.skipped
        return Plan(
            file=book.file_name,
            sha256=book.sha256,
            outcome=_outcome(questions, findings, skipped),
            message=Sentence(""),
            sheets=tuple(sheet.plan() for sheet in sheets),
            columns=tuple(_column_plans(sheets)),
            rows=tuple(made.assembled.rows),
            records=tuple(made.assembled.records),
            skipped=tuple(skipped),
            questions=questions,
            findings=tuple(findings),
        )


@dataclass(frozen=True, slots=True)
class _Made:
    assembled: Assembled
    findings: Sequence[PlanFinding]


def _tables(sheets: Sequence[ReadSheet]) -> Iterator[ReadTable]:
    for sheet in sheets:
        yield from sheet.tables


def _table_work(
    work: Work, sheet: ReadSheet, table: ReadTable, sender: KnownOrganisation | None
) -> TableWork:
    return TableWork(
        work=work,
        sheet=sheet.sheet.name,
        numbers=[row.number for row in table.rows.data],
        columns=table.columns,
        mapped=table.mapped,
        sections=table.rows.sections,
        section_rows=table.rows.section_rows,
        totals=table.rows.totals,
        titles=sheet.titles,
        title_rows=sheet.title_rows,
        header_row=table.header_rows[0],
        first=table is sheet.tables[0],
        language=table.language,
        sender=sender,
    )


def _outcome(
    questions: Sequence[Question], findings: Sequence[PlanFinding], skipped: Sequence[Skipped]
) -> Outcome:
    if any(question.open for question in questions):
        return Outcome.QUESTIONS
    if findings or any(skip.reason is not SkipReason.BLANK for skip in skipped):
        return Outcome.NOTES
    return Outcome.IMPORT


def _refused(book: Book, sheets: Sequence[ReadSheet]) -> Plan:
    """Refuse a file of which nothing can be imported, with the reason for each sheet."""
    reasons = {sheet.refusal for sheet in sheets if sheet.refusal is not None}
    if not sheets:
        message = Sentence("“{file}” holds nothing to import.", file=book.file_name)
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
        outcome=Outcome.REFUSE,
        message=message,
        sheets=tuple(sheet.plan() for sheet in sheets),
        skipped=tuple(skip for sheet in sheets for skip in sheet.skipped),
    )


def _column_plans(sheets: Sequence[ReadSheet]) -> Iterator[ColumnPlan]:
    for sheet in sheets:
        for table in sheet.tables:
            for column in table.mapped:
                yield ColumnPlan(
                    sheet=sheet.sheet.name,
                    letter=column.letter,
                    header=column.header,
                    field=plan_word(column.code) if column.code else None,
                    certainty=column.certainty,
                    reason=column.reason,
                    code=column.code,
                    question=column.question,
                    samples=samples_of(column, table),
                )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (str(key) for key, wanted in value.items() if wanted)
