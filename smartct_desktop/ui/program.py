"""What the window asks for: documents opened and closed, files imported, reports written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from smartct_desktop.domain.errors import Cancelled, Damaged, Trouble
from smartct_desktop.services.document import Document
from smartct_desktop.services.opening import (
    SAMPLE_NAME,
    SUFFIX,
    new_partnership,
    new_sample,
    open_document,
)
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.settings import Settings
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.backups.commands import BackupCommands
from smartct_desktop.ui.backups.returning import Returning
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.locale_style import text_style
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.privacy.forgetting import Forgetting
from smartct_desktop.ui.protection.lock_commands import LockCommands
from smartct_desktop.ui.protection.protecting import Protecting
from smartct_desktop.ui.safety.care import FileCare
from smartct_desktop.ui.safety.damage import DamageOffer
from smartct_desktop.ui.sharing.sharing import Sharing
from smartct_desktop.ui.tab_names import HISTORY

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.services.texts import Texts
    from smartct_desktop.system.backup import Backup


class Program(QObject):
    """Answers the signals of the main window; owns the open document.

    Everything here runs on the GUI thread; what is slow is given to `jobs`.
    """

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        settings: Settings,
        facts: ProgrammeFacts,
        sample: Path,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._settings = settings
        self._facts = facts
        self._sample = sample
        self._document: Document | None = None
        window.new_asked.connect(self._make)
        window.open_asked.connect(self.open)
        window.sample_asked.connect(self.open_sample)
        window.close_asked.connect(self._leave)
        window.import_asked.connect(self._ask_import)
        window.closing.connect(self.close)
        self.keys = window.tools.keys
        self.keys.other_asked.connect(window.ask_open)
        self.backups = BackupCommands(window)
        self.returning = Returning(window, self)
        self.backups.look_asked.connect(self.returning.look)
        self.backups.restore_asked.connect(self.returning.ask_restore)
        self.rescue = DamageOffer(window, self)
        self.care = FileCare(window, self)
        self.sharing = Sharing(window, self)
        self.forgetting = Forgetting(window, self, facts)
        self.locks = LockCommands(window)
        self.protecting = Protecting(window, self)
        window.set_reports(window.reports.entries())

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self._document

    def open(self, path: Path, key: Key | None = None) -> None:
        """Open a document and show it; says why if that is not possible.

        A `key` that is known to fit is not asked for.
        """
        if self._document is not None and path in {self._document.path, self._document.home}:
            return
        self._show(partial(self.sharing.opened, path, self._facts, key), path)

    def reopen(self, path: Path) -> None:
        """Let go of the document, and open what lies at `path`: another one, or the same again."""
        self.close()
        self._window.expect_document(path)
        self.open(path)

    @property
    def texts(self) -> Texts:
        """How dates and numbers are written."""
        from smartct_desktop.services.texts import Texts

        return Texts(self._facts, text_style(QLocale()))

    def restore(self, path: Path, backup: Backup, key: Key | None = None) -> None:
        """Put a backup in the place of a document, which is kept aside if it is damaged."""
        self.returning.restore(path, backup, self.texts, key)

    def open_sample(self) -> None:
        """Open the sample partnership, made the first time it is asked for."""
        if self._sample.exists():
            self.open(self._sample)
        else:
            self._show(partial(new_sample, self._sample, self._facts))

    def close(self) -> None:
        """Let go of the document and keep the settings; the window may stay."""
        self._let_go_of_document()
        self.backups.watch.end()
        self._window.tools.try_deed(self._settings.save)

    def _let_go_of_document(self) -> None:
        """Close the document in the window, and for those who care for its file."""
        self.backups.leave()
        self.locks.attach(None)
        self.protecting.attach(None)
        self.care.attach(None)
        self.sharing.leave()
        self._window.close_document()
        document, self._document = self._document, None
        if document is not None:
            self._window.tools.try_deed(document.close)
        self.sharing.finish()

    def open_to_read(self, path: Path, key: Key | None = None) -> bool:
        """Show a document that cannot be changed and is not listed; gives whether it is shown."""
        give = partial(_open_to_read, path, self._facts)
        shown = self._show(partial(self.keys.opened, path, give, key), path)
        self._settings.forget(path)
        return shown

    def finish(self) -> None:
        """Do what has to be done before the program ends, when no job runs any more."""
        self._let_go_of_document()
        self.backups.watch.finish()
        self._window.tools.try_deed(self._settings.save)

    def _show(self, give: Callable[[], Document], path: Path | None = None) -> bool:
        try:
            document = give()
        except Cancelled:
            if self._document is None:
                self._window.show_start()
            return False
        except Trouble as trouble:
            if isinstance(trouble, Damaged) and path is not None:
                self.rescue.offer(path, tr("{name} is damaged.", name=path.name))
            else:
                self._window.tools.messages.tell_trouble(self._window, trouble)
            if self._document is None:
                self._window.show_start()
            return False
        self.close()
        self._document = document
        self.keys.held = document.key
        style = text_style(QLocale())
        sample = document.path == self._sample
        self._window.show_document(document, self._facts, style, sample=sample)
        self.backups.attach(self._window.desk)
        self.care.attach(document)
        self.sharing.attach(self._window.desk)
        self.locks.attach(document)
        self.protecting.attach(document)
        self.returning.settle()
        self._window.tools.try_deed(self._settings.save)
        return True

    def _make(self, path: Path, acronym: str) -> None:
        self._show(partial(new_partnership, path, acronym))

    def _leave(self) -> None:
        self.close()
        self.keys.held = None
        self._window.show_start()

    def _ask_import(self, paths: list[Path]) -> None:
        if self._document is None:
            return
        if not paths:
            from smartct_desktop.ui.import_assistant.files_step import choose_files

            paths = list(choose_files(self._window))
        if paths:
            self.start_import(paths)

    def start_import(self, paths: list[Path]) -> None:
        """Open the assistant on files; needs an open document."""
        from smartct_desktop.services.importing.importer import Importer
        from smartct_desktop.ui.import_assistant.assistant import ImportAssistant

        desk = self._window.desk
        if desk is None:
            return
        tools = self._window.tools
        assistant = ImportAssistant(
            tools.look,
            self._jobs,
            tools.messages,
            desk.texts,
            Importer(desk.document, self._facts, local_today()),
            desk.document,
            self._facts,
            self._window,
            show_changes=self._show_history,
        )
        assistant.show()
        assistant.add_files(paths)

    def _show_history(self, _imported: object) -> None:
        self._window.workbench.show_tab(HISTORY)


def _open_to_read(path: Path, facts: ProgrammeFacts, key: Key | None) -> Document:
    return open_document(path, read_only=True, key=key, facts=facts)


def sample_path(folder: Path) -> Path:
    """Where the sample partnership's document lies, below the program's own data folder."""
    return folder / f"{SAMPLE_NAME}{SUFFIX}"
