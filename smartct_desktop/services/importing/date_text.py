"""Dates out of one text: a day, a month, a year or a range, in every order the text allows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.services.importing.date_signs import (
    AND,
    CLEAR,
    CLOCK,
    DASHES,
    DAY,
    DAY_MONTH,
    DAY_YEAR,
    FILLERS,
    FROM,
    NAMED,
    ROMAN,
    ROMANS,
    TO,
    TOKENS,
    TRIPLE,
    YEAR,
    YEAR_MARK,
)
from smartct_desktop.services.importing.number_text import has_raised_digits, without_unseen


@dataclass(frozen=True, slots=True)
class DateWords:
    """Folded words for months (with their numbers) and weekdays, in all languages at once."""

    months: Mapping[str, int]
    weekdays: frozenset[str]


@dataclass(frozen=True, slots=True)
class Span:
    """From one date to another; for a single date both are the same."""

    first: PartialDate
    last: PartialDate

    @property
    def single(self) -> bool:
        """Whether it is one date and no range."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text can mean as a date.

    `spans` has the meaning for every order of day, month and year that the notation allows and
    the calendar has; `ordered` tells whether the notation leaves the order open at all. An
    `impossible` text is written like a date that no calendar has. `yearless` holds month and day
    by order where the year is missing. `mark` says that the notation proves day before month.
    """

    spans: Mapping[DateOrder, Span] = field(default_factory=dict)
    ordered: bool = False
    impossible: bool = False
    yearless: Mapping[DateOrder, tuple[int, int]] = field(default_factory=dict)
    separator: str = ""
    mark: bool = False

    @property
    def meanings(self) -> set[Span]:
        """The different dates it can mean."""
        return set(self.spans.values())


@dataclass(frozen=True, slots=True)
class _Part:
    """A date as far as it is written; 0 stands for what is missing."""

    year: int = 0
    month: int = 0
    day: int = 0


_PartReader = Callable[[str, DateOrder], _Part | None]


class DateText:
    """Reads single texts. `latest` is the last year that two digits can stand for."""

    def __init__(self, words: DateWords, latest: int) -> None:
        self._words = words
        self._latest = latest

    def read(self, text: str) -> Reading | None:
        """Say what the text can mean, None if it is not written like a date."""
        if has_raised_digits(text):
            return None
        plain = CLOCK.sub("", _plain(text))
        shorn = YEAR_MARK.sub("", plain)
        if not any(map(str.isdigit, shorn)):
            return None
        reading = self._single(shorn) or self._range(shorn)
        if reading is not None and shorn != plain:
            spans: Mapping[DateOrder, Span] = {
                o: s for o, s in reading.spans.items() if o is not DateOrder.MDY
            }
            return Reading(
                spans or reading.spans,
                reading.ordered,
                reading.impossible and not spans,
                reading.yearless,
                reading.separator,
                mark=True,
            )
        return reading

    def _single(self, text: str) -> Reading | None:
        """Read one date, whole or in part."""
        if match := TRIPLE.fullmatch(text):
            return self._triple(match[1], match[3], match[4], match[2])
        part = self._in_figures(text)
        if part is not None:
            return _fixed(part)
        if match := DAY_MONTH.fullmatch(text):
            return _day_month(int(match[1]), int(match[3]), match[2])
        part = self._worded(TOKENS.findall(text))
        if part is None:
            return None
        if part.year:
            return _fixed(part)
        return Reading(yearless=dict.fromkeys(DateOrder, (part.month, part.day)))

    def _in_figures(self, text: str) -> _Part | None:
        """Read a date whose notation leaves no doubt which figure is what."""
        for pattern, places in CLEAR:
            if match := pattern.fullmatch(text):
                return _Part(*(int(match[place]) if place else 0 for place in places))
        if (match := ROMAN.fullmatch(text)) and match[2] in ROMANS:
            return _Part(self._year(match[3]), ROMANS[match[2]], int(match[1]))
        if match := NAMED.fullmatch(text):
            month = self._words.months.get(fold(match[3]))
            return _Part(self._year(match[4]), month, int(match[1])) if month else None
        return _Part(int(text)) if YEAR.fullmatch(text) and 1900 <= int(text) <= 2100 else None

    def _triple(self, one: str, two: str, three: str, separator: str) -> Reading:
        year = self._year(three)
        parts = {
            DateOrder.DMY: _Part(year, int(two), int(one)),
            DateOrder.MDY: _Part(year, int(one), int(two)),
        }
        if len(three) == 2 and len(one) == 2 and separator != ".":
            parts[DateOrder.YMD] = _Part(self._year(one), int(two), int(three))
        spans = {
            order: Span(found, found)
            for order, part in parts.items()
            if (found := _date_of(part)) is not None
        }
        return Reading(spans, ordered=True, impossible=not spans, separator=separator)

    def _year(self, digits: str) -> int:
        """Give the year; of two digits the newest one that is not after `latest`."""
        if len(digits) == 4:
            return int(digits)
        return self._latest - (self._latest - int(digits)) % 100

    def _worded(self, tokens: Sequence[str]) -> _Part | None:
        """Read a date with the month as a word, in any usual order."""
        numbers: list[str] = []
        months: list[tuple[int, int]] = []
        for token in tokens:
            word = fold(token)
            if token.isdigit():
                numbers.append(token)
            elif word in self._words.months:
                months.append((self._words.months[word], len(numbers)))
            elif not ({token, word} & FILLERS or word in self._words.weekdays):
                return None
        if len(months) > 1:  # "mar 4 marzo": the weekday looks like a month
            months = [m for m in months if m[1] == max(n for _, n in months)]
        return self._arranged(months, numbers)

    def _arranged(self, months: Sequence[tuple[int, int]], numbers: Sequence[str]) -> _Part | None:
        if len(months) != 1:
            return None
        month, before = months[0]
        match len(numbers), before:
            case 1, _ if len(numbers[0]) == 4:
                return _Part(int(numbers[0]), month)
            case 1, _ if len(numbers[0]) <= 2:
                return _Part(0, month, int(numbers[0]))
            case 2, _ if len(numbers[0]) == 4 and len(numbers[1]) <= 2:
                return _Part(int(numbers[0]), month, int(numbers[1]))
            case 2, _ if len(numbers[0]) <= 2 and len(numbers[1]) in (2, 4):
                return _Part(self._year(numbers[1]), month, int(numbers[0]))
            case _:
                return None

    def _range(self, text: str) -> Reading | None:
        for left, right, both in _splits(text):
            reading = self._joined(left, right, both=both)
            if reading is not None:
                return reading
        return None

    def _joined(self, left: str, right: str, *, both: bool) -> Reading | None:
        end = self._single(right) or self._in_month_of(left, right)
        if end is None or not (end.spans or end.impossible):
            return None
        bare = DAY.fullmatch(left)
        start = None if bare else self._single(left)
        if not bare and start is None:
            return None
        spans: dict[DateOrder, Span] = {}
        for order, span in end.spans.items():
            first = _start_of(start, int(bare[1]) if bare else 0, span.first, order)
            if bare and end.ordered and order is not DateOrder.DMY:
                continue  # nobody writes the days of "3-4/5/2022" before a month that comes first
            if first is None or bool(first.day) != bool(span.last.day):
                continue
            if both and not _consecutive(first, span.last):
                return None  # "9 and 16 May" are two days, not the days between them
            if first > span.last:
                continue
            spans[order] = Span(first, span.last)
        separator = end.separator
        ordered = end.ordered or bool(start and start.ordered)
        if not spans and not end.impossible:
            return None
        return Reading(spans, ordered=ordered, impossible=not spans, separator=separator)

    def _in_month_of(self, left: str, right: str) -> Reading | None:
        """Read the end of "March 1-5, 2022", where the month stands before both days."""
        match = DAY_YEAR.fullmatch(right)
        start = self._single(left) if match else None
        if match is None or start is None or start.ordered or not start.yearless:
            return None
        month, _ = next(iter(start.yearless.values()))
        return _fixed(_Part(int(match[2]), month, int(match[1])))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", without_unseen(text)).translate(DASHES).casefold()
    return " ".join(plain.split()).strip(" ;")


def _date_of(part: _Part) -> PartialDate | None:
    try:
        return PartialDate(part.year, part.month, part.day)
    except ValueError:
        return None


def _fixed(part: _Part) -> Reading:
    found = _date_of(part)
    if found is None or (not part.month and part.day):
        return Reading(impossible=True)
    return Reading(dict.fromkeys(DateOrder, Span(found, found)))


def _day_month(one: int, two: int, separator: str) -> Reading | None:
    """Read "16.11." and "11/16": the year is missing."""
    pairs = {DateOrder.DMY: (two, one), DateOrder.MDY: (one, two)}
    valid = {o: (m, d) for o, (m, d) in pairs.items() if _date_of(_Part(2020, m, d)) and m and d}
    return Reading(yearless=valid, ordered=True, separator=separator) if valid else None


def _start_of(
    start: Reading | None, day: int, end: PartialDate, order: DateOrder
) -> PartialDate | None:
    """Complete the first date of a range from its last one."""
    if start is None:
        return _date_of(_Part(end.year, end.month, day)) if end.day and day else None
    if order in start.spans:
        return start.spans[order].first
    if order in start.yearless:
        month, first_day = start.yearless[order]
        for year in (end.year, end.year - 1):  # "30 Dec - 2 Jan 2022" began the year before
            found = _date_of(_Part(year, month, first_day))
            if found is not None and found <= end:
                return found
    return None


def _consecutive(first: PartialDate, last: PartialDate) -> bool:
    return bool(first.day and last.day) and (last.first - first.first).days == 1


def _splits(text: str) -> Iterator[tuple[str, str, bool]]:
    """Cut the text where a range can be cut; the third value tells "and" from "to"."""
    starts = [(m.start(), m.end(), m.group()) for m in TOKENS.finditer(text)]
    if starts and starts[0][2] in FROM:
        text, shift = text[starts[0][1] :], starts[0][1]
        starts = [(a - shift, b - shift, sign) for a, b, sign in starts[1:]]
    for begin, end, sign in starts[1:-1]:
        left, right = text[:begin].strip(" ,'"), text[end:].strip(" ,'")
        if sign == "-" or sign in TO or (sign == "a" and " a " in text):
            yield left, right, False
        elif sign in AND or (sign == "/" and DAY.fullmatch(left)):
            yield left, right, True
