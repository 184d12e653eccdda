"""The table of records: keys, selection, editing and order, by record instead of by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Sort
from smartct_desktop.ui.grid.cells import Cells, MakeEditor
from smartct_desktop.ui.grid.columns import AnyColumn, Column
from smartct_desktop.ui.grid.drawn_table import DrawnTable
from smartct_desktop.ui.grid.entering import Entering
from smartct_desktop.ui.grid.group_keys import GroupKeys
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.refusal import RefusalNote
from smartct_desktop.ui.grid.sorting import sorted_by, with_sort
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FLAG = QItemSelectionModel.SelectionFlag


class RecordTable(DrawnTable):
    """A table over one `RecordModel`; `usual` are widths of columns that need others.

    Selection, current cell and scroll position stay on their records whatever happens to the
    rows. While an editor is open nothing is refreshed; the refresh follows when it closes.
    """

    current_changed = Signal(object)  # the id of the current record, or None
    selected_changed = Signal()
    cannot_edit = Signal(object)  # the column

    def __init__(self, look: Look, model: RecordModel, name: str, usual: Mapping[str, int]) -> None:
        super().__init__(look, model, usual)
        self._stale = False
        self._last: tuple[Id | None, int, int] = (None, 0, 0)
        self._entering = Entering(self)
        self.setAccessibleName(name)
        self.headings.sort_asked.connect(self._sort)
        self.cells = Cells(look, model, self)
        self.cells.stepping.connect(self._entering.look_ahead)
        self.cells.stepped.connect(self._entering.step)
        self.setItemDelegate(self.cells)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self._refusal = RefusalNote(look, self.cells, self.viewport())
        self.setModel(model)
        GroupKeys(self)
        model.asked.connect(self._follow_rows)

    @property
    def refusal(self) -> str:
        """Why the value in the open editor is not taken; empty if nothing is refused."""
        return self._refusal.sentence

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

    def go_to(self, id_: Id, *, column: str = "", keep: bool = False) -> bool:
        """Make a record the current one and show it; False if it is not among the rows.

        With `keep` the record is only shown if it is selected together with others.
        """
        self._records.open_group_of(id_)
        row = self._records.row_of(id_)
        if row is None:
            return False
        current = self.currentIndex()
        if keep and self._is_one_of_many(row):
            self.scrollTo(self._records.index(row, max(current.column(), 0)))
            return True
        place = current.column() if current.isValid() else self.headings.logicalIndex(0)
        names = [one.name for one in self._records.columns]
        if column in names:
            place = names.index(column)
        self.setCurrentIndex(self._records.index(row, max(place, 0)))
        self.scrollTo(self.currentIndex())
        return True

    def _is_one_of_many(self, row: int) -> bool:
        """Whether a row is selected, and others are as well."""
        parts = self.selected_rows()
        return sum(map(len, parts)) > 1 and any(row in rows for rows in parts)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (*_ENTER, Qt.Key.Key_F2) and index.isValid():
            if editable:
                self.edit(index)
            else:
                self.cannot_edit.emit(self._records.columns[index.column()])
        elif event.key() in _ENTER and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._step(-1, 0)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 (as Qt has it)
        """Tab goes on to the next cell after a value was typed, else out of the table."""
        if self._entering.going_on:
            self._step(0, 1 if forward else -1)
            return True
        return super().focusNextPrevChild(forward)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refusal.place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._refusal.place()

    # Within.

    def _step(self, rows: int, columns: int) -> None:
        self._entering.look_ahead(rows, columns)
        self._entering.step()

    def _follow_rows(self) -> None:
        """Have a current cell although its record is gone: the one at the same place."""
        rows = self._records.rowCount()
        if rows and not self.currentIndex().isValid():
            id_, row, column = self._last
            found = self._records.row_of(id_) if id_ is not None else None
            row = min(row, rows - 1) if found is None else found
            column = min(column, self._records.columnCount() - 1)
            self.setCurrentIndex(self._records.index(row, column))
        self.selected_changed.emit()

    def _return_to_refused(self) -> None:
        editor = self.cells.editor
        if editor is not None and self.cells.index.isValid():
            cell = self._records.index(self.cells.index.row(), self.cells.index.column())
            self.selectionModel().setCurrentIndex(cell, _FLAG.ClearAndSelect)
            editor.setFocus()
