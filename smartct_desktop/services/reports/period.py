"""The period that a report is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.sentence import Sentence

_SHOWN = "%d.%m.%Y"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    @property
    def open(self) -> bool:
        """Whether neither side has an end."""
        return self.first is None and self.last is None

    def __contains__(self, day: date | None) -> bool:
        """Whether a day lies within; without a day nothing does unless the period is open."""
        if day is None:
            return self.open
        after = self.first is None or self.first <= day
        return after and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        """Give the period as a report tells it, a sentence that can be translated."""
        first = self.first.strftime(_SHOWN) if self.first else ""
        last = self.last.strftime(_SHOWN) if self.last else ""
        if first and last:
            return Sentence("{first} to {last}", first=first, last=last)
        if first:
            return Sentence("from {first}", first=first)
        return Sentence("until {last}", last=last) if last else ""


ALWAYS = Period()
"""No limit on either side."""
