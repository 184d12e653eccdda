"""Seals: how a document looked when this program closed it, to notice changes from elsewhere.

A seal holds size, time and a digest of the closed file. Where size and time are the same, nothing
is read; otherwise so much that a large file takes no longer than a small one: its beginning, where
SQLite counts every change, its end, and pages from all over it.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.system.paths import state_folder

WHOLE = 2 << 20
"""Bytes up to which all of a file is read."""

_SAMPLES = 256
_PIECE = 4096


def keep(path: Path) -> None:
    """Note how a document looks that nobody in this process has open. Never fails."""
    with suppress(OSError, Trouble):
        facts = path.stat()
        seal = {
            "size": facts.st_size,
            "time": facts.st_mtime_ns,
            "digest": _digest(path, facts.st_size),
        }
        place = _place(path)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        # Losing a seal costs a check: it is not worth waiting for the disk.
        part = place.with_suffix(f".{os.getpid()}.part")
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(seal, file)
        part.replace(place)


def is_broken(path: Path) -> bool:
    """Whether a document looks otherwise than when it was closed here; False if nobody knows.

    To be asked before it is opened.
    """
    try:
        seal = read_json(_place(path.resolve()).read_bytes())
        size, moment, digest = seal["size"], seal["time"], seal["digest"]
        facts = path.stat()
        if (facts.st_size, facts.st_mtime_ns) == (size, moment):
            return False
        return bool(facts.st_size != size or _digest(path, facts.st_size) != digest)
    except (OSError, Trouble, ValueError, KeyError, TypeError):
        return False


def _place(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:32]
    return state_folder() / "seals" / f"{name}.json"


def _digest(path: Path, size: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if size <= WHOLE:
            digest.update(file.read())
            return digest.hexdigest()
        for n in range(_SAMPLES):
            file.seek(size // _SAMPLES * n)
            digest.update(file.read(_PIECE))
        file.seek(max(0, size - _PIECE))
        digest.update(file.read())
    return digest.hexdigest()
