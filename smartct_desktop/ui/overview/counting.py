"""Counting what the Overview shows, off the window's thread, and again after each step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.services.overview import Overview, overview_of
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

_BETWEEN = 150  # milliseconds after a count: further steps meanwhile are counted together


class Counting(QObject):
    """Gives `counted` after each `count`; of several that overlap only the last one's.

    The stock that the desk keeps is renewed for it, so that a step costs what it touched.
    """

    counted = Signal(object)  # Overview

    def __init__(self, tools: Tools, scope: Callable[[], Scope]) -> None:
        super().__init__()
        self._tools = tools
        self._scope = scope
        self._desk: Desk | None = None
        self._asked = 0
        self._again = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_BETWEEN)
        self._pause.timeout.connect(self._go_on)

    def attach(self, desk: Desk | None) -> None:
        """Count another document, or none; what is under way comes to nothing."""
        self._desk = desk
        self._pause.stop()
        self.drop()

    def drop(self) -> None:
        """Make nothing of the count that is under way."""
        self._asked += 1

    def count_soon(self) -> None:
        """Count at once, unless that was just done."""
        if self._pause.isActive():
            self._again = True
        else:
            self.count()
            self._pause.start()

    def count_later(self) -> None:
        """Count when nobody asked for it any more for a moment."""
        self._again = True
        self._pause.start()

    def count(self) -> None:
        """Count now."""
        self._again = False
        if self._desk is None:
            return
        self._asked += 1
        asked, desk, scope = self._asked, self._desk, self._scope()

        def work(_progress: Progress) -> tuple[int, Overview]:
            with desk.document.reader() as reader:
                now = desk.stock.read(reader, desk.facts, local_today())
                return asked, overview_of(now, reader, scope)

        title = tr("Counting")
        self._tools.jobs.run(work, self._take, self._fail, title=title, shown=False)

    def _go_on(self) -> None:
        if self._again:
            self.count()

    def _take(self, result: tuple[int, Overview]) -> None:
        asked, found = result
        if asked == self._asked and self._desk is not None:
            self.counted.emit(found)

    def _fail(self, error: Exception) -> None:
        """The document changed, or was closed, while its records were counted."""
        if self._desk is None:
            return
        if isinstance(error, Outdated):
            self.count_later()
        else:
            self._tools.report(error)
