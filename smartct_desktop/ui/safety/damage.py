"""What is offered for a damaged document: a backup, a new document of what can be read, a look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.buttons import Kind
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.messages import Choice

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.salvage import Salvaged
    from smartct_desktop.services.texts import Texts
    from smartct_desktop.system.backup import Backup
    from smartct_desktop.ui.main_window import MainWindow

_SUFFIX = ".smartct"
_LINES = 40


class Reopener(Protocol):
    """Who owns the open document."""

    @property
    def rescue(self) -> DamageOffer:
        """What offers a way out of damage."""

    @property
    def document(self) -> Document | None:
        """The document that is shown."""

    @property
    def texts(self) -> Texts:
        """How dates and numbers are written."""

    def reopen(self, path: Path) -> None:
        """Let go of the document, and open what lies at `path`."""

    def open_to_read(self, path: Path) -> bool:
        """Open a document for reading only and show it; gives whether that went well."""

    def restore(self, path: Path, backup: Backup, key: Key | None = None) -> None:
        """Put a backup in the place of a document, which is kept aside."""


class DamageOffer(QObject):
    """Asks what to do about a damaged document, and does it. The file itself stays as it is."""

    def __init__(self, window: MainWindow, program: Reopener) -> None:
        super().__init__(window)
        self._window = window
        self._tools = window.tools
        self._program = program

    def offer(self, path: Path, title: str, found: Sequence[Sentence] = ()) -> None:
        """Say that the document at `path` is damaged, and offer what can be done."""
        from smartct_desktop.services.backing_up import backups_of
        from smartct_desktop.system.backup import Health

        key = self._tools.keys.held
        backup = next((one for one in backups_of(path, key) if one.health is Health.GOOD), None)
        choices = [
            Choice("close", tr("Close")),
            Choice("read", tr("Open for reading only")),
            Choice("salvage", tr("Salvage what can be read…")),
        ]
        if backup is not None:
            choices.append(Choice("restore", tr("Restore the newest backup"), Kind.PRIMARY))
        answer = self._tools.messages.ask(
            self._window,
            title,
            self._words(backup),
            choices,
            "close" if backup is None else "restore",
            harmless="close",
            details="\n".join(say(line) for line in found[:_LINES]),
        )
        if answer == "restore" and backup is not None:
            self._program.restore(path, backup, key)
        elif answer == "salvage":
            self._ask_salvage(path)
        elif answer == "read":
            self._program.open_to_read(path)

    def _words(self, backup: Backup | None) -> str:
        if backup is None:
            return tr(
                "No backup of it was found here. What can be read of it can be written into a new "
                "document; the damaged file stays as it is."
            )
        from smartct_desktop.ui.backups.words import made_words

        return tr(
            "The newest sound backup is of {when}. What can be read of the damaged file can also "
            "be written into a new document. The damaged file is kept in any case.",
            when=made_words(backup, self._program.texts),
        )

    def _ask_salvage(self, path: Path) -> None:
        proposed = path.with_name(f"{path.stem} {tr('salvaged')}{_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("The new document"),
            str(proposed),
            tr("SmartCT documents (*.smartct)"),
        )
        if not name:
            return
        target = Path(name if name.lower().endswith(_SUFFIX) else name + _SUFFIX)
        key = self._tools.keys.held  # dropped when the document is closed
        document = self._program.document
        if document is not None and document.path == path:
            self._window.close_asked.emit()
        self._tools.jobs.run(
            partial(_salvage, path, target, key),
            self._salvaged,
            self._failed,
            title=tr("Reading what can be read of {name}", name=path.name),
        )

    def _salvaged(self, found: Salvaged) -> None:
        self._program.reopen(found.document)
        choices = [Choice("close", tr("Close"))]
        self._tools.messages.ask(
            self._window,
            tr("{name} was made.", name=found.document.name),
            tr("What could not be read is also written in {report}.", report=found.report.name),
            choices,
            "close",
            harmless="close",
            details="\n".join(say(line) for line in found.lines()),
        )

    def _failed(self, failure: Exception) -> None:
        if not isinstance(failure, Trouble):
            raise failure
        self._tools.messages.tell_trouble(self._window, failure)


def _salvage(path: Path, target: Path, key: Key | None, progress: Progress) -> Salvaged:
    from smartct_desktop.services.salvage import salvage_document

    return salvage_document(path, target, progress, key=key)
