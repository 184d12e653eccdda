"""Makes the backups that are due, in jobs, and says in the status bar how it stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.backing_up import (
    ASKED,
    CLOSED,
    OPENED,
    TIMED,
    DocumentBackups,
    Standing,
)
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

_LOOK = 60_000  # milliseconds between two looks at the clock
_FIRST = 20_000  # milliseconds after opening: nobody waits for it
_SOON = 1_500


class BackupWatch(QObject):
    """Follows one document at a time. `told(standing)` whenever something is known anew."""

    told = Signal(object)

    def __init__(self, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._desk: Desk | None = None
        self._unsubscribe: Callable[[], object] | None = None
        self._changed_since: float | None = None
        self._closing: list[DocumentBackups] = []
        self._running = False
        self.backups: DocumentBackups | None = None
        self._timer = self._make_timer(_LOOK, self.look)
        self._first = self._make_timer(_FIRST, self._begin, once=True)
        self._soon = self._make_timer(_SOON, self.tell, once=True)

    def attach(self, desk: Desk | None) -> None:
        """Follow this document from now on; what is open for reading only needs no backups."""
        self._let_go()
        self._desk = desk
        if desk is None:
            return
        document = desk.document
        wishes = BackupWishes.of(self._tools.settings)
        self.backups = DocumentBackups(document.path, document.id, wishes, key=document.key)
        self._soon.start()
        if not desk.read_only:
            document.guard = self.backups.guard
            self._unsubscribe = document.subscribe(self._hear)
            self._timer.start()
            self._first.start()

    def leave(self) -> None:
        """Let go of the document, which is about to be closed; `end` is to follow."""
        if self.backups is not None and self._changed_since is not None:
            self._closing.append(self.backups)
        self._let_go()

    def end(self) -> None:
        """Make the last backup of documents that were changed and are closed by now."""
        for backups in self._closing:
            self._tools.jobs.run(
                partial(_close, backups),
                partial(self._forget, backups),
                title=tr("Backing up"),
                shown=False,
            )

    def finish(self) -> None:
        """Make what a job of `end` did not come to: no job runs any more."""
        while self._closing:
            self._closing.pop().make(CLOSED)

    def renew_wishes(self) -> None:
        """Follow what the person chose meanwhile."""
        if self.backups is not None:
            self.backups.wishes = BackupWishes.of(self._tools.settings)
            self.tell()

    def make_now(self, done: Callable[[Standing], object]) -> None:
        """Make a backup because the person asked, and say when it is there."""
        self._run(ASKED, done, shown=True)

    def look(self) -> None:
        """Make a backup if there were changes for long enough."""
        since = self._changed_since
        if since is None or self.backups is None or self._running:
            return
        if time.monotonic() - since >= self.backups.wishes.minutes * 60:
            self._run(TIMED, None)

    def tell(self) -> None:
        """Find out how it stands, in a job."""
        backups = self.backups
        if backups is not None:
            self._tools.jobs.run(
                lambda _progress: backups.standing(), partial(self._tell, backups), shown=False
            )

    # Within.

    def _make_timer(
        self, milliseconds: int, act: Callable[[], object], *, once: bool = False
    ) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(once)
        timer.timeout.connect(act)
        return timer

    def _let_go(self) -> None:
        for timer in (self._timer, self._first, self._soon):
            timer.stop()
        if self._unsubscribe is not None and self._desk is not None:
            self._desk.document.guard = None
            self._unsubscribe()
        self._unsubscribe = None
        self._desk = self.backups = self._changed_since = None
        self._running = False

    def _hear(self, _touched: Touched) -> None:
        if self._changed_since is None:
            self._changed_since = time.monotonic()

    def _begin(self) -> None:
        """What is done once after opening: sweeping, the first backup of the day, the drill."""
        backups = self.backups
        if backups is not None:
            self._tools.jobs.run(partial(_open, backups), partial(self._tell, backups), shown=False)

    def _run(
        self, reason: str, done: Callable[[Standing], object] | None, *, shown: bool = False
    ) -> None:
        backups = self.backups
        if backups is None:
            return
        self._running = True
        began, self._changed_since = self._changed_since, None
        self._tools.jobs.run(
            partial(_make, backups, reason),
            partial(self._made, backups, began, done),
            cancelled=partial(self._stopped, backups, began),
            title=tr("Backing up"),
            shown=shown,
        )

    def _made(
        self,
        backups: DocumentBackups,
        began: float | None,
        done: Callable[[Standing], object] | None,
        standing: Standing,
    ) -> None:
        if backups is self.backups and standing.trouble is not None:
            self._stopped(backups, began)
        self._running = False
        self._tell(backups, standing)
        if done is not None:
            done(standing)

    def _stopped(self, backups: DocumentBackups, began: float | None) -> None:
        """What failed or was stopped is tried again when the time has passed once more."""
        if backups is self.backups:
            self._running = False
            if began is not None:
                self._changed_since = time.monotonic()

    def _tell(self, backups: DocumentBackups, standing: Standing) -> None:
        if backups is self.backups:
            self.told.emit(standing)

    def _forget(self, backups: DocumentBackups, _made: object) -> None:
        if backups in self._closing:
            self._closing.remove(backups)


def _make(backups: DocumentBackups, reason: str, progress: Progress) -> Standing:
    backups.make(reason, progress, patient=reason != ASKED)
    return backups.standing()


def _open(backups: DocumentBackups, progress: Progress) -> Standing:
    backups.sweep()
    if backups.due_at_opening():
        backups.make(OPENED, progress, patient=True)
    backups.drill()
    return backups.standing()


def _close(backups: DocumentBackups, progress: Progress) -> None:
    """Stopped only before it begins: the program waits for it at its end."""
    if progress.cancelled:
        raise Cancelled
    backups.make(CLOSED)
