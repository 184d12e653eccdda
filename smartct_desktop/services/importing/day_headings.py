"""Columns whose heading is a day and whose cells are marks: a day matrix of attendance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.book import Value, column_name
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.cells import DAY_MARKS
from smartct_desktop.services.importing.clock_text import Hours, read_clock
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.half_days import HALVES
from smartct_desktop.services.importing.heading_rows import Head
from smartct_desktop.services.importing.layout import Table

_LONGEST_MARK = 14
_MOST_HOURS = 24
_HOURS = re.compile(r"\d{1,2}[:h]\d{2}(?:\s*[-‐‑‒–—]\s*\d{1,2}[:h]\d{2})?|\d{1,2}-\d{1,2} ?h\b")
_SIGNS = re.compile(r"[,;()|\n]|\s[-‐‑‒–—]\s|\s[-‐‑‒–—]$")
_THERE = frozenset({"attendance.signature", "attendance.attended"})
_DAY_WORDS = frozenset(
    ["day", "tag", "dia", "jornada", "ден", "giorno", "giornata", "sesion", "sessio", "session",
     "sessione", "sitzung", "сесия", "termin", "meeting", "treffen"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayHeading:
    """What a heading says of a day: `days` by the order it can be written in, or only a `number`.

    `yearless` holds month and day where the year is missing; `half`: only a half of the day.
    """

    days: dict[DateOrder, date]
    yearless: dict[DateOrder, tuple[int, int]]
    number: int = 0
    hours: Hours | None = None
    half: bool = False


def _read(text: str, dates: DateText, weekdays: frozenset[str]) -> DayHeading | None:
    match = _HOURS.search(text)
    hours = read_clock(match[0]) if match else None
    bare = _SIGNS.sub(" ", _HOURS.sub(" ", text))
    words = bare.split()
    half = any(fold(w) in HALVES for w in words)
    rest = " ".join(w for w in words if fold(w) not in weekdays | HALVES)
    if not any(map(str.isdigit, rest)):
        return None
    reading = dates.read(rest) or dates.read(" ".join(words))
    if reading is not None and not reading.impossible:
        days = {
            order: span.first.first
            for order, span in reading.spans.items()
            if span.single and span.first.day
        }
        if days or reading.yearless:
            return DayHeading(days, dict(reading.yearless), hours=hours, half=half)
        return None
    parts = fold(rest).split()
    numbers = [int(part) for part in parts if part.isdecimal()]
    others = {part for part in parts if not part.isdecimal()}
    if len(numbers) == 1 and others and others <= _DAY_WORDS and 0 < numbers[0] < 100:
        return DayHeading({}, {}, numbers[0], hours, half)
    return None


class DayColumns:
    """Finds the columns of marks in the tables of one file."""

    def __init__(self, dictionary: Dictionary, latest: int) -> None:
        self._dates = DateText(dictionary.dates, latest)
        self._weekdays = dictionary.dates.weekdays
        self._headings = dictionary.headings

    def read(self, text: str) -> DayHeading | None:
        """Read "21.03.", "Mo 21.3.2022 (9:00-12:30)", "Signature 21.03." or "Day 1".

        None for anything else.
        """
        found = _read(text, self._dates, self._weekdays)
        if found is not None:
            return found
        words = text.split()
        others = [word for word in words if not self._says_there(word)]
        return _read(" ".join(others), self._dates, self._weekdays) if others != words else None

    def _says_there(self, word: str) -> bool:
        return any(sense.code in _THERE for sense in self._headings.plain(word))

    def find(self, table: Table) -> list[MappedColumn]:
        """Give the columns below a day that hold nothing but marks."""
        found = [head for head in table.heads if self._marked(head, table)]
        return [
            MappedColumn(
                head.column,
                head.text,
                f"{DAY_MARKS}{column_name(head.column).lower()}",
                0.9,
                Sentence("a day, with marks below"),
            )
            for head in found
        ]

    def _marked(self, head: Head, table: Table) -> bool:
        if self.read(head.text) is None:
            return False
        others = sum(not _mark(row.value(head.column)) for row in table.rows)
        return 5 * others <= len(table.rows)  # a row of sums may stand below


def _mark(value: Value) -> bool:
    match value:
        case None | bool():
            return True
        case str():
            return len(value.strip()) <= _LONGEST_MARK
        case int() | float():
            return 0 <= value <= _MOST_HOURS
        case _:
            return False
