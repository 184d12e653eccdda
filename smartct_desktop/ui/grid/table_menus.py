"""The menus of a table: of a cell, of a heading, and the one behind “Columns”."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from smartct_desktop.ui.grid.arrangement import Arrangement
from smartct_desktop.ui.grid.column_keys import ColumnKeys
from smartct_desktop.ui.grid.columns import Column
from smartct_desktop.ui.grid.filters import FilterChips, filter_for
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import Index

_LONGEST = 40  # letters of a value in a menu


class TableMenus(QObject):
    """`facet_asked` brings the way to the values of a column, `reset_asked` wants all as at first.

    The menu of a cell (Shift+F10) has that of its column within.
    """

    facet_asked = Signal(object)
    reset_asked = Signal()

    def __init__(self, arrangement: Arrangement, chips: FilterChips, columns: QMenu) -> None:
        super().__init__(arrangement)
        self._arrangement = arrangement
        self._table = arrangement.table
        self._chips = chips
        self._columns = columns
        self._keys = ColumnKeys(arrangement)
        self._keys.facet_asked.connect(self.facet_asked)
        columns.aboutToShow.connect(self._fill_columns)
        self._table.customContextMenuRequested.connect(self._open)

    def _fill_columns(self) -> None:
        menu, table = self._columns, self._table
        menu.clear()
        menu.addAction(tr("Choose columns…")).triggered.connect(self._arrangement.choose)
        fit = menu.addAction(tr("Fit all columns"))
        fit.triggered.connect(partial(table.fit_columns, None))
        place = table.currentIndex().column()
        menu.addMenu(self._keys.menu(place if place >= 0 else table.visual_columns()[0]))
        menu.addSeparator()
        menu.addAction(tr("Reset view")).triggered.connect(self.reset_asked)

    def _open(self, at: QPoint) -> None:
        table = self._table
        index = table.indexAt(at)
        if not table.viewport().rect().contains(at) or not index.isValid():
            index = table.currentIndex()
            at = table.visualRect(index).bottomLeft()
        if not index.isValid():
            return
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer_filter(menu, index)
        menu.addActions(table.actions())
        menu.addSeparator()
        menu.addMenu(self._keys.menu(index.column()))
        menu.popup(table.viewport().mapToGlobal(at))

    def _offer_filter(self, menu: QMenu, index: Index) -> None:
        model = self._table.records
        line = model.line(index.row())
        column = model.columns[index.column()]
        if line is None or line.texts is None or not isinstance(column, Column):
            return
        text = line.texts[index.column()] or tr("(blank)")
        only = QAction(tr("Only rows with {value}", value=f"“{text[:_LONGEST]}”"), menu)
        one = filter_for(column, model.value(line, column), text)
        only.triggered.connect(partial(self._chips.add, one))
        menu.addAction(only)
        menu.addSeparator()
