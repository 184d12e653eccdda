"""What somebody chooses of a report before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.services.reports.period import ALWAYS, Period


@dataclass(frozen=True, slots=True)
class Wish:
    """Which part of the work, in which language.

    `about` is the one record that some reports are about; `masked` leaves personal data out,
    `empty` the records of what others are to fill in.
    """

    period: Period = ALWAYS
    partner: Id | None = None
    about: Id | None = None
    language: str = "en"
    masked: bool = False
    empty: bool = False

    @property
    def scope(self) -> Scope:
        """The part of the work as figures know it."""
        return Scope(self.partner, self.period.first, self.period.last)
