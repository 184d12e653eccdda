"""The days of a log as rows: day, kind, what it counts and why, and a note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QObject, Qt

from smartct_desktop.domain.fields import Day
from smartct_desktop.domain.records.exchange_day import DayKind
from smartct_desktop.services.day_logs import DayLogDraft, LogLine
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.qt import ROOT, Index

DAY, KIND, COUNTS, REMARK, NOTE = range(5)


class DayLogModel(QAbstractTableModel):
    """Shows a draft and changes it; notes are editable in their cells."""

    def __init__(self, draft: DayLogDraft, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self._texts = texts
        self._heads = (tr("Day"), tr("Used for"), tr("Counts"), tr("Why"), tr("Note"))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._draft.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._heads[section] if shown else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NOTE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._draft.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(line, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(line, index.column()) if index.column() >= REMARK else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._heads[index.column()]}: {self._text(line, index.column())}"
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != NOTE:
            return False
        self._draft.set_note(index.row(), str(value))
        self._changed([index.row()])
        return True

    def set_kind(self, rows: Sequence[int], kind: DayKind) -> None:
        """Use these days for something else."""
        self._draft.set_kind(rows, kind)
        self._changed(rows)

    def add(self, first: date, last: date) -> None:
        """Add days. Raises `Invalid`, and then nothing has changed."""
        self.beginResetModel()
        try:
            self._draft.add(first, last)
        finally:
            self.endResetModel()

    def remove(self, rows: Sequence[int]) -> None:
        """Take days out of the log."""
        self.beginResetModel()
        self._draft.remove(rows)
        self.endResetModel()

    def _changed(self, rows: Sequence[int]) -> None:
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), NOTE))

    def _text(self, line: LogLine, column: int) -> str:
        match column:
            case 0:
                weekday = QLocale().dayName(line.on.isoweekday(), QLocale.FormatType.ShortFormat)
                return f"{weekday} {self._texts.shown(Day(), line.on)}"
            case 1:
                return tr(line.kind.label) if line.kind else ""
            case 2:
                return _WORTHS.get(line.worth, "")
            case 3:
                remark = self._draft.remark(line)
                return say(remark) if remark is not None else ""
            case _:
                return line.note


_WORTHS = {Decimal(1): "1", Decimal("0.5"): "½"}
