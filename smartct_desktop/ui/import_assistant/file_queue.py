"""The files of one assistant: in a row, one of them worked on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.ui.import_assistant.file_import import FileImport, Stage
from smartct_desktop.ui.jobs import Job, Jobs


class FileQueue(QObject):
    """Reads a file as soon as no other one is worked on; those that cannot be read are passed.

    `changed`, `planned` and `started` are those of the current file; `added` and `removed` have
    the file that came or went.
    """

    added = Signal(object)
    removed = Signal(object)
    changed = Signal()
    planned = Signal()
    started = Signal(object)
    written = Signal()
    taken_back = Signal()
    refused = Signal(object)
    stopped = Signal()

    def __init__(self, importer: Importer, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._importer = importer
        self._jobs = jobs
        self._files: list[FileImport] = []
        self._current: FileImport | None = None

    @property
    def files(self) -> tuple[FileImport, ...]:
        """All files, in the order in which they came."""
        return tuple(self._files)

    @property
    def current(self) -> FileImport | None:
        """The file that is worked on."""
        return self._current

    @property
    def following(self) -> FileImport | None:
        """The next file that nothing was done with yet."""
        return next((file for file in self._files if file.stage is Stage.WAITING), None)

    @property
    def has_answers(self) -> bool:
        """Whether answers were given that would be lost."""
        return any(file.stage is Stage.READY and file.answers for file in self._files)

    def add(self, paths: Iterable[Path]) -> None:
        """Take files, each one once as long as it is not imported."""
        known = {file.path for file in self._files if file.stage is not Stage.WRITTEN}
        for path in dict.fromkeys(paths):
            if path in known:
                continue
            file = FileImport(path, self._importer, self._jobs, self)
            file.changed.connect(self._follow)
            file.planned.connect(self._tell_planned)
            file.started.connect(self._tell_started)
            file.written.connect(self.written)
            file.taken_back.connect(self.taken_back)
            file.refused.connect(self.refused)
            file.stopped.connect(self.stopped)
            self._files.append(file)
            self.added.emit(file)
        if self._current is None or self._current.stage in (Stage.UNREADABLE, Stage.WAITING):
            self.go_on()

    def remove(self, file: FileImport) -> None:
        """Take a file off the list."""
        file.cancel()
        self._files.remove(file)
        self.removed.emit(file)
        file.deleteLater()
        if file is self._current:
            self._current = None
            self.go_on()

    def go_on(self) -> None:
        """Work on the next file, if there is one."""
        file = self.following
        if file is not None:
            self._current = file
            file.read()
        self.changed.emit()

    def cancel(self) -> None:
        """Stop whatever is being read or planned."""
        for file in self._files:
            file.cancel()

    def _follow(self) -> None:
        if self.sender() is not self._current or self._current is None:
            return
        if self._current.stage is Stage.UNREADABLE and self.following is not None:
            self.go_on()
        else:
            self.changed.emit()

    def _tell_planned(self) -> None:
        if self.sender() is self._current:
            self.planned.emit()

    def _tell_started(self, job: Job) -> None:
        if self.sender() is self._current:
            self.started.emit(job)
