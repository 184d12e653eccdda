"""The commands about what was sent: close a period, compare a workbook, compare two moments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.may_write import why_not_written
from smartct_desktop.ui.periods.closed import ClosedPeriods
from smartct_desktop.ui.tab_names import HISTORY
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.progress import Progress
    from smartct_desktop.services.comparing.comparison import Comparison
    from smartct_desktop.services.exporting import Exported
    from smartct_desktop.services.reports.catalog import ReportKind
    from smartct_desktop.ui.deeds import Deeds
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.periods.close_dialog import ClosePeriodDialog
    from smartct_desktop.ui.periods.comparison_dialog import ComparisonDialog

_READING = ("closed_periods", "compare_workbook", "differences")
_WRITING = ("close_period",)


class PeriodCommands(QObject):
    """Acts on the document that is shown."""

    def __init__(
        self, workbench: Workbench, tools: Tools, actions: Actions, deeds: Callable[[], Deeds]
    ) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._tools = tools
        self._actions = actions
        self._deeds = deeds
        self._desk: Desk | None = None
        self.closed = ClosedPeriods(tools, workbench)
        self.closed.record_asked.connect(workbench.open_record)
        self.closing: ClosePeriodDialog | None = None
        self.comparison: ComparisonDialog | None = None
        actions["close_period"].triggered.connect(self.close_period)
        actions["closed_periods"].triggered.connect(self._show_closed)
        actions["compare_workbook"].triggered.connect(self._ask_workbook)
        actions["differences"].triggered.connect(self.ask_moments)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self.closed.attach(desk)
        if self.comparison is not None:
            self.comparison.close()
        for name in _READING:
            self._actions.switch(name, on=desk is not None, reason=tr("Open a document first."))
        reason = why_not_written(desk)
        for name in _WRITING:
            self._actions.switch(name, on=not reason, reason=reason)

    def close_period(self) -> None:
        """Show what would be kept, and keep it if that is wanted."""
        from smartct_desktop.services.closed_periods import closing_step
        from smartct_desktop.ui.periods.close_dialog import ClosePeriodDialog

        desk = self._ready()
        if desk is None:
            return
        self.closing = dialog = ClosePeriodDialog(self._tools, desk, self._workbench.window())
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        closing, self.closing = dialog.closing, None
        dialog.deleteLater()
        if accepted and closing is not None:
            self._tools.try_deed(lambda: self._deeds().do(closing_step(closing)))

    def compare(self, path: Path) -> None:
        """Compare a workbook with the document, and show where they differ."""
        desk = self._ready()
        if desk is None:
            return

        def work(progress: Progress) -> Comparison:
            from smartct_desktop.services.comparing.comparison import compare_workbook
            from smartct_desktop.ui.periods.trying import persistently

            return persistently(partial(compare_workbook, desk.document, path, progress))

        self._tools.jobs.run(
            work,
            partial(self._show_comparison, desk),
            self._tell_failure,
            title=tr("Comparing {name}", name=path.name),
        )

    def ask_moments(self) -> None:
        """Ask which two moments are compared, and write the workbook."""
        from smartct_desktop.services.reports.moment_choice import between
        from smartct_desktop.ui.dialogs.moments import MomentsDialog

        desk = self._ready()
        if desk is None:
            return
        dialog = MomentsDialog(
            self._tools.look,
            desk,
            self._workbench.window(),
            step=self._chosen_step(),
            key_for=self._tools.keys.fitting,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._ask_target(desk, between(dialog.compared()), dialog.language)
        dialog.deleteLater()

    # Within.

    def _ready(self) -> Desk | None:
        return self._desk if self._workbench.finish_editing() else None

    def _show_closed(self) -> None:
        self.closed.show()

    def _chosen_step(self) -> int | None:
        """The step that is chosen in the History tab, if that is in front."""
        if self._workbench.current_name != HISTORY:
            return None
        from smartct_desktop.ui.history.page import HistoryPage

        page = self._workbench.current
        step = page.current_step if isinstance(page, HistoryPage) else None
        return step.no if step is not None else None

    def _ask_workbook(self) -> None:
        if self._ready() is None:
            return
        name, _ = QFileDialog.getOpenFileName(
            self._workbench.window(),
            tr("Compare a workbook with the document"),
            "",
            tr("Workbooks (*.xlsx *.ods)"),
        )
        if name:
            self.compare(Path(name))

    def _show_comparison(self, desk: Desk, found: Comparison) -> None:
        from smartct_desktop.ui.periods.comparison_dialog import ComparisonDialog

        if desk is not self._desk:
            return
        dialog = ComparisonDialog(self._tools.look, found, desk.texts, self._workbench.window())
        dialog.record_asked.connect(self._workbench.open_record)
        dialog.workbook_asked.connect(partial(self._save_comparison, desk, found))
        dialog.finished.connect(self._forget)
        self.comparison = dialog
        dialog.show()

    def _forget(self) -> None:
        dialog, self.comparison = self.comparison, None
        if dialog is not None:
            dialog.deleteLater()

    def _save_comparison(self, desk: Desk, found: Comparison) -> None:
        from smartct_desktop.services.comparing.comparison import comparison_kind

        self._ask_target(desk, comparison_kind(found), "en")

    def _ask_target(self, desk: Desk, kind: ReportKind, language: str) -> None:
        from smartct_desktop.services.exporting import file_name
        from smartct_desktop.services.reports.wish import Wish
        from smartct_desktop.system.clock import local_today
        from smartct_desktop.ui.dialogs.new_partnership import documents_folder
        from smartct_desktop.ui.reports.writing import Order, write

        proposed = documents_folder() / file_name(kind, local_today())
        name, _ = QFileDialog.getSaveFileName(
            self._workbench.window(),
            tr("Save the differences"),
            str(proposed),
            tr("Workbooks (*.xlsx)"),
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != ".xlsx":
            path = path.with_name(f"{path.name}.xlsx")
        order = Order(kind, desk.document, desk.facts, path, Wish(language=language))
        write(self._tools.jobs, order, partial(self._tell_written, desk, path), self._tell_failure)

    def _tell_written(self, desk: Desk, asked: Path, exported: Exported) -> None:
        from smartct_desktop.ui.reports.writing import told

        document = desk.document if desk is self._desk else None
        self._tools.note.tell(*told(asked, exported, document))

    def _tell_failure(self, failure: Exception) -> None:
        from smartct_desktop.domain.errors import Trouble

        if isinstance(failure, Trouble):
            self._tools.messages.tell_trouble(self._workbench.window(), failure)
        else:
            self._tools.report(failure)
