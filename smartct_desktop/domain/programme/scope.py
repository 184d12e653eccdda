"""Which part of the work a figure looks at: a partner, a period, types of visitors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is restricted to; a blank part restricts nothing.

    `partner` is a cluster of the partnership; the days of the period are both included; the types
    of visitors are codes like "SME".
    """

    partner: Id | None = None
    since: date | None = None
    until: date | None = None
    visitor_types: frozenset[str] = frozenset()

    @property
    def is_part(self) -> bool:
        """Whether it is the work of one partner, or of some types of visitors only."""
        return self.partner is not None or bool(self.visitor_types)

    def leaves_out(
        self, partner: Id | None, day: date | None, type_: OrganisationType | None = None
    ) -> Sentence | None:
        """Say why a record of this partner, day and type of visitor is not looked at."""
        if self.partner is not None and partner != self.partner:
            if partner is None:
                return Sentence("it does not say which partner it belongs to")
            return Sentence("it belongs to another partner")
        if self.visitor_types and type_ is None:
            return Sentence("the visiting organisation has no type")
        if self.visitor_types and type_ is not None and type_.value not in self.visitor_types:
            return Sentence("the visiting organisation is of type {type}", type=type_.label)
        return self.leaves_out_day(day)

    def leaves_out_day(self, day: date | None) -> Sentence | None:
        """Say why a day is not in the period."""
        if self.since is None and self.until is None:
            return None
        if day is None:
            return Sentence("it has no date")
        if self.since is not None and day < self.since:
            return Sentence("it ended on {day}, before the period", day=day)
        if self.until is not None and day > self.until:
            return Sentence("it ended on {day}, after the period", day=day)
        return None


EVERYTHING = Scope()
