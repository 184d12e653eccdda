"""From the tables of a file to its records: each kind of list has its own way of telling them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.assembling import Assembled, Assembler
from smartct_desktop.services.importing.cells import plan_word
from smartct_desktop.services.importing.checklists import ChecklistTable
from smartct_desktop.services.importing.collected_tables import collected
from smartct_desktop.services.importing.contacts import ContactTable
from smartct_desktop.services.importing.deleted_records import (
    ask_for_deleted,
    deleted_organisations,
)
from smartct_desktop.services.importing.drafts import Draft, TableWork, Work
from smartct_desktop.services.importing.event_lists import EventLists
from smartct_desktop.services.importing.events import EventTable
from smartct_desktop.services.importing.exchanges import ExchangeTable
from smartct_desktop.services.importing.fact_lists import HolidayTable, RateTable
from smartct_desktop.services.importing.far_dates import far_dates
from smartct_desktop.services.importing.feedback import FeedbackTable
from smartct_desktop.services.importing.file_findings import fault_findings
from smartct_desktop.services.importing.known import KnownOrganisation
from smartct_desktop.services.importing.members import MemberTable
from smartct_desktop.services.importing.own_tables import OwnTable
from smartct_desktop.services.importing.payments import PaymentTable
from smartct_desktop.services.importing.plan import PlanFinding, SenderGuess
from smartct_desktop.services.importing.read_sheets import ReadSheet, ReadTable
from smartct_desktop.services.importing.references import repeated_numbers, repeated_references
from smartct_desktop.services.importing.rule_findings import rule_findings
from smartct_desktop.services.importing.surveys import SurveyTable


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
    "attendance": EventLists,
    "person": ContactTable,
    "payment": PaymentTable,
    "checklist": ChecklistTable,
    "survey": SurveyTable,
    "feedback": FeedbackTable,
    "holiday": HolidayTable,
    "rate": RateTable,
}

_REFERRED_TO = frozenset({"exchange", "event"})

KINDS = tuple(_RECORDS)
"""The kinds of lists that can be imported."""


@dataclass(frozen=True, slots=True)
class Made:
    """The records of a file with their rows, and what is said of them."""

    assembled: Assembled
    findings: Sequence[PlanFinding]


def made(work: Work, sheets: Sequence[ReadSheet], sender: SenderGuess | None) -> Made:
    """Make the records that the sheets tell, and compare them with the document. `Cancelled`."""
    organisations = work.known.organisations if sender else ()
    cluster = next((o for o in organisations if sender and o.id == sender.id), None)
    tables = [
        _table_work(work, sheet, table, cluster) for sheet in sheets for table in sheet.tables
    ]
    records = [
        _records(table, table_work)
        for table, table_work in zip(_tables(sheets), tables, strict=True)
    ]
    for table in tables:
        facts = (table.sheet, table.numbers, table.mapped, table.columns)
        work.blank_cells.read(*facts, work.asking)
    for one in records:
        work.progress.report(Sentence("Reading the rows"))
        one.mention()
    work.mentions.resolve(work.progress)
    drafts = _drafts(work, records, tables, [table.kind.kind for table in _tables(sheets)])
    doubtful = {
        (sheet.sheet.name, row): question
        for sheet in sheets
        for row, question in sheet.doubtful.items()
    }
    ask_for_deleted(work, drafts)
    assembled = Assembler(work).assemble(drafts, doubtful)
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
    findings += deleted_organisations(work)
    findings += [*repeated_references(drafts), *repeated_numbers(work.mentions, letters)]
    findings += rule_findings(work, assembled.records, letters)
    findings += far_dates(work, assembled.records, letters)
    assembled.skipped += [skip for table in tables for skip in table.skipped]
    return Made(assembled, findings)


def _records(table: ReadTable, work: TableWork) -> Records:
    """Give what reads a table: of our own exports the rows by their ids, else by its kind."""
    if table.own is not None and table.own.collected:
        return collected(work, table.own, _RECORDS[table.own.natural.kind])
    if table.own is not None and table.own.ids:
        return OwnTable(work, table.own, _RECORDS.get(table.own.natural.kind))
    return _RECORDS[table.kind.kind](work)


def _drafts(
    work: Work,
    records: Sequence[Records],
    tables: Sequence[TableWork],
    kinds: Sequence[str],
) -> list[Draft]:
    """Make the records in the order of the file, but first those that others refer to."""
    made_of: dict[int, list[Draft]] = {}
    for place in sorted(range(len(records)), key=lambda place: kinds[place] not in _REFERRED_TO):
        table = tables[place]
        made_of[place] = [_over_all_rows(draft, table) for draft in records[place].drafts()]
        if kinds[place] in _REFERRED_TO:
            for draft in made_of[place]:
                work.planned.note(draft)
    return [draft for place in range(len(records)) for draft in made_of[place]]


def _over_all_rows(draft: Draft, table: TableWork) -> Draft:
    """Let a record over several rows of the sheet have them all."""
    if table.spread is not None:
        draft.rows = [line for row in draft.rows for line in table.lines(row)]
    return draft


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
        header_row=table.first_row,
        first=table is sheet.tables[0],
        language=table.language,
        sender=sender,
        left=table.left,
        spread=table.spread,
    )
