"""Whether the file that was opened is still the one that its path leads to.

Only the file system is asked, and nothing is opened: in a program that has a database open, closing
a second handle of the same file would give its locks away.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self


class Whereabouts(Enum):
    """What became of a file that is open."""

    HERE = "here"
    GONE = "gone"
    REPLACED = "replaced"
    CUT_OFF = "cut off"
    OUT_OF_REACH = "out of reach"


@dataclass(frozen=True, slots=True)
class FileMark:
    """What tells a file from every other one as long as it exists, whatever it is called.

    A `number` of 0 means that the drive numbers no files: such a file is only missed.
    """

    device: int
    number: int

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """Look at a file; None if it cannot be."""
        try:
            facts = path.stat()
        except OSError:
            return None
        return cls(facts.st_dev, facts.st_ino)


def where_is(path: Path, mark: FileMark | None) -> Whereabouts:
    """Say whether `path` still leads to the file of this mark.

    On any thread, for a drive that does not answer keeps whoever asks waiting.
    """
    try:
        facts = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Whereabouts.GONE
    except OSError:
        return Whereabouts.OUT_OF_REACH
    if mark is None or not mark.number or not facts.st_ino:
        return Whereabouts.HERE
    same = FileMark(facts.st_dev, facts.st_ino) == mark
    return Whereabouts.HERE if same else Whereabouts.REPLACED


def found_again(path: Path, mark: FileMark | None) -> Path | None:
    """Look for a file that was renamed within its folder."""
    if mark is None or not mark.number:
        return None
    with suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            with suppress(OSError):
                # Not that of the entry: Windows leaves the number of the file out there.
                if FileMark.of(Path(entry.path)) == mark:
                    return Path(entry.path)
    return None


def has_other_names(path: Path) -> bool:
    """Whether other names on the drive lead to this very file (hard links); not if it is gone."""
    try:
        return path.stat().st_nlink > 1
    except OSError:
        return False
