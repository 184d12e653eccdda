"""The actions of the record pane: attach files, where a value comes from, go to a section."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench


class PaneCommands(QObject):
    """Acts on the pane of the tab in front, and shows it for that."""

    def __init__(self, workbench: Workbench, actions: Actions, tools: Tools) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._actions = actions
        self._tools = tools
        table = {"attach": self._attach, "origin": self._tell_origin, "sections": self._to_sections}
        for name, act in table.items():
            actions[name].triggered.connect(act)
        workbench.page_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Switch the actions on or off."""
        page = self._workbench.table_page
        shown = page is not None and page.table.current_id is not None
        reason = tr("Choose a record first.")
        for name in ("origin", "sections"):
            self._actions.switch(name, on=shown, reason=reason)
        writes = page is not None and page.pane.takes_files
        if shown and not writes:
            reason = tr("This document is open for reading only.")
        self._actions.switch("attach", on=shown and writes, reason=reason)

    def _attach(self) -> None:
        page = self._workbench.table_page
        if page is not None and self._show_pane():
            page.pane.attach_files()

    def _to_sections(self) -> None:
        page = self._workbench.table_page
        if page is not None and self._show_pane():
            page.pane.focus_sections()

    def _tell_origin(self) -> None:
        """Of the field that has the keys, or of the current cell."""
        page = self._workbench.table_page
        if page is None or not self._show_pane() or page.pane.body is None:
            return
        if page.pane.body.tell_origin(QApplication.focusWidget()):
            return
        index = page.table.currentIndex()
        name = page.model.columns[index.column()].name if index.isValid() else ""
        cell = page.table.visualRect(index).bottomLeft()
        at = page.table.viewport().mapToGlobal(cell)
        if page.pane.body.origins.tell_of_field(name, at) is None:
            self._tools.note.tell(
                tr("This column shows another record. Open that one to see where it comes from.")
            )

    def _show_pane(self) -> bool:
        """Show the pane with the current record; False if something typed is refused."""
        page = self._workbench.table_page
        if page is None or not page.finish_editing():
            return False
        if page.pane.isHidden():
            self._actions["pane"].setChecked(True)
        return page.pane.record is not None
