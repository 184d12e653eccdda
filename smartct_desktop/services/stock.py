"""What the Overview is counted from, kept from one step to the next.

After a step only the records that it touched are read anew. Where a step may concern everything
(the own partnership, values of rules), or there is another day, all is read from scratch: `renewed`
gives the same as `read`, whatever happened in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.figure_facts import FigureFacts, Ids
from smartct_desktop.services.figure_fields import read_fields, renew_fields
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.retention import Kept
from smartct_desktop.services.waiting import Waiting

_CONCERNS_ALL = frozenset({"partnership", "rule_value"})
_MANY = 2000  # touched records from which on all is read in the same time


@dataclass(frozen=True, slots=True)
class Stock:
    """The records that are looked at, at one moment and on the day of `facts`."""

    facts: FigureFacts
    waiting: Waiting
    persons: Mapping[Id, Kept]

    @classmethod
    def read(cls, reader: Reader, programme: ProgrammeFacts, today: date) -> Self:
        """Read all of it, which takes the longer the more exchanges there are. Work for a job."""
        facts = FigureFacts.read(reader, today)
        waiting = Waiting.read(reader, programme, facts)
        persons = {one.id: one for one in read_fields(reader, "person", Kept)}
        return cls(facts, waiting, persons)

    def renewed(
        self, reader: Reader, programme: ProgrammeFacts, today: date, touched: Ids
    ) -> Stock:
        """Give it as it is after steps that touched these records, and no others."""
        many = sum(map(len, touched.values())) > _MANY
        if many or today != self.facts.today or _CONCERNS_ALL & touched.keys():
            return Stock.read(reader, programme, today)
        if not touched:
            return self
        paid = self.waiting.paid_exchanges(reader, touched.get("payment", ()))
        touched = {**touched, "exchange": {*touched.get("exchange", ()), *paid}}
        facts = self.facts.renewed(reader, touched)
        waiting = self.waiting.renewed(reader, touched, facts)
        ids = touched.get("person", ())
        persons = renew_fields(reader, "person", self.persons, Kept, ids)
        return replace(self, facts=facts, waiting=waiting, persons=persons)

    @property
    def rules(self) -> RuleSet:
        """The rules in force on the day."""
        return self.waiting.in_force.on(self.facts.today)


def touched_ids(steps: Iterable[Touched]) -> Ids:
    """Give the records that steps added, changed or removed, or whose derived fields moved."""
    found: dict[str, set[Id]] = {}
    for step in steps:
        for part in (step.added, step.changed, step.removed, step.followed):
            for kind, ids in part.items():
                found.setdefault(kind, set()).update(ids)
    return found
