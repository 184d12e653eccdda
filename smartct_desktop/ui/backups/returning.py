"""Looking into a backup in place of the document, and putting one in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.restoring import (
    Outcome,
    copy_to_look_into,
    forget_looked_into,
    restore,
)
from smartct_desktop.system.backup import Backup
from smartct_desktop.system.clock import utc_now
from smartct_desktop.ui.backups.banner import LookingBanner
from smartct_desktop.ui.backups.words import former_password, made_words
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Link

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.texts import Texts
    from smartct_desktop.ui.main_window import MainWindow


class Opener(Protocol):
    """Who owns the open document."""

    @property
    def document(self) -> Document | None:
        """The document that is shown."""

    def open(self, path: Path, key: Key | None = None) -> None:
        """Open a document and show it; says why if that is not possible."""

    def open_to_read(self, path: Path, key: Key | None = None) -> bool:
        """Open a document for reading only and show it; gives whether that went well."""

    def close(self) -> None:
        """Let go of the document."""


class Returning(QObject):
    """Takes the window from the document to a backup of it, and back."""

    def __init__(self, window: MainWindow, program: Opener) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._tools = window.tools
        self._left: Path | None = None
        self._left_key: Key | None = None
        self._shown: Backup | None = None
        self.banner = LookingBanner(self._tools.look)
        self.banner.back_button.clicked.connect(self.go_back)
        self.banner.restore_button.clicked.connect(self._restore_shown)
        rows = window.workbench.layout()
        assert isinstance(rows, QVBoxLayout)
        rows.insertWidget(1, self.banner)

    def settle(self) -> None:
        """Take the banner away once another document is shown."""
        document = self._program.document
        if self._left is not None and (document is None or not _is_copy(document.path)):
            self._left = self._left_key = self._shown = None
            self.banner.hide()
            forget_looked_into()

    def look(self, backup: Backup, key: Key | None = None) -> None:
        """Show a copy of a backup, for reading only, in place of the document.

        `key` opens the backup if it is another one than that of the document.
        """
        document = self._program.document
        if document is None or not self._window.finish_editing():
            return
        if self._left is None:
            self._left, self._left_key = document.home, document.key
        fitting = key or self._left_key
        self._job(
            partial(_look_into, backup.path, fitting, self._left),
            partial(self._show_copy, backup, fitting),
            partial(self._not_opened, backup),
            tr("Opening the backup"),
        )

    def go_back(self) -> None:
        """Show the document again."""
        if self._left is not None:
            self._program.open(self._left, self._left_key)

    def ask_restore(self, backup: Backup) -> None:
        """Ask whether the document shall be as it was, and do it."""
        document = self._program.document
        desk = self._window.desk
        if document is None or desk is None or not self._window.finish_editing():
            return
        when = made_words(backup, desk.texts)
        answer = self._tools.messages.ask(
            self._window,
            tr("Put the document back to {when}?", when=when),
            tr(
                "The document as it is now is kept as a backup first, so you can go back to it. "
                "The backup is checked before anything is replaced."
            ),
            [Choice("cancel", tr("Cancel")), Choice("restore", tr("Restore"))],
            "cancel",
            harmless="cancel",
        )
        if answer == "restore":
            key = document.key if self._left is None else self._left_key
            self.restore(self._left or document.home, backup, desk.texts, key)

    def restore(
        self,
        path: Path,
        backup: Backup,
        texts: Texts,
        key: Key | None = None,
        backup_key: Key | None = None,
    ) -> None:
        """Close the document, put the backup in its place in a job, and open it again.

        `key` is that of the document, `backup_key` that of the backup if it is another one.
        """
        when = made_words(backup, texts)
        self._program.close()
        self._window.expect_document(path)

        def work(progress: Progress) -> Outcome:
            at = utc_now()
            return restore(path, backup.path, at, progress, key=key, backup_key=backup_key)

        again = partial(self.restore, path, backup, texts, key)
        self._job(
            work,
            partial(self._restored, path, when, texts, key or backup_key),
            partial(self._not_restored, path, backup, key, again),
            tr("Restoring the backup"),
            stopped=partial(self._program.open, path, key),
        )

    # Within.

    def _job(
        self,
        work: Callable[[Progress], object],
        done: Callable[..., object],
        failed: Callable[[Exception], object],
        title: str,
        stopped: Callable[[], object] | None = None,
    ) -> None:
        from smartct_desktop.ui.long_steps import Waiting

        ended: list[Waiting] = []

        def end(then: Callable[..., object], *result: object) -> None:
            for waiting in ended:
                waiting.end()
            then(*result)

        job = self._tools.jobs.run(
            work,
            partial(end, done),
            partial(end, failed),
            partial(end, stopped or (lambda: None)),
            title=title,
            shown=False,
        )
        ended.append(Waiting(self._tools.look, self._tools.jobs, job, self._window))
        ended[0].open()

    def _not_opened(self, backup: Backup, failure: Exception) -> None:
        again = partial(self.look, backup)
        if not self._tools.keys.retried(backup.path, failure, again, former_password()):
            self._tell(failure)

    def _show_copy(self, backup: Backup, key: Key | None, copy: Path) -> None:
        left = self._left
        if left is None or not self._program.open_to_read(copy, key):
            return
        self._shown = backup
        desk = self._window.desk
        assert desk is not None
        when = made_words(backup, desk.texts)
        self._window.setWindowTitle(tr("{name} as of {when} — SmartCT", name=left.name, when=when))
        words = tr("This is the backup of {when}. Nothing can be changed here.", when=when)
        self.banner.tell(words)

    def _restore_shown(self) -> None:
        if self._shown is not None:
            self.ask_restore(self._shown)

    def _restored(
        self, path: Path, when: str, texts: Texts, key: Key | None, outcome: Outcome
    ) -> None:
        self._program.open(path, key)
        document = self._program.document
        if document is None:
            return
        self._tools.try_deed(
            lambda: document.note(Sentence("restore of the backup of {when}", when=when))
        )
        before = outcome.before
        if before is not None:
            again = partial(self.restore, path, before, texts, key)
            link = Link(tr("Go back to before the restore"), again)
            words = tr("The document is as it was on {when}.", when=when)
            if outcome.forgotten:
                words += " " + tr("Who was forgotten since stays forgotten.")
            self._tools.note.tell(words, [link])
        elif outcome.aside is not None:
            words = tr(
                "The document is as it was on {when}. The damaged file is kept as {name}.",
                when=when,
                name=outcome.aside.name,
            )
            self._tools.note.tell(words)

    def _not_restored(
        self,
        path: Path,
        backup: Backup,
        key: Key | None,
        again: Callable[[Key], object],
        failure: Exception,
    ) -> None:
        go_back = partial(self._open_again, path, key)
        sentence = former_password()
        if self._tools.keys.retried(backup.path, failure, again, sentence, otherwise=go_back):
            return
        go_back()
        self._tell(failure)

    def _open_again(self, path: Path, key: Key | None) -> None:
        if path.exists():
            self._program.open(path, key)
        else:
            self._window.show_start()

    def _tell(self, failure: Exception) -> None:
        if not isinstance(failure, Trouble):
            raise failure
        self._tools.messages.tell_trouble(self._window, failure)


def _is_copy(path: Path) -> bool:
    from smartct_desktop.services.restoring import is_looked_into

    return is_looked_into(path)


def _look_into(backup: Path, key: Key | None, document: Path, _progress: Progress) -> Path:
    return copy_to_look_into(backup, key, document)
