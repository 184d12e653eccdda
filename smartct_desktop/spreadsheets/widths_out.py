"""How wide the columns of a written sheet are, from their headings and a sample of the values."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import assert_never

from smartct_desktop.domain.report import Column, Kind, Row, Value
from smartct_desktop.spreadsheets.looks_out import WRAPPED

WIDEST = 50.0
"""Characters; longer texts are wrapped or run out of sight."""

LINE_HEIGHT = 15.0
"""Points."""

HIGHEST_ROW = 409.0
"""Points."""

_NARROWEST = 5.0
_PADDING = 2.5
_FILTER_BUTTON = 3
_HEADING_LINES = 3
_MOST_HEADING_LINES = 6
_BOLD = 1.1

_LOOKED_AT = 500
_MOST_LOOKED_AT = 5000
_SIGNS = 4  # separators and the euro sign

_WIDE = frozenset({"W", "F"})


def width_of(column: Column, heading: str, index: int, sample: Sequence[Row]) -> float:
    """The width of one column in characters.

    The heading may take three lines, but no word of it is broken; values are shown whole up to
    `WIDEST`.
    """
    if column.width is not None:
        return column.width
    values = max((_length(column, row[index]) for row in sample), default=0)
    longest_word = max(map(display_length, heading.split()))
    over_lines = ceil(display_length(heading) / _HEADING_LINES)
    wanted = max(values, ceil(max(longest_word, over_lines) * _BOLD) + _FILTER_BUTTON)
    return min(max(wanted + _PADDING, _NARROWEST), WIDEST)


def width_for(text: str) -> float:
    """The width that shows `text` whole; a number that does not fit would be shown as ####."""
    return display_length(text) + _PADDING


def heading_height(headings_and_widths: Sequence[tuple[str, float]]) -> float:
    """The height in points of a row with these headings, wrapped to the widths of their columns."""
    lines = 1
    for heading, width in headings_and_widths:
        lines = max(lines, line_count(heading, (width - _FILTER_BUTTON) / _BOLD))
    return LINE_HEIGHT * min(lines, _MOST_HEADING_LINES) + 3


def value_lines(column: Column, value: Value, width: float) -> int:
    """How many lines the value takes in a column of this width, if its texts are wrapped."""
    if column.kind not in WRAPPED or not isinstance(value, str):
        return 1
    if len(value) < width and value.isascii() and "\n" not in value:
        return 1
    return line_count(value[:_MOST_LOOKED_AT], width)


def line_count(text: str, width: float) -> int:
    """How many lines the text takes when it is wrapped to so many characters."""
    room = max(int(width), 1)
    return sum(
        1 if display_length(line) <= room else len(textwrap.wrap(line, room)) or 1
        for line in text.split("\n")
    )


def display_length(text: str) -> int:
    """How many columns of a fixed font the text takes; Chinese or Korean letters take two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in _WIDE)
        for letter in text
    )


def _length(column: Column, value: Value) -> int:
    if value is None:
        return 0
    if isinstance(value, str):
        return max(map(display_length, value[:_LOOKED_AT].splitlines()), default=0)
    match column.kind:
        case Kind.DAY:
            return len("01.03.2022")
        case Kind.MOMENT:
            return len("01.03.2022 14:05")
        case Kind.TIME:
            return len("14:05")
        case Kind.WHOLE | Kind.NUMBER | Kind.MONEY:
            return len(str(value)) + _SIGNS
        case Kind.TEXT | Kind.FLAG | Kind.LINK | Kind.ID:
            return len(str(value))
        case _:
            assert_never(column.kind)
