"""The closed periods on the Overview: one line each, with what moved since."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Day
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.sent_figure import Span
from smartct_desktop.services.adjustments import Adjusted, adjustments
from smartct_desktop.services.closed_periods import closed_periods
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.periods.trying import persistently
from smartct_desktop.ui.tools import Tools

_INSIDE = (16, 10, 16, 10)
_Found = list[tuple[ReportingPeriod, list[Adjusted]]]


class PeriodsCard(QFrame):
    """Hidden while no period is closed; `opened(period)` wants the adjustments of one."""

    opened = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._desk: Desk | None = None
        self._asked = 0
        self.links: list[QWidget] = []
        self._parts: list[QWidget] = []
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(4)
        column.addWidget(label(tr("Closed periods"), face="strong"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(2, 1)
        column.addLayout(self._grid)
        self.hide()

    def attach(self, desk: Desk | None) -> None:
        """Show those of this document from now on."""
        self._desk = desk
        self._asked += 1
        self.hide()

    def look_again(self) -> None:
        """Hold the closed periods against now, in a job."""
        desk = self._desk
        self._asked += 1
        if desk is None:
            return
        if not closed_periods(desk.reader):
            self.hide()
            return
        self._tools.jobs.run(
            partial(_hold, desk, self._asked),
            self._show,
            self._fail,
            title=tr("Counting"),
            shown=False,
        )

    def _show(self, result: tuple[int, _Found]) -> None:
        asked, found = result
        desk = self._desk
        if asked != self._asked or desk is None:
            return
        focused = next((at for at, link in enumerate(self.links) if link.hasFocus()), None)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self.links.clear()
        for row, (period, figures) in enumerate(found):
            link = button(self._tools.look, period.name.replace("&", "&&"), Kind.LINK, room="line")
            link.setAccessibleDescription(tr("Adjustments of this closed period"))
            link.clicked.connect(partial(self._open, period))
            day = desk.texts.shown(Day(), period.closed_on)
            told = ElidedLabel(self._tools.look)
            told.say(_moved(figures))
            self.links.append(link)
            closed = label(tr("closed on {day}", day=day), face="small", tone="muted")
            for column, part in enumerate((link, closed, told)):
                self._parts.append(part)
                self._grid.addWidget(part, row, column)
        if focused is not None and focused < len(self.links):
            self.links[focused].setFocus()
        self.setVisible(bool(found))

    def _fail(self, failure: Exception) -> None:
        if self._desk is not None and not isinstance(failure, Outdated):
            self._tools.report(failure)

    def _open(self, period: ReportingPeriod, *_checked: bool) -> None:
        self.opened.emit(period)


def _hold(desk: Desk, asked: int, _progress: Progress) -> tuple[int, _Found]:
    return asked, persistently(partial(_read, desk))


def _read(desk: Desk) -> _Found:
    with desk.document.reader() as reader:
        facts = desk.stock.read(reader, desk.facts, local_today()).facts
        periods = closed_periods(reader)
        return [(one, adjustments(reader, facts, one)) for one in periods]


def _moved(figures: list[Adjusted]) -> str:
    """Say which figures of the whole moved since: "Exchanges 41 → 42 (+2 −1)"."""
    spans = {one.figure.span for one in figures}
    wanted = Span.IN_PERIOD if Span.IN_PERIOD in spans else Span.SO_FAR
    told = [
        f"{tr(one.figure.name)} {one.sent} → {one.now}"
        for one in figures
        if one.adjustments and one.figure.cluster is None and one.figure.span is wanted
    ]
    if told:
        return " · ".join(told)
    if any(one.adjustments for one in figures):
        return tr("figures so far, or of partners, moved since")
    return tr("nothing moved since")
