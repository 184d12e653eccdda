"""What is swept up at a start: leftovers of a program that was killed at work."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_DAY = 24 * 60 * 60
_BRIEFLY = ("smartct-salvage-", "smartct-comparing-", "smartct-main-job-")
"""How the names of folders begin that hold copies of documents and workbooks for some minutes."""


def sweep(now: float) -> int:
    """Remove our own temporary files that are older than a day; gives how many went.

    `now` counts seconds as `time.time()` does. Slow on slow disks: work for a job.
    """
    from smartct_desktop.services.attaching import remove_stale_openings
    from smartct_desktop.services.privacy.workshop import sweep_workshops
    from smartct_desktop.spreadsheets.copying import remove_stale_copies
    from smartct_desktop.spreadsheets.writing import remove_stale_spools

    stale = remove_stale_copies(now) + remove_stale_spools(now)
    stale += sum(_remove_stale(prefix, now) for prefix in _BRIEFLY)
    return stale + remove_stale_openings(now) + sweep_workshops()


def _remove_stale(prefix: str, now: float) -> int:
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*/"):
        with suppress(OSError):
            if not folder.is_symlink() and folder.stat().st_mtime < now - _DAY:
                shutil.rmtree(folder)
                removed += 1
    return removed
