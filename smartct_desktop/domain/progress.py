"""How far slow work has come, shared between the thread that works and the one that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done; `total` 0 means that the amount is not known."""

    words: Sentence
    done: int
    total: int


class Progress:
    """Reports of one job: written by the worker, polled by the window (ten times a second).

    Safe to use from any thread. `report` raises `Cancelled` once `cancel` was called, so that
    loops that report need no flag of their own.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._stage = Stage(Sentence(""), 0, 0)
        self._cancelled = False

    def report(self, words: Sentence, done: int = 0, total: int = 0) -> None:
        """Say how far the work has come. Raises `Cancelled` if the person asked to stop."""
        with self._lock:
            self._stage = Stage(words, done, total)
            cancelled = self._cancelled
        if cancelled:
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        with self._lock:
            self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        with self._lock:
            return self._cancelled

    @property
    def stage(self) -> Stage:
        """The newest report."""
        with self._lock:
            return self._stage
