"""Notices conflicted copies of the document beside it, and offers to merge them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from smartct_desktop.services.conflicted import OtherCopy, find_other_copies, suspected
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.sharing.words import copy_words
from smartct_desktop.ui.theme.tones import Tone

if TYPE_CHECKING:
    from smartct_desktop.domain.changes import Touched
    from smartct_desktop.domain.progress import Progress
    from smartct_desktop.services.document import Document
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.main_window import MainWindow

BESIDE = "beside"
"""The matter of the bar."""

_SOON = 1000
"""Milliseconds: sync programs write a file in several goes."""


class Reader(Protocol):
    """Who owns the open document."""

    def open_to_read(self, path: Path) -> bool:
        """Open a document for reading only and show it."""


class OtherCopies(QObject):
    """Looks when a document is opened, and whenever something changes in its folder."""

    def __init__(self, window: MainWindow, program: Reader) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._told = False
        self._desk: Desk | None = None
        self._put_away: set[Path] = set()
        self._seen: Sequence[tuple[Path, int]] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _folder: self._soon.start())

    def attach(self, desk: Desk | None) -> None:
        """Watch the folder in which this document is kept."""
        self._desk = desk
        self._seen = ()
        self._put_away.clear()
        self._soon.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        if "notices" in self._window.__dict__:
            self._window.notices.drop(BESIDE)
        if desk is not None:
            desk.document.subscribe(self._look_again)
            self._watcher.addPath(str(desk.document.home.parent))
            self.look()

    def look(self) -> None:
        """Look now; the answer comes later."""
        desk = self._desk
        if desk is not None:
            work = partial(_find, desk.document, self._seen)
            done = partial(self._hear, desk)
            self._window.tools.jobs.run(work, done, shown=False)

    def _hear(self, desk: Desk, found: _Found | None) -> None:
        if found is None or desk is not self._desk:
            return
        self._seen, copies = found
        self._tell([copy for copy in copies if copy.path not in self._put_away])

    def _tell(self, copies: Sequence[OtherCopy]) -> None:
        desk = self._desk
        self._told = bool(copies)
        if not copies or desk is None:
            if "notices" in self._window.__dict__:
                self._window.notices.drop(BESIDE)
            return
        # Those that hold something that is not here come first.
        first = max(copies, key=lambda copy: (not copy.compared, copy.there))
        links = []
        if first.there and not desk.read_only:
            links.append(Link(tr("Merge…"), partial(self._ask_merge, first.path)))
        links.append(Link(tr("Open it for reading"), partial(self._read, first.path)))
        links.append(Link(tr("Not now"), partial(self._hide, copies, first)))
        tone = Tone.CALM if first.compared and not first.there else Tone.WARNING
        words = copy_words(first, desk.texts, len(copies) - 1)
        self._window.notices.tell(BESIDE, tone, words, links)

    def _ask_merge(self, path: Path) -> None:
        self._window.joining.merge(path)

    def _look_again(self, touched: Touched) -> None:
        """What was merged is in both now."""
        if self._told and not touched.back:
            self._seen = ()
            self._soon.start()

    def _read(self, path: Path) -> None:
        if self._window.finish_editing():
            self._program.open_to_read(path)

    def _hide(self, copies: Sequence[OtherCopy], copy: OtherCopy) -> None:
        self._put_away.add(copy.path)
        self._tell([one for one in copies if one.path not in self._put_away])


_Found = tuple[Sequence[tuple[Path, int]], list[OtherCopy]]


def _find(
    document: Document, seen: Sequence[tuple[Path, int]], progress: Progress
) -> _Found | None:
    """Give the other copies; None if the files with such names are the ones seen before."""
    now = [(path, path.stat().st_mtime_ns) for path in suspected(document.home) if path.is_file()]
    if now == list(seen):
        return None
    return now, find_other_copies(document, document.home, progress)
