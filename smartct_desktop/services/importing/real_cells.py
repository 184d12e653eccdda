"""From the cells of records over several rows, or of forms, to where they really stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from smartct_desktop.domain.book import column_index, column_name
from smartct_desktop.services.importing.asked import Question
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.plan import PlanFinding
from smartct_desktop.services.importing.read_sheets import ReadSheet, ReadTable
from smartct_desktop.services.importing.stacked_rows import Spread


class RealCells:
    """Says where in the file a plan's findings, questions and columns lie."""

    def __init__(self, sheets: Sequence[ReadSheet]) -> None:
        self._spreads: Mapping[str | None, list[Spread]] = {
            sheet.sheet.name: spreads
            for sheet in sheets
            if (spreads := [t.spread for t in sheet.tables if t.spread is not None])
        }

    def findings(self, findings: Sequence[PlanFinding]) -> Iterator[PlanFinding]:
        """Give the findings with real cells; one about cells of several columns is parted."""
        for finding in findings:
            if finding.letter is None or finding.sheet not in self._spreads:
                yield finding
                continue
            by_letter: dict[str, list[int]] = defaultdict(list)
            for row in finding.rows or (None,):
                found = self._place(finding.sheet, row, column_index(finding.letter))
                if found is not None:
                    real_row, column = found
                    rows = by_letter[column_name(column)]
                    rows += [real_row] if real_row is not None else []
            for letter, rows in by_letter.items():
                numbers = tuple(dict.fromkeys(rows))
                yield replace(finding, letter=letter, rows=numbers)
            if not by_letter:
                yield finding

    def question(self, question: Question) -> Question:
        """Give a question with its real column, and of a form with the real rows."""
        if question.letter is None or question.sheet not in self._spreads:
            return question
        column = column_index(question.letter)
        found = self._place(question.sheet, None, column)
        if found is None:
            return question
        row, real = found
        items = question.items
        if row is not None:
            items = tuple(replace(item, rows=(row,)) for item in items)
        return replace(question, letter=column_name(real), items=items)

    def letter(self, sheet: str | None, column: MappedColumn) -> str:
        """Give the letter of the column in which a column's cells really stand."""
        if sheet not in self._spreads:
            return column.letter
        found = self._place(sheet, None, column.index)
        return column_name(found[1]) if found is not None else column.letter

    def rows(
        self, sheet: ReadSheet, table: ReadTable, column: MappedColumn
    ) -> frozenset[int] | None:
        """Give the rows in which a column's cells stand, None if those are all of the sheet."""
        spread = table.spread
        if spread is None:
            return frozenset(table.numbers) if len(sheet.tables) > 1 else None
        if spread.cells is not None:
            return frozenset(
                {spread.cells[column.index][0]} if column.index in spread.cells else ()
            )
        places = (spread.place(row.number, column.index) for row in table.rows.data)
        return frozenset(place[0] for place in places if place is not None and place[0] is not None)

    def _place(
        self, sheet: str | None, row: int | None, column: int
    ) -> tuple[int | None, int] | None:
        places = (spread.place(row, column) for spread in self._spreads[sheet])
        return next((place for place in places if place is not None), None)
