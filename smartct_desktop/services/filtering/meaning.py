"""What terms mean: the words and filters of a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import (
    Day,
    Field,
    Number,
    PartialDay,
    Reference,
    Time,
    Value,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import (
    Among,
    AnyOf,
    Between,
    Contains,
    Filter,
    Match,
    Mentions,
    Not,
    Path,
)
from smartct_desktop.services.filtering.problems import problem_filter
from smartct_desktop.services.filtering.terms import (
    Alternatives,
    Blank,
    Bound,
    Condition,
    Exactly,
    Filled,
    Findings,
    Operand,
    Part,
    Phrase,
    Simple,
    Span,
    Term,
    Today,
    Word,
)

_BLANK = frozenset[Value]({None})
_NOTHING = AnyOf(())
_DAY = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query looks for: words for its search, and filters."""

    search: str
    filters: tuple[Filter, ...]


class Meaning:
    """Turns terms about records of one kind into what a query asks, as seen on one day."""

    def __init__(self, kind: str, today: date) -> None:
        self._kind = kind
        self._today = today

    def of(self, terms: Iterable[Term]) -> Asked:
        """Give words and filters; a word of signs only asks for nothing."""
        words: list[str] = []
        filters: list[Filter] = []
        for term in terms:
            if isinstance(term, Word) and not term.negated and " " not in fold(term.text):
                words.append(term.text)
            else:
                filters += self.filters(term)
        return Asked(" ".join(words), tuple(filters))

    def filters(self, term: Term) -> list[Filter]:
        """Give the filter of one term; none for a word of signs only."""
        if isinstance(term, Alternatives):
            return [AnyOf(tuple(f for one in term.terms for f in self._simple(one)))]
        return self._simple(term)

    def _simple(self, term: Simple) -> list[Filter]:
        match term:
            case Word(text, negated):
                found: Filter = Mentions(text, Match.TOGETHER)
                if not fold(text):
                    return []
            case Phrase(text, negated):
                found = Mentions(text, Match.WHOLE)
            case Condition(path, operands, negated):
                found = self._condition(path, operands)
            case Findings(severities, nothing, negated):
                found = problem_filter(severities, nothing=nothing)
        return [Not(found) if negated else found]

    def _condition(self, path: Path, operands: tuple[Operand, ...]) -> Filter:
        field = path.field(self._kind)
        values: set[Value] = set()
        others: list[Filter] = []
        for operand in operands:
            match operand:
                case Blank():
                    values.add(None)
                case Exactly(value) if not isinstance(field.type, Day | PartialDay):
                    assert not isinstance(value, Today)
                    values.add(value)
                case _:
                    others.append(self._one(path, field, operand))
        found = [*([Among(path, frozenset(values))] if values else []), *others]
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _one(self, path: Path, field: Field, operand: Operand) -> Filter:
        match operand:
            case Blank():
                return Among(path, _BLANK)
            case Filled():
                return Not(Among(path, _BLANK))
            case Part(text, whole):
                match_ = Match.WHOLE if whole else Match.TOGETHER
                paths = _named(path, field)
                found = tuple(Contains(one, text, match_) for one in paths)
                return found[0] if len(found) == 1 else AnyOf(found)
            case Exactly(value):
                return self._between(path, field, Bound(value), Bound(value))
            case Span(low, high):
                return self._between(path, field, low, high)

    def _between(self, path: Path, field: Field, low: Bound | None, high: Bound | None) -> Filter:
        try:
            least = None if low is None else self._least(field, low)
            most = None if high is None else self._most(field, high)
        except OverflowError:  # after the last day there is, or before the first
            return _NOTHING
        return Between(path, least, most)

    def _least(self, field: Field, end: Bound) -> Value:
        value = end.value
        if isinstance(value, Today | PartialDate):
            first = self._day(value) if end.included else self._last(value) + timedelta(1)
            return first if isinstance(field.type, Day) else _shortest(first)
        if end.included:
            return value
        return _next(field, value, 1)

    def _most(self, field: Field, end: Bound) -> Value:
        value = end.value
        if isinstance(value, Today | PartialDate):
            last = self._last(value) if end.included else self._day(value) - timedelta(1)
            return last if isinstance(field.type, Day) else PartialDate.of(last)
        if end.included:
            return value
        return _next(field, value, -1)

    def _day(self, value: Today | PartialDate) -> date:
        if isinstance(value, Today):
            return self._today + timedelta(value.plus)
        return value.first

    def _last(self, value: Today | PartialDate) -> date:
        return self._day(value) if isinstance(value, Today) else value.last


def _named(path: Path, field: Field) -> list[Path]:
    """Give where a text is looked for: of a record named, in all the names that it has."""
    if not isinstance(field.type, Reference):
        return [path]
    further = schema_of(field.type.kind).other_names
    return [path, *(Path((*path.names, name)) for name in further)]


def _shortest(day: date) -> PartialDate:
    """Give the day so that a month or year known alone, taken at its beginning, is not below it."""
    if day.day > 1:
        return PartialDate.of(day)
    return PartialDate(day.year) if day.month == 1 else PartialDate(day.year, day.month)


def _next(field: Field, value: Value, by: int) -> Value:
    """Give the value next to one: there is nothing between them."""
    if isinstance(field.type, Number):
        assert isinstance(value, Decimal)
        return value + Decimal(by).scaleb(-field.type.places)
    if isinstance(field.type, Time):
        return _next_minute(value, by)
    assert isinstance(value, int)
    return value + by


def _next_minute(value: Value, by: int) -> time:
    assert isinstance(value, time)
    minutes = value.hour * 60 + value.minute + by
    if not 0 <= minutes < _DAY:
        raise OverflowError
    return time(minutes // 60, minutes % 60)
