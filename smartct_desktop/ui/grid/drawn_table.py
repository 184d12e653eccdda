"""The face of a table of records: what is painted, how high its rows are and how wide columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from smartct_desktop.ui.grid.cell_painter import CellPainter
from smartct_desktop.ui.grid.cell_table import CellTable
from smartct_desktop.ui.grid.columns import AnyColumn
from smartct_desktop.ui.grid.frozen import Frozen
from smartct_desktop.ui.grid.header import Headings
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.strips import Stripe
from smartct_desktop.ui.grid.widths import fitting_width, usual_width
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look


class DrawnTable(CellTable):
    """Paints everything in view in one go; its first columns can stay while the others scroll.

    Whoever extends it sets the model, as soon as what hears of current cells and rows is made.
    `usual` are widths of columns that need others than their type asks for.
    """

    def __init__(self, look: Look, model: RecordModel, usual: Mapping[str, int]) -> None:
        super().__init__()
        self._look = look
        self._records = model
        self._usual = usual
        self._hovered = -1
        self._compact = False
        self._base = look.base
        self.headings = Headings(look, model, self)
        self.setHorizontalHeader(self.headings)
        self._frozen = Frozen(self, self.headings)
        # A click sorts: Qt would select the column as well, and lose the selection of records.
        self.headings.sectionPressed.disconnect()
        self.headings.sectionEntered.disconnect()
        self.headings.setStretchLastSection(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setProperty("ring", "never")
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self._painter = CellPainter(look, model)
        look.changed.connect(self._painter.plan)
        model.modelReset.connect(self._painter.plan)
        model.asked.connect(self._forget_hovered)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def look(self) -> Look:
        """The look it is drawn with."""
        return self._look

    @property
    def records(self) -> RecordModel:
        """The model, with its own type."""
        return self._records

    def visual_columns(self) -> list[int]:
        """The columns as they stand on the screen, from the left."""
        return [self.headings.logicalIndex(place) for place in range(self.headings.count())]

    def usual_width(self, column: AnyColumn) -> int:
        """The width of a column nobody changed."""
        return usual_width(self._look, column, self._usual)

    def fit_columns(self, places: Iterable[int] | None = None) -> None:
        """Make columns (all if none are given) as wide as what is in view wants."""
        for place in self.visual_columns() if places is None else places:
            self.setColumnWidth(place, self.sizeHintForColumn(place))

    def set_widths(self, widths: dict[str, int]) -> None:
        """Set the widths of all columns, those given or the usual ones."""
        for place, column in enumerate(self._records.columns):
            self.setColumnWidth(place, widths.get(column.name) or self.usual_width(column))

    def widths(self) -> dict[str, int]:
        """The widths that differ from the usual ones; the last one stretches and says nothing."""
        last = self.headings.logicalIndex(self.headings.count() - 1)
        return {
            column.name: self.columnWidth(place)
            for place, column in enumerate(self._records.columns)
            if place != last and self.columnWidth(place) != self.usual_width(column)
        }

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        """Draw low rows."""
        self._compact = on
        self._fit()

    # What Qt asks for.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Everything in view in one go; see `cell_painter`."""
        rect = event.rect()
        painter = QPainter(self.viewport())
        stripes = self._stripes(rect.top(), rect.bottom())
        scrolled, stay = self._frozen.strips(rect.left(), rect.right())
        active, edge = self.isActiveWindow(), self._frozen.width
        if edge:
            painter.setClipRect(edge, rect.top(), self.viewport().width(), rect.height())
        self._painter.paint(painter, stripes, scrolled, active=active, words=not edge)
        self._paint_current(painter, frozen=False)
        if edge:
            painter.setClipping(False)
            self._painter.paint(painter, stripes, stay, active=active, beside=scrolled)
            painter.fillRect(edge - 1, rect.top(), 1, rect.height(), self._look.colour("line"))
            self._paint_current(painter, frozen=True)
        painter.end()

    def visualRect(self, index: Index) -> QRect:
        return self._frozen.rect(index) or super().visualRect(index)

    def indexAt(self, at: QPoint) -> QModelIndex:
        return self._frozen.index_at(at) or super().indexAt(at)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        before = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        if self._frozen.width:
            self._frozen.scroll_clear(index, before)

    def sizeHintForColumn(self, column: int) -> int:
        """For what is in view: to measure all rows would take longer than anybody waits."""
        stripes = self._stripes(0, self.viewport().height())
        rows = [stripe.row for stripe in stripes]
        return fitting_width(self._look, self._records, column, rows)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx and self._frozen.width:
            self.viewport().update()  # Qt moved what should have stayed
            self.headings.viewport().update()

    # Within.

    def _stripes(self, top: int, bottom: int) -> list[Stripe]:
        """The rows between two heights of the viewport."""
        first = self.rowAt(top)
        if first < 0:
            return []
        last = self.rowAt(bottom)
        last = self._records.rowCount() - 1 if last < 0 else last
        height, start = self.rowHeight(first), self.rowViewportPosition(first)
        chosen, nothing = self.chosen_cells(first, last), frozenset[int]()
        return [
            Stripe(
                row,
                start + (row - first) * height,
                height,
                chosen.get(row, nothing),
                row == self._hovered,
            )
            for row in range(first, last + 1)
        ]

    def _paint_current(self, painter: QPainter, *, frozen: bool) -> None:
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid():
            return
        if self.headings.is_frozen(index.column()) == frozen:
            self._paint_ring(painter, self.visualRect(index))

    def _paint_ring(self, painter: QPainter, cell: QRect) -> None:
        painter.setPen(self._look.colour("focus"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(0, 0, -1, -2))
        painter.drawRect(cell.adjusted(1, 1, -2, -3))

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for one in (before, row):
                if one >= 0:
                    top, high = self.rowViewportPosition(one), self.rowHeight(one)
                    self.viewport().update(0, top, self.viewport().width(), high)

    def _forget_hovered(self) -> None:
        self._hovered = -1

    def _fit(self) -> None:
        """Rows as high as the text wants them, columns as much wider as it has grown."""
        grown, self._base = self._look.base / self._base, self._look.base
        if grown != 1:
            for place in range(self._records.columnCount()):
                self.setColumnWidth(place, round(self.columnWidth(place) * grown))
        measures = self._look.measures
        height = measures.compact_row if self._compact else measures.row
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.headings.setMinimumHeight(measures.heading)
        self.viewport().update()
