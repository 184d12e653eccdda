"""What the sheets of the KPI report share: what is counted, read once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from smartct_desktop.domain.charts import Ratio
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted
from smartct_desktop.domain.programme.pace import Pace
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.target import Target
from smartct_desktop.domain.report import Column, Kind
from smartct_desktop.services.figures import Figure, counted_from, targets_on
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import NOT_KNOWN, day_of
from smartct_desktop.services.stock import Stock

PIPELINE = Column(
    "Expected", Kind.WHOLE, note="Matched or further, but not yet in a state that counts."
)
PLAN = Column("Plan", Kind.WHOLE, note="What an even pace towards the target would have reached.")


def share_of_target(part: str) -> Column:
    """Give the column that is the column `part` in percent of the target beside it."""
    return Column("% of target", Kind.NUMBER, places=1, ratio=Ratio(part, "Target"))


def share(value: int, target: int | None) -> Decimal | None:
    """Give the percentage of a target; None without one."""
    return Decimal(value * 100) / target if target else None


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: what is there so far, in the period, and how it stands against its plan."""

    achieved: Figure
    in_period: Figure
    expected: int
    pace: Pace | None


class Basis:
    """What is counted for a scope; `so_far` ends with the period where that has ended."""

    def __init__(
        self, reader: Reader, programme: ProgrammeFacts, made_at: datetime, scope: Scope
    ) -> None:
        today = day_of(made_at)
        self.reader = reader
        self.programme = programme
        self.made_at = made_at
        self.scope = scope
        self.whole = replace(scope, since=None, until=None)
        past = scope.until is not None and scope.until < today
        self.so_far = replace(self.whole, until=scope.until) if past else self.whole
        self.until = scope.until if past and scope.until is not None else today
        self.stock = Stock.read(reader, programme, today)
        self.facts = self.stock.facts
        self.targets = targets_on(reader.all(Target), self.facts.own, self.until)
        self.names = reader.captions("organisation", self.facts.partners)

    @cached_property
    def lines(self) -> list[Line]:
        """The indicators in their order."""
        paces = {f.code: f.pace for f in counted_from(self.facts, self.targets)}
        whole = {f.code: f for f in self._figures(self.whole)}
        within = {f.code: f for f in self._figures(self.scope)}
        return [
            Line(
                figure,
                within[figure.code],
                whole[figure.code].pipeline,
                paces[figure.code] if self.scope.partner is None else None,
            )
            for figure in self._figures(self.so_far)
        ]

    def _figures(self, scope: Scope) -> list[Figure]:
        return counted_from(self.facts, self.targets, scope)

    @property
    def has_period(self) -> bool:
        """Whether the report is of some days only."""
        return self.scope.since is not None or self.scope.until is not None

    @cached_property
    def counted(self) -> Counted:
        """The exchanges so far: those that count, are expected, and are left out."""
        return self.facts.exchanges_counted(self.so_far)

    @cached_property
    def partners(self) -> dict[Id, Organisation]:
        """The clusters of the partnership."""
        return self.reader.get_many(Organisation, self.facts.partners)

    def country(self, code: str | None) -> str:
        """Name a country; a sentence where it is not known."""
        return self.programme.country_name(code) if code else NOT_KNOWN
