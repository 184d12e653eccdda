"""A private folder for copies that nobody else may see."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smartct_desktop.system.locks import FileLock, LockTaken
from smartct_desktop.system.paths import data_folder

_FOLDER = "privacy"
_HELD = "held"


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a private folder to work in; it goes, and what killed programs left of theirs."""
    root = data_folder() / _FOLDER
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep_workshops()
    folder = Path(tempfile.mkdtemp(dir=root))
    lock = FileLock.take(folder / _HELD)
    try:
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def sweep_workshops() -> int:
    """Remove the folders that no program works in any more; gives how many went."""
    root, gone = data_folder() / _FOLDER, 0
    for folder in root.glob("*/"):
        try:
            FileLock.take(folder / _HELD).release()
        except (LockTaken, OSError):
            continue
        shutil.rmtree(folder, ignore_errors=True)
        gone += 1
    return gone
