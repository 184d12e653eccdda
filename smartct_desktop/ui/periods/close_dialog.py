"""Closing a period: which one, what will be kept of it, and what speaks against it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.closed_periods import Closing, SentFile, plan_closing, usual_name
from smartct_desktop.services.comparing.comparison import Comparison, compare_workbook
from smartct_desktop.services.comparing.sent_file import sent_file
from smartct_desktop.services.reports.period import Period
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.periods.trying import persistently
from smartct_desktop.ui.periods.words_lines import Lines
from smartct_desktop.ui.reports.period_field import PeriodField
from smartct_desktop.ui.tools import Tools

_SIZE = (660, 620)
_PAUSE = 250  # milliseconds without a change until the figures are counted
_MOST = 3


class _Planned(NamedTuple):
    """What closing would keep, and how the workbook that was sent agrees with it."""

    closing: Closing
    compared: Comparison | None
    trouble: str


class ClosePeriodDialog(QDialog):
    """Counts in a job what would be kept; `closing` is what was agreed to."""

    def __init__(self, tools: Tools, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        look = tools.look
        self._tools, self._desk = tools, desk
        self._asked = 0
        self._file: Path | None = None
        self.closing: Closing | None = None
        self.setWindowTitle(tr("Close a period"))
        size = QSize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.resize(size.boundedTo(parent.window().size()))
        self.period = PeriodField(look, desk, local_today())
        self.period.choose(f"{local_today().year - 1}")
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name"))
        self._sent = ElidedLabel(look, muted=True)
        self._sent.say(tr("none chosen"))
        self.choose_button = button(look, tr("Choose…"), icon="file-spreadsheet")
        self.choose_button.setAutoDefault(False)
        self.choose_button.setAccessibleName(tr("Choose the workbook that was sent"))
        self.choose_button.clicked.connect(self._ask_file)
        self.figures = Lines(
            look,
            tr("Figures that will be kept"),
            (tr("Figure"), tr("Days"), tr("Target"), tr("Value")),
            (200, 210, 64),
        )
        self.state = label(tone="muted", wrap=True)
        self.warning = label(tone="warning", wrap=True)
        self.warning.hide()
        foot, self.close_button = deed_foot(look, self, tr("Close the period"))
        self._lay_out(foot)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._plan)
        self.period.changed.connect(self._wait)
        self.name.textChanged.connect(self._wait)
        FocusRing(look, self)
        self._wait()

    def choose_file(self, path: Path | None) -> None:
        """Take the workbook that was sent, or none."""
        self._file = path
        self._sent.say(path.name if path else tr("none chosen"))
        self._wait()

    def done(self, result: int) -> None:
        """Go; what is still being counted comes to nothing."""
        self._asked += 1
        self._pause.stop()
        super().done(result)

    # Within.

    def _lay_out(self, foot: QHBoxLayout) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(tr("Close a period"), face="title"))
        about = tr(
            "The figures and the records behind them are kept as they are now. What changes "
            "afterwards is told as an adjustment, with the reason."
        )
        column.addWidget(label(about, tone="muted", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(tr("Period"), self.period)
        form.addRow(tr("Name"), self.name)
        sent = QHBoxLayout()
        sent.setSpacing(8)
        sent.addWidget(self._sent, 1)
        sent.addWidget(self.choose_button)
        form.addRow(tr("Workbook sent"), sent)
        column.addLayout(form)
        column.addWidget(self.figures, 1)
        column.addWidget(self.state)
        column.addWidget(self.warning)
        column.addLayout(foot)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("The workbook that was sent"), "", tr("Workbooks (*.xlsx *.ods)")
        )
        if name:
            self.choose_file(Path(name))

    def _wait(self) -> None:
        self.closing = None
        self.close_button.setEnabled(False)
        self._asked += 1
        self._pause.start()

    def _plan(self) -> None:
        try:
            period = self.period.period()
            if period.last is None:
                raise Invalid(Sentence("Choose a period that has an end."), "last")  # noqa: TRY301 (told below)
        except Invalid as refusal:
            self._refuse(refusal)
            return
        self.name.setPlaceholderText(usual_name(period.first, period.last))
        self.state.setText(tr("Counting…"))
        work = partial(self._try_to_count, period, self.name.text(), self._file)
        asked = self._asked
        self._tools.jobs.run(
            work,
            partial(self._show, asked),
            partial(self._fail, asked),
            title=tr("Counting"),
            shown=False,
        )

    def _try_to_count(
        self, period: Period, name: str, path: Path | None, progress: Progress
    ) -> _Planned:
        return persistently(partial(self._count, period, name, path, progress))

    def _count(self, period: Period, name: str, path: Path | None, progress: Progress) -> _Planned:
        """Count what would be kept; on the thread of a job."""
        assert period.last is not None
        compared, trouble = None, ""
        file: SentFile | None = None
        language = "en"
        if path is not None:
            file = sent_file(path)
            try:
                compared = compare_workbook(self._desk.document, path, progress)
                language = compared.recognised.language
            except Trouble as failure:
                trouble = str(failure.sentence)
        with self._desk.document.reader(progress) as reader:
            closing = plan_closing(
                reader,
                local_today(),
                (period.first, period.last),
                name=name,
                language=language,
                file=file,
            )
        return _Planned(closing, compared, trouble)

    def _show(self, asked: int, planned: _Planned) -> None:
        if asked != self._asked:
            return
        closing = self.closing = planned.closing
        whole = [figure for figure in closing.figures if figure.cluster is None]
        self.figures.show_lines(
            [
                (
                    tr(figure.name),
                    tr(figure.span.label),
                    "" if figure.target is None else str(figure.target),
                    str(figure.value),
                )
                for figure in whole
            ]
        )
        parts = len(closing.figures) - len(whole)
        self.state.setText(
            tr("Kept with the records behind them; {n} figures of the partners as well.", n=parts)
        )
        warnings = [*self._errors(closing), *_of_file(planned, self.period.period())]
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))
        self.close_button.setEnabled(True)

    def _errors(self, closing: Closing) -> list[str]:
        """Say which exchanges count although something is wrong with them."""
        names = list(dict.fromkeys(one.caption for one in closing.open_errors))
        if not names:
            return []
        told = ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
        return [
            tr("{n} exchanges count although they have errors: {names}.", n=len(names), names=told)
        ]

    def _fail(self, asked: int, failure: Exception) -> None:
        if asked != self._asked:
            return
        if isinstance(failure, Invalid | Trouble):
            self._refuse(failure)
        elif isinstance(failure, Outdated):
            self._pause.start()
        else:
            self._tools.report(failure)

    def _refuse(self, refusal: Invalid | Trouble) -> None:
        self.figures.show_lines(())
        self.state.setText("")
        self.warning.setText(say(refusal.sentence))
        self.warning.show()


def _of_file(planned: _Planned, period: Period) -> list[str]:
    """Say what speaks against the workbook that was chosen."""
    if planned.trouble:
        return [tr("{trouble} It is kept by its name only.", trouble=planned.trouble)]
    compared = planned.compared
    if compared is None:
        return []
    found = []
    if compared.recognised.period != period:
        found.append(tr("The workbook is of another period: {days}.", days=say_period(compared)))
    if compared.differences:
        number = len(compared.differences)
        found.append(tr("{n} cells of the workbook differ from the document.", n=number))
    return found


def say_period(compared: Comparison) -> str:
    """Name the period of a workbook."""
    period = compared.recognised.period
    return tr("everything") if period.open else str(period)
