"""Counting the values of facets off the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Bucket, Outdated, Readers
from smartct_desktop.ui.facets.facet import Facet
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.tools import Tools


@dataclass(frozen=True)
class Asked:
    """What to count: the values of a facet among the records of a query, at a moment.

    The values `chosen` are listed even if no record has them any more.
    """

    facet: Facet
    query: Query
    chosen: frozenset[Value]
    moment: int


class Counts(QObject):
    """What is known of each facet; the old counts stay until the new ones are there.

    One job runs at a time, so that a slow question never keeps the other workers from the table.
    `counted` is emitted with each facet whose counts have come.
    """

    counted = Signal(object)

    def __init__(self, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._readers: Readers | None = None
        self._wanted: dict[Facet, Asked] = {}
        self._known: dict[Facet, tuple[Asked, Sequence[Bucket]]] = {}
        self._running: Asked | None = None

    @property
    def _jobs(self) -> Jobs:
        return self._tools.jobs

    def attach(self, readers: Readers | None) -> None:
        """Count in this document; None forgets everything."""
        self._readers = readers
        self._wanted.clear()
        self._known.clear()

    def buckets(self, facet: Facet) -> Sequence[Bucket]:
        """The counts as far as they are known, in the order in which they are shown."""
        known = self._known.get(facet)
        return known[1] if known is not None else ()

    def is_fresh(self, facet: Facet) -> bool:
        """Whether the counts are those that were asked for last."""
        known = self._known.get(facet)
        return known is not None and known[0] == self._wanted.get(facet)

    def ask(self, asked: Sequence[Asked]) -> None:
        """Count these and no others; what is known already is not counted again."""
        self._wanted = {one.facet: one for one in asked}
        self._go_on()

    def _go_on(self) -> None:
        """Start with the first facet that is not up to date, unless something is running."""
        readers = self._readers
        if readers is None or self._running is not None:
            return
        for asked in self._wanted.values():
            if not self.is_fresh(asked.facet):
                self._running = asked
                work = partial(_count, readers, asked)
                title = tr("Counting")
                self._jobs.run(work, self._take, self._fail, self._drop, title=title, shown=False)
                return

    def _take(self, buckets: Sequence[Bucket]) -> None:
        asked, self._running = self._running, None
        if asked is not None and self._wanted.get(asked.facet) == asked:
            self._known[asked.facet] = (asked, buckets)
            self.counted.emit(asked.facet)
        self._go_on()

    def _fail(self, error: Exception) -> None:
        asked, self._running = self._running, None
        if not isinstance(error, Outdated):
            if asked is not None:
                self._wanted.pop(asked.facet, None)
            self._tools.report(error)
        self._go_on()  # what changed meanwhile is counted as it is now

    def _drop(self) -> None:
        self._running = None


def _count(readers: Readers, asked: Asked, _progress: Progress) -> Sequence[Bucket]:
    with readers.reader() as reader:
        return asked.facet.count(reader, asked.query, asked.chosen)
