"""Keeps what is shown of findings up to date, and examines in the background what is due."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.services.checking import Examined
from smartct_desktop.services.document import Document
from smartct_desktop.ui.jobs import Jobs

_BEGIN = 400  # milliseconds after a document was opened or changed: first things first
_AGAIN = 500  # after something came in between
_TELL = 700  # at most so often the screens are told of what was found in the background


class FindingsWatch(QObject):
    """Examines slice by slice: a job reads and asks the rules, the window's thread writes.

    `changed` is emitted when findings changed without a step, a few times a second at most.
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._document: Document | None = None
        self._running = False
        self._begin = self._timer(self._start)
        self._tell = self._timer(self.changed.emit)

    def attach(self, document: Document | None) -> None:
        """Watch this document."""
        self._begin.stop()
        self._tell.stop()
        self._document = document
        self._running = False
        if document is not None and not document.read_only:
            self._begin.start(_BEGIN)

    def hear(self) -> None:
        """A step was written: it may have left records due."""
        if self._document is not None and not self._document.read_only and not self._running:
            self._begin.start(_BEGIN)

    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity there are."""
        found = dict.fromkeys(Severity, 0)
        if self._document is not None:
            for count in self._document.read.finding_counts():
                found[count.severity] += count.findings
        return found

    @property
    def remaining(self) -> int:
        """How many records are still to be examined, roughly."""
        return self._document.read.unexamined() if self._document is not None else 0

    def _timer(self, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer

    def _start(self) -> None:
        document = self._document
        if document is None or self._running:
            return
        try:
            document.renew_findings()
        except Trouble:  # somebody writes just now
            self._begin.start(_AGAIN)
            return
        self._go_on()

    def _go_on(self) -> None:
        self._running = False
        document = self._document
        if document is None:
            return
        try:
            due = document.read.unexamined()
        except Trouble:  # who looks after the file says what became of it
            self._begin.start(_AGAIN)
            return
        if not due:
            return
        self._running = True

        def work(_progress: Progress) -> tuple[Document, Examined | None]:
            return document, document.examine_due()

        self._jobs.run(work, self._take, self._fail, shown=False)

    def _take(self, found: tuple[Document, Examined | None]) -> None:
        document, examined = found
        if document is not self._document:
            return
        self._running = False
        if examined is None:
            return
        try:
            settled = document.settle(examined)
        except Trouble:
            settled = False
        if settled:
            if not self._tell.isActive():
                self._tell.start(_TELL)
            self._go_on()
        else:
            self._begin.start(_AGAIN)

    def _fail(self, error: Exception) -> None:
        """A step came in between, or the file could not be read just now."""
        self._running = False
        if isinstance(error, Outdated | Trouble):
            if self._document is not None:
                self._begin.start(_AGAIN)
            return
        raise error
