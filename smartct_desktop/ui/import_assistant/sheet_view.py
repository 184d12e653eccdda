"""The table in which a partner's sheet is seen, rows and columns as in the file."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.chip_header import ChipHeader, RowNumbers
from smartct_desktop.ui.import_assistant.column_state import state_of
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.row_heights import set_row_height
from smartct_desktop.ui.import_assistant.sheet_lines import LineKind
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from smartct_desktop.ui.import_assistant.sheet_painter import SheetCells
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_NARROWEST, _WIDEST = 78, 230
_MEASURED_ROWS = 60
_MEASURED_COLUMNS = 200
_LOW_LINES = 2000  # so many lines without values are made lower; the rest keeps the height of rows


class SheetView(QTableView):
    """`column_chosen` follows the current cell, `field_asked` wants another field for a column."""

    column_chosen = Signal(int)
    field_asked = Signal(int)

    def __init__(self, look: Look, model: SheetModel) -> None:
        super().__init__()
        self._look = look
        self._sheet_model = model
        self.chips = ChipHeader(look, model, self)
        self.setModel(model)
        self.setItemDelegate(SheetCells(look, model, self))
        self.setHorizontalHeader(self.chips)
        self._numbers = RowNumbers(look, model, self)
        self.setVerticalHeader(self._numbers)
        self.chips.chip_chosen.connect(self.choose_column)
        self.chips.field_asked.connect(self.field_asked)
        self.setAccessibleName(tr("The sheet as the partner sees it"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setProperty("ring", "never")
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        look.changed.connect(self._fit)

    def show_sheet(self, outlook: Outlook, at: int) -> None:
        """Show a sheet; scroll position and current cell stay if it is the one shown already."""
        if self._sheet_model.show_sheet(outlook, at):
            self._fit()
            self._fit_columns()
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)
        self.viewport().update()
        self.chips.viewport().update()

    def choose_column(self, column: int) -> None:
        """Make a column the current one."""
        row = max(self.currentIndex().row(), 0)
        index = self._sheet_model.index(row, column)
        self.setCurrentIndex(index)
        self.setFocus()

    def show_column(self, column: int) -> None:
        """Bring a column into view and make it the current one; the focus stays where it is."""
        row = max(self.currentIndex().row(), 0)
        self.setCurrentIndex(self._sheet_model.index(row, column))
        # A table that has only just been shown does not know its size yet.
        QTimer.singleShot(0, self, self._scroll_to_current)

    def _scroll_to_current(self) -> None:
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chips.show_current(current.column())
        if current.isValid() and current.column() != previous.column():
            self.column_chosen.emit(current.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        column = self.currentIndex().column()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4) and column >= 0:
            if state_of(self._sheet_model, column).can_change:
                self.field_asked.emit(column)
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        """Low lines for headings and titles, higher ones for values with their understanding."""
        measures = self._look.measures
        numbers = self._numbers
        set_row_height(numbers, measures.two_line_row, measures.facet_row)
        low = 0
        for row, line in enumerate(self._sheet_model.lines):
            if line.tall:
                continue
            heading = line.kind is LineKind.HEADING
            numbers.resizeSection(row, measures.facet_row + (2 if heading else 0))
            low += 1
            if low == _LOW_LINES:
                break
        numbers.setFixedWidth(numbers.sizeHint().width())
        self.viewport().update()

    def _fit_columns(self) -> None:
        """As wide as what stands in the first rows, within limits."""
        model, look = self._sheet_model, self._look
        text, small = look.metrics.text, look.metrics.small
        lines = [
            row
            for row, line in enumerate(model.lines[: 4 * _MEASURED_ROWS])
            if line.kind in (LineKind.VALUES, LineKind.HEADING)
        ][:_MEASURED_ROWS]
        for column in range(min(model.columnCount(), _MEASURED_COLUMNS)):
            state = state_of(model, column)
            names = look.metrics.text_medium
            widest = names.horizontalAdvance(state.name) / 1.6
            words = (names.horizontalAdvance(word) for word in state.name.split())
            widest = max(widest, max(words, default=0) + look.px(14))
            widest = max(widest, small.horizontalAdvance(state.certainty))
            for row in lines:
                widest = max(widest, text.horizontalAdvance(model.shown(row, column)))
                understood = model.understood(row, column)
                if understood is not None:
                    widest = max(widest, small.horizontalAdvance(understood.text))
            width = round(widest) + look.px(24)
            self.setColumnWidth(column, max(look.px(_NARROWEST), min(width, look.px(_WIDEST))))
