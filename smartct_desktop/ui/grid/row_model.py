"""Which rows a table of records has: a window over the file, in groups or without."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Signal,
)

from smartct_desktop.domain.catalog import references_to
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Window
from smartct_desktop.ui.grid.columns import AnyColumn, Column, Gather
from smartct_desktop.ui.grid.fetched import Fetched
from smartct_desktop.ui.grid.group_words import group_path, with_sums
from smartct_desktop.ui.grid.groups import GroupedRows, Heading
from smartct_desktop.ui.grid.rows import Line, Rows
from smartct_desktop.ui.grid.source import Source
from smartct_desktop.ui.qt import ROOT, Index

SMALL = 10_000
"""Records of a kind that are put in order while one blinks."""

_BY_ROW = QAbstractItemModel.LayoutChangeHint.VerticalSortHint


class RowModel(QAbstractTableModel):
    """The rows that a query finds; only those near the ones in view are in memory.

    Whatever re-orders or refreshes the rows leaves selection and current cell on their records.
    `asked` is emitted when the rows may be others than before, `preparing` while an order is
    looked for that takes time; the rows before stay in view meanwhile.
    """

    asked = Signal()
    preparing = Signal(bool)

    def __init__(
        self,
        query: Query,
        columns: Sequence[AnyColumn],
        gather: Gather | None = None,
        parent: QObject | None = None,
        *,
        summed: Iterable[str] = (),
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._gather = gather
        self._source: Source | None = None
        self._rows: Rows | None = None
        self._waiting: Window | None = None
        self._query = query
        self._closed: frozenset[Hashable] = frozenset()
        self._summed = frozenset(summed)
        self._fetched = Fetched(query.kind, self._columns)
        self._ask_for_columns()

    @property
    def kind(self) -> str:
        """The kind of the records."""
        return self._query.kind

    @property
    def query(self) -> Query:
        """What is shown."""
        return self._query

    @property
    def columns(self) -> tuple[AnyColumn, ...]:
        """The columns in the order of the model."""
        return self._columns

    @property
    def source(self) -> Source | None:
        """What the table is connected to, None before a document is shown."""
        return self._source

    def kinds_shown(self) -> frozenset[str]:
        """The kinds whose changes can be seen here."""
        kinds = {self.kind}
        for column in self._columns:
            if isinstance(column, Column):
                kinds |= {field.kind for field in column.fields}
                kinds |= {getattr(field.type, "kind", "") for field in column.fields}
        group = self._query.group
        if group is not None:
            kinds |= {field.kind for field in group.path.fields(self.kind)}
        kinds |= {field.kind for field in references_to(self.kind)}
        return frozenset(kinds)

    def attach(self, source: Source | None) -> None:
        """Show the records of a document; None shows none."""
        self.beginResetModel()
        self._close()
        self._source = source
        self.endResetModel()
        if source is None:
            self.asked.emit()
        else:
            self.ask()

    def ask(self, query: Query | None = None) -> None:
        """Ask again, or ask something else of the same kind.

        The answer is there at once, unless the order of very many rows has to be found first.
        """
        if query is not None:
            if group_path(query) != group_path(self._query):
                self._closed = frozenset()
            self._query = replace(query, columns=self._query.columns)
            self._query = with_sums(self._query, self._columns, self._summed)
        source = self._source
        if source is None:
            return
        self._stop_waiting()
        window = source.reader.window(self._query)
        large = source.reader.total(self.kind) > SMALL
        prepare = source.prepare if large else None
        if window.ready or prepare is None:
            self._install(window, prepared=prepare is None)
        else:
            self._waiting = window
            if self._rows is not None:
                self._rows.forget()
            self.preparing.emit(True)
        if prepare is not None:
            prepare(window, self._take_prepared)

    def set_columns(self, columns: Sequence[AnyColumn]) -> None:
        """Show other columns; like every reset this forgets selection and current cell."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._fetched = Fetched(self.kind, self._columns)
        self._ask_for_columns()
        self._close()
        self.endResetModel()
        self.ask()

    def known_lines(self, rows: range) -> list[Line]:
        """The lines of these rows that are in memory."""
        return self._rows.known(rows) if self._rows is not None else []

    @property
    def record_count(self) -> int:
        """How many records there are: the rows without the headings of groups."""
        return self._rows.records if self._rows is not None else 0

    @property
    def window(self) -> Window | None:
        """The window behind the rows."""
        return self._rows.window if self._rows is not None else None

    def numbers(self, start: int, stop: int) -> list[range]:
        """The numbers that the records of some rows have in the window."""
        return self._rows.numbers(start, stop) if self._rows is not None else []

    def heading_at(self, row: int) -> Heading | None:
        """The heading of a group, if one stands in this row."""
        return self._rows.heading(row) if isinstance(self._rows, GroupedRows) else None

    def toggle_group(self, key: Hashable) -> None:
        """Open or close a group; selection and current cell stay on records that are in view."""
        rows = self._rows
        if not isinstance(rows, GroupedRows) or not (span := rows.span(key)):
            return
        if key in self._closed:
            self._closed -= {key}
            self.beginInsertRows(ROOT, span.start, span.stop - 1)
            rows.toggle(key)
            self.endInsertRows()
        else:
            self._closed |= {key}
            self.beginRemoveRows(ROOT, span.start, span.stop - 1)
            rows.toggle(key)
            self.endRemoveRows()
        self.asked.emit()

    def toggle_all_groups(self, *, open_all: bool) -> None:
        """Open or close all groups."""
        rows = self._rows
        if isinstance(rows, GroupedRows):
            before, self._closed = self._closed, frozenset(() if open_all else rows.keys)
            if before != self._closed:
                self.ask()

    def open_group_of(self, id_: Id) -> None:
        """Open the group of a record, so that its row can be shown."""
        heading = self._rows.group_of(id_) if isinstance(self._rows, GroupedRows) else None
        if heading is not None and not heading.open:
            self.toggle_group(heading.key)

    def ids(self, start: int, stop: int) -> Sequence[Id]:
        """The ids of a range of rows."""
        return self._rows.ids(start, stop) if self._rows is not None else ()

    def id_of(self, row: int) -> Id | None:
        """The id of the record in a row."""
        return self._rows.id_of(row) if self._rows is not None else None

    def row_of(self, id_: Id) -> int | None:
        """The row of a record, None if it is not shown."""
        return self._rows.place(id_) if self._rows is not None else None

    # What Qt asks for.

    def rowCount(self, parent: Index = ROOT) -> int:
        return self._rows.count if self._rows is not None and not parent.isValid() else 0

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    # Within.

    def _install(self, window: Window, *, prepared: bool) -> None:
        """Show the rows of a window instead of those before."""
        assert self._source is not None
        before = self._rows
        rows = Rows(self._source.reader, window, self._gather, prepared=prepared)
        if window.query.group is not None:
            rows = GroupedRows(rows, self._closed)
        if before is None:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        else:
            _with_hint(self.layoutAboutToBeChanged).emit([], _BY_ROW)
            held = self.persistentIndexList()
            marks = {row: before.mark_of(row) for row in {index.row() for index in held}}
            self._rows = rows
            before.close()
            if not prepared and not isinstance(rows, GroupedRows):
                rows.look_around(marks)
            places = rows.places(mark for mark in marks.values() if mark is not None)
            moved = [self._moved(index, marks, places) for index in held]
            self.changePersistentIndexList(held, moved)
            _with_hint(self.layoutChanged).emit([], _BY_ROW)
        self.asked.emit()

    def _take_prepared(self, window: Window) -> None:
        """A window knows all of its rows now."""
        if window is self._waiting:
            self._waiting = None
            self._install(window, prepared=True)
            self.preparing.emit(False)
        elif self._rows is not None and window is self._rows.window:
            rows = self._rows
            rows.prepared = True
            if rows.missing > 0:
                self.beginInsertRows(ROOT, rows.count, window.count - 1)
                rows.count = window.count
                self.endInsertRows()
            self.asked.emit()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None
            self.preparing.emit(False)

    def _moved(
        self, index: QModelIndex, marks: dict[int, Hashable], places: dict[Hashable, int]
    ) -> Any:
        mark = marks[index.row()]
        row = None if mark is None else places.get(mark)
        return QModelIndex() if row is None else self.index(row, index.column())

    def _ask_for_columns(self) -> None:
        query = replace(self._query, columns=self._fetched.paths)
        self._query = with_sums(query, self._columns, self._summed)

    def _close(self) -> None:
        self._stop_waiting()
        if self._rows is not None:
            self._rows.close()
            self._rows = None


def _with_hint(signal: Any) -> Any:
    """The form of Qt's layout signals that says that only rows move: columns keep their widths."""
    return signal["QList<QPersistentModelIndex>", "QAbstractItemModel::LayoutChangeHint"]
