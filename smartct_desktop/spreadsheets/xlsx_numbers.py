"""What the number in a cell stands for, by itself and under a format of dates or times."""

from __future__ import annotations

from math import isfinite

from smartct_desktop.domain.book import Mark, NumberFormat, Value
from smartct_desktop.spreadsheets.xlsx_moments import from_serial

EXACT_DIGITS = 15  # spreadsheet programs keep no more
MOMENT_FORMATS = frozenset(
    {NumberFormat.DATE, NumberFormat.TIME, NumberFormat.MOMENT, NumberFormat.DURATION}
)

_EXACT = 10**EXACT_DIGITS
_ROUNDED = Mark.ROUNDED.value
_ODD = Mark.ODD.value
_REMEMBERED = 20_000


def number_of(text: str) -> tuple[int | float | str, int]:
    """The number a text stands for, whole ones as `int`, and marks as a number.

    What is no finite number in plain digits stays text and is marked.
    """
    number: float
    try:
        number = float(text)
    except ValueError:
        return text, _ODD
    if "_" in text or not text.isascii() or not isfinite(number):
        return text, _ODD
    if "." not in text and "e" not in text and "E" not in text:
        number = int(text)
    return number, 0 if -_EXACT < number < _EXACT else _ROUNDED


class Moments(dict[str, tuple[Value, int]]):
    """What numbers, as texts, show under one format of dates or times; learned as they occur."""

    def __init__(self, form: NumberFormat, *, from_1904: bool) -> None:
        super().__init__()
        self._form = form
        self._from_1904 = from_1904

    def __missing__(self, text: str) -> tuple[Value, int]:
        number, marks = number_of(text)
        found: tuple[Value, int] = number, marks
        if not isinstance(number, str):
            value, mark = from_serial(number, self._form, from_1904=self._from_1904)
            found = value, mark.value
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = found
        return found
