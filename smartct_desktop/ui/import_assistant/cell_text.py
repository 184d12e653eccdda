"""The text of a cell as the partner's program shows it, dates in the format of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from smartct_desktop.domain.book import Cell

_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|d+|m+|y+|h+|s+|AM/PM|.', re.IGNORECASE)
_OF_THE_SYSTEM = ("mm-dd-yy", "m/d/yyyy", "m/d/yy", "m/d/yy h:mm")
"""Formats that every program shows in its own country's way."""

_DAY: Mapping[str, Callable[[date], str]] = {
    "d": lambda day: str(day.day),
    "dd": lambda day: f"{day.day:02d}",
    "m": lambda day: str(day.month),
    "mm": lambda day: f"{day.month:02d}",
    "yy": lambda day: f"{day.year % 100:02d}",
    "yyyy": lambda day: str(day.year),
}
_TIME: Mapping[str, Callable[[time], str]] = {
    "h": lambda hour: str(hour.hour),
    "hh": lambda hour: f"{hour.hour:02d}",
    "mm": lambda hour: f"{hour.minute:02d}",
    "ss": lambda hour: f"{hour.second:02d}",
}


def cell_text(cell: Cell) -> str:
    """Give the text in one line.

    Dates under a plain format of digits look as in the file; where a name of a month or the
    settings of a country would be needed they are written as ISO text.
    """
    value = cell.value
    if isinstance(value, date | time) and cell.look.code not in _OF_THE_SYSTEM:
        text = _formatted(value, cell.look.code.split(";")[0])
        if text is not None:
            return text
    return " ".join(cell.shown.split())


def _formatted(value: date | time, code: str) -> str | None:
    """Give the moment under a number format; None if the format is more than we can do."""
    parts = []
    timed = False  # "mm" means minutes behind hours
    for token in _TOKEN.findall(code):
        word = token.lower()
        if word[0] in "hs":
            timed = True
        if word[0] in "dmyhs":
            text = _part(value, word, timed=timed)
            if text is None:
                return None
            parts.append(text)
        elif token[0] == '"':
            parts.append(token[1:-1])
        elif token[0] == "\\":
            parts.append(token[1:])
        elif token[0] in "_*[":
            continue
        elif token.isalpha() or word == "am/pm":
            return None
        else:
            parts.append(token)
    return "".join(parts).strip() or None


def _part(value: date | time, word: str, *, timed: bool) -> str | None:
    if timed:
        clock = value.time() if isinstance(value, datetime) else value
        make = _TIME.get(word)
        return make(clock) if make is not None and isinstance(clock, time) else None
    day = _DAY.get(word)
    return day(value) if day is not None and isinstance(value, date) else None
