"""What is written beside a backup: what it holds, and what tells that it is still the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from smartct_desktop.domain.json_text import read_json
from smartct_desktop.system.backup import Manifest
from smartct_desktop.system.files import sync_folder, write_atomic

SUFFIX = ".json"
_MOST = 2**16
"""No manifest of ours is longer."""

_PIECE = 2**20


def manifest_path(backup: Path) -> Path:
    """Give where the manifest of a backup lies."""
    return backup.with_name(backup.name + SUFFIX)


def write_manifest(backup: Path, manifest: Manifest) -> None:
    """Put a manifest beside its backup. Raises `Trouble`."""
    told = asdict(manifest) | {
        "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "checked_at": manifest.checked_at.astimezone(UTC).isoformat(),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    write_atomic(manifest_path(backup), lambda file: file.write(text.encode()))


def remove_manifest(backup: Path) -> None:
    """Remove the manifest of a backup that is about to become another; the power may fail then.

    A backup without one is looked through before it is used. Raises OSError.
    """
    manifest_path(backup).unlink(missing_ok=True)
    sync_folder(backup.parent)


def read_manifest(backup: Path) -> Manifest | None:
    """Read the manifest of a backup, None if there is none or it makes no sense."""
    try:
        with manifest_path(backup).open("rb") as file:
            told = read_json(file.read(_MOST))
        step = told["step"]
        return Manifest(
            document=str(told["document"]),
            place=str(told["place"]),
            number=int(told["number"]),
            reason=str(told["reason"]),
            made_at=_moment(told["made_at"]),
            program=str(told["program"]),
            format=int(told["format"]),
            size=int(told["size"]),
            sha256=str(told["sha256"]),
            records={str(kind): int(n) for kind, n in told["records"].items()},
            step=None if step is None else int(step),
            label=str(told["label"]),
            state=str(told["state"]),
            checked_at=_moment(told["checked_at"]),
            damaged=told["damaged"] is True,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def digest(path: Path) -> str:
    """Give the SHA-256 of a file that nobody in this process has open. Raises OSError."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    return moment
