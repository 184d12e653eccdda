"""How far slow work has come, shared between the thread that works and the one that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.sentence import Sentence

T = TypeVar("T")

_NOW_AND_THEN = 200
"""Things between two reports: few enough to stop at once, many enough to cost nothing."""


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

    def through(self, words: Sentence, things: Iterable[T], total: int = 0) -> Iterator[T]:
        """Go through things and report now and then. Raises `Cancelled` as `report` does."""
        for done, thing in enumerate(things):
            if done % _NOW_AND_THEN == 0:
                self.report(words, done, total)
            yield thing

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
