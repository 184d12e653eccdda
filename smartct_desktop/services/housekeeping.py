"""What is swept up at a start: leftovers of a program that was killed at work."""

from __future__ import annotations


def sweep(now: float) -> int:
    """Remove our own temporary files that are older than a day; gives how many went.

    `now` counts seconds as `time.time()` does. Slow on slow disks: work for a job.
    """
    from smartct_desktop.services.attaching import remove_stale_openings
    from smartct_desktop.services.privacy.workshop import sweep_workshops
    from smartct_desktop.spreadsheets.copying import remove_stale_copies
    from smartct_desktop.spreadsheets.writing import remove_stale_spools

    stale = remove_stale_copies(now) + remove_stale_spools(now)
    return stale + remove_stale_openings(now) + sweep_workshops()
