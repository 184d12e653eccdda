"""The list of steps, newest first and grouped by day, read as far as it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from smartct_desktop.domain.changes import EVERY_STEP, PastStep, StepFilter
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.history.words import (
    clock,
    day_words,
    local_day,
    state_words,
    step_words,
)
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import ROOT, Index

_PAGE = 200
_MOST_AGAIN = 2000  # lines read at once when a step was done

Line = PastStep | date
"""A step, or the day that stands over the steps of that day."""


@dataclass(frozen=True)
class HistorySource:
    """What the list reads from; `today` asks the calendar."""

    reader: Reader
    texts: Texts
    today: Callable[[], date]


class StepModel(QAbstractListModel):
    """Days and steps as lines of one list; more are fetched when the end comes into view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: HistorySource | None = None
        self._wanted = EVERY_STEP
        self._lines: list[Line] = []
        self._fetched = 0
        self.count = 0

    @property
    def source(self) -> HistorySource | None:
        """What the list reads from."""
        return self._source

    def attach(self, source: HistorySource | None) -> None:
        """Show the steps of a document; None shows none."""
        self._source = source
        self.read_again(self._wanted if source is not None else EVERY_STEP)

    def read_again(self, wanted: StepFilter) -> None:
        """Read the newest steps that are wanted; as many as before if the same are wanted."""
        self.beginResetModel()
        page = min(max(self._fetched, _PAGE), _MOST_AGAIN) if wanted == self._wanted else _PAGE
        self._wanted = wanted
        self._lines = []
        self._fetched = 0
        source = self._source
        self.count = source.reader.history_count(wanted) if source is not None else 0
        self._lines = self._next_lines(page)
        self.endResetModel()

    def step_at(self, row: int) -> PastStep | None:
        """The step in a row; None for a day."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, PastStep) else None

    def line(self, row: int) -> Line:
        """What stands in a row."""
        return self._lines[row]

    def row_of(self, no: int) -> int | None:
        """The row of a step, as far as it was read."""
        for row, line in enumerate(self._lines):
            if isinstance(line, PastStep) and line.no == no:
                return row
        return None

    def row_up_to(self, no: int) -> int | None:
        """The row of a step, reading on until it is there."""
        newest = self.step_at(1)
        if newest is not None and no <= newest.no and self.row_of(no) is None:
            # Numbers count up by one, so that the step is at most this far down.
            missing = newest.no - no + 1 - self._fetched
            if missing > 0 and (lines := self._next_lines(missing)):
                start = len(self._lines)
                self.beginInsertRows(ROOT, start, start + len(lines) - 1)
                self._lines += lines
                self.endInsertRows()
        return self.row_of(no)

    def _next_lines(self, page: int = _PAGE) -> list[Line]:
        source = self._source
        if source is None:
            return []
        start = self._fetched
        steps = source.reader.history(start, start + page, self._wanted)
        self._fetched += len(steps)
        if not steps:
            self._fetched = self.count
        before = next((line for line in reversed(self._lines) if isinstance(line, PastStep)), None)
        day = local_day(before.at) if before is not None else None
        lines: list[Line] = []
        for step in steps:
            if local_day(step.at) != day:
                day = local_day(step.at)
                lines.append(day)
            lines.append(step)
        return lines

    # What Qt asks for.

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._fetched < self.count

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            lines = self._next_lines()
            if lines:
                start = len(self._lines)
                self.beginInsertRows(ROOT, start, start + len(lines) - 1)
                self._lines += lines
                self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._source is None:
            return None
        line = self._lines[index.row()]
        texts = self._source.texts
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if isinstance(line, date):
            return day_words(line, self._source.today(), texts)
        if role == Qt.ItemDataRole.ToolTipRole:
            return step_words(line)
        parts = [clock(line.at, texts), step_words(line), state_words(line)]
        records = tr("1 record") if line.records == 1 else tr("{n} records", n=line.records)
        parts += [records, line.by]
        return ", ".join(part for part in parts if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._lines[index.row()], date):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )
