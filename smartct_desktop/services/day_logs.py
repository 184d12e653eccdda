"""The day log of an exchange: proposed from its dates and written as one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.working_days import (
    LONGEST_LOG,
    Locality,
    LoggedDay,
    ProposedDay,
    propose_days,
    propose_online,
    worked_days,
)
from smartct_desktop.domain.query import Among, Path, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange, Mode
from smartct_desktop.domain.records.exchange_day import ExchangeDay
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Edit
from smartct_desktop.services.localities import locality_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import holidays_of, places_of


@dataclass(frozen=True, slots=True)
class DayLogPlan:
    """What the day log of an exchange would be.

    `kept` are days that are in the log already and stay as they are, `added` those that would be
    written beside them, `outside` those in the log that lie outside of the dates.
    """

    exchange: Exchange
    where: Locality
    kept: tuple[ExchangeDay, ...]
    added: tuple[ProposedDay, ...]
    outside: tuple[ExchangeDay, ...]

    @property
    def computed(self) -> Decimal:
        """The working days that the log would have."""
        kept = [LoggedDay(day.date, day.day_kind) for day in (*self.kept, *self.outside)]
        return worked_days([*kept, *(LoggedDay(day.on, day.kind) for day in self.added)])

    @property
    def declared(self) -> Decimal | None:
        """The working days that the partner declared."""
        return self.exchange.working_days

    @property
    def agrees(self) -> bool:
        """Whether both are the same; so it is as well while nothing is declared."""
        return self.declared is None or self.declared == self.computed

    @property
    def doubts(self) -> tuple[ProposedDay, ...]:
        """The days that somebody should look at."""
        return tuple(day for day in self.added if day.doubt is not None)


def plan_log(
    reader: Reader,
    facts: ProgrammeFacts,
    exchange: Id,
    *,
    travel: Collection[date] = (),
    online: Iterable[date] = (),
) -> DayLogPlan:
    """Propose a day log; days that somebody logged already stay as they are.

    A virtual stay is logged by the half days that it met on, `online`, since they may lie weeks
    apart. Raises `Invalid` where dates are missing or cannot be right, and KeyError.
    """
    record = reader.get(Exchange, exchange)
    host = reader.get_many(Organisation, {record.ho}).get(record.ho) if record.ho else None
    where = locality_of(record, host, facts.regions, places_of(reader, facts))
    if record.mode is Mode.VIRTUAL:
        proposed = propose_online(online)
        if not proposed:
            raise Invalid(Sentence("Say on which days the virtual stay met."), "start")
    else:
        start, end = _dates(record)
        proposed = propose_days(start, end, where, holidays_of(reader, facts), travel)
    logged = _logged(reader, exchange)
    known = {day.date for day in logged}
    start, end = record.start or date.min, record.end or date.max
    return DayLogPlan(
        record,
        where,
        tuple(day for day in logged if start <= day.date <= end),
        tuple(day for day in proposed if day.on not in known),
        tuple(day for day in logged if not start <= day.date <= end),
    )


def _dates(exchange: Exchange) -> tuple[date, date]:
    start, end = exchange.start, exchange.end
    if start is None:
        raise Invalid(Sentence("The start of the stay is missing."), "start")
    if end is None:
        raise Invalid(Sentence("The end of the stay is missing."), "end")
    if not 0 <= (end - start).days < LONGEST_LOG:
        raise Invalid(Sentence("These dates cannot be those of one stay."), "end")
    return start, end


def _logged(reader: Reader, exchange: Id) -> tuple[ExchangeDay, ...]:
    query = Query("exchange_day", filters=(Among(Path(("exchange",)), frozenset({exchange})),))
    window = reader.window(query)
    try:
        ids = window.ids(0, window.count)
    finally:
        window.close()
    days = reader.get_many(ExchangeDay, ids)
    return tuple(sorted(days.values(), key=lambda day: day.date))


def write_log(edit: Edit, plan: DayLogPlan, *, declare: bool = False) -> None:
    """Add the proposed days; with `declare` the working days of the exchange follow the log."""
    for day in plan.added:
        edit.add(ExchangeDay(exchange=plan.exchange.id, date=day.on, day_kind=day.kind))
    if declare:
        edit.set(edit.get(Exchange, plan.exchange.id), "working_days", plan.computed)
