"""Second copies of backups in a folder of the person's choice, and what is kept in any folder."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.thinning import Kept, superfluous
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.storage.backups import list_backups, remove_backups
from smartct_desktop.storage.manifests import digest, write_manifest
from smartct_desktop.system.backup import BEFORE_VERSION, Backup, Health
from smartct_desktop.system.files import write_atomic

_FREE_SHARE = 10
"""Backups take no more than the tenth of what is free on their drive."""


class Second(Enum):
    """What became of the second copy."""

    NONE = "none"
    """None is wanted."""
    KEPT = "kept"
    ABSENT = "absent"
    """Its folder is not there: a stick that is not plugged in."""
    FAILED = "failed"


def second_folder(wishes: BackupWishes, document: Path, document_id: str) -> Path | None:
    """Give the folder of a document, None if none is wanted or its drive is not there."""
    second = wishes.second
    if second is None or not second.is_dir():
        return None
    return second / f"{document.stem[:40]}-{document_id[:8]}"


def carry(newest: Backup, folder: Path) -> Second:
    """Copy the newest backup into the second folder, compared byte by byte."""
    assert newest.manifest is not None
    target = folder / newest.path.name
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not target.exists():
            write_manifest(target, newest.manifest)
            write_atomic(target, lambda file: _pour(newest.path, file))
        if digest(target) != newest.manifest.sha256:
            remove_backups([target])
            return Second.FAILED
    except (OSError, Trouble):
        return Second.FAILED
    return Second.KEPT


def thin(folder: Path, megabytes: int, now: datetime) -> None:
    """Remove what may go from a folder of backups."""
    there = list_backups(folder)
    room = megabytes * 10**6
    with suppress(OSError):
        taken = sum(one.size for one in there)
        room = min(room, (shutil.disk_usage(folder).free + taken) // _FREE_SHARE)
    remove_backups([folder / name for name in superfluous(kept(there), now, room)])


def kept(there: list[Backup]) -> list[Kept]:
    """Give the backups as thinning looks at them; those of which nothing is known stay."""
    return [
        Kept(
            name=one.path.name,
            place=one.manifest.place,
            number=one.manifest.number,
            at=one.manifest.made_at,
            size=one.size,
            good=one.health is Health.GOOD,
            lasting=one.manifest.reason.startswith(BEFORE_VERSION),
        )
        for one in there
        if one.manifest is not None
    ]


def _pour(source: Path, file: BinaryIO) -> None:
    with source.open("rb") as opened:
        shutil.copyfileobj(opened, file)
