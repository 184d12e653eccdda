"""The commands that open the window of the reports, for all of them or for one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.menus import ReportEntry
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.fields import Id
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.reports.window import ReportsWindow

_USUAL = ("kpi", "exchange-register", "payment-run", "waiting-list", "attendance-list")


class ReportCommands(QObject):
    """Opens the window of the reports for the document that is shown.

    `help_asked(page)` comes when F1 is pressed there.
    """

    help_asked = Signal(str)

    def __init__(
        self, window: QMainWindow, tools: Tools, actions: Actions, workbench: Workbench
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workbench = workbench
        self._tools = tools
        self._actions = actions
        self._desk: Desk | None = None
        self.reports: ReportsWindow | None = None
        actions["reports"].triggered.connect(self._show_all)
        self.attach(None)

    def entries(self) -> list[ReportEntry]:
        """Give all reports for the menu; those used most are seen there."""
        from smartct_desktop.ui.reports.report_list import all_kinds

        kinds = {kind.code: kind for kind in all_kinds()}
        first = [kinds[code] for code in _USUAL if code in kinds]
        return [
            ReportEntry(
                say(kind.name),
                say(kind.sentence),
                partial(self.show_report, kind.code),
                usual=kind.code in _USUAL,
            )
            for kind in dict.fromkeys((*first, *kinds.values()))
        ]

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        if desk is not self._desk and self.reports is not None:
            self.reports.close()
        self._desk = desk
        self._actions.switch("reports", on=desk is not None, reason=tr("Open a document first."))

    def show_report(self, code: str) -> None:
        """Open the window on one report."""
        window = self._shown()
        if window is not None:
            window.show_report(code)

    def show_person(self, person: Id) -> None:
        """Open the window on all data about a person."""
        window, desk = self._shown(), self._desk
        if window is not None and desk is not None:
            window.show_report("person-data")
            caption = desk.reader.captions("person", [person]).get(person, "")
            window.choose_record("person", person, caption)

    def _show_all(self) -> None:
        self._shown()

    def _shown(self) -> ReportsWindow | None:
        """Open the window, or bring it forward; the event or person in front is chosen there."""
        from smartct_desktop.ui.reports.window import ReportsWindow

        if self._desk is None:
            return None
        if self.reports is None:
            self.reports = ReportsWindow(self._tools, self._desk, self._window)
            self.reports.finished.connect(self._forget)
            self.reports.help_asked.connect(self.help_asked)
        self._choose_current(self._desk, self.reports)
        self.reports.show()
        self.reports.raise_()
        self.reports.activateWindow()
        return self.reports

    def _choose_current(self, desk: Desk, reports: ReportsWindow) -> None:
        page = self._workbench.table_page
        current = page.table.current_id if page is not None else None
        if page is None or current is None or page.model.kind not in reports.choices.records:
            return
        caption = desk.reader.captions(page.model.kind, [current]).get(current, "")
        reports.choose_record(page.model.kind, current, caption)

    def _forget(self) -> None:
        self.reports = None
