"""The first sheet of a written workbook: what it is, how it was counted, what had to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from smartct_desktop.domain.report import Definition, Report, SheetCount
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.cells_out import LONGEST_TEXT, clean, local, shorten
from smartct_desktop.spreadsheets.looks_out import Looks
from smartct_desktop.spreadsheets.print_out import set_running_lines
from smartct_desktop.spreadsheets.widths_out import (
    HIGHEST_ROW,
    LINE_HEIGHT,
    line_count,
)
from smartct_desktop.spreadsheets.xlsx_face import XlsxFormat, XlsxSheet, done, put_text

_A4 = 9
_TERM, _MEANING, _COUNT = 0, 1, 2
_WIDTHS = (30.0, 80.0, 12.0)


class AboutSheet:
    """Writes the first sheet, top to bottom, when all others are written and counted."""

    def __init__(self, report: Report, sheet: XlsxSheet, looks: Looks) -> None:
        self._report = report
        self._words = report.words
        self._sheet = sheet
        self._looks = looks
        self._row = 0

    def write(self, counts: Sequence[SheetCount], remarks: Sequence[Sentence]) -> None:
        """Write what the report is; `counts` belong to its tables, in their order."""
        for column, width in enumerate(_WIDTHS):
            done(self._sheet.set_column(column, column, width))
        self._sheet.hide_gridlines(2)
        self._write_title()
        self._write_facts()
        self._write_section(self._words.sheets, lambda: self._write_counts(counts))
        self._write_definitions(self._words.definitions, self._report.definitions)
        self._write_definitions(self._words.columns, self._column_notes())
        if remarks:
            self._write_section(self._words.remarks, lambda: self._write_remarks(remarks))
        self._set_up_print()

    def _write_title(self) -> None:
        self._put(_TERM, self._report.title, self._looks.title)
        done(self._sheet.set_row(self._row, 26))
        self._row += 1
        if self._report.subtitle:
            self._put(_TERM, self._report.subtitle, self._looks.subtitle)
            self._row += 1
        self._row += 1

    def _write_facts(self) -> None:
        words = self._words
        known = (
            Definition(words.partnership, self._report.partnership),
            Definition(words.period, self._report.period),
        )
        for fact in known:
            self._write_fact(fact)
        self._put(_TERM, words.made_on, self._looks.term)
        moment = local(self._report.made_at)
        done(self._sheet.write_datetime(self._row, _MEANING, moment, self._looks.meaning_moment))
        self._row += 1
        for fact in self._report.facts:
            self._write_fact(fact)

    def _write_fact(self, fact: Definition) -> None:
        if fact.meaning:
            self._put(_TERM, fact.term, self._looks.term)
            self._put_meaning(fact.meaning)
            self._row += 1

    def _write_section(self, heading: str, write: Callable[[], None]) -> None:
        self._row += 1
        self._put(_TERM, heading, self._looks.section)
        for column in (_MEANING, _COUNT):
            done(self._sheet.write_blank(self._row, column, None, self._looks.section))
        self._row += 1
        write()

    def _write_counts(self, counts: Sequence[SheetCount]) -> None:
        words = self._words
        self._put(_TERM, words.sheet, self._looks.term)
        self._put(_MEANING, words.contents, self._looks.term)
        self._put(_COUNT, words.records, self._looks.count_heading)
        self._row += 1
        for table, count in zip(self._report.tables, counts, strict=True):
            quoted = count.sheet.replace("'", "''")
            target = f"internal:'{quoted}'!A1"
            done(self._sheet.write_url(self._row, _TERM, target, self._looks.jump, count.sheet))
            self._put_meaning(table.note)
            done(self._sheet.write_number(self._row, _COUNT, count.records, self._looks.count))
            self._row += 1

    def _column_notes(self) -> list[Definition]:
        several = len(self._report.tables) > 1
        return [
            Definition(
                f"{table.name}: {column.heading}" if several else column.heading, column.note
            )
            for table in self._report.tables
            for column in table.columns
            if column.note and not column.hidden
        ]

    def _write_definitions(self, heading: str, definitions: Sequence[Definition]) -> None:
        def write() -> None:
            for definition in definitions:
                self._put(_TERM, definition.term, self._looks.term)
                self._put_meaning(definition.meaning)
                self._row += 1

        if definitions:
            self._write_section(heading, write)

    def _write_remarks(self, remarks: Sequence[Sentence]) -> None:
        for remark in remarks:
            self._put_meaning(remark)
            self._row += 1

    def _put_meaning(self, text: str) -> None:
        """A text that may take several lines; not every program makes its row high enough."""
        self._put(_MEANING, text, self._looks.meaning)
        lines = line_count(text, _WIDTHS[_MEANING])
        if lines > 1:
            done(self._sheet.set_row(self._row, min(lines * LINE_HEIGHT, HIGHEST_ROW)))

    def _put(self, column: int, text: str, look: XlsxFormat) -> None:
        text = shorten(clean(text), LONGEST_TEXT, self._words.shortened)
        if text:
            put_text(self._sheet, self._row, column, text, look)

    def _set_up_print(self) -> None:
        self._sheet.set_portrait()
        self._sheet.set_paper(_A4)
        self._sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
        self._sheet.fit_to_pages(1, 0)
        set_running_lines(self._sheet, self._report, self._words.about)
