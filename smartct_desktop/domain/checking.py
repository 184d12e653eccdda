"""Which values a record may hold; what is refused here can never be stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from typing import Any, assert_never

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Field,
    FieldType,
    Flag,
    Link,
    LongText,
    Money,
    Number,
    PartialDay,
    Reference,
    Term,
    Terms,
    Text,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence

LONGEST_TEXT = 100_000
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a record cannot be stored; `field` is a field's name or "" for the whole record."""

    field: str
    sentence: Sentence


def refusal(field: Field, value: Value) -> Sentence | None:
    """Say why the field cannot hold the value, or None if it can."""
    if value is None or value == ():
        if field.required:
            return Sentence("{label} must be filled in.", label=field.label)
        return None
    return _type_refusal(field.label, field.type, value)


def _type_refusal(label: str, type_: FieldType, value: Value) -> Sentence | None:  # noqa: C901, PLR0912 (one case a type)
    match type_:
        case Text(longest):
            return _text_refusal(label, value, longest, one_line=True)
        case LongText():
            return _text_refusal(label, value, LONGEST_TEXT, one_line=False)
        case Whole(least, most):
            if type(value) is not int:
                return Sentence("{label} takes a whole number.", label=label)
            return _range_refusal(label, value, least, most)
        case Money(least, most):
            if type(value) is not int:
                return Sentence("{label} takes an amount in euro.", label=label)
            if not least <= value <= most:
                return Sentence("{label} cannot be this amount.", label=label)
        case Number():
            return _number_refusal(label, type_, value)
        case Day():
            if type(value) is not date:
                return Sentence("{label} takes a day, such as 16.11.2021.", label=label)
        case PartialDay():
            if not isinstance(value, PartialDate):
                return Sentence("{label} takes a day, a month or a year.", label=label)
        case Time():
            if not isinstance(value, time) or value.tzinfo or value.second or value.microsecond:
                return Sentence("{label} takes a time of day, such as 9:30.", label=label)
        case Flag():
            if type(value) is not bool:
                return Sentence("{label} takes yes, no or nothing.", label=label)
        case Choice(options):
            if not isinstance(value, options):
                return Sentence("{label} takes one of the answers of its list.", label=label)
        case Country():
            if not (isinstance(value, str) and re.fullmatch("[A-Z]{2}", value)):
                return Sentence("{label} takes a country.", label=label)
        case Terms():
            if not isinstance(value, tuple) or len(set(value)) != len(value):
                return Sentence("{label} takes terms of its list, each once.", label=label)
        case Term() | Reference():
            return _text_refusal(label, value, 500, one_line=True)
        case Email():
            if not (isinstance(value, str) and _EMAIL.fullmatch(value)):
                return Sentence("{label} takes one e-mail address.", label=label)
        case Link():
            if not (isinstance(value, str) and _LINK.fullmatch(value)):
                return Sentence("{label} takes an address beginning with https://.", label=label)
        case _:
            assert_never(type_)
    return None


def _text_refusal(label: str, value: Value, longest: int, *, one_line: bool) -> Sentence | None:
    if not isinstance(value, str) or not value.strip():
        return Sentence("{label} takes text.", label=label)
    if len(value) <= longest and value.isascii() and value.isprintable():
        return None  # as nearly all texts are, and the other questions are slower
    if len(value) > longest:
        return Sentence(
            "{label} holds at most {longest} characters; this has {length}.",
            label=label,
            longest=longest,
            length=len(value),
        )
    if _CONTROL.search(value):
        return Sentence("{label} contains a character that cannot be shown.", label=label)
    if one_line and ("\n" in value or "\r" in value):
        return Sentence("{label} takes a single line.", label=label)
    if not unicodedata.is_normalized("NFC", value):
        return Sentence("{label} contains characters that are put together oddly.", label=label)
    return None


def _range_refusal(label: str, value: int, least: int, most: int) -> Sentence | None:
    if least <= value <= most:
        return None
    return Sentence("{label} lies between {least} and {most}.", label=label, least=least, most=most)


def _number_refusal(label: str, type_: Number, value: Value) -> Sentence | None:
    if not isinstance(value, Decimal) or not value.is_finite():
        return Sentence("{label} takes a number.", label=label)
    if not type_.least <= value <= type_.most:
        return Sentence(
            "{label} lies between {least} and {most}.",
            label=label,
            least=type_.least,
            most=type_.most,
        )
    if value != round(value, type_.places):
        return Sentence(
            "{label} has at most {places} places after the decimal sign.",
            label=label,
            places=type_.places,
        )
    return None


Fits = Callable[[Any], bool]
"""Sees at a glance that a value may be stored; of what it does not see `refusal` decides."""


def _short(value: Any, longest: int) -> bool:
    plain = value.__class__ is str and len(value) <= longest and value.isascii()
    return plain and value.isprintable() and bool(value) and not value.isspace()


def _within(value: Any, least: int, most: int) -> bool:
    return value.__class__ is int and least <= value <= most


def _of_class(value: Any, wanted: type) -> bool:
    return value.__class__ is wanted


def _country(value: Any) -> bool:
    letters = value.__class__ is str and len(value) == 2 and value.isascii()
    return letters and value.isalpha() and value.isupper()


def _decimal(value: Any, least: Decimal, most: Decimal, places: int) -> bool:
    if value.__class__ is not Decimal or not value.is_finite() or not least <= value <= most:
        return False
    exponent = value.as_tuple().exponent
    return exponent.__class__ is int and exponent >= -places


def _no_terms(value: Any) -> bool:
    return value.__class__ is tuple and not value


def _never(_value: Any) -> bool:
    return False


def _fits(type_: FieldType) -> Fits:
    match type_:
        case Text(longest):
            return partial(_short, longest=longest)
        case LongText():
            return partial(_short, longest=LONGEST_TEXT)
        case Term() | Reference():
            return partial(_short, longest=500)
        case Whole(least, most) | Money(least, most):
            return partial(_within, least=least, most=most)
        case Day():
            return partial(_of_class, wanted=date)
        case Flag():
            return partial(_of_class, wanted=bool)
        case Choice(options):
            return partial(_of_class, wanted=options)
        case Country():
            return _country
        case Number(places, least, most):
            return partial(_decimal, least=least, most=most, places=places)
        case _:
            return _never


@cache
def _glances(type_: type[Record]) -> tuple[Callable[[Record], tuple[Any, ...]], Sequence[Fits]]:
    fields = type_.schema.told
    fits = [
        _no_terms if isinstance(f.type, Terms) and not f.required else _fits(f.type) for f in fields
    ]
    return attrgetter("id", *(f.name for f in fields)), fits


def problems(record: Record) -> Iterator[Problem]:
    """Give everything that keeps the record from being stored."""
    get, glances = _glances(type(record))
    _, *values = get(record)
    for field, fits, value in zip(record.schema.told, glances, values, strict=True):
        if not field.required if value is None else fits(value):
            continue
        sentence = refusal(field, value)
        if sentence is not None:
            yield Problem(field.name, sentence)
    for name, sentence in record.contradictions():
        yield Problem(name, sentence)


def check(record: Record) -> None:
    """Raise `Invalid` with the first reason why the record cannot be stored."""
    for problem in problems(record):
        raise Invalid(problem.sentence, problem.field)
