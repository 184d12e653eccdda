"""Looks now and then whether the file of the document is still the one that was opened."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from smartct_desktop.services.document import Document
from smartct_desktop.system.whereabouts import FileMark, Whereabouts, where_is

EVERY = 5_000
"""Milliseconds between two looks: soon enough to lose no work, rare enough to cost nothing."""


class FileWatch(QObject):
    """Asks the drive on a thread of its own, because one that is gone may never answer.

    `found(whereabouts)` is said when they are others than at the look before.
    """

    found = Signal(object)
    _answered = Signal(int, object)

    def __init__(self, parent: QObject, every: int = EVERY) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._known = Whereabouts.HERE
        self._turn = 0
        self._waiting = False
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self.look)
        self._answered.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def attach(self, document: Document | None) -> None:
        """Look after this document from now on."""
        self._document = document
        self._known = Whereabouts.HERE
        self._turn += 1
        self._waiting = False
        if document is not None:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Look now; the answer comes later."""
        document = self._document
        if document is None:
            return
        if self._waiting:
            self._tell(Whereabouts.OUT_OF_REACH)
            return
        self._waiting = True
        ask = Thread(target=self._ask, args=(self._turn, document.path, document.mark), daemon=True)
        ask.start()

    def _ask(self, turn: int, path: Path, mark: FileMark | None) -> None:
        where = where_is(path, mark)
        try:
            self._answered.emit(turn, where)
        except RuntimeError:  # the window is gone
            return

    def _hear(self, turn: int, where: Whereabouts) -> None:
        document = self._document
        if document is None or turn != self._turn:
            return
        self._waiting = False
        # The drive answers: the document can look itself, and more closely.
        self._tell(where if where is Whereabouts.OUT_OF_REACH else document.where())

    def _tell(self, where: Whereabouts) -> None:
        if where is not self._known:
            self._known = where
            self.found.emit(where)
