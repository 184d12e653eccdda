"""The model of every table of records: its rows, seen through columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.query import Path, Sort
from smartct_desktop.ui.grid.columns import AnyColumn, Column
from smartct_desktop.ui.grid.groups import GroupedRows
from smartct_desktop.ui.grid.marks import marks_of, spoken_marks
from smartct_desktop.ui.grid.role_data import Groups, Role, cell_data, column_data
from smartct_desktop.ui.grid.row_model import RowModel
from smartct_desktop.ui.grid.rows import Line
from smartct_desktop.ui.qt import Index

_ANSWERED = frozenset(
    {
        *(Role.DisplayRole, Role.ToolTipRole, Role.EditRole),
        *(Role.AccessibleTextRole, Role.TextAlignmentRole),
    }
)


class RecordModel(RowModel):
    """What the cells of the rows say, and the writing of what is typed into them."""

    def line(self, row: int) -> Line | None:
        """The line of a row with its texts made, for whoever paints it."""
        line = self._rows.line(row) if self._rows is not None else None
        if line is not None and line.texts is None and self._source is not None:
            line.texts = [
                self._fetched.text(line, column, self._source.texts) for column in self._columns
            ]
            line.marks = marks_of(self.kind, self._columns, line.findings)
        return line

    def value(self, line: Line, column: AnyColumn) -> Value:
        """The value of one cell."""
        return self._fetched.value(line, column)

    def caption(self, line: Line, column: AnyColumn) -> str | None:
        """The caption of the record that a reference names."""
        return self._fetched.caption(line, column)

    def beside(self, line: Line, path: Path | None) -> Value:
        """A value that was fetched along with the columns, such as a country code."""
        return self._fetched.beside(line, path)

    def value_at(self, index: Index) -> Value:
        """The value of one cell, as the record holds it."""
        line = self.line(index.row()) if index.isValid() else None
        return None if line is None else self.value(line, self._columns[index.column()])

    def change(self, index: Index, value: Value) -> None:
        """Write a value typed into a cell. Raises `Invalid`, `Trouble`."""
        line = self.line(index.row())
        column = self._columns[index.column()]
        if line is None or self._source is None or self._source.change is None:
            return
        if isinstance(column, Column) and self._may_change(column):
            self._source.change(line.id, column.field, value)

    # What Qt asks for.

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERED:
            return None
        line, place = self.line(index.row()), index.column()
        if line is None or line.texts is None:
            return self._heading_data(index, role)
        if role == Role.EditRole:
            return self.value(line, self._columns[place])
        source, marks = self._source, line.marks.get(place, ())
        said = spoken_marks(marks, source.texts) if marks and source is not None else ""
        return cell_data(self._columns[place], line.texts[place], said, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return None
        return column_data(self._columns[section], role)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        try:
            self.change(index, value)
        except (Invalid, Trouble):
            return False
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(self._rows, GroupedRows) and self.heading_at(index.row()) is not None:
            return flags & ~Qt.ItemFlag.ItemIsSelectable
        if self._may_change(self._columns[index.column()]):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        chosen = self._columns[column] if 0 <= column < len(self._columns) else None
        if not isinstance(chosen, Column):
            self.ask(replace(self._query, sort=()))
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.ask(replace(self._query, sort=(Sort(chosen.path, descending),)))

    # Within.

    def _may_change(self, column: AnyColumn) -> bool:
        return (
            isinstance(column, Column)
            and column.own
            and not column.field.calculated
            and self._source is not None
            and self._source.change is not None
        )

    def _heading_data(self, index: Index, role: int) -> Any:
        heading, group, source = self.heading_at(index.row()), self._query.group, self._source
        if heading is None or source is None or group is None:
            return None
        column = self._columns[index.column()]
        groups = Groups(self.kind, group, source.texts)
        return groups.data(heading, column, role, first=index.column() == 0)
