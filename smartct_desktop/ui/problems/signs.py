"""Where findings are counted: the status bar and the tab, told whenever they change."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStatusBar

from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.problems.status_link import StatusLink
from smartct_desktop.ui.problems.watch import FindingsWatch
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench


class ProblemSigns(QObject):
    """Keeps the numbers of the window right, and the pages told."""

    def __init__(self, tools: Tools, workbench: Workbench, bar: QStatusBar) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self.watch = FindingsWatch(tools.jobs, self)
        self.link = StatusLink(tools.look)
        bar.insertPermanentWidget(1, self.link)
        self.link.asked.connect(workbench.show_problems)
        self.watch.changed.connect(self._follow)
        self._whole = workbench.partnership
        self._whole.changed.connect(self._tell_again)
        self._desk: Desk | None = None

    def attach(self, desk: Desk | None) -> None:
        """Count the findings of this document."""
        self._desk = desk
        self.watch.attach(desk.document if desk is not None else None)
        self._whole.attach(desk)
        self._tell(stepped=True)

    def hear(self) -> None:
        """A step was done, undone or redone."""
        self.watch.hear()
        self._whole.ask_soon()
        self._tell(stepped=True)

    def _follow(self) -> None:
        """Something was found in the background, and nobody says of which records."""
        if self._desk is not None:
            self._desk.stock.forget()
        self._whole.ask_soon()
        self._tell(stepped=False)

    def _tell_again(self) -> None:
        """What is said of the partnership is something else."""
        self._tell(stepped=True)

    def _tell(self, *, stepped: bool) -> None:
        counts = self.watch.counts()
        for count in self._whole.counts():
            counts[count.severity] += count.findings
        self.link.tell(counts, self.watch.remaining)
        self._workbench.hear_findings(counts, stepped=stepped)
