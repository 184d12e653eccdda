"""What the window asks for: documents opened and closed, files imported, reports written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject

from smartct_desktop.domain.errors import InUse, Trouble
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
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.locale_style import text_style
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.tab_names import HISTORY


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
        window.set_reports(window.reports.entries())

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self._document

    def open(self, path: Path) -> None:
        """Open a document and show it; says why if that is not possible."""
        if self._document is not None and path == self._document.path:
            return
        self._show(partial(self._opened, path))

    def open_sample(self) -> None:
        """Open the sample partnership, made the first time it is asked for."""
        if self._sample.exists():
            self.open(self._sample)
        else:
            self._show(partial(new_sample, self._sample, self._facts))

    def close(self) -> None:
        """Let go of the document and keep the settings; the window may stay."""
        self._window.close_document()
        document, self._document = self._document, None
        if document is not None:
            self._window.tools.try_deed(document.close)
        self._window.tools.try_deed(self._settings.save)

    def _show(self, give: Callable[[], Document]) -> None:
        try:
            document = give()
        except Trouble as trouble:
            self._window.tools.messages.tell_trouble(self._window, trouble)
            if self._document is None:
                self._window.show_start()
            return
        self.close()
        self._document = document
        style = text_style(QLocale())
        sample = document.path == self._sample
        self._window.show_document(document, self._facts, style, sample=sample)
        self._window.tools.try_deed(self._settings.save)

    def _opened(self, path: Path) -> Document:
        """Open for writing, or for reading only where somebody else writes and that is enough."""
        try:
            return open_document(path, facts=self._facts)
        except InUse as trouble:
            answer = self._window.tools.messages.ask(
                self._window,
                say(trouble.sentence),
                say(trouble.hint),
                [Choice("cancel", tr("Cancel")), Choice("read", tr("Open for reading only"))],
                "read",
                harmless="cancel",
            )
            if answer != "read":
                raise
        return open_document(path, read_only=True, facts=self._facts)

    def _make(self, path: Path, acronym: str) -> None:
        self._show(partial(new_partnership, path, acronym))

    def _leave(self) -> None:
        self.close()
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


def sample_path(folder: Path) -> Path:
    """Where the sample partnership's document lies, below the program's own data folder."""
    return folder / f"{SAMPLE_NAME}{SUFFIX}"
