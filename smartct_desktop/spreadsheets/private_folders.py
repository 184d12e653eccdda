"""Private folders of readings and writings, and those that killed ones left behind."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_KEPT_SECONDS = 24 * 3600


def remove_stale(prefix: str, now: float) -> int:
    """Remove the folders with this beginning of their names that are more than a day old.

    `now` counts seconds as `time.time()` does. Returns how many folders went.
    """
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < now - _KEPT_SECONDS:
                shutil.rmtree(folder)
                removed += 1
    return removed
