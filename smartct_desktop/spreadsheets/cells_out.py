"""The gate before every writer: what a value becomes in a file, and what had to change for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import NoReturn, TypeGuard

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.report import Column, Words
from smartct_desktop.domain.sentence import Sentence

LONGEST_TEXT = 32_767
"""UTF-16 units that one cell of a workbook can hold."""

EARLIEST_DAY = date(1900, 3, 1)
"""Before this day workbooks count wrongly: they know a 29th of February 1900."""

MOST_DIGITS = 15
"""Digits of a number that a workbook keeps."""

_NOT_ONE_UNIT = 0x10000

# Control characters but tab and line feed, halves of surrogate pairs, and the two code points
# that XML forbids.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85]")
_SURROGATES = re.compile("[\ud800-\udfff]")

# Spaces and marks without width that programs skip before they look for a formula.
_SKIPPED = " \n\u00a0\u00ad\u200b-\u200f\u2060\ufeff"
_FORMULA_LIKE = re.compile(f"[{_SKIPPED}]*[=+\\-@|\t\r\x00\uff1d\uff0b\uff0d\uff20]")


class Fit(Enum):
    """How a value was changed because the file could not hold it."""

    SHORTENED = "shortened"
    CLEANED = "cleaned"
    EARLY = "early"
    PRECISE = "precise"


@dataclass(slots=True)
class _Tally:
    first_row: int
    count: int = 0


class Fits:
    """Counts what had to be changed, by sheet and column, in memory that does not grow with it."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[str, str, Fit], _Tally] = {}

    def add(self, fit: Fit, place: Place, row: int) -> None:
        """Remember one changed value in the (1-based) row of the sheet."""
        key = (place.sheet, place.column, fit)
        tally = self._tallies.setdefault(key, _Tally(row))
        tally.count += 1

    def remarks(self, words: Words) -> tuple[Sentence, ...]:
        """One sentence for each sheet, column and way of changing, in the words of the report."""
        templates = {
            Fit.SHORTENED: words.remark_shortened,
            Fit.CLEANED: words.remark_cleaned,
            Fit.EARLY: words.remark_early,
            Fit.PRECISE: words.remark_precise,
        }
        return tuple(
            Sentence(
                templates[fit], sheet=sheet, column=column, count=tally.count, row=tally.first_row
            )
            for (sheet, column, fit), tally in self._tallies.items()
        )


@dataclass(frozen=True, slots=True)
class Place:
    """The sheet and the column that a value is written to."""

    sheet: str
    column: str

    def refuse(self, column: Column, value: object, row: int) -> NoReturn:
        """Raise `TypeError`: the report put a value into a column that is not for it.

        The message names types only, because it may end in a log.
        """
        raise TypeError(
            f"sheet {self.sheet!r}, column {self.column!r}, row {row}: "
            f"a {type(value).__name__} in a column of {column.kind.value}"
        )

    def refuse_number(self, row: int) -> NoReturn:
        """Raise `Invalid` for a number that is not finite."""
        raise Invalid(
            Sentence(
                "{sheet}, {column}: the value in row {row} is not a number that can be written, "
                "so nothing was written.",
                sheet=self.sheet,
                column=self.column,
                row=row,
            )
        )


def clean(text: str) -> str:
    """`text` without what no file can hold; line ends become line feeds.

    Other control characters are dropped, half surrogate pairs become the replacement character.
    Returns the same object if there was nothing to do.
    """
    if not _UNHOLDABLE.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    return _UNHOLDABLE.sub("", text)


def loses_characters(text: str) -> bool:
    """Whether `clean` takes out more than the ways to end a line."""
    return _UNHOLDABLE.search(_LINE_ENDS.sub("\n", text)) is not None


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, which is how workbooks count."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if ord(character) >= _NOT_ONE_UNIT)


def shorten(text: str, limit: int, mark: str = "") -> str:
    """`text` cut so that it and `mark` fit into `limit` UTF-16 units; unchanged if it fits."""
    if len(text) * 2 <= limit or utf16_length(text) <= limit:
        return text
    room = limit - utf16_length(mark)
    # Two bytes to the unit; a character cut in its middle is dropped by the decoder.
    cut = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return cut + mark


def formula_like(text: str) -> bool:
    """Whether a spreadsheet program might take the text for a formula."""
    return _FORMULA_LIKE.match(text) is not None


def rounded(value: float | Decimal, places: int) -> Decimal | None:
    """The number with so many places, halves away from zero; None if a workbook cannot keep it.

    Raises `ValueError` for a number that is not finite.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise ValueError("not a finite number")
    if exact and exact.adjusted() >= MOST_DIGITS:
        return None
    result = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    digits = "".join(map(str, result.as_tuple().digits)).strip("0")
    if len(digits) > MOST_DIGITS:
        return None
    return result or abs(result)  # no minus before a zero


def plain(value: float | Decimal) -> str:
    """The number in digits, without an exponent."""
    return format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")


def euro(cents: int) -> str:
    """The amount in euro with two places and a point, as programs read it."""
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{part:02}"


def local(moment: datetime) -> datetime:
    """The moment on the clock on the wall here, without a zone."""
    return moment if moment.tzinfo is None else moment.astimezone().replace(tzinfo=None)


def day_text(day: date) -> str:
    """The day as workbooks show it: 01.03.2022."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def moment_text(moment: datetime) -> str:
    """Day and time as workbooks show them: 01.03.2022 14:05."""
    return f"{day_text(moment)} {moment.hour:02}:{moment.minute:02}"


def is_day(value: object) -> TypeGuard[date]:
    """Whether the value is a day and no moment, which Python counts as a day as well."""
    return isinstance(value, date) and not isinstance(value, datetime)


def is_whole(value: object) -> TypeGuard[int]:
    """Whether the value is an integer and no yes or no, which Python counts as one as well."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_time(value: object) -> TypeGuard[time]:
    """Whether the value is a time of day that belongs to no zone."""
    return isinstance(value, time) and value.tzinfo is None
