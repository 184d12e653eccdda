"""The corrections for the sender of a file: where they go, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.correction_workbook import Corrected, corrections_name
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.ui.buttons import Kind
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.file_import import FileImport
from smartct_desktop.ui.jobs import Job, Jobs
from smartct_desktop.ui.messages import Choice, Messages

ChooseTarget: TypeAlias = Callable[[QWidget, Path], Path | None]
"""Asks where to write, beginning with a proposal; None for not at all."""


def choose_target(parent: QWidget, proposed: Path) -> Path | None:
    """Ask with the dialog of the system."""
    title, kinds = tr("Corrections for the sender"), tr("Workbooks (*.xlsx *.xlsm)")
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    if not name:
        return None
    path = Path(name)
    known = path.suffix.lower() in (".xlsx", ".xlsm")
    return path if known else path.with_name(path.name + proposed.suffix)


class SenderCorrections(QObject):
    """Writes correction workbooks; `started` is emitted with each job."""

    started = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        messages: Messages,
        importer: Importer,
        window: QWidget,
        choose: ChooseTarget = choose_target,
    ) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._messages = messages
        self._importer = importer
        self._window = window
        self._choose = choose
        self._job: Job | None = None
        self._left = False

    def ask(self, file: FileImport) -> None:
        """Ask where to write the corrections of a file that is planned, and write them."""
        outlook = file.outlook
        if outlook is None or self._job is not None:
            return
        target = self._choose(self._window, file.path.with_name(corrections_name(file.name)))
        if target is None:
            return
        importer, plan, book, source = self._importer, outlook.plan, file.book, file.path

        def work(progress: Progress) -> Corrected:
            return importer.write_corrections(plan, book, source, target, progress)

        def done(made: Corrected) -> None:
            self._job = None
            self._tell(target, made, file.name)

        title = tr("Writing the corrections for {file}", file=file.name)
        self._job = job = self._jobs.run(
            work, done, self._failed, self._stopped, title=title, shown=False
        )
        self.started.emit(job)

    def leave(self) -> None:
        """Stop; nobody is there any more to be told."""
        self._left = True
        if self._job is not None:
            self._job.cancel()

    def _tell(self, asked: Path, made: Corrected, name: str) -> None:
        if self._left:
            return
        close = Choice("close", tr("Close"), Kind.PRIMARY)
        if not made.cells:
            words = tr("No cell of {file} has to be corrected by its sender.", file=name)
            self._messages.ask(
                self._window, tr("Nothing to correct"), words, [close], "close", harmless="close"
            )
            return
        target = made.path
        words = tr(
            "{file} is the sender's own file with {count} marked cells. When it comes back, import "
            "it like any other; only the corrected rows will move.",
            file=target.name,
            count=made.cells,
        )
        if target != asked:
            told = tr("{asked} is open in another program.", asked=asked.name)
            words = f"{told} {words}"
        choices = [
            Choice("folder", tr("Show in folder")),
            Choice("open", tr("Open")),
            close,
        ]
        title = tr("The corrections are written")
        answer = self._messages.ask(self._window, title, words, choices, "close", harmless="close")
        if answer != "close":
            shown = target if answer == "open" else target.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, Trouble):
            raise error  # for whoever reports mistakes of ours
        if not self._left:
            self._messages.tell_trouble(self._window, error)

    def _stopped(self) -> None:
        self._job = None
