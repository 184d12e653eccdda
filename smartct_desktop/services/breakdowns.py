"""The exchanges of a figure by month, by partner, by country, by status and mode.

Every number here is the size of a set of records, and the sets come from the figure itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Countable
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.services.figure_facts import FigureFacts

_CALLED_OFF = frozenset({ExchangeStatus.REJ, ExchangeStatus.DECL, ExchangeStatus.CANC})
_AROUND = 60  # months before and after the days of the partnership that are shown


@dataclass(frozen=True, slots=True)
class Month:
    """The exchanges whose stay ends, or is expected to end, in the month that begins on `first`."""

    first: date
    counted: tuple[Id, ...]
    expected: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Months:
    """Month after month without a gap; `elsewhere` are exchanges without a day, or far outside."""

    months: tuple[Month, ...]
    elsewhere: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The exchanges of one partner; `partner` is None where no partner can be told."""

    partner: Id | None
    counted: tuple[Id, ...]
    expected: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The exchanges from one country to another; None where a country is not known."""

    visitor: str | None
    host: str | None
    exchanges: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways that were gone or are planned, and the exchanges left out because called off."""

    ways: tuple[Way, ...]
    called_off: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class InStatus:
    """The exchanges in one status, by their mode; None where the one or the other is not known."""

    status: ExchangeStatus | None
    by_mode: Mapping[Mode | None, tuple[Id, ...]]

    @property
    def exchanges(self) -> tuple[Id, ...]:
        """All of them."""
        return tuple(id_ for ids in self.by_mode.values() for id_ in ids)


def by_month(facts: FigureFacts, scope: Scope = EVERYTHING) -> Months:
    """Put the exchanges into the months, from the first of the partnership to its last.

    Exchanges up to five years around make the span longer. Without the days of the partnership the
    span is that of the exchanges within five years of the middle one.
    """
    found = facts.exchanges_counted(scope)
    month_of = {}
    for id_ in (*found.counted, *found.pipeline):
        day = _day_of(facts.exchanges[id_])
        if day is not None:
            month_of[id_] = _number(day)
    own = facts.own
    ends = [_number(day) for day in (own.starts_on, own.ends_on) if day] if own else []
    numbers = sorted(month_of.values())
    if not ends:
        ends = numbers[len(numbers) // 2 :][:1]
    if not ends:
        return Months((), (*found.counted, *found.pipeline))
    low, high = min(ends) - _AROUND, max(ends) + _AROUND
    shown = [*ends, *(number for number in numbers if low <= number <= high)]
    counted, expected = (_by_number(ids, month_of) for ids in (found.counted, found.pipeline))
    months = tuple(
        Month(
            date(number // 12, number % 12 + 1, 1),
            tuple(counted.get(number, ())),
            tuple(expected.get(number, ())),
        )
        for number in range(min(shown), max(shown) + 1)
    )
    placed = {id_ for month in months for id_ in (*month.counted, *month.expected)}
    elsewhere = (id_ for id_ in (*found.counted, *found.pipeline) if id_ not in placed)
    return Months(months, tuple(elsewhere))


def by_partner(facts: FigureFacts, scope: Scope = EVERYTHING) -> list[Part]:
    """Give the partners of the partnership, most counted first, and last what belongs to none.

    A partner without an exchange is there with nothing; others than the own partners are together
    with what belongs to none.
    """
    found = facts.exchanges_counted(scope)
    counted: defaultdict[Id | None, list[Id]] = defaultdict(list)
    expected: defaultdict[Id | None, list[Id]] = defaultdict(list)
    for group, ids in ((counted, found.counted), (expected, found.pipeline)):
        for id_ in ids:
            partner, _ = facts.about(facts.exchanges[id_])
            group[partner if partner in facts.partners else None].append(id_)
    wanted = [scope.partner] if scope.partner is not None else sorted(facts.partners)
    parts = [Part(p, tuple(counted[p]), tuple(expected[p])) for p in wanted]
    parts.sort(key=lambda part: (-len(part.counted), -len(part.expected)))
    if scope.partner is None and (counted[None] or expected[None]):
        parts.append(Part(None, tuple(counted[None]), tuple(expected[None])))
    return parts


def by_countries(facts: FigureFacts, scope: Scope = EVERYTHING) -> Ways:
    """Give who travels where: all exchanges of the scope but those called off, counted or not.

    The visitor's country is that of the visiting organisation; the host's that of the stay,
    otherwise that of the host organisation.
    """
    ways: defaultdict[tuple[str | None, str | None], list[Id]] = defaultdict(list)
    called_off = []
    country_of = {one.id: one.country for one in facts.organisations.values()}
    for exchange in _within(facts, scope):
        if exchange.status in _CALLED_OFF:
            called_off.append(exchange.id)
            continue
        visitor = country_of.get(exchange.vo) if exchange.vo is not None else None
        host = exchange.ho_country
        if host is None and exchange.ho is not None:
            host = country_of.get(exchange.ho)
        ways[visitor, host].append(exchange.id)
    found = (Way(visitor, host, tuple(ids)) for (visitor, host), ids in ways.items())
    return Ways(tuple(found), tuple(called_off))


def by_status(facts: FigureFacts, scope: Scope = EVERYTHING) -> list[InStatus]:
    """Give all exchanges of the scope by status and mode, whether they count or not.

    Statuses that occur stand in the order of the life cycle, those without one last; each has a
    set for every mode that occurs in the scope, physical ones first.
    """
    found: defaultdict[tuple[ExchangeStatus | None, Mode | None], list[Id]] = defaultdict(list)
    for exchange in _within(facts, scope):
        found[exchange.status, exchange.mode].append(exchange.id)
    statuses = [one for one in (*ExchangeStatus, None) if any(one is s for s, _ in found)]
    modes = [one for one in (*Mode, None) if any(one is m for _, m in found)]
    return [
        InStatus(status, {mode: tuple(found.get((status, mode), ())) for mode in modes})
        for status in statuses
    ]


def _within(facts: FigureFacts, scope: Scope) -> Iterable[Countable]:
    """Give the exchanges of a scope, those of the whole without looking at each."""
    if scope == EVERYTHING:
        return facts.exchanges.values()
    return (one for one in facts.exchanges.values() if _is_within(one, facts, scope))


def _is_within(exchange: Countable, facts: FigureFacts, scope: Scope) -> bool:
    partner, type_ = facts.about(exchange) if scope.is_part else (None, None)
    return scope.leaves_out(partner, _day_of(exchange), type_) is None


def _day_of(exchange: Countable) -> date | None:
    return exchange.end or exchange.start or exchange.planned_end


def _by_number(ids: Iterable[Id], month_of: Mapping[Id, int]) -> dict[int, list[Id]]:
    months: defaultdict[int, list[Id]] = defaultdict(list)
    for id_ in ids:
        if id_ in month_of:
            months[month_of[id_]].append(id_)
    return months


def _number(day: date) -> int:
    """Number the months on and on."""
    return day.year * 12 + day.month - 1
