"""Writing the file of the document anew under another key, while the document is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.texts import Texts
    from smartct_desktop.ui.main_window import MainWindow

_PAUSE = 50
"""Milliseconds between two looks whether other jobs are over."""


class Opener(Protocol):
    """Who owns the open document."""

    @property
    def document(self) -> Document | None:
        """The document that is shown."""

    @property
    def texts(self) -> Texts:
        """How dates and numbers are written."""

    def open(self, path: Path, key: Key | None = None) -> None:
        """Open a document and show it; says why if that is not possible."""

    def close(self) -> None:
        """Let go of the document."""


@dataclass(frozen=True)
class _Deed:
    """What is done with which file, and who hears of it."""

    title: str
    path: Path
    drafts_of: tuple[Path, ...]
    before: Key | None
    work: Callable[[Progress], Key | None]
    done: Callable[[Path, Key | None, Key | None], object]


class Rekeying(QObject):
    """Closes the document, has it written anew in a job, and opens it again, whatever came of it.

    Drafts that could not be put back so far are handed over to the new key.
    """

    def __init__(self, window: MainWindow, program: Opener) -> None:
        super().__init__(window)
        self._window = window
        self._program = program

    def run(
        self,
        document: Document,
        title: str,
        work: Callable[[Progress], Key | None],
        done: Callable[[Path, Key | None, Key | None], object],
    ) -> None:
        """Do the work, which gives the new key, and call `done(path, key before, key now)`."""
        places = tuple({document.path, document.home})
        deed = _Deed(title, document.home, places, document.key, work, done)
        self._program.close()
        self._window.expect_document(deed.path)
        self._when_quiet(deed)

    def _when_quiet(self, deed: _Deed) -> None:
        """Wait for other jobs: one may be the backup at closing."""
        if self._window.tools.jobs.active:
            QTimer.singleShot(_PAUSE, self, partial(self._when_quiet, deed))
        else:
            self._start(deed)

    def _start(self, deed: _Deed) -> None:
        from smartct_desktop.ui.long_steps import Waiting

        tools = self._window.tools
        ended: list[Waiting] = []

        def end(then: Callable[..., object], *result: object) -> None:
            for waiting in ended:
                waiting.end()
            then(*result)

        job = tools.jobs.run(
            deed.work,
            partial(end, partial(self._finish, deed)),
            partial(end, partial(self._fail, deed)),
            partial(end, partial(self._program.open, deed.path, deed.before)),
            title=deed.title,
            shown=False,
        )
        ended.append(Waiting(tools.look, tools.jobs, job, self._window))
        ended[0].open()

    def _finish(self, deed: _Deed, key: Key | None) -> None:
        from smartct_desktop.services.drafts import FOLDER, hand_over
        from smartct_desktop.system.paths import data_folder

        for place in deed.drafts_of:
            self._window.tools.try_deed(
                partial(hand_over, data_folder() / FOLDER, place, deed.before, key)
            )
        self._program.open(deed.path, key)
        if self._program.document is not None:
            deed.done(deed.path, deed.before, key)

    def _fail(self, deed: _Deed, failure: Exception) -> None:
        self._program.open(deed.path, deed.before)
        if not isinstance(failure, Trouble):
            raise failure
        self._window.tools.messages.tell_trouble(self._window, failure)
