"""What is being done right now: words, a bar, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.jobs import Job, Jobs
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_BAR = 120
_STEPS = 1000  # of the bar: counts may be larger than Qt's numbers


class JobStrip(QWidget):
    """Shows the oldest job that is shown at all, or the one it was told to follow.

    It appears with the first progress that is polled, so that quick work does not flash.
    """

    def __init__(self, look: Look, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._jobs = jobs
        self._followed: Job | None = None
        self._job: Job | None = None
        self._words = label(face="small", tone="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self._cancel = button(look, tr("Cancel"), Kind.LINK)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._cancel)
        self._cancel.clicked.connect(self._stop)
        jobs.progressed.connect(self._show_progress)
        jobs.finished.connect(self._end)
        look.changed.connect(self._fit)
        self._fit()
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this job and no other."""
        self._followed = job
        self._job = None
        self.hide()

    def shown(self) -> tuple[str, float, QPushButton]:
        """What is to be seen: words, share of the work (0 if not known), the button to stop it."""
        share = self._bar.value() / _STEPS if self._bar.isVisible() else 0
        return self._words.text(), share, self._cancel

    def _show_progress(self, job: Job) -> None:
        if self._job is None and self._concerns(job):
            self._job = job
        if job is not self._job:
            return
        stage = job.stage
        words = say(stage.words) or job.title
        self._words.setText(tr("Stopping…") if job.cancelled else words)
        self._bar.setVisible(stage.total > 0)
        if stage.total > 0:
            self._bar.setValue(min(_STEPS, stage.done * _STEPS // stage.total))
        self._bar.setAccessibleName(words)
        self._cancel.setEnabled(not job.cancelled)
        self.show()

    def _concerns(self, job: Job) -> bool:
        return job.shown if self._followed is None else job is self._followed

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._show_progress(self._job)

    def _fit(self) -> None:
        self._bar.setFixedWidth(self._look.px(_BAR))
