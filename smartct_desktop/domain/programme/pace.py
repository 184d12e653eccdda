"""Pace: how much of a target should be reached by a day, if the work went evenly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import Target


@dataclass(frozen=True, slots=True)
class Pace:
    """An even plan from the first to the last day, both included, up to a number."""

    first: date
    last: date
    number: int

    def by(self, day: date) -> int:
        """Give what should be reached when `day` has ended, rounded down: no more is owed yet."""
        if day < self.first:
            return 0
        passed = Fraction((min(day, self.last) - self.first).days + 1)
        return int(self.number * passed / ((self.last - self.first).days + 1))


def pace_of(own: Partnership | None, target: Target | None) -> Pace | None:
    """Give the plan for a target: from the start of the partnership to the day the target is due.

    A target without such a day is due when the partnership ends. None where one of the days is not
    known.
    """
    if own is None or target is None or target.value is None or own.starts_on is None:
        return None
    last = target.due_on or own.ends_on
    if last is None or last < own.starts_on:
        return None
    return Pace(own.starts_on, last, target.value)
