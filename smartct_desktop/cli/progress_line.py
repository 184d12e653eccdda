"""One line on the terminal that says how far slow work has come, and Ctrl+C that stops it well."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Thread, current_thread, main_thread
from types import FrameType

from smartct_desktop.domain.progress import Progress

_FIRST = 0.4  # seconds: what is done sooner needs no line
_NEXT = 0.2


@contextmanager
def told(progress: Progress) -> Generator[Progress]:
    """Show the progress while the block runs, if somebody looks; Ctrl+C asks the work to stop.

    The work then stops at a moment at which nothing is half written, and raises `Cancelled`. A
    second Ctrl+C interrupts at once.
    """
    with _stopped_by_key(progress):
        if not sys.stderr.isatty():
            yield progress
            return
        line = _Line(progress)
        try:
            yield progress
        finally:
            line.end()


@contextmanager
def _stopped_by_key(progress: Progress) -> Generator[None]:
    if current_thread() is not main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        progress.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Line:
    """Writes over one line of the terminal, from a thread of its own."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Wipe the line out."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        shown = ""
        pause = _FIRST
        while not self._over.wait(pause):
            pause = _NEXT
            text = _text(self._progress)
            if text != shown:
                self._write(text)
                shown = text
        if shown:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def _text(progress: Progress) -> str:
    stage = progress.stage
    share = f" {min(100, 100 * stage.done // stage.total)} %" if stage.total else ""
    width = max(10, shutil.get_terminal_size().columns - 1)
    return f"{stage.words}{share}"[:width]
