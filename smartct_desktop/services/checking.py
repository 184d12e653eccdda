"""What the rules of the programme say of stored records, and how that is kept up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.event_rules import EventCase
from smartct_desktop.domain.programme.exchange_case import (
    Booking,
    ExchangeCase,
    LoggedDay,
    Visit,
    Visits,
)
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.programme.organisation_rules import OrganisationCase
from smartct_desktop.domain.programme.rule import Rule
from smartct_desktop.domain.programme.rule_catalog import KINDS, digest, rules_on
from smartct_desktop.domain.programme.stay import GIVEN_UP
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Due, Reader
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.figures import own_partnership
from smartct_desktop.services.importing.rates import Rates, rules_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.stays import stay_of
from smartct_desktop.system.version import version

SLICE = 500
"""Records examined at a time: some tenths of a second of a job, some milliseconds of writing."""

_VISIT = ("vo", "number", "ho", "mode", "status", "start", "end", "cxc_id")


@dataclass(frozen=True, slots=True)
class Examined:
    """What the rules say of records that were due."""

    due: Due
    found: Mapping[Id, Sequence[Finding]]


class Checker:
    """Asks the rules about records of a document; on whatever thread the reader belongs to."""

    def __init__(self, facts: ProgrammeFacts, clock: Callable[[], datetime]) -> None:
        self._facts = facts
        self._clock = clock
        self._rates: dict[str, Rates] = {}

    @property
    def version(self) -> str:
        """What the findings depend on beside the document: the rules, and the day."""
        return f"{self._rules_version} {self._today}"

    @cached_property
    def _rules_version(self) -> str:
        return f"{version()} {digest()}"

    @property
    def _today(self) -> date:
        return self._clock().astimezone().date()

    def examine(
        self, reader: Reader, kind: str, ids: Sequence[Id]
    ) -> Mapping[Id, Sequence[Finding]]:
        """Give the findings of those among the records that have any."""
        cases = {
            "exchange": self._exchanges,
            "organisation": self._organisations,
            "event": self._events,
        }[kind](reader, ids)
        waived = self._waived(reader, kind, ids)
        rules: list[Rule[Any]] = list(rules_on(kind))
        found = {}
        for id_, case in cases:
            lifted = waived.get(id_, set())
            said = tuple(
                finding
                for rule in rules
                if not (rule.waivable and rule.code in lifted)
                for finding in rule.findings(case)
            )
            if said:
                found[id_] = said
        return found

    def everything(self, reader: Reader) -> Iterator[tuple[str, Id, Sequence[Finding]]]:
        """Ask the rules about all records, whatever findings are kept; give those with any."""
        for kind in KINDS:
            with closing(reader.window(Query(kind))) as window:
                for start in range(0, window.count, SLICE):
                    ids = window.ids(start, start + SLICE)
                    found = self.examine(reader, kind, ids)
                    yield from ((kind, id_, found[id_]) for id_ in ids if id_ in found)

    def due(self, reader: Reader) -> Examined | None:
        """Ask about some of the records that are due; None if none is."""
        due = reader.due(SLICE)
        if due is None:
            return None
        return Examined(due, self.examine(reader, due.kind, due.ids))

    def _waived(self, reader: Reader, kind: str, ids: Sequence[Id]) -> Mapping[Id, set[str]]:
        """Give the codes of the rules that do not count for a record today."""
        today = self._today
        waived: dict[Id, set[str]] = defaultdict(set)
        rows = reader.naming("waiver", kind, ids, (kind, "rule_code", "expires_on"))
        for _, of, code, expires_on in rows:
            if expires_on is None or expires_on >= today:
                waived[of].add(code.strip())
        return waived

    def _exchanges(self, reader: Reader, ids: Sequence[Id]) -> Iterator[tuple[Id, ExchangeCase]]:
        own = own_partnership(reader)
        rules, today = rules_of(self._facts, own), self._today
        rates = self._rates.setdefault(rules.code, Rates(self._facts, rules.code))
        countries, holidays = self._facts.countries, self._facts.holidays
        exchanges = reader.get_many(Exchange, ids)
        expected = [e for e in exchanges.values() if e.status not in GIVEN_UP]
        visitors = {e.vo for e in expected if e.vo}
        named = visitors | {e.ho for e in expected if e.ho}
        organisations = reader.get_many(Organisation, named)
        visits, nobody = _visits(reader, visitors), Visits()
        payments = _payments(reader, ids)
        days = _days(reader, ids)
        for exchange in expected:
            visitor = organisations.get(exchange.vo) if exchange.vo else None
            host = organisations.get(exchange.ho) if exchange.ho else None
            paid = payments.get(exchange.id, ())
            yield (
                exchange.id,
                ExchangeCase(
                    stay=stay_of(exchange, (visitor, host), paid, rates, rules),
                    rules=rules,
                    exchange=exchange,
                    visitor=visitor,
                    host=host,
                    own=own,
                    visits=visits.get(exchange.vo, nobody) if exchange.vo else nobody,
                    payments=paid,
                    days=days.get(exchange.id, ()),
                    countries=countries,
                    holidays=holidays,
                    today=today,
                ),
            )

    def _organisations(
        self, reader: Reader, ids: Sequence[Id]
    ) -> Iterator[tuple[Id, OrganisationCase]]:
        rules = rules_of(self._facts, own_partnership(reader))
        visiting = {vo for _, vo in reader.naming("exchange", "vo", ids, ("vo",))}
        for organisation in reader.get_many(Organisation, ids).values():
            yield (
                organisation.id,
                OrganisationCase(
                    organisation,
                    organisation.id in visiting,
                    rules,
                    self._facts.countries,
                    self._facts.identifiers,
                ),
            )

    def _events(self, reader: Reader, ids: Sequence[Id]) -> Iterator[tuple[Id, EventCase]]:
        attendance: dict[Any, int] = defaultdict(int)
        for _, event in reader.naming("attendance", "event", ids, ("event",)):
            attendance[event] += 1
        today = self._today
        for event in reader.get_many(Event, ids).values():
            yield event.id, EventCase(event, attendance[event.id], today)


def _visits(reader: Reader, visitors: Iterable[Id]) -> Mapping[Id, Visits]:
    found: dict[Id, list[Visit]] = defaultdict(list)
    rows = reader.naming("exchange", "vo", visitors, _VISIT)
    for id_, vo, *told in rows:
        found[vo].append(Visit(id_, *told))
    return {vo: Visits(visits) for vo, visits in found.items()}


def _payments(reader: Reader, ids: Iterable[Id]) -> Mapping[Id, list[Booking]]:
    found: dict[Id, list[Booking]] = defaultdict(list)
    columns = ("exchange", "payment_kind", "date")
    rows = reader.naming("payment", "exchange", ids, columns)
    for _, of, kind, on in rows:
        found[of].append(Booking(kind, on))
    return found


def _days(reader: Reader, ids: Iterable[Id]) -> Mapping[Id, list[LoggedDay]]:
    found: dict[Id, list[LoggedDay]] = defaultdict(list)
    columns = ("exchange", "date", "day_kind")
    rows = reader.naming("exchange_day", "exchange", ids, columns)
    for _, of, on, kind in rows:
        found[of].append(LoggedDay(on, kind))
    return found
