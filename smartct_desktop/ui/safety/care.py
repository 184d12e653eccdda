"""What the window says and offers when the file of the document is not as it should be."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from smartct_desktop.system.whereabouts import Whereabouts, found_again, has_other_names
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.safety.checking import CheckCommands
from smartct_desktop.ui.safety.file_watch import FileWatch
from smartct_desktop.ui.theme.tones import Tone

if TYPE_CHECKING:
    from smartct_desktop.services.document import Document
    from smartct_desktop.ui.main_window import MainWindow
    from smartct_desktop.ui.safety.damage import Reopener

SUFFIX = ".smartct"
_FILE, _WRITING, _NAMES = "file", "writing", "names"


class FileCare(QObject):
    """Looks after the file of the document that is shown, with bars at the top of the window."""

    def __init__(self, window: MainWindow, program: Reopener) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._tools = window.tools
        self._document: Document | None = None
        self.watch = FileWatch(self)
        self.watch.found.connect(self._hear)
        self.checks = CheckCommands(window, program)

    def attach(self, document: Document | None) -> None:
        """Look after this document from now on; None if none is shown."""
        self._document = document
        for matter in (_FILE, _WRITING, _NAMES):
            if "notices" in self._window.__dict__:
                self._window.notices.drop(matter)
        self.watch.attach(document)
        self.checks.attach(document)
        if document is not None and document.hindered:
            self._tell_hindered(document)
        if document is not None and not document.read_only and has_other_names(document.path):
            self._tell_names(document)

    # Within.

    def _tell_names(self, document: Document) -> None:
        words = tr(
            "{name} has a second name on its drive (a hard link). Open it by one name only: if "
            "the computer stops in the middle of a change, only this name can be put in order.",
            name=document.path.name,
        )
        copy = Link(tr("Save a copy elsewhere…"), self.save_elsewhere)
        self._window.notices.tell(_NAMES, Tone.WARNING, words, [copy], closing="Understood")

    def _tell_hindered(self, document: Document) -> None:
        reason = say(document.read_only_reason or "")
        words = tr("{reason} The document can be read and exported, not changed.", reason=reason)
        copy = Link(tr("Save a copy elsewhere…"), self.save_elsewhere)
        self._window.notices.tell(_WRITING, Tone.WAITING, words, [copy])

    def _hear(self, where: Whereabouts) -> None:
        document = self._document
        if document is None:
            return
        self._window.tell_state()
        if where is Whereabouts.HERE:
            self._window.notices.drop(_FILE)
            self._tools.note.tell(tr("{name} can be written again.", name=document.path.name))
            return
        self._window.notices.tell(
            _FILE, Tone.ERROR, self._words(document, where), self._links(document, where)
        )

    def _words(self, document: Document, where: Whereabouts) -> str:
        name = document.path.name
        match where:
            case Whereabouts.REPLACED:
                return tr(
                    "{name} was replaced by another file while it was open. Nothing is written "
                    "into that one; what you see here is the document as it was.",
                    name=name,
                )
            case Whereabouts.CUT_OFF:
                return tr(
                    "{name} was cut off or overwritten by another program. Nothing can be saved "
                    "in it any more.",
                    name=name,
                )
            case Whereabouts.OUT_OF_REACH:
                return tr(
                    "The drive or folder with {name} does not answer. What you do now cannot be "
                    "saved until it is back.",
                    name=name,
                )
            case _:
                return tr(
                    "{name} was moved, renamed or deleted while it was open. Nothing can be saved "
                    "there any more; what you see here is the document as it was.",
                    name=name,
                )

    def _links(self, document: Document, where: Whereabouts) -> list[Link]:
        links = [Link(tr("Save a copy elsewhere…"), self.save_elsewhere)]
        if where is Whereabouts.GONE:
            now = found_again(document.path, document.mark)
            if now is not None:
                words = tr("Go on with {name}", name=now.name)
                links.append(Link(words, partial(self._program.reopen, now)))
        elif where in {Whereabouts.REPLACED, Whereabouts.CUT_OFF}:
            words = tr("Open what is there now")
            links.append(Link(words, partial(self._program.reopen, document.path)))
        return links

    def save_elsewhere(self) -> None:
        """Ask for a place, and write a copy with the connection that still has the file.

        What is being typed stays where it is. The copy is made on the window's own thread: no other
        one could reach a file that has lost its name.
        """
        from smartct_desktop.ui.dialogs.new_partnership import documents_folder

        document = self._document
        if document is None:
            return
        name = f"{document.path.stem} {tr('copy')}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("Save a copy"),
            str(documents_folder() / name),
            tr("SmartCT documents (*.smartct)"),
        )
        if not chosen:
            return
        target = Path(chosen if chosen.lower().endswith(SUFFIX) else chosen + SUFFIX)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            saved = self._tools.try_deed(partial(document.save_copy, target))
        finally:
            QApplication.restoreOverrideCursor()
        if saved:
            words = tr("A copy was saved as {name}.", name=target.name)
            go_on = Link(tr("Go on with it"), partial(self._program.reopen, target))
            self._tools.note.tell(words, [go_on])
