"""The menu of a column, at its heading."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from smartct_desktop.ui.grid.column_deeds import ColumnDeed, ColumnDeeds
from smartct_desktop.ui.grid.columns import heading
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.i18n import tr


class ColumnMenu(QMenu):
    """What can be done with the column at `place` of the model."""

    def __init__(self, table: RecordTable, deeds: ColumnDeeds, place: int) -> None:
        super().__init__(table)
        name = heading(table.records.columns[place])
        self.setTitle(tr("Column “{name}”", name=name).replace("&", "&&"))
        for part in deeds.of(place):
            shown = [deed for deed in part if not (deed.seldom and deed.reason)]
            if shown and self.actions():
                self.addSeparator()
            for deed in shown:
                self._offer(deed)

    def _offer(self, deed: ColumnDeed) -> None:
        words = deed.label.replace("&", "&&")
        action = self.addAction(f"{words}\t{deed.keys}" if deed.keys else words)
        if deed.on is not None:
            action.setCheckable(True)
            action.setChecked(deed.on)
        action.setEnabled(not deed.reason)
        action.setStatusTip(deed.reason)
        action.triggered.connect(lambda _checked=False, act=deed.act: act())


def popup(menu: ColumnMenu, at: QPoint) -> None:
    """Open the menu for once."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)
