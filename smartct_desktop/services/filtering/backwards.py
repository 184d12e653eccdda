"""Filters as terms: what was ticked or clicked, said in the filter language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from smartct_desktop.domain.fields import (
    Email,
    Field,
    Id,
    Link,
    LongText,
    Reference,
    Text,
    Value,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Among, AnyOf, Between, Filter, Not, Path
from smartct_desktop.services.filtering.problems import findings_of
from smartct_desktop.services.filtering.terms import (
    Blank,
    Bound,
    Condition,
    Exactly,
    Findings,
    Operand,
    Part,
    Span,
    Today,
)
from smartct_desktop.services.filtering.tokens import QUOTES

Caption = Callable[[str, Id], str]
"""Gives the caption of a record of a kind, "" if it is not there."""


def condition_of(filter_: Filter, kind: str, caption: Caption) -> Condition | Findings | None:
    """Give the condition that a filter stands for; None for one that the language cannot say.

    A record chosen from a list becomes its name, so that the condition means the same elsewhere.
    """
    asked = findings_of(filter_)
    if asked is not None:
        return asked
    if isinstance(filter_, Not):
        inner = condition_of(filter_.filter, kind, caption)
        return None if inner is None or inner.negated else replace(inner, negated=True)
    paths: set[Path] = set()
    operands: list[Operand] = []
    for one in filter_.filters if isinstance(filter_, AnyOf) else (filter_,):
        match one:
            case Among(path, values):
                found = _of_values(path.field(kind), values, caption)
            case Between(path, low, high) if low is not None or high is not None:
                found = [_of_span(low, high)]
            case _:
                return None
        if found is None:
            return None
        paths.add(path)
        operands += found
    if len(paths) != 1 or not operands:
        return None
    return Condition(paths.pop(), tuple(dict.fromkeys(operands)))


def _of_values(field: Field, values: Iterable[Value], caption: Caption) -> list[Operand] | None:
    """Give an operand for each value; None if one of them cannot be said."""
    operands: list[Operand] = []
    for value in sorted(values, key=str):
        operand = _of_value(field, value, caption)
        if operand is None:
            return None
        operands.append(operand)
    return operands


def _of_value(field: Field, value: Value, caption: Caption) -> Operand | None:
    if value in (None, ()):
        return Blank()
    if isinstance(value, date):
        return Exactly(PartialDate.of(value))
    match field.type:
        case Reference(kind):
            return _phrase(caption(kind, Id(str(value))))
        case Text() | LongText() | Email() | Link():
            return _phrase(str(value))
        case _:
            return Exactly(value)


def _phrase(text: str) -> Part | None:
    plain = " ".join("".join(" " if sign in QUOTES else sign for sign in text).split())
    return Part(plain, whole=True) if fold(plain) else None


def _of_span(low: Value, high: Value) -> Operand:
    first, last = _bound(low), _bound(high)
    if isinstance(first, PartialDate) and isinstance(last, PartialDate):
        for partial in (PartialDate(first.year), PartialDate(first.year, first.month or 1)):
            if (partial.first, partial.last) == (first.first, last.last):
                return Exactly(partial)
    return Span(
        None if first is None else Bound(first), None if last is None else Bound(last), range_=True
    )


def _bound(value: Value) -> Value | Today:
    return PartialDate.of(value) if isinstance(value, date) else value
