"""Where a document is to be written: whether that may be, and that nobody opens it meanwhile."""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.header import read_header, seems_protected
from smartct_desktop.storage.in_use import in_use_by
from smartct_desktop.storage.upgrade import APPLICATION_ID
from smartct_desktop.system.locks import FileLock, LockTaken

_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)", re.IGNORECASE)
_LONGEST_NAME = 240
"""Bytes: the journal's name is longer than the document's, and systems take 255."""


@contextmanager
def free(target: Path, *, replace: bool = False) -> Generator[None]:
    """See to it that a file may be written at `target`, and that nobody opens it meanwhile.

    With `replace` it may take the place of a document. Raises `Trouble`, `InUse`.
    """
    _refuse_name(target.name)
    lock = None
    try:
        # Without a folder, or without the right to write there, there is no lock: who writes the
        # file finds that out again, and says it better.
        with suppress(OSError):
            lock = FileLock.take(target)
        if os.path.lexists(target):
            _refuse_existing(target, replace=replace)
        else:
            _refuse_alien_journal(target)
        yield
    except LockTaken as taken:
        raise InUse(in_use_by(taken.holder), Sentence("Choose another name.")) from None
    finally:
        if lock is not None:
            lock.release()


def _refuse_name(name: str) -> None:
    """Refuse a name on every system that one of them does not take, or takes for something else."""
    if len(os.fsencode(name)) > _LONGEST_NAME:
        raise Trouble(
            Sentence("The name {name} is too long.", name=name), Sentence("Choose a shorter name.")
        )
    device = _DEVICE.match(name)
    if device is not None:
        raise Trouble(
            Sentence("Windows takes {word} for a device, not for a file.", word=device[1]),
            Sentence("Choose another name, so that the document can be opened on any computer."),
        )
    if ":" in name or name.endswith((".", " ")):
        raise Trouble(
            Sentence("A name with a colon, or with a dot or space at its end, is not safe."),
            Sentence("Choose another name, so that the document can be opened on any computer."),
        )


def _refuse_existing(target: Path, *, replace: bool) -> None:
    if not replace:
        raise Trouble(
            Sentence("There is already a file {name} in this folder.", name=target.name),
            Sentence("Choose another name, or open that file."),
        )
    ours = target.is_file() and _is_document(target)
    if not ours:
        raise Trouble(
            Sentence("{name} is there already and is no document.", name=target.name),
            Sentence("Choose another name."),
        )


def _refuse_alien_journal(target: Path) -> None:
    """Refuse a name beside which a journal waits for a document that was moved or renamed.

    It would be played back into the new file; and without it the moved one stays half written.
    """
    journal = target.with_name(target.name + "-journal")
    try:
        waits = journal.stat().st_size > 0
    except OSError:
        return
    if waits:
        raise Trouble(
            Sentence(
                "Beside {name} lies {journal}, which belongs to a document that was moved away.",
                name=target.name,
                journal=journal.name,
            ),
            Sentence("Choose another name, or move that file to where its document is now."),
        )


def _is_document(path: Path) -> bool:
    """Whether it can be replaced; a protected one goes by its name and by what it seems to be."""
    if path.suffix.lower() == ".smartct" and seems_protected(path):
        return True
    return read_header(path).application_id == APPLICATION_ID
