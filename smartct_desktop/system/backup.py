"""A backup as a file: the facts that are written beside it, and whether it is sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

BEFORE_VERSION = "before-version-"
"""How the reason of a backup begins that was made before a migration; it is never thinned out."""

BEFORE_RESTORE = "before-restore"
"""The reason of the backup that a restore makes of what it replaces."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts about one backup.

    `document` is the id that the document shares with its copies, `place` the path of the one that
    was backed up; `number` grows from backup to backup, whatever the clock says. `format` is the
    version of the tables, `step` and `label` are of the newest step (no label where the document
    is protected: it may name people). Moments are UTC. `damaged` says what the last check found.
    """

    document: str
    place: str
    number: int
    reason: str
    made_at: datetime
    program: str
    format: int
    size: int
    sha256: str
    records: Mapping[str, int]
    step: int | None
    label: str
    state: str
    checked_at: datetime
    damaged: bool = False


class Health(Enum):
    """What is known of a backup."""

    GOOD = "good"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"
    """Nothing is written about it, or it was made by another program."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is there; `manifest` is None if nothing is known of it."""

    path: Path
    manifest: Manifest | None
    health: Health
    size: int
