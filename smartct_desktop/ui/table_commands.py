"""What the View menu does to the table in front: its facets and columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.workbench import Workbench


class TableCommands(QObject):
    """Acts on the page in front if it is a table of records."""

    def __init__(self, workbench: Workbench, actions: Actions) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._actions = actions
        table: dict[str, Callable[[], None]] = {
            "choose_columns": self._choose_columns,
        }
        for name, act in table.items():
            actions[name].triggered.connect(act)
        self._names = ("facets", *table)
        actions["facets"].toggled.connect(self._show_facets)
        workbench.page_changed.connect(self.switch)

    def switch(self) -> None:
        """Switch on what can be done here and now."""
        # Without a document, no page has been imported yet.
        page = self._workbench.table_page if self._workbench.current is not None else None
        for name in self._names:
            self._actions.switch(
                name, on=page is not None, reason=tr("Open a tab with a table first.")
            )
        if page is not None:
            facets = self._actions["facets"]
            facets.blockSignals(True)
            facets.setChecked(not page.facets.isHidden())
            facets.blockSignals(False)

    def _show_facets(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        page = self._workbench.table_page
        if page is not None:
            page.show_facets(on)

    def _choose_columns(self) -> None:
        page = self._workbench.table_page
        if page is not None:
            page.choose_columns()
