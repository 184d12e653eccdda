"""The command that opens the rules of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.rules.window import RulesWindow


class RuleCommands(QObject):
    """Opens the window of the rules for the document that is shown."""

    def __init__(self, window: QMainWindow, tools: Tools, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._actions = actions
        self._desk: Desk | None = None
        self.rules: RulesWindow | None = None
        actions["rules"].triggered.connect(self.show_rules)
        self.attach(None)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        if self.rules is not None:
            self.rules.close()
        self._desk = desk
        self._actions.switch("rules", on=desk is not None, reason=tr("Open a document first."))

    def show_rules(self) -> None:
        """Open the rules, or bring them forward."""
        from smartct_desktop.ui.rules.window import RulesWindow

        if self._desk is None:
            return
        if self.rules is None:
            self.rules = RulesWindow(self._tools, self._desk, self._window)
            self.rules.destroyed.connect(self._forget)
        self.rules.show()
        self.rules.raise_()
        self.rules.activateWindow()

    def _forget(self) -> None:
        self.rules = None
