"""The model of the review: each row of the file with a line for all that happens to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.services.importing.plan import Action
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.asked import Place
from smartct_desktop.ui.import_assistant.caption import Piece, caption
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.review_lines import (
    Difference,
    Part,
    parts_of,
)
from smartct_desktop.ui.import_assistant.review_rows import MOST_LINES, ReviewRow
from smartct_desktop.ui.import_assistant.understood import Understanding
from smartct_desktop.ui.import_assistant.words import SEVERITIES, word_of
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.tones import Tone

Role = Qt.ItemDataRole
ROW, WILL, RECORD, WHAT = range(4)
DRAWER = MOST_LINES
"""The part of a line that holds the drawer of an opened row: behind all others."""

_KEPT = 2000


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which rows are shown: of these outcomes (none: all), and with all of the properties."""

    actions: frozenset[Action] = frozenset()
    codes: frozenset[str] = frozenset()
    sheets: frozenset[str | None] = frozenset()
    new_organisation: bool = False
    with_finding: bool = False

    @property
    def on(self) -> bool:
        """Whether it leaves anything out."""
        return self != ReviewFilter()

    def passes(self, row: ReviewRow) -> bool:
        """Whether a row is shown."""
        if self.actions and row.action not in self.actions:
            return False
        if self.sheets and row.sheet not in self.sheets:
            return False
        if self.new_organisation and not row.new_organisation:
            return False
        if self.with_finding and not row.has_problem:
            return False
        return not self.codes or any(f.code in self.codes for f in row.all_findings)


