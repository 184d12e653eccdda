"""What the View menu does to the order and the named views of the table in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before the pages are known
    from smartct_desktop.ui.grid.page import TablePage


class ArrangeCommands(QObject):
    """Acts on the page in front if it is a table of records."""

    def __init__(self, workbench: Workbench, tools: Tools, actions: Actions) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._tools = tools
        self._actions = actions
        table = {
            "views": self._choose_view,
            "save_view": self._save_view,
            "sort": self._sort,
            "sort_further": self._sort_further,
            "filter_help": self._show_help,
        }
        for name, act in table.items():
            actions[name].triggered.connect(act)
        self._names = tuple(table)
        workbench.page_changed.connect(self.switch)

    def switch(self) -> None:
        """Switch on what can be done here and now."""
        page = self._page()
        elsewhere = tr("Open a tab with a table first.")
        for name in self._names:
            self._actions.switch(name, on=page is not None, reason=elsewhere)
        if page is not None:
            chosen = page.table.currentIndex().isValid()
            for name in ("sort", "sort_further"):
                self._actions.switch(name, on=chosen, reason=tr("Choose a cell first."))

    def _page(self) -> TablePage | None:
        return self._workbench.table_page if self._workbench.current is not None else None

    def _choose_view(self) -> None:
        page = self._page()
        if page is not None:
            page.view_chooser.open()

    def _save_view(self) -> None:
        page = self._page()
        if page is not None and page.finish_editing():
            page.view_chooser.menu.ask_save()

    def _sort(self) -> None:
        self._sort_by_current(more=False)

    def _sort_further(self) -> None:
        self._sort_by_current(more=True)

    def _sort_by_current(self, *, more: bool) -> None:
        """Do what a click on the heading over the current cell does."""
        from smartct_desktop.ui.grid.columns import Column, heading

        page = self._page()
        if page is None or not page.table.currentIndex().isValid():
            return
        place = page.table.currentIndex().column()
        column = page.model.columns[place]
        if not isinstance(column, Column):
            name = heading(column)
            self._tools.note.tell(tr("{name} cannot be sorted by: it is worked out.", name=name))
            return
        page.table.headings.sort_asked.emit(place, more)
        names = [heading(Column(page.tab.kind, sort.path)) for sort in page.model.query.sort]
        words = tr("Sorted by {columns}.", columns=", ".join(names))
        self._tools.note.tell(words if names else tr("The rows are in their usual order."))

    def _show_help(self) -> None:
        page = self._page()
        if page is not None:
            page.toolbar.show_help()
