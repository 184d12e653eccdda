"""Exporting the table in front as it is shown: as a workbook or as CSV, all rows or chosen ones."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow

from smartct_desktop.ui.actions import EXPORT_ALL, EXPORT_CHOSEN, Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.services.exporting import Exported
    from smartct_desktop.services.reports.view_list import ShownTable
    from smartct_desktop.ui.desk import Desk

_FOLDER = "exports.folder"


class ExportCommands(QObject):
    """Asks where to, writes in a job, and tells when it is there."""

    def __init__(
        self, window: QMainWindow, workbench: Workbench, tools: Tools, actions: Actions
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workbench = workbench
        self._tools = tools
        self._actions = actions
        self._desk: Desk | None = None
        for name in (*EXPORT_ALL, *EXPORT_CHOSEN):
            act = partial(self.ask, chosen=name in EXPORT_CHOSEN, csv=name.endswith("csv"))
            actions[name].triggered.connect(lambda _on=False, act=act: act())
        workbench.page_changed.connect(self.switch)
        self.switch()

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self.switch()

    def switch(self) -> None:
        """Switch on what can be done here and now."""
        page = self._workbench.table_page if self._desk is not None else None
        elsewhere = tr("Open a tab with a table first.")
        for name in EXPORT_ALL:
            self._actions.switch(name, on=page is not None, reason=elsewhere)
        chosen = page is not None and bool(page.selected_ids())
        reason = elsewhere if page is None else tr("Choose rows first.")
        for name in EXPORT_CHOSEN:
            self._actions.switch(name, on=chosen, reason=reason)

    def ask(self, *, chosen: bool, csv: bool) -> None:
        """Ask where to write the table in front."""
        from smartct_desktop.services.exporting import file_name
        from smartct_desktop.services.reports.view_list import view_report
        from smartct_desktop.services.view_export import csv_name
        from smartct_desktop.system.clock import local_today
        from smartct_desktop.ui.dialogs.new_partnership import documents_folder
        from smartct_desktop.ui.grid.shown_table import shown_table

        page = self._workbench.table_page
        if self._desk is None or page is None or not page.finish_editing():
            return
        shown = shown_table(page, chosen=chosen)
        separated = _separated(self._desk.texts.style.decimal)
        kinds = [tr("Workbooks (*.xlsx)")]
        name = file_name(view_report(shown), local_today())
        if csv:
            name = csv_name(shown, local_today())
            kinds = list(separated)
        folder = Path(self._tools.settings.text(_FOLDER, str(documents_folder())))
        target, kind = QFileDialog.getSaveFileName(
            self._window, tr("Export view"), str(folder / name), ";;".join(kinds)
        )
        if target:
            self._tools.settings.set(_FOLDER, str(Path(target).parent))
            delimiter = separated.get(kind, ",")
            self.export(shown, Path(target), csv=csv, delimiter=delimiter)

    def export(self, shown: ShownTable, path: Path, *, csv: bool, delimiter: str = ",") -> None:
        """Write a table in a job, and tell when it is there."""
        from smartct_desktop.domain.progress import Progress
        from smartct_desktop.services.reports.view_list import view_report
        from smartct_desktop.services.reports.wish import Wish
        from smartct_desktop.services.view_export import export_csv
        from smartct_desktop.system.clock import local_now
        from smartct_desktop.ui.reports.writing import Order, write

        desk = self._desk
        if desk is None:
            return
        suffix = ".csv" if csv else ".xlsx"
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
        done = partial(self._tell, path, desk)
        if not csv:
            order = Order(view_report(shown), desk.document, desk.facts, path, Wish())
            write(self._tools.jobs, order, done, self._tell_failure)
            return

        def work(progress: Progress) -> Exported:
            return export_csv(
                shown,
                desk.document,
                desk.facts,
                path=path,
                made_at=local_now(),
                progress=progress,
                delimiter=delimiter,
            )

        title = tr("Writing {name}", name=path.name)
        self._tools.jobs.run(work, done, self._tell_failure, title=title)

    def _tell(self, asked: Path, desk: Desk, exported: Exported) -> None:
        from smartct_desktop.ui.reports.writing import told

        sentence, links = told(asked, exported, desk.document)
        self._tools.note.tell(sentence, links)

    def _tell_failure(self, failure: Exception) -> None:
        from smartct_desktop.domain.errors import Trouble

        if not isinstance(failure, Trouble):
            raise failure
        self._tools.messages.tell_trouble(self._window, failure)


def _separated(decimal: str) -> dict[str, str]:
    """Give what can stand between values; the usual one of the person's language comes first."""
    comma = {tr("CSV, separated by commas (*.csv)"): ","}
    semicolon = {tr("CSV, separated by semicolons (*.csv)"): ";"}
    return comma | semicolon if decimal == "." else semicolon | comma
