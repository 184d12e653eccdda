"""Figures: each is the size of its set of records, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted, count_exchanges, distinct_smes
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator: its records, what they are called, and the target if there is one.

    `code` is the counting rule's, `kind` the kind of the records in `behind`.
    """

    code: str
    name: str
    kind: str
    target: int | None
    behind: Counted

    @property
    def value(self) -> int:
        """The number to report."""
        return self.behind.value

    @property
    def pipeline(self) -> int:
        """How many more are expected."""
        return len(self.behind.pipeline)


def own_partnership(reader: Reader) -> Partnership | None:
    """Give the partnership whose records the document keeps, if one is marked so."""
    return next((p for p in reader.all(Partnership) if p.own), None)


class FigureFacts:
    """What the counting rules look at, read once; `adding` gives the same with more records."""

    def __init__(
        self,
        own: Partnership | None,
        exchanges: Iterable[Exchange],
        organisations: Iterable[Organisation],
        events: Iterable[Event],
    ) -> None:
        self._own = own
        self._exchanges = {exchange.id: exchange for exchange in exchanges}
        self._organisations = {one.id: one for one in organisations}
        self._events = {event.id: event for event in events}

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Read all of them, which takes the longer the more exchanges there are."""
        return cls(
            own_partnership(reader),
            reader.all(Exchange),
            reader.all(Organisation),
            reader.all(Event),
        )

    def adding(self, records: Iterable[Record]) -> FigureFacts:
        """Give the facts as they would be with these records, new ones or in place of old ones."""
        new = list(records)
        return FigureFacts(
            self._own,
            [*self._exchanges.values(), *(r for r in new if isinstance(r, Exchange))],
            [*self._organisations.values(), *(r for r in new if isinstance(r, Organisation))],
            [*self._events.values(), *(r for r in new if isinstance(r, Event))],
        )

    @cached_property
    def exchanges_counted(self) -> Counted:
        """The exchanges that count for the own partnership."""
        counted_from = (self._own and self._own.counted_from) or CountingStatus.VALIDATED
        own = self._own.id if self._own else None
        return count_exchanges(self._exchanges.values(), own, counted_from)

    def smes(self, *, hosts: bool) -> Counted:
        """The distinct SMEs of the exchanges that count."""
        smes = frozenset(o.id for o in self._organisations.values() if _is_sme(o))
        return distinct_smes(self._exchanges.values(), self.exchanges_counted, smes, hosts=hosts)

    def events_held(self) -> Counted:
        """The events that took place; planned ones are expected."""
        held, planned = [], []
        left_out: list[tuple[Id, Sentence]] = []
        for event in self._events.values():
            if event.status is EventStatus.HELD:
                held.append(event.id)
            elif event.status is EventStatus.PLANNED:
                planned.append(event.id)
            else:
                status = event.status.label if event.status else Sentence("not given")
                left_out.append((event.id, Sentence("its status is {status}", status=status)))
        return Counted(tuple(held), tuple(planned), tuple(left_out))


def _is_sme(organisation: Organisation) -> bool:
    if organisation.sme is not None:
        return organisation.sme
    return organisation.type is OrganisationType.SME


_RULES: Mapping[CountingRule, tuple[str, str, Callable[[FigureFacts], Counted]]] = {
    CountingRule.EXCH_VALIDATED_VOP: ("Exchanges", "exchange", lambda f: f.exchanges_counted),
    CountingRule.DISTINCT_SME_VO_HO: (
        "SMEs involved",
        "organisation",
        lambda f: f.smes(hosts=True),
    ),
    CountingRule.DISTINCT_SME_VO: ("SMEs visiting", "organisation", lambda f: f.smes(hosts=False)),
    CountingRule.EVENTS_HELD: ("Events held", "event", FigureFacts.events_held),
}
"""The counting rules there are; participants and labels follow with their own facts."""


def figures(reader: Reader) -> list[Figure]:
    """Count every indicator; reads all exchanges, so call it in a job. Targets come with it."""
    facts = FigureFacts.read(reader)
    targets = {t.counting_rule: t.value for t in reader.all(Target) if t.cluster is None}
    return [
        Figure(rule.value, Sentence(name), kind, targets.get(rule), count(facts))
        for rule, (name, kind, count) in _RULES.items()
    ]


def values(facts: FigureFacts) -> dict[str, int]:
    """Give the numbers alone, by the code of the counting rule."""
    return {rule.value: count(facts).value for rule, (_, _, count) in _RULES.items()}
