"""The Help menu: the page for where one is, the keys, and what the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.help.topics import START, topic_of_tab
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before it is known
    from smartct_desktop.ui.help.window import HelpWindow


class HelpCommands(QObject):
    """Answers F1, Help and the links in empty places."""

    def __init__(
        self, window: QMainWindow, tools: Tools, actions: Actions, workbench: Workbench
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._actions = actions
        self._workbench = workbench
        self._help: HelpWindow | None = None
        actions["help"].triggered.connect(self._show_here)
        actions["keys"].triggered.connect(self._show_keys)
        actions["about"].triggered.connect(self._show_about)

    @property
    def help(self) -> HelpWindow:
        """The window of the help; made when it is first asked for."""
        from smartct_desktop.ui.help.window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._tools.look, self._window)
        return self._help

    def show_topic(self, name: str) -> None:
        """Show a page; says so if it is missing."""
        self._tools.try_deed(lambda: self.help.show_topic(name))

    def _show_here(self) -> None:
        """The page for what has the focus."""
        page = self._workbench.current
        if page is None:
            self.show_topic(START)
            return
        table = self._workbench.table_page
        focused = QApplication.focusWidget()
        if table is not None and focused is not None and table.pane.isAncestorOf(focused):
            self.show_topic("record")
        elif table is not None and focused is table.filter_field:
            self.show_topic("tables")
        elif table is not None and table.table.cells.editor is not None:
            self.show_topic("editing")
        else:
            self.show_topic(topic_of_tab(self._workbench.current_name))

    def _show_keys(self) -> None:
        from smartct_desktop.ui.dialogs.keyboard_map import KeyboardMap

        KeyboardMap(self._tools.look, self._actions, self._window).show()

    def _show_about(self) -> None:
        from smartct_desktop.ui.dialogs.about import AboutDialog

        AboutDialog(self._tools.look, self._window).show()