class ReviewModel(QAbstractTableModel):
    """Rows in their order, each with as many lines as it needs."""

    def __init__(self, understanding: Understanding, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._understanding = understanding
        self._outlook: Outlook | None = None
        self._filter = ReviewFilter()
        self._opened: Place | None = None
        self.current: Place | None = None  # all lines of this row are drawn as selected
        self._rows: Sequence[ReviewRow] = ()
        self._lines: list[tuple[int, int]] = []  # row and part
        self._main_sheet: str | None = None  # whose rows need no name of a sheet
        self._parts: dict[int, list[Part]] = {}
        self._captions: dict[int, tuple[Piece, ...]] = {}

    @property
    def outlook(self) -> Outlook | None:
        """What is shown."""
        return self._outlook

    @property
    def filter(self) -> ReviewFilter:
        """What is left out."""
        return self._filter

    @property
    def rows(self) -> Sequence[ReviewRow]:
        """The rows that pass the filter, in their order."""
        return self._rows

    def show_outlook(self, outlook: Outlook) -> None:
        """Show another plan; the filter and the opened row stay."""
        self._outlook = outlook
        listed = [sheet.name for sheet in outlook.plan.sheets if sheet.kind is not None]
        self._main_sheet = listed[0] if len(listed) == 1 else None
        self._rebuild()

    def narrow(self, filter_: ReviewFilter) -> None:
        """Leave out other rows."""
        if filter_ != self._filter:
            self._filter = filter_
            self._rebuild()

    def open_row(self, place: Place | None) -> None:
        """Make room for the drawer below a row; None closes it."""
        if place != self._opened:
            self._opened = place
            self._rebuild()

    @property
    def opened(self) -> Place | None:
        """The row whose drawer is open."""
        return self._opened

    def _rebuild(self) -> None:
        self.beginResetModel()
        outlook = self._outlook
        self._parts.clear()
        self._captions.clear()
        rows = outlook.rows if outlook is not None else ()
        if self._filter.on:
            rows = tuple(row for row in rows if self._filter.passes(row))
        self._rows = rows
        self._lines = [(at, part) for at, row in enumerate(rows) for part in range(row.lines)]
        if self._opened is not None:
            self._make_room(self._opened)
        self.endResetModel()

    def _make_room(self, opened: Place) -> None:
        """Put the line of the drawer behind the last line of the opened row."""
        at = next((at for at, row in enumerate(self._rows) if row.place == opened), None)
        if at is not None:
            self._lines.insert(bisect_left(self._lines, (at, DRAWER)), (at, DRAWER))

    # What the table asks.

    def row_at(self, line: int) -> ReviewRow:
        """The row of the file that a line belongs to."""
        return self._rows[self._lines[line][0]]

    def part_at(self, line: int) -> int:
        """Which part of its row a line is; `DRAWER` for the drawer."""
        return self._lines[line][1]

    def is_last(self, line: int) -> bool:
        """Whether the next line belongs to another row."""
        return line + 1 == len(self._lines) or self._lines[line + 1][0] != self._lines[line][0]

    def line_of(self, place: Place) -> int | None:
        """The first line of a row."""
        at = next((at for at, row in enumerate(self._rows) if row.place == place), None)
        return bisect_left(self._lines, (at, 0)) if at is not None else None

    @property
    def drawer_line(self) -> int | None:
        """The line of the drawer, if it is open and its row passes the filter."""
        if self._opened is None:
            return None
        return next((n for n, (_, part) in enumerate(self._lines) if part == DRAWER), None)

    def next_waiting(self, line: int) -> Place | None:
        """The row that waits at this line or after it, or else the first one."""
        start = self._lines[line][0] if line < len(self._lines) else 0
        rows = (*range(max(start, 0), len(self._rows)), *range(max(start, 0)))
        found = (self._rows[at] for at in rows)
        return next((row.place for row in found if row.action is Action.WAIT), None)

    def can_open(self, row: ReviewRow) -> bool:
        """Whether a row has questions, open or answered."""
        return self._outlook is not None and bool(self._outlook.asked_at(row))

    def number(self, row: ReviewRow) -> str:
        """The number of a row, or of several, with its sheet where it is not the only one."""
        text = str(row.first) if row.first == row.last else f"{row.first}–{row.last}"
        if row.sheet and row.sheet != self._main_sheet:
            return f"{row.sheet} {text}"
        return text

    def part(self, line: int) -> Part | None:
        """What a line says in the last column."""
        at, part = self._lines[line]
        if part == DRAWER or self._outlook is None:
            return None
        if at not in self._parts:
            if len(self._parts) > _KEPT:
                self._parts.clear()
            row = self._rows[at]
            self._parts[at] = parts_of(self._outlook, row, self._understanding)
        return self._parts[at][part]

    def caption(self, line: int) -> tuple[Piece, ...]:
        """What the row is about; on its first line only."""
        at, part = self._lines[line]
        if part or self._outlook is None:
            return ()
        if at not in self._captions:
            if len(self._captions) > _KEPT:
                self._captions.clear()
            self._captions[at] = caption(self._outlook, self._rows[at])
        return self._captions[at]

    # What Qt asks.

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = index.row(), index.column()
        match role:
            case Role.DisplayRole:
                return self._text(line, column)
            case Role.AccessibleTextRole:
                heading = self.headerData(column, Qt.Orientation.Horizontal)
                return f"{heading}: {self._text(line, column)}"
            case Role.ToolTipRole if column in (RECORD, WHAT):
                return self._tip(line, column) or None
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if role == Role.TextAlignmentRole and section == ROW:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        match section:
            case 0:
                return tr("Row")
            case 1:
                return tr("Will")
            case 2:
                return self._record_heading()
            case _:
                return tr("What happens, and why")

    def _record_heading(self) -> str:
        kinds = {s.kind for s in self._outlook.plan.sheets if s.kind} if self._outlook else set()
        schema = BY_KIND.get(kinds.pop()) if len(kinds) == 1 else None
        return tr(schema.label) if schema is not None else tr("Record")

    def wide_tone(self, line: int) -> Tone | None:
        """The tone of what is said of this row and many others; on its first line only."""
        row = self.row_at(line)
        if self.part_at(line) or not row.wide_findings:
            return None
        return SEVERITIES[row.wide_findings[0].severity]

    def _tip(self, line: int, column: int) -> str:
        """The whole text of a cell, and what is said of many rows."""
        text = self._text(line, column)
        if column != WHAT or self.part_at(line):
            return text
        return "\n".join([text, *(say(f.sentence) for f in self.row_at(line).wide_findings)])

    def _text(self, line: int, column: int) -> str:
        row, part = self.row_at(line), self.part_at(line)
        if column == WHAT:
            return _said(self.part(line))
        if part:
            return ""
        if column == ROW:
            return self.number(row)
        if column == WILL:
            return word_of(row.action)
        pieces = self.caption(line)
        return " → ".join(f"{piece.name} {piece.code}".strip() for piece in pieces)


def _said(part: Part | None) -> str:
    match part:
        case None:
            return ""
        case Difference(field, old, new, kept=True):
            return tr(
                "{field}: {old} stays, instead of their {new}",
                field=field,
                old=old or tr("empty"),
                new=new or tr("empty"),
            )
        case Difference(field, old, new):
            return f"{field}: {old or tr('empty')} → {new or tr('empty')}"
        case _:
            return part.text
