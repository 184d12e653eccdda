"""One writer and many readers of one file: the writer never waits for a reader's work."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Condition

RETRY_SECONDS = 0.005
"""An interruption that comes just before a statement begins has no effect: it is repeated."""


class Gate:
    """Lets either reads pass, on any number of threads, or the one writer.

    With a rollback journal a transaction cannot be committed while somebody reads. Reads are
    therefore short, or can be interrupted: the writer stops them all, and they begin again when it
    has finished.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._writing = False
        self._interrupts: list[Callable[[], None]] = []

    @contextmanager
    def reading(self, interrupt: Callable[[], None]) -> Generator[None]:
        """Wait for the writer, then read; `interrupt` stops the read from another thread."""
        with self._changed:
            self._changed.wait_for(lambda: not self._writing)
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._changed:
                self._interrupts.remove(interrupt)
                self._changed.notify_all()

    @contextmanager
    def writing(self) -> Generator[None]:
        """Stop all reads, and let none begin inside of the block."""
        with self._changed:
            self._writing = True
            while self._interrupts:
                for interrupt in self._interrupts:
                    interrupt()
                self._changed.wait(RETRY_SECONDS)
        try:
            yield
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()
