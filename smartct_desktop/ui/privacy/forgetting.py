"""Forgetting a person in the document that is shown: it is closed, rewritten and opened again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.i18n import tr

if TYPE_CHECKING:
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.privacy.forgetting import Receipt
    from smartct_desktop.services.privacy.plan import Plan
    from smartct_desktop.services.programme import ProgrammeFacts
    from smartct_desktop.ui.main_window import MainWindow

_PAUSE = 50
"""Milliseconds between two looks whether other jobs are over."""


class Opener(Protocol):
    """Who owns the open document."""

    @property
    def document(self) -> Document | None:
        """The document that is shown."""

    def open(self, path: Path) -> None:
        """Open a document and show it; says why if that is not possible."""

    def close(self) -> None:
        """Let go of the document."""


class Forgetting(QObject):
    """Does what `PrivacyCommands` asks for."""

    def __init__(self, window: MainWindow, program: Opener, facts: ProgrammeFacts) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._facts = facts
        window.privacy.forget_asked.connect(self.start)

    def start(self, plan: Plan, reason: str, certificate: Path) -> None:
        """Close the document, forget the person in a job, and open it again."""
        from smartct_desktop.services.privacy.forgetting import forget
        from smartct_desktop.services.privacy.own_files import cleaned_json

        document = self._program.document
        if document is None or not self._window.finish_editing():
            return
        path = document.home
        self._program.close()
        self._window.expect_document(path)
        tools = self._window.tools
        # The settings are in memory, too, and would be written as they were.
        tools.settings.rewrite(
            lambda values: cleaned_json(values, plan.known.traces, plan.known.person)
        )
        self._when_quiet(
            path,
            lambda progress: forget(
                path, plan, reason, certificate, self._facts, progress=progress
            ),
        )

    def _when_quiet(self, path: Path, work: Callable[..., Receipt]) -> None:
        """Wait for other jobs: the backup at closing would come with the person in it."""
        if self._window.tools.jobs.active:
            QTimer.singleShot(_PAUSE, self, partial(self._when_quiet, path, work))
        else:
            self._job(path, work)

    def _job(self, path: Path, work: Callable[..., Receipt]) -> None:
        from smartct_desktop.ui.long_steps import Waiting

        tools = self._window.tools
        ended: list[Waiting] = []

        def end(then: Callable[..., object], *result: object) -> None:
            for waiting in ended:
                waiting.end()
            then(*result)

        job = tools.jobs.run(
            work,
            partial(end, partial(self._forgotten, path)),
            partial(end, partial(self._failed, path)),
            partial(end, partial(self._program.open, path)),
            title=tr("Forgetting a person"),
            shown=False,
        )
        ended.append(Waiting(tools.look, tools.jobs, job, self._window))
        ended[0].open()

    def _forgotten(self, path: Path, receipt: Receipt) -> None:
        self._program.open(path)
        tools = self._window.tools
        words = tr("The person is forgotten. The certificate is in {name}.", name=receipt.path.name)
        if receipt.left:
            trouble = Trouble(receipt.left[0], Sentence("Everything else is done."))
            tools.messages.tell_trouble(self._window, trouble)
        tools.note.tell(words)

    def _failed(self, path: Path, failure: Exception) -> None:
        self._program.open(path)
        if not isinstance(failure, Trouble):
            raise failure
        self._window.tools.messages.tell_trouble(self._window, failure)
