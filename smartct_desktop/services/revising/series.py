"""The revision of a series: numbers, days, times and texts ending in a number, step by step."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import (
    Day,
    Email,
    Field,
    Id,
    Link,
    LongText,
    Money,
    Number,
    PartialDay,
    Text,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.revising.building import Builder
from smartct_desktop.services.revising.revision import Deed, Given, Revision, Target
from smartct_desktop.services.texts import Texts

_ENDING = re.compile(r"^(.*?)(\d+)$", re.DOTALL)


class Unit(Enum):
    """What a step counts."""

    NUMBER = "number"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Series:
    """Begins with `first` and goes on by `step` units; money steps are in euro."""

    first: Value
    step: Decimal
    unit: Unit


def units_of(field: Field) -> tuple[Unit, ...]:
    """The units in which a field can go on, the usual one first; none if it cannot."""
    match field.type:
        case Whole() | Number() | Money():
            return (Unit.NUMBER,)
        case Text() | LongText():
            return (Unit.NUMBER,)
        case Day():
            return (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)
        case PartialDay():
            return (Unit.YEAR, Unit.MONTH, Unit.DAY)
        case Time():
            return (Unit.MINUTE,)
        case Email() | Link():
            return ()
        case _:
            return ()


def proposed(field: Field, first: Value, second: Value) -> Series | None:
    """The series that two cells begin, or that one begins with a step of one; None for none."""
    units = units_of(field)
    if first is None or not units:
        return None
    if isinstance(first, str) and not _ENDING.match(first):
        return None
    unit = units[0]
    if isinstance(first, PartialDate):
        unit = Unit.DAY if first.day else Unit.MONTH if first.month else Unit.YEAR
    step = Decimal(30 if unit is Unit.MINUTE else 1)
    if second is not None:
        unit, step = _between(field, first, second) or (unit, step)
    return Series(first, step, unit)


def member(field: Field, series: Series, place: int) -> Value:
    """The value at a place, 0 being the first. Raises `Invalid` where there is none."""
    try:
        value = _member(series.first, series.step * place, series.unit, field)
    except (ValueError, OverflowError):
        raise Invalid(
            Sentence("The series has no value here for {label}.", label=field.label), field.name
        ) from None
    return value


def fill_series(  # noqa: PLR0913, PLR0917 (who reads, and what goes where)
    reader: Reader,
    texts: Texts,
    kind: str,
    ids: Iterable[Id],
    target: Target,
    series: Series,
    progress: Progress | None = None,
) -> Revision:
    """Plan a series down one column; the first record gets its first value."""
    builder = Builder(reader, texts, kind)
    field = target.field

    def plan(place: int, _record: Record) -> Sequence[tuple[Target, Given]]:
        if field is None:
            return [(target, Given(""))]
        try:
            value = member(field, series, place)
        except Invalid as invalid:
            return [(Target(target.heading, None, invalid.sentence), Given(""))]
        return [(target, builder.given(field, value))]

    builder.change(ids, (), plan, progress)
    return builder.result(Deed.SERIES)


def _member(first: Value, by: Decimal, unit: Unit, field: Field) -> Value:
    match first:
        case bool() | None:
            raise ValueError
        case int():
            step = by * 100 if isinstance(field.type, Money) else by
            return _whole(first + step)
        case Decimal():
            return first + by
        case date():
            return _day(first, _whole(by), unit)
        case PartialDate(year, month, day):
            if day:
                return PartialDate.of(_day(first.first, _whole(by), unit))
            months = year * 12 + max(month, 1) - 1 + _whole(by) * (12 if unit is Unit.YEAR else 1)
            if unit is Unit.DAY or (unit is Unit.MONTH and not month):
                raise ValueError
            return PartialDate(months // 12, months % 12 + 1 if month else 0)
        case time():
            moment = datetime.combine(date(2000, 1, 1), first) + timedelta(minutes=_whole(by))
            if moment.date() != date(2000, 1, 1):
                raise ValueError
            return moment.time()
        case str():
            ending = _ENDING.match(first)
            number = int(ending[2]) + _whole(by) if ending else -1
            if ending is None or number < 0:
                raise ValueError
            return f"{ending[1]}{number:0{len(ending[2])}d}"
        case _:
            raise ValueError


def _day(first: date, by: int, unit: Unit) -> date:
    """The day so many units later; the 31st of a shorter month is its last day."""
    if unit is Unit.DAY:
        return first + timedelta(days=by)
    if unit is Unit.WEEK:
        return first + timedelta(weeks=by)
    months = first.year * 12 + first.month - 1 + by * (12 if unit is Unit.YEAR else 1)
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        raise ValueError
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def _whole(number: Decimal) -> int:
    if number != int(number):
        raise ValueError
    return int(number)


def _between(field: Field, first: Value, second: Value) -> tuple[Unit, Decimal] | None:
    """The step from one value to the next, in the unit that people would say."""
    match first, second:
        case (int(), int()) if not isinstance(first, bool):
            distance = Decimal(second - first)
            return Unit.NUMBER, distance / 100 if isinstance(field.type, Money) else distance
        case (Decimal(), Decimal()):
            return Unit.NUMBER, second - first
        case (date(), date()):
            return _between_days(first, second)
        case (PartialDate(day=0), PartialDate(day=0)) if bool(first.month) == bool(second.month):
            if not first.month:
                return Unit.YEAR, Decimal(second.year - first.year)
            months = (second.year - first.year) * 12 + second.month - first.month
            return Unit.MONTH, Decimal(months)
        case (PartialDate(), PartialDate()) if first.day and second.day:
            return _between_days(first.first, second.first)
        case (time(), time()):
            minutes = (second.hour - first.hour) * 60 + second.minute - first.minute
            return Unit.MINUTE, Decimal(minutes)
        case (str(), str()):
            one, two = _ENDING.match(first), _ENDING.match(second)
            if one and two and one[1] == two[1]:
                return Unit.NUMBER, Decimal(int(two[2]) - int(one[2]))
            return None
        case _:
            return None


def _between_days(first: date, second: date) -> tuple[Unit, Decimal]:
    if first.day == second.day and first != second:
        months = (second.year - first.year) * 12 + second.month - first.month
        if months % 12 == 0:
            return Unit.YEAR, Decimal(months // 12)
        return Unit.MONTH, Decimal(months)
    days = (second - first).days
    if days and days % 7 == 0:
        return Unit.WEEK, Decimal(days // 7)
    return Unit.DAY, Decimal(days)
