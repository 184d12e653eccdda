"""Slow work off the GUI thread: values in, values out, the result on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from smartct_desktop.domain.errors import Cancelled, Invalid, Trouble
from smartct_desktop.domain.progress import Progress, Stage

T = TypeVar("T")

_WORKERS = 2
_POLL = 100  # milliseconds


class Job:
    """A piece of work under way, to look at and to cancel."""

    def __init__(self, progress: Progress, future: Future[Any], title: str, *, shown: bool) -> None:
        self._progress = progress
        self._future = future
        self.title = title
        self.shown = shown

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return self._progress.stage

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop; it may still finish."""
        return self._progress.cancelled

    def cancel(self) -> None:
        """Ask it to stop: before it began, or at its next report."""
        self._progress.cancel()
        self._future.cancel()


class Jobs(QObject):
    """Runs work in two threads and says on the GUI thread how it ended.

    Work gets a `Progress` to report to and must not touch widgets, the document's own connection
    or anything else of the GUI thread. `report` hears of failures that a job has no `failed` for.
    A callback that belongs to a widget (or another `QObject`) that is gone by then is dropped, so
    callbacks should be bound methods.
    """

    started = Signal(object)
    progressed = Signal(object)  # ten times a second while a job is active
    finished = Signal(object)  # before its callback is called

    # Emitted by a worker; queued, so that the slot runs on the GUI thread and never inside `run`.
    _ended = Signal(object)

    def __init__(
        self, report: Callable[[Exception], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._report = report
        self._active: dict[Job, Callable[[], None]] = {}
        self._executor = ThreadPoolExecutor(_WORKERS, thread_name_prefix="job")
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL)
        self._timer.timeout.connect(self._poll)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def active(self) -> tuple[Job, ...]:
        """The jobs that have not ended, oldest first."""
        return tuple(self._active)

    def run(  # noqa: PLR0913 -- one callback for each way to end
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        *,
        title: str = "",
        shown: bool = True,
    ) -> Job:
        """Start `work`; at most one of the callbacks is called later, on the GUI thread.

        Work that finishes although it was asked to stop is done: what it wrote is written.
        `shown` says whether the person is told about it while it runs.
        """
        progress = Progress()
        future = self._executor.submit(work, progress)
        job = Job(progress, future, title, shown=shown)
        self._active[job] = partial(self._settle, future, done, failed, cancelled)
        self._timer.start()
        self.started.emit(job)
        future.add_done_callback(lambda _future: self._ended.emit(job))
        return job

    def shutdown(self) -> None:
        """Cancel everything and wait until the threads are gone; no callback is called any more."""
        self._closed = True
        self._timer.stop()
        for job in self._active:
            job.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._active.clear()

    def _poll(self) -> None:
        for job in self.active:
            self.progressed.emit(job)

    def _deliver(self, job: Job) -> None:
        if self._closed:
            return
        settle = self._active.pop(job)
        if not self._active:
            self._timer.stop()
        self.finished.emit(job)
        settle()

    def _settle(
        self,
        future: Future[T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None,
        cancelled: Callable[[], object] | None,
    ) -> None:
        try:
            result = future.result()
        except (Cancelled, CancelledError):
            if cancelled is not None and _is_alive(cancelled):
                cancelled()
        except Exception as error:  # noqa: BLE001 -- whatever it is, somebody must hear of it
            if failed is not None and _is_alive(failed):
                failed(error)
            elif failed is None or not isinstance(error, Trouble | Invalid):
                self._report(error)
        else:
            if _is_alive(done):
                done(result)


def _is_alive(callback: Callable[..., object]) -> bool:
    """Whether what the callback belongs to still exists on the side of Qt."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
