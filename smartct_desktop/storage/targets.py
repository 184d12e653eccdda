"""Where a document is to be written: whether that may be, and that nobody opens it meanwhile."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.header import read_header
from smartct_desktop.storage.in_use import in_use_by
from smartct_desktop.storage.upgrade import APPLICATION_ID
from smartct_desktop.system.locks import FileLock, LockTaken

_LONGEST_NAME = 240
"""Bytes: the journal's name is longer than the document's, and systems take 255."""


@contextmanager
def free(target: Path, *, replace: bool = False) -> Generator[None]:
    """See to it that a file may be written at `target`, and that nobody opens it meanwhile.

    With `replace` it may take the place of a document. Raises `Trouble`, `InUse`.
    """
    if len(os.fsencode(target.name)) > _LONGEST_NAME:
        raise Trouble(
            Sentence("The name {name} is too long.", name=target.name),
            Sentence("Choose a shorter name."),
        )
    lock = None
    try:
        # Without a folder, or without the right to write there, there is no lock: who writes the
        # file finds that out again, and says it better.
        with suppress(OSError):
            lock = FileLock.take(target)
        if os.path.lexists(target):
            _refuse_existing(target, replace=replace)
        yield
    except LockTaken as taken:
        raise InUse(in_use_by(taken.holder), Sentence("Choose another name.")) from None
    finally:
        if lock is not None:
            lock.release()


def _refuse_existing(target: Path, *, replace: bool) -> None:
    if not replace:
        raise Trouble(
            Sentence("There is already a file {name} in this folder.", name=target.name),
            Sentence("Choose another name, or open that file."),
        )
    ours = target.is_file() and read_header(target).application_id == APPLICATION_ID
    if not ours:
        raise Trouble(
            Sentence("{name} is there already and is no document.", name=target.name),
            Sentence("Choose another name."),
        )
