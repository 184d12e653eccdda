"""Other copies of the document beside it, as sync programs leave them after a conflict.

A name raises the suspicion, the id inside the file settles it, and the histories of both say what
each holds that the other does not. No clock is asked: the newer file may be the poorer one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.changes import PastStep
from smartct_desktop.domain.errors import Trouble, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.common_ground import compare_histories, steps_of
from smartct_desktop.services.document import Document
from smartct_desktop.services.other_copy import other_copy
from smartct_desktop.system.conflict_names import may_be_the_same
from smartct_desktop.system.locks import holder_of
from smartct_desktop.system.placeholders import is_placeholder

SUFFIX = ".smartct"
_LOOKING = Sentence("Looking at other copies")


@dataclass(frozen=True, slots=True)
class OtherCopy:
    """A copy of the document under another name.

    `here` and `there` count the steps, done or taken back, that only the one or the other holds;
    `newest` is the newest of those there. All are empty if the copy could not be compared.
    """

    path: Path
    here: int = 0
    there: int = 0
    newest: PastStep | None = None
    compared: bool = True


def find_other_copies(
    document: Document, kept: Path, progress: Progress | None = None
) -> list[OtherCopy]:
    """Look for copies beside the file that is `kept`, in which `document` is worked on or was.

    Reads the histories of what is found: work for a job. Raises `Cancelled`.
    """
    suspects = list(suspected(kept))
    if not suspects:
        return []
    own = document_id_of(document.path, document.key)
    found = []
    for path in (progress or Progress()).through(_LOOKING, suspects):
        if holder_of(path) is not None or is_placeholder(path):
            continue
        if document_id_of(path, _fitting(path, document.key)) == own:
            found.append(_compared(document, path))
        elif document.protected and _has_another_password(path, document.key):
            found.append(OtherCopy(path, compared=False))
    return found


def suspected(kept: Path) -> Iterator[Path]:
    """Give the files beside `kept` whose names may come from a conflict with it."""
    try:
        beside = sorted(kept.parent.iterdir())
    except OSError:
        return
    for path in beside:
        if path.suffix.casefold() == SUFFIX and may_be_the_same(kept.stem, path.stem):
            yield path


def document_id_of(path: Path, key: Key | None = None) -> str:
    """Read which document a file is a copy of; "" if it is none, or not all there yet.

    Of a file with another password than that of `key` nobody can tell.
    """
    from smartct_desktop.storage.connection import Access, Connection
    from smartct_desktop.storage.identity import document_id

    with suppress(Trouble), closing(Connection(path, Access.READ, key=key)) as connection:
        return document_id(connection)
    return ""


def _fitting(path: Path, key: Key | None) -> Key | None:
    """Give the key to try with a file that nobody has open."""
    from smartct_desktop.storage.fitting import key_for

    with suppress(Trouble):
        return key_for(path, key)
    return None


def _has_another_password(path: Path, key: Key | None) -> bool:
    """Whether nobody can tell of what document a protected file beside ours is."""
    from smartct_desktop.storage.fitting import key_for

    try:
        key_for(path, key)
    except WrongPassword:
        return True
    except Trouble:
        return False
    return False


def _compared(document: Document, path: Path) -> OtherCopy:
    try:
        with (
            other_copy(path, document.path, document.key) as other,
            other.reader() as theirs,
            document.reader() as ours,
        ):
            parted = compare_histories(ours, theirs)
            if parted is None:
                return OtherCopy(path, compared=False)
            newest = steps_of(theirs, parted.their_new[-1:])
            return OtherCopy(
                path,
                here=len(parted.our_new) + len(parted.our_undone),
                there=len(parted.their_new) + len(parted.their_undone),
                newest=newest[0] if newest else None,
            )
    except (Trouble, Outdated):
        return OtherCopy(path, compared=False)
