"""What becomes of a document that is only read here, while somebody else writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.copies import StepMarks
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated, Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.system.locks import holder_of, may_be_held

if TYPE_CHECKING:
    from smartct_desktop.system.lock_texts import Holder

_PAGE = 1000
_LABEL = Sentence("what was done elsewhere")


@dataclass(frozen=True, slots=True)
class News:
    """What was found: who writes now, and what was done since the last look.

    `writer` is None when the document could be written here. `steps` counts what was done or taken
    back; `touched` is what it changed, None if nothing. `marks` is for the next look.
    """

    writer: Holder | None
    steps: int
    touched: Touched | None
    marks: Sequence[StepMarks]


def look(
    document: Document, known: Sequence[StepMarks], _progress: Progress | None = None
) -> News | None:
    """Look once; None if the document was written at that very moment. Raises `Trouble`.

    Asks the drive and reads the history: work for a job. `known` is what the last look gave.
    """
    writer = holder_of(document.path) or may_be_held(document.path)
    try:
        with document.reader() as reader:
            marks = reader.step_marks()
            moved = _moved(known, marks)
            touched = _touched(reader, moved) if moved else None
            return News(writer, len(moved), touched, marks)
    except Outdated:
        return None
    except Trouble:
        if writer is None:  # cut off in the midst of writing: whoever writes next puts it in order
            return News(None, 0, None, known)
        raise


def _moved(known: Sequence[StepMarks], marks: Sequence[StepMarks]) -> list[int]:
    """Give the numbers of the steps that are new, or were undone or redone."""
    before = {mark.id: mark for mark in known}
    return [mark.no for mark in marks if before.get(mark.id) != mark]


def _touched(reader: Reader, steps: Sequence[int]) -> Touched:
    """Say which records may look otherwise now. Whether one was added is seen when it is read."""
    changed: dict[str, dict[Id, None]] = {}
    for no in steps:
        start = 0
        while page := reader.step_changes(no, start, start + _PAGE):
            for change in page:
                changed.setdefault(change.kind, {})[change.id] = None
            start += len(page)
    return Touched(_LABEL, {}, {kind: tuple(ids) for kind, ids in changed.items()}, {})
