"""Times of day out of one text: one time, or from when to when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.services.importing.text_cells import shown
from smartct_desktop.services.importing.understood import CellReader, Kept

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")
_TEXT = re.compile(
    r"(?P<word>[^\W\d]+(?: [^\W\d]+)?)? ?(?P<first>\d{1,2}(?:[:.h]\d{2})?) ?(?:h|uhr|ч\.?)?"
    r"(?: ?(?:-|to|bis|a|alle|hasta|fins|до) ?(?:las |les )?(?P<last>\d{1,2}(?:[:.h]\d{2})?)"
    r" ?(?:h|uhr|ч\.?|h\.)?)?"
)
_FROM = frozenset(
    ["from", "at", "um", "ab", "von", "desde", "de", "las", "a", "des", "les", "dalle", "alle",
     "ore", "от"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when; an end that is not told is `None`."""

    start: time
    end: time | None = None


def read_clock(text: str) -> Hours | None:
    """Read "9:30-13:00", "desde las 16:00" or "10:00 - 12:00 h"; None for anything else."""
    plain = " ".join(re.sub("[‐‑‒–—]", "-", text).casefold().split())
    match = _TEXT.fullmatch(plain)
    if match is None or (match["word"] and not set(match["word"].split()) <= _FROM):
        return None
    if not match["last"] and not re.search(r"\d[:.h]\d{2}", match["first"]):
        return None
    start, end = _time(match["first"]), _time(match["last"])
    if start is None or (match["last"] and end is None) or (end and end < start):
        return None
    return Hours(start, end)


def _time(text: str | None) -> time | None:
    match = _TIME.fullmatch(text) if text else None
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def clock_cells(*, hours: bool) -> CellReader:
    """Make the reader of times: `hours` for from-to in one cell, else of single times.

    A text that is no time says something all the same and is kept.
    """

    def read(value: book.Value, code: str) -> Any:
        if isinstance(value, datetime):
            value = value.time()
        if isinstance(value, time):
            found: Hours | None = Hours(value.replace(second=0, microsecond=0))
        else:
            found = read_clock(shown(value, code))
        if found is None or (found.end is not None and not hours):
            return Kept(shown(value, code))
        return found if hours else found.start

    return read
