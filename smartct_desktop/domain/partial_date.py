"""A date of which only the year or the month may be known."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year as somebody wrote it down.

    `month` and `day` are 0 where they are not known, so that the values sort as their ISO texts
    do: "2018" before "2018-03" before "2018-03-01". Raises ValueError for what is no date.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            msg = f"no year: {self.year}"
            raise ValueError(msg)
        if self.day and not self.month:
            msg = "a day needs a month"
            raise ValueError(msg)
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the whole date as a partial one."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def fromisoformat(cls, text: str) -> Self:
        """Read "2018", "2018-03" or "2018-03-01". Raises ValueError otherwise."""
        parts = text.split("-")
        shapes = [(4,), (4, 2), (4, 2, 2)]
        if tuple(map(len, parts)) not in shapes or not all(
            part.isascii() and part.isdigit() for part in parts
        ):
            msg = f"no ISO date: {text!r}"
            raise ValueError(msg)
        return cls(*map(int, parts))

    def isoformat(self) -> str:
        """Give "2018", "2018-03" or "2018-03-01"."""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text

    __str__ = isoformat

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])
