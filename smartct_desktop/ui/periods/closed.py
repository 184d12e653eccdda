"""Showing the closed periods, and opening one again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.records.reporting_period import ReportingPeriod
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.periods.adjusted_dialog import AdjustedDialog
    from smartct_desktop.ui.periods.held import Held


class ClosedPeriods(QObject):
    """Opens the dialog on the closed periods; `record_asked(kind, id)` wants a record."""

    record_asked = Signal(str, object)

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools = tools
        self._window = window
        self._desk: Desk | None = None
        self.dialog: AdjustedDialog | None = None

    def attach(self, desk: Desk | None) -> None:
        """Show those of this document from now on."""
        self._desk = desk
        if self.dialog is not None:
            self.dialog.close()

    def show(self, period: ReportingPeriod | None = None) -> None:
        """Read the periods in a job, and show them; `period` first."""
        from smartct_desktop.ui.periods.held import hold

        desk = self._desk
        if desk is not None:
            self._tools.jobs.run(
                partial(hold, desk),
                partial(self._show, desk, period),
                title=tr("Looking at the closed periods"),
            )

    def _show(self, desk: Desk, period: ReportingPeriod | None, held: list[Held]) -> None:
        from smartct_desktop.ui.periods.adjusted_dialog import AdjustedDialog

        if desk is not self._desk:
            return
        if not held:
            self._tools.note.tell(tr("No period is closed yet. Reports › Close a period…"))
            return
        dialog = AdjustedDialog(
            self._tools.look, held, desk.texts, self._window.window(), read_only=desk.read_only
        )
        if period is not None:
            dialog.choose(period)
        dialog.record_asked.connect(self.record_asked)
        dialog.open_again_asked.connect(self._ask_open)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.show()

    def _forget(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _ask_open(self, period: ReportingPeriod) -> None:
        """Ask for the reason, without which no closed period is opened again."""
        from smartct_desktop.services.closed_periods import open_again

        desk = self._desk
        reason, agreed = QInputDialog.getText(
            self.dialog or self._window.window(),
            tr("Open {name} again", name=period.name),
            tr("Why? The figures as sent stay in the document, but are no longer compared."),
        )
        if desk is None or not agreed:
            return
        if self._tools.try_deed(lambda: open_again(desk.document, period, reason, local_today())):
            if self.dialog is not None:
                self.dialog.accept()
            self._tools.note.tell(tr("The period {name} is open again.", name=period.name))
