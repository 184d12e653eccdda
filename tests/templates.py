"""Documents that are made once in a run and copied for each test: making costs twenty copies."""

import tempfile
from functools import cached_property
from pathlib import Path

from smartct_desktop.services.document import Document
from smartct_desktop.storage.store import Store


class Template:
    """A document as `make(path, clock)` leaves it, with a clock that `clocks` gives.

    `make` gives the open document, and what tests should know of it.
    """

    def __init__(self, make, clocks):
        self._make = make
        self._clocks = clocks

    @property
    def known(self):
        """What is to be known of each copy."""
        return self._made[2]

    def open(self, path, clock, facts=None):
        """Copy the document to `path` and open it; the clock goes on where making it ended."""
        content, ticks, _ = self._made
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(content)
        for _ in range(ticks):
            clock()
        return Document(Store.open(path), clock, facts)

    @cached_property
    def _made(self):
        ticks = []
        clock = self._clocks()

        def counting():
            ticks.append(clock())
            return ticks[-1]

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "template.smartct"
            document, known = self._make(path, counting)
            document.close()
            return path.read_bytes(), len(ticks), known
