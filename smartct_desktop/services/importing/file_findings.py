"""What the import has to say of the file as a whole and of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smartct_desktop.domain.book import Book, column_name
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.plan import PlanFinding
from smartct_desktop.services.importing.read_sheets import ReadSheet
from smartct_desktop.services.importing.stacked_rows import Spread
from smartct_desktop.services.importing.text_form import encoding_label
from smartct_desktop.services.importing.understood import Fault, Understood

_SAMPLE = 60


def file_findings(book: Book, known: Known) -> Iterator[PlanFinding]:
    """Say what is worth knowing of the file: seen before, guessed encoding, odd dates, macros."""
    earlier = known.imported(book.sha256)
    if earlier is not None:
        yield PlanFinding(
            "IMP-11",
            Severity.WARNING,
            Sentence("This very file was imported on {day}.", day=earlier.at.date().isoformat()),
        )
    if book.text is not None and not book.text.certain:
        yield PlanFinding(
            "IMP-15",
            Severity.WARNING,
            Sentence(
                "The text was read as {encoding}, which the file does not say itself: {sample}",
                encoding=encoding_label(book.text.encoding),
                sample=_short(book.text.encodings[0].sample),
            ),
        )
    if book.dates_from_1904:
        yield PlanFinding(
            "IMP-19",
            Severity.WARNING,
            Sentence("The workbook counts days from 1904, as old programs for the Mac did."),
        )
    for note in book.notes:
        yield PlanFinding("IMP-01", Severity.INFO, note)


def _short(sample: str) -> str:
    """Give the beginning of a sample in one line."""
    line = " ".join(sample.split())
    return line if len(line) <= _SAMPLE else line[: _SAMPLE - 1] + "…"


def sheet_findings(sheet: ReadSheet) -> Iterator[PlanFinding]:
    """Say what is worth knowing of a sheet: its columns that are not taken, and its cells."""
    yield from sheet.findings
    if not sheet.tables and sheet.refusal is not None and not sheet.findings:
        yield PlanFinding(
            "IMP-02",
            Severity.WARNING,
            Sentence(
                "The sheet “{sheet}” is not imported: {reason}.",
                sheet=sheet.sheet.name or "",
                reason=sheet.refusal,
            ),
            sheet.sheet.name,
        )
    for table in sheet.tables:
        for column in table.mapped:
            yield from _column(sheet.sheet.name, column, table.spread)
        numbers = [row.number for row in table.rows.data]
        for understood in table.columns.values():
            yield from _notes(sheet.sheet.name, understood, numbers)


def _seen_letter(column: MappedColumn, spread: Spread | None) -> str:
    place = spread.place(None, column.index) if spread is not None else None
    return column_name(place[1]) if place is not None else column.letter


def _column(
    sheet: str | None, column: MappedColumn, spread: Spread | None
) -> Iterator[PlanFinding]:
    """Say that a column is not taken; its sentence names the column that a person sees."""
    if column.refused.startswith("sensitive."):
        yield PlanFinding(
            "GDP-01",
            Severity.ERROR,
            Sentence(
                "The column “{header}” holds data that must not be kept. It is not read.",
                header=column.header,
            ),
            sheet,
            letter=column.letter,
        )
    elif column.refused:
        yield PlanFinding(
            "GDP-02",
            Severity.WARNING,
            Sentence(
                "The column “{header}” holds personal data that are not needed. It is not taken.",
                header=column.header,
            ),
            sheet,
            letter=column.letter,
        )
    elif column.code is None and not column.expected:
        yield PlanFinding(
            "IMP-03",
            Severity.WARNING,
            Sentence(
                "The column {letter} “{header}” is not taken: {reason}.",
                letter=_seen_letter(column, spread),
                header=column.header,
                reason=column.reason,
            ),
            sheet,
            letter=column.letter,
        )


def _notes(sheet: str | None, column: Understood, numbers: Sequence[int]) -> Iterator[PlanFinding]:
    for note in column.notes:
        rows = tuple(numbers[place] for place in note.places)
        yield PlanFinding(note.code, note.severity, note.sentence, sheet, rows, column.letter)


def fault_findings(
    sheet: str | None, rows: Sequence[int], faults: Sequence[tuple[str, Fault]], record: str
) -> Iterator[PlanFinding]:
    """Say why a row is refused."""
    for letter, fault in faults:
        yield PlanFinding(
            fault.code,
            Severity.ERROR,
            fault.sentence,
            sheet,
            tuple(rows),
            letter or None,
            record,
        )


def by_place(findings: Sequence[PlanFinding]) -> list[PlanFinding]:
    """Sort findings: the file first, then by sheet, row and code."""
    order: Mapping[Severity, int] = {s: i for i, s in enumerate(Severity)}
    return sorted(
        findings,
        key=lambda f: (f.sheet or "", f.rows[:1] or (0,), order[f.severity], f.code),
    )
