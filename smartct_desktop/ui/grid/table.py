"""The table of records: keys, selection, editing, and the order and widths of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Sort
from smartct_desktop.ui.grid.cell_painter import CellPainter
from smartct_desktop.ui.grid.cell_table import CellTable
from smartct_desktop.ui.grid.cells import Cells, MakeEditor
from smartct_desktop.ui.grid.columns import AnyColumn, Column
from smartct_desktop.ui.grid.frozen import Frozen
from smartct_desktop.ui.grid.group_keys import GroupKeys
from smartct_desktop.ui.grid.header import Headings
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.refusal import RefusalNote
from smartct_desktop.ui.grid.sorting import sorted_by, with_sort
from smartct_desktop.ui.grid.strips import Stripe
from smartct_desktop.ui.grid.widths import fitting_width, usual_width
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FLAG = QItemSelectionModel.SelectionFlag


class RecordTable(CellTable):
    """A table over one `RecordModel`; `usual` are widths of columns that need others.

    Selection, current cell and scroll position stay on their records whatever happens to the
    rows. While an editor is open nothing is refreshed; the refresh follows when it closes.
    """

    current_changed = Signal(object)  # the id of the current record, or None
    selected_changed = Signal()
    cannot_edit = Signal(object)  # the column

    def __init__(self, look: Look, model: RecordModel, name: str, usual: Mapping[str, int]) -> None:
        super().__init__()
        self._look = look
        self._records = model
        self._usual = usual
        self._hovered = -1
        self._stale = False
        self._compact = False
        self._base = look.base
        self._last: tuple[Id | None, int, int] = (None, 0, 0)
        self.cells = Cells(look, model, self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.headings = Headings(look, model, self)
        self.setHorizontalHeader(self.headings)
        self._frozen = Frozen(self, self.headings)
        # A click sorts: Qt would select the column as well, and lose the selection of records.
        self.headings.sectionPressed.disconnect()
        self.headings.sectionEntered.disconnect()
        self.headings.sort_asked.connect(self._sort)
        self.headings.setStretchLastSection(True)
        self.cells.wrote.connect(self.catch_up)
        self.setItemDelegate(self.cells)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
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
        self._refusal = RefusalNote(look, self.cells, self.viewport())
        self._painter = CellPainter(look, model)
        GroupKeys(self)
        look.changed.connect(self._painter.plan)
        model.modelReset.connect(self._painter.plan)
        look.changed.connect(self._fit)
        model.asked.connect(self._follow_rows)
        self._fit()

    @property
    def refusal(self) -> str:
        """Why the value in the open editor is not taken; empty if nothing is refused."""
        return self._refusal.sentence

    @property
    def look(self) -> Look:
        """The look it is drawn with."""
        return self._look

    @property
    def records(self) -> RecordModel:
        """The model, with its own type."""
        return self._records

    # Records instead of rows.

    @property
    def current_id(self) -> Id | None:
        """The record of the current cell."""
        index = self.currentIndex()
        return self._records.id_of(index.row()) if index.isValid() else None

    def selected_count(self) -> int:
        """How many rows are selected."""
        parts = self.selected_rows()
        numbers = (self._records.numbers(rows.start, rows.stop) for rows in parts)
        return sum(len(part) for some in numbers for part in some)

    def selected_ids(self, most: int) -> list[Id]:
        """The ids of the selected records, at most so many."""
        ids: list[Id] = []
        for rows in self.selected_rows():
            stop = min(rows.stop, rows.start + most - len(ids))
            ids += self._records.ids(rows.start, stop)
        return ids

    def go_to(self, id_: Id, *, column: str = "") -> bool:
        """Make a record the current one and show it; False if it is not among the rows."""
        self._records.open_group_of(id_)
        row = self._records.row_of(id_)
        if row is None:
            return False
        current = self.currentIndex()
        place = current.column() if current.isValid() else self.headings.logicalIndex(0)
        names = [one.name for one in self._records.columns]
        if column in names:
            place = names.index(column)
        self.setCurrentIndex(self._records.index(row, max(place, 0)))
        self.scrollTo(self.currentIndex())
        return True

    def refresh(self) -> None:
        """Ask for the rows again, as soon as no editor is open."""
        self._stale = True
        if self.cells.editor is None:
            self.catch_up()

    def catch_up(self) -> None:
        """Do the refresh that was put off, if there is one."""
        if self._stale:
            self._stale = False
            self._records.ask()

    def finish_editing(self) -> bool:
        """Write what the open editor says; False if it is refused and stays open."""
        if self.cells.editor is None:
            return True
        editor = self.cells.editor
        editor.committed.emit()
        if self.cells.editor is editor:
            editor.setFocus()
            return False
        return True

    def edit_with(self, make: MakeEditor | None) -> None:
        """Say who makes the editors."""
        self.cells.make_editors_with(make)

    # Columns.

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

    def show_columns(self, columns: Sequence[AnyColumn]) -> None:
        """Show other columns; the current record and the scroll position stay."""
        current, scrolled = self.current_id, self.verticalScrollBar().value()
        frozen = self.headings.wanted_frozen
        self._records.set_columns(columns)
        self.headings.restore_order()
        self.headings.freeze(frozen)
        if current is not None:
            self.go_to(current)
        self.verticalScrollBar().setValue(scrolled)

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

    def _sort(self, section: int, more: bool) -> None:  # noqa: FBT001 (a signal's)
        """Up, down, and back to the usual order; with `more` beside what is sorted by already."""
        column = self._records.columns[section]
        if not isinstance(column, Column) or not self.finish_editing():
            return
        self.sort_by(sorted_by(self._records.query.sort, column.path, more=more))

    def sort_by(self, sort: Sequence[Sort]) -> None:
        """Order the rows; the current record stays in view."""
        self._records.ask(with_sort(self._records.query, sort))
        self.headings.viewport().update()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (*_ENTER, Qt.Key.Key_F2) and index.isValid():
            if editable:
                self.edit(index)
            else:
                self.cannot_edit.emit(self._records.columns[index.column()])
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: ARG002
        """Qt would look through all rows for what was typed into a cell that cannot be changed."""
        index = self.currentIndex()
        if index.isValid():
            self.cannot_edit.emit(self._records.columns[index.column()])

    def edit(  # type: ignore[override] # both of Qt's in one
        self,
        index: QModelIndex,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        typed = event.text() if isinstance(event, QKeyEvent) else ""
        # What was typed goes to the editor from here: it may mean a search, not a choice.
        passed = None if typed else event
        begun = bool(super().edit(index, trigger, passed))  # type: ignore[arg-type] # Qt takes None
        if begun and self.cells.editor is not None:
            self.cells.editor.begin(typed)
        return begun

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if editor is self.cells.editor and self.cells.is_refused:
            # The current cell was changed while the value was refused: back to it.
            QTimer.singleShot(0, self, self._return_to_refused)
            return
        super().closeEditor(editor, hint)
        self.catch_up()

    def currentChanged(self, current: Index, previous: Index) -> None:
        editor = self.cells.editor
        if editor is not None and not self.cells.is_refused:
            editor.left.emit()
        super().currentChanged(current, previous)
        if current.isValid():
            self._last = (self.current_id, current.row(), current.column())
        self.current_changed.emit(self.current_id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selected_changed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refusal.place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx and self._frozen.width:
            self.viewport().update()  # Qt moved what should have stayed
            self.headings.viewport().update()
        self._refusal.place()

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

    def _follow_rows(self) -> None:
        """Have a current cell although its record is gone: the one at the same place."""
        self._hovered = -1
        rows = self._records.rowCount()
        if rows and not self.currentIndex().isValid():
            id_, row, column = self._last
            found = self._records.row_of(id_) if id_ is not None else None
            row = min(row, rows - 1) if found is None else found
            column = min(column, self._records.columnCount() - 1)
            self.setCurrentIndex(self._records.index(row, column))
        self.selected_changed.emit()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for one in (before, row):
                if one >= 0:
                    top, high = self.rowViewportPosition(one), self.rowHeight(one)
                    self.viewport().update(0, top, self.viewport().width(), high)

    def _return_to_refused(self) -> None:
        editor = self.cells.editor
        if editor is not None and self.cells.index.isValid():
            cell = self._records.index(self.cells.index.row(), self.cells.index.column())
            self.selectionModel().setCurrentIndex(cell, _FLAG.ClearAndSelect)
            editor.setFocus()

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
