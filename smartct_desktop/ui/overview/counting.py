"""Counting what the Overview shows, off the window's thread, and again after each step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.services.overview import Overview, overview_of
from smartct_desktop.services.stock import Stock, touched_ids
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

_BETWEEN = 150  # milliseconds after a count: further steps meanwhile are counted together


class Counting(QObject):
    """Gives `counted` after each `count`; of several that overlap only the last one's.

    What was read for a count is kept for the next one, so that a step costs what it touched.
    """

    counted = Signal(object)  # Overview

    def __init__(self, tools: Tools, scope: Callable[[], Scope]) -> None:
        super().__init__()
        self._tools = tools
        self._scope = scope
        self._desk: Desk | None = None
        self._stock: Stock | None = None
        self._heard: list[Touched] = []  # steps since the last count was asked for
        self._under_way: list[Touched] = []  # steps that `_stock` does not know, asked for
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
        self.forget()

    def hear(self, touched: Touched) -> None:
        """Note what a step touched."""
        self._heard.append(touched)

    def forget(self) -> None:
        """Read everything anew for the next count, and drop what is under way."""
        self._asked += 1
        self._stock = None
        self._heard, self._under_way = [], []

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
        self._under_way, self._heard = [*self._under_way, *self._heard], []
        asked, desk, scope, stock = self._asked, self._desk, self._scope(), self._stock
        touched = touched_ids(self._under_way)

        def work(_progress: Progress) -> tuple[int, Stock, Overview]:
            today = local_today()
            with desk.document.reader() as reader:
                if stock is None:
                    now = Stock.read(reader, desk.facts, today)
                else:
                    now = stock.renewed(reader, desk.facts, today, touched)
                return asked, now, overview_of(now, reader, scope)

        title = tr("Counting")
        self._tools.jobs.run(work, self._take, self._fail, title=title, shown=False)

    def _go_on(self) -> None:
        if self._again:
            self.count()

    def _take(self, result: tuple[int, Stock, Overview]) -> None:
        asked, stock, found = result
        if asked == self._asked and self._desk is not None:
            self._stock = stock
            self._under_way = []
            self.counted.emit(found)

    def _fail(self, error: Exception) -> None:
        """The document changed, or was closed, while its records were counted."""
        if self._desk is None:
            return
        if isinstance(error, Outdated):
            self.count_later()
        else:
            self._tools.report(error)
