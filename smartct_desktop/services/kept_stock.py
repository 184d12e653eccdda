"""The stock of one document, kept from count to count for whoever counts."""

from __future__ import annotations

from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.reading import Reader

if TYPE_CHECKING:
    from smartct_desktop.services.programme import ProgrammeFacts
    from smartct_desktop.services.stock import Stock


class KeptStock:
    """Gives the stock of a document as it is now, reading only what steps touched meanwhile.

    It may be asked on any thread; of several who ask at once, the first one reads and the others
    find what it has read.
    """

    def __init__(self) -> None:
        self._reading = Lock()
        self._noting = Lock()
        self._stock: Stock | None = None
        self._heard: list[Touched] = []
        self._forgotten = 0

    def hear(self, touched: Touched) -> None:
        """Note what a step touched."""
        with self._noting:
            self._heard.append(touched)

    def forget(self) -> None:
        """Read everything anew when somebody asks again."""
        with self._noting:
            self._stock = None
            self._heard.clear()
            self._forgotten += 1

    def read(self, reader: Reader, programme: ProgrammeFacts, today: date) -> Stock:
        """Give the stock at the moment of the reader. Work for a job. Raises `Outdated`."""
        from smartct_desktop.services.stock import Stock, touched_ids

        with self._reading:
            with self._noting:
                stock, heard, forgotten = self._stock, list(self._heard), self._forgotten
            if stock is None:
                now = Stock.read(reader, programme, today)
            else:
                now = stock.renewed(reader, programme, today, touched_ids(heard))
            with self._noting:
                if forgotten == self._forgotten:
                    self._stock = now
                    del self._heard[: len(heard)]
            return now
