"""The menu in which columns are ticked: all fields of the kind, by their sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from smartct_desktop.ui.grid.columns import AnyColumn, Column, Gathered, all_of_kind, heading
from smartct_desktop.ui.i18n import tr


class ColumnsMenu(QMenu):
    """Stays open while columns are ticked; `changed` brings the names in their new order."""

    changed = Signal(list)

    def __init__(self, kind: str, gathered: Sequence[Gathered], parent: QWidget) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._actions: dict[str, QAction] = {}
        columns: list[AnyColumn] = [*all_of_kind(kind), *gathered]
        menus: dict[str, QMenu] = {}
        for column in columns:
            section = column.field.section if isinstance(column, Column) else _GATHERED
            menu = menus.get(section)
            if menu is None:
                menu = menus[section] = self.addMenu(tr(section))
                menu.installEventFilter(self)
            action = menu.addAction(heading(column).replace("&", "&&"))
            action.setCheckable(True)
            action.setData(column.name)
            action.toggled.connect(self._tick)
            self._actions[column.name] = action

    def fill(self, names: Sequence[str]) -> None:
        """Tick the columns that are shown."""
        self._names = list(names)
        for name, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(name in self._names)
            action.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick without closing the menu."""
        if isinstance(watched, QMenu):
            action = cast("QAction | None", watched.activeAction())  # the stubs promise too much
            released = event.type() == QEvent.Type.MouseButtonRelease
            spaced = event.type() == QEvent.Type.KeyPress and _is_space(event)
            if action is not None and action.isCheckable() and (released or spaced):
                action.trigger()
                return True
        return super().eventFilter(watched, event)

    def _tick(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        action = self.sender()
        if not isinstance(action, QAction):
            return
        name = str(action.data())
        if on:
            self._names.append(name)
        elif len(self._names) > 1:
            self._names.remove(name)
        else:
            self.fill(self._names)  # the last column stays
            return
        self.changed.emit(list(self._names))


def _is_space(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space


_GATHERED = "Size"
