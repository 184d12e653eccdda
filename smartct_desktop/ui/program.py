"""What the window asks for: documents opened and closed, files imported, reports written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.document import Document
from smartct_desktop.services.exporting import Exported, export_report, file_name
from smartct_desktop.services.opening import (
    SAMPLE_NAME,
    SUFFIX,
    new_partnership,
    new_sample,
    open_document,
)
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import REPORTS, ReportKind, table_report
from smartct_desktop.services.reports.period import ALWAYS, Period
from smartct_desktop.services.settings import Settings
from smartct_desktop.system.clock import local_now, local_today
from smartct_desktop.ui.dialogs.new_partnership import documents_folder
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.locale_style import text_style
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.menus import ReportEntry
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.tab_names import HISTORY

_WORKBOOKS = "Workbooks (*.xlsx)"


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
        self._language = "en"  # of the last report
        window.new_asked.connect(self._make)
        window.open_asked.connect(self.open)
        window.sample_asked.connect(self.open_sample)
        window.close_asked.connect(self._leave)
        window.import_asked.connect(self._ask_import)
        window.closing.connect(self.close)
        window.set_reports(
            [
                ReportEntry(say(kind.name), say(kind.sentence), partial(self._ask_export, kind))
                for kind in REPORTS
            ]
            + [
                ReportEntry(
                    tr("This table"),
                    tr("The rows and columns of the table in front, to bring back when changed."),
                    self._ask_table,
                )
            ]
        )

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

    def table_in_front(self) -> ReportKind | None:
        """The table in front as a report: its columns, filters and order; None for other pages."""
        page = self._window.workbench.table_page
        if page is None:
            return None
        from smartct_desktop.ui.grid.columns import Column  # pages come when they are needed

        columns = [page.model.columns[place] for place in page.table.visual_columns()]
        paths = tuple(column.path for column in columns if isinstance(column, Column))
        return table_report(replace(page.model.query, columns=paths))

    def _ask_table(self) -> None:
        table = self.table_in_front()
        if table is None:
            self._window.tools.note.tell(tr("Open a tab with a table first."))
        else:
            self._ask_export(table)

    def _ask_export(self, kind: ReportKind) -> None:
        document = self._document
        if document is None or not self._window.finish_editing():
            return
        period, partner, language = ALWAYS, None, "en"
        if kind in REPORTS:
            from smartct_desktop.ui.dialogs.report_choice import ask_choice

            choice = ask_choice(self._window, kind, document, self._language)
            if choice is None:
                return
            period, partner, language = choice.period, choice.partner, choice.language
            self._language = language
        proposed = documents_folder() / file_name(kind, local_today())
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("Export {report}", report=say(kind.name)),
            str(proposed),
            tr(_WORKBOOKS),
        )
        if name:
            self.export(
                kind, document, Path(name), period=period, partner=partner, language=language
            )

    def export(  # noqa: PLR0913 -- what a report is about
        self,
        kind: ReportKind,
        document: Document,
        path: Path,
        *,
        period: Period = ALWAYS,
        partner: Id | None = None,
        language: str = "en",
    ) -> None:
        """Write a report in a job and tell when it is there."""
        if path.suffix.lower() != ".xlsx":
            path = path.with_name(path.name + ".xlsx")
        facts = self._facts if language == "en" else ProgrammeFacts(language)

        def work(progress: Progress) -> Exported:
            return export_report(
                kind,
                document,
                facts,
                path=path,
                made_at=local_now(),
                progress=progress,
                period=period,
                partner=partner,
                language=language,
            )

        self._jobs.run(
            work,
            partial(self._tell_exported, path),
            self._tell_failure,
            title=tr("Writing {name}", name=path.name),
        )

    def _tell_exported(self, asked: Path, exported: Exported) -> None:
        name = exported.path.name
        sentence = tr("{name} written.", name=name)
        if exported.path != asked:
            sentence = tr(
                "{asked} is open in another program; written as {name}.",
                asked=asked.name,
                name=name,
            )
        links = [
            Link(tr("Open"), partial(_show_in_system, exported.path)),
            Link(tr("Show in folder"), partial(_show_in_system, exported.path.parent)),
        ]
        self._window.tools.note.tell(sentence, links)

    def _tell_failure(self, failure: Exception) -> None:
        if not isinstance(failure, Trouble):
            raise failure
        self._window.tools.messages.tell_trouble(self._window, failure)

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


def _show_in_system(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def sample_path(folder: Path) -> Path:
    """Where the sample partnership's document lies, below the program's own data folder."""
    return folder / f"{SAMPLE_NAME}{SUFFIX}"
