"""What a person does with attached files: attach, open, save, in jobs and with their questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.services.attaching import (
    Attached,
    Owner,
    attach_files,
    is_harmless,
    most_bytes,
    safe_name,
    save_content,
)
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.tools import Tools

_FOLDER = "attachments.folder"


class Attaching(QObject):
    """Works on the document it is attached to; `asks` is the window behind its questions.

    Files are read, written and copied in jobs, whose end may find another document: then nothing
    is said of it any more.
    """

    def __init__(self, tools: Tools, asks: QWidget) -> None:
        super().__init__(asks)
        self._tools = tools
        self._asks = asks
        self._desk: Desk | None = None

    def attach(self, desk: Desk | None) -> None:
        """Work on this document from now on; None throws the opened copies away."""
        self._desk = desk
        if desk is None:
            self._tools.opened_copies.clear()

    @property
    def writes(self) -> bool:
        """Whether files can be attached."""
        return self._desk is not None and not self._desk.read_only

    def choose(self, owner: Owner) -> None:
        """Ask for files, and attach them."""
        folder = self._tools.settings.text(_FOLDER)
        title = tr("Attach files to {record}", record=owner.name)
        names, _ = QFileDialog.getOpenFileNames(self._asks, title, folder)
        if names:
            self._tools.settings.set(_FOLDER, str(Path(names[0]).parent))
            self.take(owner, [Path(name) for name in names])

    def take(self, owner: Owner, paths: Sequence[Path]) -> None:
        """Attach these files."""
        desk = self._desk
        if desk is None or desk.read_only:
            self.tell(tr("This document is open for reading only."))
            return
        most, today = most_bytes(self._tools.settings), local_today()

        def work(progress: Progress) -> Attached:
            return attach_files(desk.document, owner, paths, progress, most=most, today=today)

        name = paths[0].name if len(paths) == 1 else tr("{n} files", n=len(paths))
        self._tools.jobs.run(
            work,
            partial(self._attached, desk, owner),
            self._fail,
            title=tr("Attaching {files}", files=name),
        )

    def open(self, paper: Attachment) -> None:
        """Open an attached file in its program; what may itself be a program is asked about."""
        desk = self._desk
        if desk is None or not (is_harmless(paper.file_name) or self._may_open(paper)):
            return
        copies = self._tools.opened_copies

        def work(_progress: Progress) -> Path:
            return copies.put(desk.document, paper)

        title = tr("Opening {file}", file=paper.file_name)
        self._tools.jobs.run(work, self._show, self._fail, title=title)

    def put_copy(self, paper: Attachment, done: Callable[[Attachment, Path], object]) -> None:
        """Write a copy of an attached file that can be taken elsewhere, and hand it on."""
        desk = self._desk
        if desk is None:
            return
        copies = self._tools.opened_copies

        def work(_progress: Progress) -> Path:
            return copies.put(desk.document, paper, for_good=True)

        title = tr("Copying {file}", file=paper.file_name)
        self._tools.jobs.run(work, partial(done, paper), self._fail, title=title)

    def save_as(self, paper: Attachment) -> None:
        """Ask for a place, and write an attached file there."""
        desk = self._desk
        if desk is None:
            return
        proposed = Path(self._tools.settings.text(_FOLDER)) / safe_name(paper.file_name)
        title = tr("Save {file}", file=paper.file_name)
        name, _ = QFileDialog.getSaveFileName(self._asks, title, str(proposed))
        if not name:
            return
        target = Path(name)

        def work(_progress: Progress) -> Path:
            save_content(desk.document, paper, target)
            return target

        title = tr("Saving {file}", file=paper.file_name)
        self._tools.jobs.run(work, self._tell_saved, self._fail, title=title)

    def tell(self, words: str) -> None:
        """Say something in passing."""
        self._tools.note.tell(words)

    # Within.

    def _attached(self, desk: Desk, owner: Owner, done: Attached) -> None:
        if desk is not self._desk:
            return
        if done.touched is not None:
            desk.document.announce(done.touched)
        words = attached_words(owner, done)
        links = [Link(tr("Undo"), self._undo)] if done.touched is not None else []
        if words:
            self._tools.note.tell(words, links)
        if done.failed:
            self._tell_failed(done.failed)

    def _tell_failed(self, failed: Sequence[Trouble]) -> None:
        if len(failed) == 1:
            self._tools.messages.tell_trouble(self._asks, failed[0])
            return
        self._tools.messages.ask(
            self._asks,
            tr("{n} files were not attached", n=len(failed)),
            tr("The others are there."),
            [Choice("close", tr("Close"))],
            "close",
            harmless="close",
            details="\n".join(f"{say(one.sentence)} {say(one.hint)}" for one in failed),
        )

    def _undo(self) -> None:
        if self._desk is not None:
            self._tools.try_deed(self._desk.document.undo)

    def _may_open(self, paper: Attachment) -> bool:
        answer = self._tools.messages.ask(
            self._asks,
            tr("Open {file}?", file=paper.file_name),
            tr("A file of this kind can be a program. Open it only if you know who sent it."),
            [Choice("keep", tr("Do not open")), Choice("open", tr("Open"))],
            "keep",
            harmless="keep",
        )
        return answer == "open"

    def _show(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            words = "No program is set up to open {file}. Save it, then open it there."
            self.tell(tr(words, file=path.name))

    def _tell_saved(self, target: Path) -> None:
        self.tell(tr("{file} saved.", file=target.name))

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._tools.messages.tell_trouble(self._asks, error)
        else:
            self._tools.report(error)


def attached_words(owner: Owner, done: Attached) -> str:
    """What is said after attaching; empty if there is nothing to say."""
    words = []
    if len(done.added) == 1:
        name = done.added[0].file_name
        words.append(tr("{file} attached to {record}.", file=name, record=owner.name))
    elif done.added:
        n = len(done.added)
        words.append(tr("{n} files attached to {record}.", n=n, record=owner.name))
    for name, others in done.elsewhere:
        where = ", ".join(others)
        words.append(tr("{file} is also attached to {others}.", file=name, others=where))
    for one in done.here:
        if one.known_as == one.file_name:
            words.append(tr("{file} is attached here already.", file=one.file_name))
        else:
            words.append(
                tr(
                    "{file} is attached here already, as {other}.",
                    file=one.file_name,
                    other=one.known_as,
                )
            )
    return " ".join(words)
