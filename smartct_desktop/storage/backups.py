"""Backups: verified copies under names that say when and why they were made."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from smartct_desktop.storage.copies import copy

SUFFIX = ".smartct-backup"


def back_up(document: Path, folder: Path, reason: str, at: datetime) -> Path:
    """Write a backup of an open document into `folder`, which is made if it is missing.

    `reason` is a word for the file's name, such as "migration". An existing backup is never
    replaced. Works on any thread. Raises `Trouble`.
    """
    if not re.fullmatch(r"[a-z0-9-]+", reason):
        raise ValueError(f"no reason for the name of a file: {reason!r}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{document.stem}-{at.astimezone(UTC):%Y%m%d-%H%M%S}-{reason}"
    names = (stem, *(f"{stem}-{n}" for n in range(2, 100)))
    free = (folder / (name + SUFFIX) for name in names)
    target = next(path for path in free if not path.exists())
    copy(document, target)
    return target
