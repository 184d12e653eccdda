"""How long records have to be kept, and what is due for deletion after that.

Source: Regulation (EU, Euratom) 2018/1046, article 132: five years from the payment of the balance,
three for small grants; until they are closed where audits, claims or investigations run (the hold).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when records are kept, that day included; None while nobody can say."""

    until: date | None
    because: Sentence
    held: bool = False

    def over(self, today: date) -> bool:
        """Whether what is personal may no longer be kept."""
        return not self.held and self.until is not None and today > self.until


def retention(own: Partnership | None, rules: RuleSet) -> Retention:
    """Say how long the records of the own partnership are kept."""
    if own is None or own.balance_paid_on is None:
        return Retention(None, Sentence("the balance of the grant has not been paid yet"))
    small = own.grant_cents is not None and own.grant_cents <= rules.keep_short_up_to_cents
    years = rules.keep_short_years if small else rules.keep_years
    until = _years_later(own.balance_paid_on, years)
    if own.hold:
        reason = own.hold_reason or Sentence("no reason given")
        return Retention(until, Sentence("on hold: {reason}", reason=reason), held=True)
    because = Sentence(
        "{years} years from the payment of the balance on {day}",
        years=years,
        day=own.balance_paid_on,
    )
    return Retention(until, because)


def _years_later(day: date, years: int) -> date:
    """Give the same day so many years later; of 29 February the last day of that month."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
