"""Figures: each is the size of its set of records, wherever it is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, cast

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import (
    Countable,
    Counted,
    CountedFields,
    count_exchanges,
    distinct_smes,
)
from smartct_desktop.domain.query import Path, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.domain.sentence import Sentence

_PAGE = 1000


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
        exchanges: Mapping[Id, Countable],
        smes: frozenset[Id],
        events: Mapping[Id, Event],
    ) -> None:
        self._own = own
        self._exchanges = exchanges
        self._smes = smes
        self._events = events

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Read all of them, which takes the longer the more exchanges there are."""
        return cls(
            own_partnership(reader),
            {exchange.id: exchange for exchange in _counted_fields(reader)},
            frozenset(_smes(reader)),
            {event.id: event for event in reader.all(Event)},
        )

    def adding(self, records: Iterable[Record]) -> FigureFacts:
        """Give the facts as they would be with these records, new ones or in place of old ones."""
        exchanges, smes, events = dict(self._exchanges), set(self._smes), dict(self._events)
        for record in records:
            match record:
                case Exchange():
                    exchanges[record.id] = record
                case Organisation():
                    smes.discard(record.id)
                    if _is_sme(record.sme, record.type):
                        smes.add(record.id)
                case Event():
                    events[record.id] = record
                case _:
                    pass  # nothing counts records of other types
        return FigureFacts(self._own, exchanges, frozenset(smes), events)

    @cached_property
    def exchanges_counted(self) -> Counted:
        """The exchanges that count for the own partnership."""
        counted_from = (self._own and self._own.counted_from) or CountingStatus.VALIDATED
        own = self._own.id if self._own else None
        return count_exchanges(self._exchanges.values(), own, counted_from)

    def smes(self, *, hosts: bool) -> Counted:
        """The distinct SMEs of the exchanges that count."""
        return distinct_smes(
            self._exchanges.values(), self.exchanges_counted, self._smes, hosts=hosts
        )

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


def _is_sme(sme: object, type_: object) -> bool:
    return type_ is OrganisationType.SME if sme is None else sme is True


def _counted_fields(reader: Reader) -> Iterator[CountedFields]:
    names = [field.name for field in dataclasses.fields(CountedFields)][1:]
    for row in _rows(reader, Query("exchange", tuple(map(Path.of, names)))):
        yield CountedFields(row.id, *cast("tuple[Any, ...]", row.values))


def _smes(reader: Reader) -> Iterator[Id]:
    for row in _rows(reader, Query("organisation", (Path.of("sme"), Path.of("type")))):
        if _is_sme(*row.values):
            yield row.id


def _rows(reader: Reader, query: Query) -> Iterator[Row]:
    with closing(reader.window(query)) as window:
        for start in range(0, window.count, _PAGE):
            yield from window.rows(start, start + _PAGE)


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
