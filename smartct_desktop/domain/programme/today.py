"""The day on which the rules are asked, and from when on they might answer otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Self


class Today(date):
    """A day that notes what it is compared with, while the rules look at one record.

    After that `until` is the first later day on which a comparison would come out otherwise: until
    then the record need not be looked at again, unless a step concerns it. Whoever asks for more
    than comparisons (its year, what day it was a week ago) must be asked again tomorrow.
    """

    until: date | None

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the day, compared with nothing so far."""
        today = cls.fromordinal(day.toordinal())
        today.until = None
        return today

    def _changes_on(self, day: date) -> None:
        """Note a later day on which an answer changes."""
        if self.until is None or day < self.until:
            self.until = day

    def asked(self) -> None:
        """Note that the answer changes tomorrow."""
        self._changes_on(date.fromordinal(date.toordinal(self) + 1))

    def _compared(self, other: object, *, from_next_day: bool) -> None:
        """Note when a comparison comes out otherwise: on that day, or on the one after it."""
        if not isinstance(other, date):
            return
        later = date.toordinal(other) + from_next_day
        if later > date.toordinal(self):
            self._changes_on(date.fromordinal(later))

    def __lt__(self, other: Any) -> bool:
        self._compared(other, from_next_day=False)
        return super().__lt__(other)

    def __ge__(self, other: Any) -> bool:
        self._compared(other, from_next_day=False)
        return super().__ge__(other)

    def __gt__(self, other: Any) -> bool:
        self._compared(other, from_next_day=True)
        return super().__gt__(other)

    def __le__(self, other: Any) -> bool:
        self._compared(other, from_next_day=True)
        return super().__le__(other)

    def __eq__(self, other: object) -> bool:
        self._compared(other, from_next_day=False)
        self._compared(other, from_next_day=True)
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.asked()
        return super().__hash__()


def _noted(name: str) -> Callable[..., Any]:
    """Give a method of a date whose answer is taken to change every day."""
    plain = getattr(date, name)

    def asked(today: Today, *given: Any) -> Any:
        today.asked()
        answer = plain(today, *given)
        return date.fromordinal(date.toordinal(answer)) if isinstance(answer, Today) else answer

    return asked


def _noted_part(name: str) -> property:
    """Give an attribute of a date whose value is taken to change every day."""
    plain = getattr(date, name).__get__

    def asked(today: Today) -> Any:
        today.asked()
        return plain(today)

    return property(asked)


for _name in (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__str__", "__format__", "replace"),
    *("isoformat", "strftime", "ctime", "timetuple", "toordinal"),
    *("weekday", "isoweekday", "isocalendar"),
):
    setattr(Today, _name, _noted(_name))
for _name in ("year", "month", "day"):
    setattr(Today, _name, _noted_part(_name))
