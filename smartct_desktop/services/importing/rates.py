"""The rule set that holds for a document, and the lump sums under it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from smartct_desktop.domain.programme.facts import Rate, RuleSet
from smartct_desktop.domain.programme.rule_book import RuleBook
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.programme import ProgrammeFacts

FIRST_CALL = "G1"


def rules_of(facts: ProgrammeFacts, own: Partnership | None) -> RuleSet:
    """Give the rule set of the own partnership, that of the first call if it has none."""
    sets = facts.rule_sets
    return sets.get((own and own.rule_set) or FIRST_CALL) or sets[FIRST_CALL]


class Rates:
    """Knows the values of a rule set on a day; each lump sum is looked up once.

    Those of `book` hold, in which a document may have values of its own.
    """

    def __init__(self, facts: ProgrammeFacts, rule_set: str, book: RuleBook) -> None:
        self._rates = facts.rates
        self._book = book
        self._rule_set = rule_set
        self._changes: dict[str, Sequence[date]] = {}
        self._known: dict[tuple[str, int | None], Rate | None] = {}

    def on(self, day: date | None = None) -> RuleSet:
        """Give the values for stays that start on a day; the latest ones for an unknown day."""
        return self._book.rule_set(self._rule_set, day)

    @property
    def starts(self) -> Sequence[date]:
        """The days from which on values may be others than before."""
        return self._book.starts(self._rule_set)

    def find(self, country: str | None, on: date | None) -> Rate | None:
        """Give the rate, None if there is none or the country is not known."""
        if country is None:
            return None
        changes = self._changes.get(country)
        if changes is None:
            changes = self._changes[country] = self._book.cap_changes(self._rule_set, country)
        key = (country, None if on is None else bisect_right(changes, on))
        if key not in self._known:
            self._known[key] = self._book.rate(self._rule_set, country, on)
        return self._known[key]

    def references(self, country: str) -> tuple[Rate, ...]:
        """Give the rates of scales that only serve for comparison."""
        return self._rates.references(country)

    def cap(self, country: object, on: object) -> int | None:
        """Give the full lump sum in cents."""
        place = country if isinstance(country, str) else None
        rate = self.find(place, on if isinstance(on, date) else None)
        return rate.full_cents if rate else None
