"""When the system ends the program: what is typed is kept, and the document is closed well."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication


class Ending(QObject):
    """Hears of the end of the session, and of the signals with which a system stops programs.

    `keep` writes down what is not in a document yet. It is called before anything is asked, for a
    system that shuts down does not wait for answers.
    """

    def __init__(self, application: QApplication, keep: Callable[[], object]) -> None:
        super().__init__(application)
        self._application = application
        self._keep = keep
        self._pipe: tuple[int, int] | None = None
        application.commitDataRequest.connect(self.commit)
        if sys.platform != "win32":
            self._hear_signals()

    def commit(self, _session: QSessionManager | None = None) -> None:
        """Keep what is not in a document yet: the session is about to end, or may go on."""
        self._keep()

    def end(self) -> None:
        """Hear nothing any more."""
        self._application.commitDataRequest.disconnect(self.commit)
        if self._pipe is None:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, before in self._before.items():
            signal.signal(number, before)
        for end in self._pipe:
            os.close(end)
        self._pipe = None

    def _hear_signals(self) -> None:
        """Have the event loop wake up: Python looks at signals only while it runs itself."""
        reading, writing = self._pipe = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, _leave_it)
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
        }
        self._notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)

    def _heard(self) -> None:
        if self._pipe is not None and os.read(self._pipe[0], 64):
            self._keep()
            self._application.exit(0)


def _leave_it(_number: int, _frame: FrameType | None) -> None:
    """The event loop is woken up by the number of the signal, see `_hear_signals`."""
