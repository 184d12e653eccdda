"""Names that a workbook accepts: for its sheets, its tables and the headings of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from smartct_desktop.spreadsheets.cells_out import clean, shorten, utf16_length

LONGEST_SHEET_NAME = 31
"""UTF-16 units."""

LONGEST_HEADING = 255
"""UTF-16 units, in a named table."""

_LONGEST_TABLE_NAME = 60
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_RESERVED_SHEET_NAME = "history"
_NOT_IN_TABLE_NAMES = re.compile(r"[^A-Za-z0-9]+")
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPACES = re.compile(r"\s+")


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """The names as sheets may have them, all different also if capitals are ignored."""
    taken: set[str] = set()
    return [_free(_sheet_name(name), taken, _numbered_sheet) for name in wanted]


def table_names(wanted: Iterable[str]) -> list[str]:
    """Names for named tables: ASCII letters and digits, all different, none like a cell's."""
    taken: set[str] = set()
    return [_free(_table_name(name), taken, "{}_{}".format) for name in wanted]


def headings(wanted: Iterable[str]) -> list[str]:
    """The headings in one line each, all different also if capitals are ignored."""
    taken: set[str] = set()
    return [_free(_heading(heading), taken, _numbered_heading) for heading in wanted]


def _sheet_name(name: str) -> str:
    name = _SPACES.sub(" ", _NOT_IN_SHEET_NAMES.sub("-", clean(name)))
    name = shorten(name.strip(" '"), LONGEST_SHEET_NAME).strip(" '")
    if name.casefold() == _RESERVED_SHEET_NAME:
        return f"{name}_"
    return name or "Sheet"


def _numbered_sheet(name: str, number: int) -> str:
    end = f" ({number})"
    return shorten(name, LONGEST_SHEET_NAME - utf16_length(end)).rstrip(" '") + end


def _table_name(name: str) -> str:
    # The word in front keeps the name from looking like a cell (AB12, R1C1) or a number.
    return f"Table_{_NOT_IN_TABLE_NAMES.sub('_', name)}"[:_LONGEST_TABLE_NAME].rstrip("_")


def _heading(heading: str) -> str:
    heading = _SPACES.sub(" ", clean(heading)).strip()
    # The name of the column is written without the escapes that its cell gets.
    heading = _LIKE_ESCAPE.sub("-", heading).replace("<r>", "(r)")
    return shorten(heading, LONGEST_HEADING).strip() or "?"


def _numbered_heading(heading: str, number: int) -> str:
    end = f" ({number})"
    return shorten(heading, LONGEST_HEADING - utf16_length(end)) + end


def _free(name: str, taken: set[str], numbered: Callable[[str, int], str]) -> str:
    """The name, or the first numbered one that nobody has; adds it to `taken`."""
    candidate, number = name, 1
    # Excel compares without case; both foldings, because it is not said which one it uses.
    while candidate.lower() in taken or candidate.casefold() in taken:
        number += 1
        candidate = numbered(name, number)
    taken.update((candidate.lower(), candidate.casefold()))
    return candidate
