"""A private copy of a file: what is read is what the hash names, whoever changes the file."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.private_folders import remove_stale
from smartct_desktop.system.foreign_files import look_at, next_piece, opened

COPY_PREFIX = "smartct-reading-"
_BINARY = getattr(os, "O_BINARY", 0)
_CHUNK = 1 << 20
_OWNER_FILE = "~$"  # what Excel puts beside a workbook that is open
_OWNER_FILE_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in a folder of its own, readable by its owner only."""

    path: Path
    sha256: str


@contextmanager
def private_copy(source: Path, limits: Limits, progress: Progress) -> Iterator[Copy]:
    """A copy of `source` that is gone afterwards. Raises `Trouble` if it cannot be read."""
    name = source.name
    _refuse_what_is_no_file(source, limits)
    try:
        own = tempfile.TemporaryDirectory(prefix=COPY_PREFIX, ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room() from error
    with own as folder:
        path = Path(folder, "copy")
        with opened(source) as file:
            sha256 = _copied(file, path, name, limits, progress)
        yield Copy(path, sha256)


def remove_stale_copies(now: float) -> int:
    """Remove the private folders of readings that were killed more than a day ago.

    `now` counts seconds as `time.time()` does. Returns how many folders went.
    """
    return remove_stale(COPY_PREFIX, now)


def _refuse_what_is_no_file(source: Path, limits: Limits) -> None:
    """Look before opening. Raises `Trouble`."""
    name = source.name
    facts = look_at(source)
    if stat.S_ISDIR(facts.st_mode):
        raise Trouble(
            Sentence("{name} is a folder.", name=name), Sentence("Choose one of the files in it.")
        )
    if not stat.S_ISREG(facts.st_mode):
        raise Trouble(
            Sentence("{name} is not an ordinary file.", name=name),
            Sentence("Choose a workbook (.xlsx) or a text file (.csv)."),
        )
    if facts.st_size == 0:
        raise refusals.empty(name)
    if name.startswith(_OWNER_FILE) and facts.st_size < _OWNER_FILE_BYTES:
        raise Trouble(
            Sentence("{name} only tells that somebody has the workbook open.", name=name),
            Sentence("Choose {name} itself.", name=name.removeprefix(_OWNER_FILE)),
        )
    if facts.st_size > limits.file_bytes:
        raise refusals.too_large(name, limits.file_bytes >> 20)


def _copied(file: BinaryIO, path: Path, name: str, limits: Limits, progress: Progress) -> str:
    """Copy what is in `file`, up to the limit also if it grows meanwhile; gives the SHA-256."""
    digest = hashlib.sha256()
    size = 0
    words = Sentence("Copying {name}", name=name)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    except OSError as error:
        raise _no_room() from error
    with os.fdopen(number, "wb") as copy:
        while chunk := next_piece(file, _CHUNK, name):
            size += len(chunk)
            progress.report(words, size, 0)
            if size > limits.file_bytes:
                raise refusals.too_large(name, limits.file_bytes >> 20)
            digest.update(chunk)
            try:
                copy.write(chunk)
                copy.flush()
            except OSError as error:
                raise _no_room() from error
    return digest.hexdigest()


def _no_room() -> Trouble:
    return Trouble(
        Sentence("There is no room for a temporary copy of the file."),
        Sentence("Free some space on the disk, then try again."),
    )
