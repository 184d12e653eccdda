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
    from smartct_desktop.domain.key import Key
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

    def open(self, path: Path, key: Key | None = None) -> None:
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
        from smartct_desktop.services.drafts import FOLDER, Drafts
        from smartct_desktop.services.privacy.forgetting import forget
        from smartct_desktop.services.privacy.own_files import cleaned_json, names_person
        from smartct_desktop.system.paths import data_folder
        from smartct_desktop.ui.protection.kept_text import without_closed

        document = self._program.document
        if document is None or not self._window.finish_editing():
            return
        path, key = document.home, document.key
        drafts = Drafts(data_folder() / FOLDER, document.path, key)
        self._program.close()
        self._window.expect_document(path)
        tools = self._window.tools
        if key is not None:  # what is sealed cannot be cleaned by whoever has no key
            known = plan.known
            about = partial(names_person, traces=known.traces, person=known.person)
            tools.try_deed(partial(drafts.leave_out, about))
            tools.settings.rewrite(without_closed)
        # The settings are in memory, too, and would be written as they were.
        tools.settings.rewrite(
            lambda values: cleaned_json(values, plan.known.traces, plan.known.person)
        )
        self._when_quiet(
            partial(self._program.open, path, key),
            lambda progress: forget(
                path, plan, reason, certificate, self._facts, progress=progress, key=key
            ),
        )

    def _when_quiet(self, again: Callable[[], object], work: Callable[..., Receipt]) -> None:
        """Wait for other jobs: the backup at closing would come with the person in it."""
        if self._window.tools.jobs.active:
            QTimer.singleShot(_PAUSE, self, partial(self._when_quiet, again, work))
        else:
            self._job(again, work)

    def _job(self, again: Callable[[], object], work: Callable[..., Receipt]) -> None:
        from smartct_desktop.ui.long_steps import Waiting

        tools = self._window.tools
        ended: list[Waiting] = []

        def end(then: Callable[..., object], *result: object) -> None:
            for waiting in ended:
                waiting.end()
            then(*result)

        job = tools.jobs.run(
            work,
            partial(end, partial(self._forgotten, again)),
            partial(end, partial(self._failed, again)),
            partial(end, again),
            title=tr("Forgetting a person"),
            shown=False,
        )
        ended.append(Waiting(tools.look, tools.jobs, job, self._window))
        ended[0].open()

    def _forgotten(self, again: Callable[[], object], receipt: Receipt) -> None:
        again()
        tools = self._window.tools
        words = tr("The person is forgotten. The certificate is in {name}.", name=receipt.path.name)
        if receipt.left:
            trouble = Trouble(receipt.left[0], Sentence("Everything else is done."))
            tools.messages.tell_trouble(self._window, trouble)
        tools.note.tell(words)

    def _failed(self, again: Callable[[], object], failure: Exception) -> None:
        again()
        if not isinstance(failure, Trouble):
            raise failure
        self._window.tools.messages.tell_trouble(self._window, failure)
