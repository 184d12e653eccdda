"""The menus of a table: of a cell, of a heading, and the one behind “Columns”."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from smartct_desktop.ui.grid.arrangement import Arrangement
from smartct_desktop.ui.grid.column_deeds import ColumnDeeds
from smartct_desktop.ui.grid.column_keys import ColumnKeys
from smartct_desktop.ui.grid.filters import FilterChips
from smartct_desktop.ui.i18n import tr


class TableMenus(QObject):
    """`facet_asked` and `filter_asked` bring the way to the values of a column.

    `reset_asked` wants all as at first. The menu of a cell (Shift+F10) has that of its column
    within.
    """

    facet_asked = Signal(object)
    filter_asked = Signal(object)
    reset_asked = Signal()

    def __init__(self, arrangement: Arrangement, chips: FilterChips, columns: QMenu) -> None:
        super().__init__(arrangement)
        self._arrangement = arrangement
        self._table = arrangement.table
        self._columns = columns
        self.deeds = ColumnDeeds(arrangement, chips, self.facet_asked.emit, self.filter_asked.emit)
        self._keys = ColumnKeys(arrangement, self.deeds)
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
        self._offer_only(menu, index.column())
        menu.addActions(table.actions())
        menu.addSeparator()
        menu.addMenu(self._keys.menu(index.column()))
        menu.popup(table.viewport().mapToGlobal(at))

    def _offer_only(self, menu: QMenu, place: int) -> None:
        """What is most wanted of a cell, at the top of its menu."""
        for deed in (one for part in self.deeds.of(place) for one in part):
            if deed.name == "only" and not deed.reason:
                only = menu.addAction(deed.label.replace("&", "&&"))
                only.triggered.connect(lambda _checked=False, act=deed.act: act())
                menu.addSeparator()
