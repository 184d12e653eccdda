"""What a closed period keeps of the workbook that was sent: its name and its fingerprint."""

from __future__ import annotations

import hashlib
from pathlib import Path

from smartct_desktop.services.closed_periods import SentFile
from smartct_desktop.system.foreign_files import look_at, next_piece, opened

_PIECE = 1 << 20


def sent_file(path: Path) -> SentFile:
    """Read the workbook that was sent. Raises `Trouble` if it cannot be read."""
    look_at(path)
    digest = hashlib.sha256()
    with opened(path) as file:
        while piece := next_piece(file, _PIECE, path.name):
            digest.update(piece)
    return SentFile(path.name, digest.hexdigest())
