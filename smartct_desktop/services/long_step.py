"""Big steps: written by a job, so that the window goes on living; told to it when they are there.

An import of twenty thousand rows takes seconds to write, its undo as well. How the file bears a
writer beside a window that reads is told in `storage/pen.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from smartct_desktop.domain.changes import Source, Step, Touched
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.document import Document
from smartct_desktop.services.edit import Edit

T = TypeVar("T")

LONG = 500
"""Records from which on a step is worth a job: fewer are written in the time of a few frames."""


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What came of a long step; `touched` is for `Document.announce`, None if nothing changed."""

    result: T
    touched: Touched | None


class LongStep:
    """Writes one step into a document; `read` sees the document as it was before.

    Made by `write_long`. Nobody is told of the step here: the document's listeners belong to its
    own thread.
    """

    def __init__(self, document: Document, reader: Reader, progress: Progress) -> None:
        self._document = document
        self.read = reader
        self.progress = progress
        self.touched: Touched | None = None

    @contextmanager
    def edit(self, label: str, source: Source | None = None) -> Generator[Edit]:
        """Collect the changes made in the block and write them, as `Document.edit` does.

        Raises `Invalid`, `Trouble`, `Cancelled`; then nothing was written.
        """
        edit = Edit(self.read)
        yield edit
        changes = edit.changes()
        if changes:
            self.write(Step(label, changes, source))

    def write(self, step: Step) -> None:
        """Write a step that is ready. Raises as `edit` does."""
        self.touched = self._document.write(step, self.progress)

    def undo(self) -> Touched:
        """Take back the newest step. Raises `Trouble`, `Cancelled`; then nothing was undone."""
        self.touched = self._document.write_undo(self.progress)
        return self.touched

    def redo(self) -> Touched:
        """Bring back the step undone last. Raises `Trouble`, `Cancelled`."""
        self.touched = self._document.write_redo(self.progress)
        return self.touched


def write_long(document: Document, work: Callable[[LongStep], T], progress: Progress) -> Written[T]:
    """Do work that writes a step, on whatever thread. Its caller announces what was touched."""
    with document.reader() as reader:
        long_step = LongStep(document, reader, progress)
        result = work(long_step)
    return Written(result, long_step.touched)
