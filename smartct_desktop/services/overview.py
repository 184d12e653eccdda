"""What the Overview shows, read once: figures, months, partners, ways between countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.pace import Pace
from smartct_desktop.domain.programme.retention import Retention
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.services.breakdowns import (
    Months,
    Part,
    Ways,
    by_countries,
    by_month,
    by_partner,
)
from smartct_desktop.services.figures import Figure, counted_from, targets_on
from smartct_desktop.services.lump_sums import LumpSums, lump_sums
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.retention import due_for_deletion, kept_until
from smartct_desktop.services.stock import Stock
from smartct_desktop.services.waiting import Missing


@dataclass(frozen=True, slots=True)
class Overview:
    """The work of the whole partnership or of a part of it, on one day.

    `names` are the captions of the partners; `pace` is that of the exchanges. What is waited for
    knows no period. `deletion` are the persons whose data may no longer be kept.
    """

    own: Partnership | None
    today: date
    scope: Scope
    figures: Sequence[Figure]
    months: Months
    partners: Sequence[Part]
    ways: Ways
    names: Mapping[Id, str]
    waiting: Sequence[Missing]
    money: LumpSums
    kept: Retention
    deletion: Figure

    def figure(self, rule: CountingRule) -> Figure:
        """Give the figure of a rule for all that is looked at."""
        return next(f for f in self.figures if f.code == rule.value)

    @property
    def pace(self) -> Pace | None:
        """The even plan for the exchanges, if there is one."""
        return self.figure(CountingRule.EXCH_VALIDATED_VOP).pace


def overview(
    reader: Reader, programme: ProgrammeFacts, today: date, scope: Scope = EVERYTHING
) -> Overview:
    """Read and count everything; work for a job."""
    return overview_of(Stock.read(reader, programme, today), reader, scope)


def overview_of(stock: Stock, reader: Reader, scope: Scope = EVERYTHING) -> Overview:
    """Count everything from what was read already, at the moment of the reader; work for a job."""
    facts = stock.facts
    names = reader.captions("organisation", facts.partners)
    waiting = stock.waiting.listed(facts)
    targets = targets_on(reader.all(Target), facts.own, facts.today)
    return Overview(
        own=facts.own,
        today=facts.today,
        scope=scope,
        figures=counted_from(facts, targets, scope),
        months=by_month(facts, scope),
        partners=_in_order(by_partner(facts, scope), names),
        ways=by_countries(facts, scope),
        names=names,
        waiting=[one for one in waiting if scope.partner in {None, one.partner}],
        money=lump_sums(facts, stock.waiting.payments.values(), waiting, scope),
        kept=kept_until(facts, stock.rules),
        deletion=due_for_deletion(stock.persons.values(), facts, stock.rules),
    )


def _in_order(parts: Sequence[Part], names: Mapping[Id, str]) -> Sequence[Part]:
    """Put equal partners in the order of their names; what belongs to none stays last."""

    def place(part: Part) -> tuple[bool, int, int, str]:
        name = names.get(part.partner, "") if part.partner is not None else ""
        return part.partner is None, -len(part.counted), -len(part.expected), name.casefold()

    return sorted(parts, key=place)
