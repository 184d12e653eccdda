"""A window that only reads what somebody else writes: it shows their steps, and can take over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.services.following import News, look
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.theme.tones import Tone

if TYPE_CHECKING:
    from smartct_desktop.domain.copies import StepMarks
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.main_window import MainWindow

EVERY = 4000
"""Milliseconds between two looks."""

WRITER = "writer"
"""The matter of the bar."""


class Reopener(Protocol):
    """Who owns the open document."""

    def reopen(self, path: Path) -> None:
        """Let go of the document, and open what lies at `path`."""


class Following(QObject):
    """Looks now and then while the document is read here and written elsewhere."""

    def __init__(self, window: MainWindow, program: Reopener) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._desk: Desk | None = None
        self._known: Sequence[StepMarks] = ()
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def attach(self, desk: Desk | None) -> None:
        """Follow this document if it is not written here; None follows nothing."""
        self._desk = None
        self._timer.stop()
        if "notices" in self._window.__dict__:
            self._window.notices.drop(WRITER)
        if desk is None or not desk.document.in_use_elsewhere:
            return
        self._desk = desk
        self._known = desk.reader.step_marks()
        reason = say(desk.document.read_only_reason or "")
        words = tr("{reason} You can read here what is saved there.", reason=reason)
        self._window.notices.tell(WRITER, Tone.WAITING, words)
        self._timer.start()

    def look(self) -> None:
        """Look now; the answer comes later."""
        desk = self._desk
        if desk is None or self._looking:
            return
        self._looking = True
        work = partial(look, desk.document, self._known)
        hear, fail = partial(self._hear, desk), self._fail
        self._window.tools.jobs.run(work, hear, fail, self._rest, shown=False)

    def _rest(self) -> None:
        self._looking = False

    def _fail(self, failure: Exception) -> None:
        self._looking = False
        if not isinstance(failure, Trouble):  # the file is away: that is said by who watches it
            raise failure

    def _hear(self, desk: Desk, news: News | None) -> None:
        self._looking = False
        if news is None or desk is not self._desk:
            return
        self._known = news.marks
        if news.touched is not None:
            desk.stock.forget()
            desk.document.announce(news.touched)
            words = tr("{n} more steps were saved elsewhere; you see them here.", n=news.steps)
            if news.steps == 1:
                words = tr("A step was saved elsewhere; you see it here.")
            self._window.tools.note.tell(words)
        if news.writer is None:
            self._timer.stop()
            self._window.notices.tell(
                WRITER,
                Tone.DONE,
                tr("The document is not open elsewhere any more. It can be changed here now."),
                [Link(tr("Go on writing"), self._take_over)],
                closing="Only read",
            )

    def _take_over(self) -> None:
        if self._desk is not None:
            self._program.reopen(self._desk.document.path)
