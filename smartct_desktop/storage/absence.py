"""What is said when the file of an open document is not where it was, or has no room to grow."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.whereabouts import Whereabouts

FILE_PROTECTED = Sentence("The file may only be read.")
FOLDER_PROTECTED = Sentence("Nothing can be written in its folder.")
DRIVE_PROTECTED = Sentence("The drive it lies on can only be read.")
DRIVE_FULL = Sentence("There is no room left on its drive.")
HINDRANCES = (FILE_PROTECTED, FOLDER_PROTECTED, DRIVE_PROTECTED, DRIVE_FULL)
"""Why a document cannot be written though nobody else has it open, and nobody asked for it."""

COPY = Sentence("Save a copy in another place, then open that.")
_SPARE = 1 << 20
"""What a step needs besides the growth of the file: its journal, and what others write."""


class NoRoom(Trouble):
    """The drive did not take what was to be written."""


def absent(path: Path, where: Whereabouts) -> Sentence:
    """Say what became of the file of an open document."""
    match where:
        case Whereabouts.REPLACED:
            return Sentence(
                "{name} was replaced by another file while it was open.", name=path.name
            )
        case Whereabouts.CUT_OFF:
            return Sentence("{name} was cut off or overwritten by another program.", name=path.name)
        case Whereabouts.OUT_OF_REACH:
            return Sentence("The drive or folder with {name} cannot be reached.", name=path.name)
        case _:
            return Sentence(
                "{name} was moved, renamed or deleted while it was open.", name=path.name
            )


def hindrance(error: OSError) -> Sentence:
    """Say why nothing can be written beside a document."""
    if error.errno == errno.EROFS:
        return DRIVE_PROTECTED
    return DRIVE_FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else FOLDER_PROTECTED


def forget_journal(path: Path) -> None:
    """Remove the empty journal of a file that has lost its name, unless another one has it now."""
    journal = path.with_name(path.name + "-journal")
    with suppress(OSError):
        if not path.exists() and journal.stat().st_size == 0:
            journal.unlink()


def no_memory() -> Trouble:
    """Make the trouble of a computer that has no memory left."""
    return Trouble(
        Sentence("The computer has no memory left for this; nothing was changed."),
        Sentence("Close other programs, then try again."),
    )


def missing_room(path: Path, growth: int) -> Trouble | None:
    """Say how much room is missing for a file to grow by so many bytes; None if there is enough."""
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        return None
    needed = growth + _SPARE
    if free >= needed:
        return None  # a quota, or the most that a file may have: nobody knows how much
    return NoRoom(
        Sentence("There is no room left on the drive; nothing was changed."),
        Sentence(
            "{free} MB are free, about {needed} MB are needed. Free some space and try again, or "
            "save a copy on another drive.",
            free=f"{free / 1e6:.1f}",
            needed=f"{needed / 1e6:.1f}",
        ),
    )
