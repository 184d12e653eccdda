"""The rule set that holds for a document, and the lump sums under it."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.programme.facts import Rate, RuleSet
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.programme import ProgrammeFacts

FIRST_CALL = "G1"


def rules_of(facts: ProgrammeFacts, own: Partnership | None) -> RuleSet:
    """Give the rule set of the own partnership, that of the first call if it has none."""
    sets = facts.rule_sets
    return sets.get((own and own.rule_set) or FIRST_CALL) or sets[FIRST_CALL]


class Rates:
    """Finds the lump sum of a country on a day; each is looked up once."""

    def __init__(self, facts: ProgrammeFacts, rule_set: str) -> None:
        self._rates = facts.rates
        self._rule_set = rule_set
        self._known: dict[tuple[str, date | None], Rate | None] = {}

    def find(self, country: str | None, on: date | None) -> Rate | None:
        """Give the rate, None if there is none or the country is not known."""
        if country is None:
            return None
        key = (country, on)
        if key not in self._known:
            self._known[key] = self._rates.find(country, on, self._rule_set)
        return self._known[key]

    def cap(self, country: object, on: object) -> int | None:
        """Give the full lump sum in cents."""
        place = country if isinstance(country, str) else None
        rate = self.find(place, on if isinstance(on, date) else None)
        return rate.full_cents if rate else None
