"""Freeing what refers to itself in a circle, without making the window stand still.

Widgets may be freed on the GUI thread only, but Python, left alone, looks for garbage on whatever
thread happens to make an object. So it is told not to, and the window looks now and then. Going
through a million objects takes a second, though: objects that have come to stay (all that the start
made, the plan of an import) are set aside for as long as the document is open. Most of them are
freed without any search, because nothing but the search for circles passes them over.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

from smartct_desktop.ui.jobs import Jobs

EVERY = 20_000
"""Milliseconds between two looks."""

MANY = 60_000
"""New objects from which on it is not looked but taken for granted that they stay."""

LONG = 0.02
"""Seconds: after a look that took longer, what is still there is set aside."""


class Garbage(QObject):
    """Looks for garbage on the GUI thread, and keeps Python from doing so on any other."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)

    def look(self) -> None:
        """Free what can be freed, unless a job is busy making what will stay."""
        if self._jobs.active:
            return
        if gc.get_count()[0] > MANY:
            gc.freeze()
            return
        start = time.perf_counter()
        gc.collect()
        if time.perf_counter() - start > LONG:
            gc.freeze()

    def look_everywhere(self) -> None:
        """Free what can be freed, wherever it is: for moments in which nobody waits."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """Let Python look by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
