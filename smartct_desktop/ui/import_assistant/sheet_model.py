"""The model of a partner's sheet: its lines as in the file, columns by letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from smartct_desktop.domain.book import Sheet, column_name
from smartct_desktop.services.importing.plan import ColumnPlan, SheetPlan
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.cell_text import cell_text
from smartct_desktop.ui.import_assistant.field_words import field_name
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.sensitive import sensitive_columns
from smartct_desktop.ui.import_assistant.sheet_lines import LineKind, SheetLine
from smartct_desktop.ui.import_assistant.understood import Understanding, Understood
from smartct_desktop.ui.qt import ROOT, Index

Role = Qt.ItemDataRole
_WIDEST = 702  # columns: up to ZZ
_KEPT = 4000  # cells whose understanding is remembered


class SheetModel(QAbstractTableModel):
    """Shows one sheet. Values of refused columns are given to nobody, not even to be read out."""

    def __init__(
        self,
        understanding: Understanding,
        facts: ProgrammeFacts,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._facts = facts
        self._not_shown: frozenset[int] = frozenset()
        self._understanding = understanding
        self.outlook: Outlook | None = None
        self.sheet: Sheet | None = None
        self.sheet_plan: SheetPlan | None = None
        self._lines: Sequence[SheetLine] = ()
        self._width = 0
        self._understood: dict[tuple[int, int], Understood | None] = {}

    def show_sheet(self, outlook: Outlook, at: int) -> bool:
        """Show a sheet of the book; says whether the lines are others than before."""
        sheet, plan = outlook.book.sheets[at], outlook.sheet_plan(at)
        lines = outlook.lines[at]
        same = self.sheet is sheet and _alike(self._lines, lines)
        if not same:
            self.beginResetModel()
        self.outlook, self.sheet, self.sheet_plan = outlook, sheet, plan
        self._lines = lines
        self._width = min(sheet.width, _WIDEST)
        self._understood.clear()
        unread = plan is None or plan.kind is None
        self._not_shown = sensitive_columns(sheet, self._facts) if unread else frozenset()
        if not same:
            self.endResetModel()
        elif lines and self._width:
            corner = self.index(len(lines) - 1, self._width - 1)
            self.dataChanged.emit(self.index(0, 0), corner)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)
        return not same

    def line(self, row: int) -> SheetLine:
        """The line at a row of the model."""
        return self._lines[row]

    @property
    def lines(self) -> Sequence[SheetLine]:
        """All lines."""
        return self._lines

    def column_plan(self, column: int) -> ColumnPlan | None:
        """What a column is taken for."""
        if self.outlook is None or self.sheet is None:
            return None
        return self.outlook.columns.get(self.sheet.name, {}).get(column_name(column))

    def is_hidden(self, column: int) -> bool:
        """Whether the values of a column are not shown."""
        if self.outlook is None or self.sheet is None:
            return False
        hidden = self.outlook.hidden.get(self.sheet.name, ())
        return column in self._not_shown or column_name(column) in hidden

    def is_refused(self, column: int) -> bool:
        """Whether a column must not be taken."""
        if self.outlook is None or self.sheet is None:
            return False
        return column_name(column) in self.outlook.refused.get(self.sheet.name, ())

    def questions_of(self, column: int) -> int:
        """How many questions are open about a column."""
        if self.outlook is None or self.sheet is None:
            return 0
        return self.outlook.open_of_column.get((self.sheet.name, column_name(column)), 0)

    def is_asked(self, column: int) -> bool:
        """Whether a question is open about the whole column."""
        return self.questions_of(column) > 0

    def is_heading(self, row: int) -> bool:
        """Whether a line is one of the heading rows."""
        return self._lines[row].kind is LineKind.HEADING

    def is_last_heading(self, line: SheetLine) -> bool:
        """Whether the values begin below this line."""
        plan = self.sheet_plan
        return plan is not None and line.number + 1 not in plan.header_rows

    def is_number(self, row: int, column: int) -> bool:
        """Whether a number stands in the cell, which is written at the right."""
        line = self._lines[row]
        value = line.row.value(column) if line.row is not None else None
        return isinstance(value, int | float) and not isinstance(value, bool)

    def shown(self, row: int, column: int) -> str:
        """The text of a cell as the file shows it, in one line."""
        line = self._lines[row]
        if line.row is None or column >= len(line.row.values):
            return ""
        if line.kind is not LineKind.HEADING and self.is_hidden(column):
            return ""
        assert self.sheet is not None
        return cell_text(self.sheet.cell(line.number, column))

    def understood(self, row: int, column: int) -> Understood | None:
        """What a cell is understood as."""
        if self._lines[row].kind is not LineKind.VALUES or self.is_hidden(column):
            return None
        place = (row, column)
        if place not in self._understood:
            if len(self._understood) > _KEPT:
                self._understood.clear()
            self._understood[place] = self._understand(row, column)
        return self._understood[place]

    def _understand(self, row: int, column: int) -> Understood | None:
        line = self._lines[row]
        if self.outlook is None or self.sheet is None or line.row is None:
            return None
        plan = self.outlook.column_at(self.sheet.name, column_name(column), line.number)
        if plan is None:
            return None
        cell = line.row.value(column)
        return self._understanding.of_cell(self.outlook, plan, line.number, cell)

    # What Qt asks.

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Role.DisplayRole:
                return self.shown(row, column)
            case Role.AccessibleTextRole:
                return self._spoken(row, column)
            case Role.ToolTipRole:
                return self._tip(row, column)
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            if not 0 <= section < len(self._lines):
                return None
            line = self._lines[section]
            return str(line.number) if line.number == line.last else f"{line.number}–{line.last}"
        if role == Role.DisplayRole:
            return column_name(section)
        return self._heading(section)

    def _heading(self, column: int) -> str:
        plan = self.column_plan(column)
        name = field_name(plan.code) if plan and plan.code else tr("not taken")
        return tr("column {letter}, {field}", letter=column_name(column), field=name)

    def _spoken(self, row: int, column: int) -> str:
        parts = [self._heading(column), self.shown(row, column) or tr("blank")]
        understood = self.understood(row, column)
        if understood is not None:
            parts.append(tr("understood as {text}", text=understood.text))
        skipped = self._lines[row].skipped
        if skipped is not None:
            parts.append(tr("skipped: {reason}", reason=tr(skipped.reason.label)))
        return ", ".join(parts)

    def _tip(self, row: int, column: int) -> str | None:
        shown = self.shown(row, column)
        understood = self.understood(row, column)
        plan = self.column_plan(column)
        if self.is_hidden(column):
            return say(plan.reason) if plan else tr("Not shown: it seems to be sensitive.")
        if understood is None:
            return shown or None
        return f"{shown}\n{understood.text}".strip()


def _alike(one: Sequence[SheetLine], other: Sequence[SheetLine]) -> bool:
    return len(one) == len(other) and all(
        a.number == b.number and a.kind is b.kind for a, b in zip(one, other, strict=True)
    )
