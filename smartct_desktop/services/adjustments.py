"""What moved in a closed period: its figures as they were sent, held against those of now.

For each figure holds: as sent + what came - what went + what counts for more or fewer = now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.sent_figure import SentFigure, Span
from smartct_desktop.domain.records.sent_records import SentRecord
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.closed_periods import sent_figures, sent_records
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import BY_RULE

_RULES = {rule.value: rule for rule in CountingRule}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One record that counts otherwise than was sent; 0 is not at all.

    `because` is what the way of counting says of it now, blank where it counts.
    """

    id: Id
    caption: str
    sent: int
    now: int
    because: Sentence | None

    @property
    def difference(self) -> int:
        """By how much the figure moved with it."""
        return self.now - self.sent


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One figure as sent, the records that count otherwise since, and the figure of now."""

    figure: SentFigure
    now: int
    adjustments: tuple[Adjustment, ...]

    @property
    def sent(self) -> int:
        """The number that was sent."""
        return self.figure.value

    @property
    def added(self) -> int:
        """What records brought that did not count when it was sent."""
        return sum(one.now for one in self.adjustments if not one.sent)

    @property
    def removed(self) -> int:
        """What records took away that no longer count."""
        return sum(one.sent for one in self.adjustments if not one.now)

    @property
    def changed(self) -> int:
        """What records that count for more or fewer make together; may be below zero."""
        return sum(one.difference for one in self.adjustments if one.sent and one.now)

    @property
    def scope(self) -> Scope:
        """The part of the work that it counts, without the period."""
        return _scope_of(self.figure)


def adjustments(reader: Reader, facts: FigureFacts, period: ReportingPeriod) -> list[Adjusted]:
    """Hold the figures of a closed period against those of now. Work for a job."""
    figures = sent_figures(reader, period)
    behind = sent_records(reader, figures)
    return [_adjusted(reader, facts, period, one, behind[one.id]) for one in figures]


def counted_now(facts: FigureFacts, period: ReportingPeriod, figure: SentFigure) -> Counted:
    """Count a figure of a closed period again, from the facts of now."""
    since = period.first if figure.span is Span.IN_PERIOD else None
    scope = replace(_scope_of(figure), since=since, until=period.last)
    return BY_RULE[_RULES[figure.rule]].count(facts, scope)


def _adjusted(
    reader: Reader,
    facts: FigureFacts,
    period: ReportingPeriod,
    figure: SentFigure,
    sent: Mapping[Id, SentRecord],
) -> Adjusted:
    counted = counted_now(facts, period, figure)
    now = {id_: counted.weights.get(id_, 1) for id_ in counted.counted}
    moved = [
        id_
        for id_ in dict.fromkeys((*sent, *now))
        if (sent[id_].weight if id_ in sent else 0) != now.get(id_, 0)
    ]
    reasons = _Reasons(counted)
    captions = reader.captions(figure.records_kind, moved) if moved else {}
    found = tuple(
        Adjustment(
            id_,
            captions.get(id_) or (sent[id_].caption if id_ in sent else ""),
            sent[id_].weight if id_ in sent else 0,
            now.get(id_, 0),
            None if id_ in now else reasons.of(id_, there=id_ in captions),
        )
        for id_ in moved
    )
    return Adjusted(figure, counted.value, found)


class _Reasons:
    """Why records do not count now."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted

    @cached_property
    def _left_out(self) -> Mapping[Id, Sentence]:
        return dict(self._counted.left_out)

    def of(self, id_: Id, *, there: bool) -> Sentence:
        """Say why a record that was sent does not count now."""
        if not there:
            return Sentence("it is no longer in the document")
        if id_ in self._left_out:
            return self._left_out[id_]
        if id_ in self._counted.pipeline:
            return Sentence("it is not yet in a state that counts")
        return Sentence("nothing that counts names it any more")


def _scope_of(figure: SentFigure) -> Scope:
    types = frozenset(filter(None, (figure.visitor_types or "").split(",")))
    return Scope(Id(figure.cluster) if figure.cluster else None, visitor_types=types)
