"""A table in which cells are selected with the keys and the pointer as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from smartct_desktop.ui.grid.area import (
    Area,
    Part,
    Reach,
    area_of,
    chosen_in_view,
    is_jump,
    jump_command,
    jump_target,
    merged,
    parts_of,
    widened,
)
from smartct_desktop.ui.qt import Index

_FLAG = QItemSelectionModel.SelectionFlag
_WHOLE = (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)


class CellTable(QTableView):
    """Shift grows the selection, Ctrl with an arrow goes to the edge, Ctrl+Shift grows up to there.

    Shift+Space selects the rows of what is selected, Ctrl+Space its columns, Ctrl+A everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self._reach = Reach()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @property
    def area(self) -> Area:
        """The selected cells."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return area_of(parts_of(self.selectionModel().selection()), order)

    @property
    def selected_parts(self) -> list[Part]:
        """The selected cells as ranges: top, bottom, left, right."""
        return parts_of(self.selectionModel().selection())

    def selected_rows(self) -> list[range]:
        """The rows with a selected cell, as ranges from the top."""
        parts = parts_of(self.selectionModel().selection())
        return merged((top, bottom + 1) for top, bottom, *_ in parts)

    def chosen_cells(self, first: int, last: int) -> Mapping[int, frozenset[int]]:
        """The columns of these rows that are drawn as selected, by row."""
        return chosen_in_view(self, first, last)

    def setCurrentIndex(self, index: Index) -> None:
        """Go to a cell and select it alone.

        Qt would add it to the selection while Ctrl is held, as it is when Ctrl+Z brings one here.
        """
        self._reach.note(index, _FLAG.ClearAndSelect)
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)

    # What Qt asks for.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        whole = event.key() == Qt.Key.Key_Space and event.modifiers() in _WHOLE
        if whole and self.currentIndex().isValid():
            by_rows = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            wider = widened(self.area, self.model(), by_rows=by_rows)
            self.selectionModel().select(wider, _FLAG.ClearAndSelect)
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            target = jump_target(self, action)
            if target is not None:
                return target
        return super().moveCursor(action, modifiers)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        if isinstance(event, QKeyEvent) and is_jump(event):
            command = jump_command(event)
        else:
            command = super().selectionCommand(index, event)
        self._reach.note(index, command)
        return command

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        grown = self._reach.selection(self, command)
        if grown is None:
            super().setSelection(rect, command)
        else:
            self.selectionModel().select(grown, command)
