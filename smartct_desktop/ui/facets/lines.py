"""The lines of the facets: headings, values with counts, and where there are more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from smartct_desktop.domain.fields import Value
from smartct_desktop.ui.facets.facet import Facet
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import ROOT, Index

Role = Qt.ItemDataRole


class LineKind(Enum):
    """What a line is for."""

    HEADING = auto()
    VALUE = auto()
    MORE = auto()


Key: TypeAlias = tuple[str, LineKind, Value]
"""What a line is known by while counts come and go: its facet's name, its kind, its value."""


@dataclass(frozen=True)
class FacetLine:
    """One line. `records` is None while nothing was counted; `stale` counts are shown in grey.

    `on` says of a value that it is ticked, of a heading that something under it is; `open` only
    matters for headings.
    """

    facet: Facet
    kind: LineKind
    text: str
    value: Value = None
    records: int | None = None
    on: bool = False
    open: bool = True
    stale: bool = False
    sign: str = ""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.facet.name, self.kind, self.value

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        match self.kind:
            case LineKind.HEADING:
                words = [tr("facet {name}", name=self.text)]
                words.append(tr("open") if self.open else tr("closed"))
                words += [tr("filters rows")] if self.on else []
            case LineKind.VALUE:
                words = [self.text]
                words += [tr("{n} records", n=self.records)] if self.records is not None else []
                words += [tr("chosen")] if self.on else []
            case LineKind.MORE:
                words = [tr("{facet}: {more}", facet=self.facet.title, more=self.text)]
        return ", ".join(words)


class FacetLines(QAbstractListModel):
    """Lines as a list; counts that come later change them in place where they can."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[FacetLine] = ()

    def show_lines(self, lines: Sequence[FacetLine]) -> None:
        """Show these lines instead; whoever looks at one finds it again by its key."""
        if [line.key for line in lines] == [line.key for line in self._lines]:
            before, self._lines = self._lines, tuple(lines)
            changed = [row for row, line in enumerate(lines) if line != before[row]]
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> FacetLine:
        """The line of a row."""
        return self._lines[row]

    def row_of(self, key: Key) -> int | None:
        """Where a line stands now."""
        for row, line in enumerate(self._lines):
            if line.key == key:
                return row
        return None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Role.DisplayRole:
                return line.text
            case Role.ToolTipRole | Role.AccessibleTextRole:
                return line.spoken
            case Role.CheckStateRole if line.kind is LineKind.VALUE:
                return Qt.CheckState.Checked if line.on else Qt.CheckState.Unchecked
            case _:
                return None
