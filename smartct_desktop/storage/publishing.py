"""Bringing a document from where it is kept to a working copy, and what was done back again.

The kept file is only ever read whole or replaced whole, and never replaced if it is not the one
that was read: another computer may have written it meanwhile, and its work would be gone.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Overtaken, Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.copies import copy
from smartct_desktop.storage.identity import state_of
from smartct_desktop.storage.in_use import refusal
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.foreign_files import next_piece, opened
from smartct_desktop.system.locks import FileLock, LockTaken

_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Seal:
    """What tells one content of a file from every other; without one there is no file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """The kept file as it is now, and the state of the document that it holds."""

    seal: Seal
    state: str


def hold(kept: Path, *, anyway: bool = False) -> FileLock:
    """Take the lock of a kept file, so that others see who works on it. Raises `InUse`, `Trouble`.

    `anyway` as when opening.
    """
    try:
        return FileLock.take(kept, anyway=anyway)
    except LockTaken as taken:
        raise refusal(taken) from None
    except OSError as error:
        raise Trouble(
            Sentence("Nothing can be written in the folder of {name}.", name=kept.name),
            Sentence("Open it for reading only, or copy it to this computer."),
        ) from error


def seal_of(path: Path) -> Seal | None:
    """Read a file that nobody in this process has open; None if there is none. Raises `Trouble`."""
    if not path.exists():
        return None
    return _pour(path, None)


def fetch(kept: Path, working: Path) -> Seal:
    """Write a copy of the kept file at `working`, for us only; gives its seal. Raises `Trouble`.

    Nobody in this process may have either of them open.
    """
    seal = Seal(0, "")

    def produce(file: BinaryIO) -> None:
        nonlocal seal
        before = _facts(kept)
        seal = _pour(kept, file)
        if _facts(kept) != before or before[0] != seal.size:
            raise Trouble(
                Sentence("{name} was changed while it was read.", name=kept.name),
                Sentence("The sync program seems to be at work. Try again in a moment."),
            )

    write_atomic(working, produce)
    working.chmod(0o600)
    return seal


def publish(
    working: Path,
    kept: Path,
    expected: Seal | None,
    progress: Progress | None = None,
    key: Key | None = None,
) -> Published:
    """Put a verified copy of the working copy in the place of the kept file if that is as expected.

    The working copy may be open, and on whatever thread. Before the new file is whole and on the
    disk, and the old one was looked at once more, nothing is replaced. Raises `Overtaken` and
    `Trouble`.
    """
    refuse_changed(kept, expected)
    published: Published | None = None

    def look(part: Path) -> None:
        nonlocal published
        with closing(Connection(part, Access.READ, key=key)) as connection:
            state = state_of(connection)
        published = Published(_pour(part, None), state)
        refuse_changed(kept, expected)

    copy(working, kept, progress, seal=look, key=key)
    assert published is not None
    return published


def refuse_changed(kept: Path, expected: Seal | None) -> None:
    """Raise `Overtaken` if the kept file is not as expected; None expects that there is none."""
    found = seal_of(kept)
    if found == expected:
        return
    if found is None:
        raise Overtaken(
            Sentence("{name} is not in its folder any more.", name=kept.name),
            Sentence("Your work is kept on this computer."),
            gone=True,
        )
    raise Overtaken(
        Sentence("{name} was changed by somebody else meanwhile.", name=kept.name),
        Sentence("Your work is kept on this computer, and theirs is untouched."),
        gone=False,
    )


def state_at(path: Path, key: Key | None = None) -> str:
    """Give the state of a document, open or not, on whatever thread. Raises `Trouble`."""
    with closing(Connection(path, Access.READ, key=key)) as connection:
        return state_of(connection)


def _facts(path: Path) -> tuple[int, int, int]:
    try:
        facts = path.stat()
    except OSError:
        return -1, 0, 0
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


def _pour(source: Path, target: BinaryIO | None) -> Seal:
    found, size = hashlib.sha256(), 0
    with opened(source) as file:
        while piece := next_piece(file, _PIECE, source.name):
            found.update(piece)
            size += len(piece)
            if target is not None:
                target.write(piece)
    return Seal(size, found.hexdigest())
