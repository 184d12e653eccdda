"""Steps that take seconds: done by a job while the window lives, behind words, a bar and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Unsure
from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.document import Document
from smartct_desktop.services.long_step import LongStep, Written, write_long
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.jobs import Job, Jobs
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.messages import Messages
from smartct_desktop.ui.notes import PassingNote
from smartct_desktop.ui.theme.look import Look

T = TypeVar("T")

_MARGIN = 24
_WIDTH = 420
_STEPS = 1000  # of the bar: counts may be larger than Qt's numbers


class LongSteps(QObject):
    """Has steps written by jobs. Meanwhile the person can look, wait or cancel, but not edit."""

    def __init__(
        self, look: Look, jobs: Jobs, messages: Messages, note: PassingNote, window: QWidget
    ) -> None:
        super().__init__(window)
        self._look = look
        self._jobs = jobs
        self._messages = messages
        self._note = note
        self._window = window
        self._waiting: Waiting | None = None

    @property
    def waiting(self) -> Waiting | None:
        """The dialog of the step that is being written, None if there is none."""
        return self._waiting

    def run(
        self,
        document: Document,
        title: str,
        work: Callable[[LongStep], T],
        done: Callable[[T], object],
        *,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do `work`, which writes one step or none; then give `done` what it returned.

        `done` is called on the GUI thread, after the document's listeners have heard of the step.
        What the world or a rule has against it is told here, unless `failed` takes it. After
        Cancel nothing is written and nobody is called.
        """

        def write(progress: Progress) -> Written[T]:
            return write_long(document, work, progress)

        job = self._jobs.run(
            write,
            partial(self._finish, document, done),
            partial(self._fail, document, failed or self._tell),
            self._stop,
            title=title,
            shown=False,
        )
        self._waiting = Waiting(self._look, self._jobs, job, self._window)
        self._waiting.open()

    def _end(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.end()

    def _finish(self, document: Document, done: Callable[[T], object], written: Written[T]) -> None:
        if written.touched is not None:
            document.announce(written.touched)
        self._end()
        done(written.result)

    def _fail(
        self, document: Document, failed: Callable[[Exception], object], error: Exception
    ) -> None:
        if isinstance(error, Unsure):
            document.announce(error.touched)
        self._end()
        failed(error)

    def _tell(self, error: Exception) -> None:
        match error:
            case Trouble():
                self._messages.tell_trouble(self._window, error)
            case Invalid():
                self._note.tell(say(error.sentence))
            case _:
                raise error  # for whoever reports mistakes of ours

    def _stop(self) -> None:
        self._end()
        self._note.tell(tr("Stopped. Nothing was changed."))


class Waiting(QDialog):
    """What is being done, how far it is, and Cancel; Esc and closing it mean Cancel too."""

    def __init__(self, look: Look, jobs: Jobs, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self._job = job
        self._words = label(tr("Getting ready"), tone="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(job.title)
        self.cancel = button(look, tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(job.title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(8)
        column.addWidget(label(job.title, face="title", wrap=True))
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        column.addLayout(row)
        FocusRing(look, self)
        self.setMinimumWidth(look.px(_WIDTH))
        jobs.progressed.connect(self._show_progress)

    def shown(self) -> tuple[str, float]:
        """What is to be seen: words, and the share of the work that is done."""
        return self._words.text(), self._bar.value() / _STEPS

    def end(self) -> None:
        """Go away: the job has ended."""
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Cancel the job; the dialog stays until it has stopped."""
        self._job.cancel()
        self.cancel.setEnabled(False)
        self._words.setText(tr("Stopping…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def _show_progress(self, job: Job) -> None:
        if job is not self._job or job.cancelled:
            return
        stage = job.stage
        self._words.setText(say(stage.words) or tr("Getting ready"))
        if stage.total > 0:
            self._bar.setValue(min(_STEPS, stage.done * _STEPS // stage.total))
