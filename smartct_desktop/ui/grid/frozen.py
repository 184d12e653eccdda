"""Where the cells of a table lie while its first columns stay and the others scroll."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtWidgets import QTableView

from smartct_desktop.ui.grid.header import Headings
from smartct_desktop.ui.grid.strips import Strip
from smartct_desktop.ui.qt import Index


class Frozen:
    """Asked by the table instead of Qt, which knows nothing of columns that stay."""

    def __init__(self, table: QTableView, headings: Headings) -> None:
        self._table = table
        self._headings = headings

    @property
    def width(self) -> int:
        """From where on columns scroll."""
        return self._headings.frozen_width

    def strips(self, left: int, right: int) -> tuple[list[Strip], list[Strip]]:
        """The columns between two edges of the viewport: those that scroll, those that stay.

        The latter are always all of them: what headings of groups say reaches beyond them.
        """
        headings = self._headings
        frozen, edge = headings.frozen, headings.frozen_width
        scrolled, stay = [], []
        for visual in range(headings.count()):
            place = headings.logicalIndex(visual)
            wide = headings.sectionSize(place)
            if visual < frozen:
                stay.append(Strip(place, headings.sectionPosition(place), wide))
                continue
            start = headings.sectionViewportPosition(place)
            if start + wide > max(left, edge) and start <= right:
                scrolled.append(Strip(place, start, wide))
        return scrolled, stay

    def rect(self, index: Index) -> QRect | None:
        """Where a cell of a column that stays lies; None for the others."""
        if not index.isValid() or not self._headings.is_frozen(index.column()):
            return None
        table = self._table
        top, high = table.rowViewportPosition(index.row()), table.rowHeight(index.row())
        place = index.column()
        left, wide = self._headings.left_of(place), self._headings.sectionSize(place)
        return QRect(left, top, wide, high)

    def index_at(self, at: QPoint) -> QModelIndex | None:
        """The cell of a column that stays, at a point; None if none of them is there."""
        if not 0 <= at.x() < self.width:
            return None
        row, place = self._table.rowAt(at.y()), self._headings.section_at(at.x())
        if row < 0 or place < 0:
            return None
        return self._table.model().index(row, place)

    def scroll_clear(self, index: Index, before: int) -> None:
        """After Qt scrolled to a cell: do not where it stays, and not to beneath those that do.

        `before` is where the horizontal bar was.
        """
        bar = self._table.horizontalScrollBar()
        if self._headings.is_frozen(index.column()):
            bar.setValue(before)
            return
        hidden = self.width - self._headings.sectionViewportPosition(index.column())
        if hidden > 0:
            bar.setValue(bar.value() - hidden)
