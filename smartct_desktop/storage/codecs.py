"""How the values of each field type are kept: in a column, in the history, in a caption."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from operator import attrgetter, methodcaller
from typing import Any, assert_never

import sqlalchemy as sa

from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
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
    Whole,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate

to_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Writes JSON as the document keeps it. `json.dumps` would make an encoder for every value."""

Convert = Callable[[Any], Any]
Column = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Codec:
    """How the values of one field type are kept; a blank never reaches the functions.

    `write` and `read` go between value and column. The JSON of the history holds what the column
    does, unless `dump` and `enter` lead there and back. `shown` is the text inside of captions.
    `order` gives what a column is sorted by, and `bound` what that is compared with for a value;
    without `bound` there are no lower and higher values. `folded` types are text: they have a twin
    column and are searched. `several` types hold a JSON array, `summed` ones can be added up.
    """

    sql: type[sa.types.TypeEngine[Any]] = sa.Text
    write: Convert | None = None
    read: Convert | None = None
    dump: Convert | None = None
    enter: Convert | None = None
    shown: Callable[[Any], str] = str
    order: Callable[[Column], Column] | None = None
    bound: Convert | None = None
    folded: bool = False
    several: bool = False
    summed: bool = False


def codec_of(type_: FieldType) -> Codec:  # noqa: C901, PLR0912 (one case a type)
    """Give the codec of a field type."""
    match type_:
        case Text() | LongText() | Email() | Link():
            return Codec(bound=fold, folded=True)
        case Term() | Country():
            return Codec(bound=str)
        case Terms():
            return Codec(
                write=_array,
                read=lambda text: tuple(json.loads(text)),
                dump=json.loads,
                enter=_array,
                shown=", ".join,
                several=True,
            )
        case Reference():
            return Codec(sa.Integer)
        case Whole():
            return Codec(sa.Integer, bound=int, summed=True)
        case Money():
            return Codec(
                sa.Integer,
                shown=lambda cents: f"{Decimal(cents) / 100:.2f}",
                bound=int,
                summed=True,
            )
        case Number(places):
            return Codec(
                sa.Integer,
                write=lambda number: _scaled(number, places),
                read=lambda scaled: Decimal(scaled).scaleb(-places),
                dump=lambda scaled: str(Decimal(scaled).scaleb(-places)),
                enter=lambda text: _scaled(Decimal(text), places),
                shown=lambda number: f"{number.normalize():f}",
                bound=lambda number: float(number.scaleb(places)),
                summed=True,
            )
        case Day():
            return _iso(date.fromisoformat)
        case PartialDay():
            return _iso(PartialDate.fromisoformat)
        case Time():
            return _iso(time.fromisoformat, "minutes")
        case Flag():
            read = {0: False, 1: True}.__getitem__
            return Codec(
                sa.Integer,
                write=int,
                read=read,
                dump=read,
                enter=int,
                shown=lambda value: "yes" if value else "no",
            )
        case Choice(options):
            code = attrgetter("value")
            find = {option.value: option for option in options}.__getitem__
            ranks = {option.value: rank for rank, option in enumerate(options)}
            return Codec(
                write=code,
                read=find,
                shown=attrgetter("label"),
                order=lambda column: sa.case(ranks, value=column),
                bound=lambda option: ranks[option.value],
            )
        case _:
            assert_never(type_)


def _iso(read: Callable[[str], Any], *precision: str) -> Codec:
    write = methodcaller("isoformat", *precision)
    return Codec(write=write, read=read, shown=write, bound=write)


def _array(terms: Sequence[str]) -> str | None:
    return to_json(list(terms)) if terms else None


def _scaled(number: Decimal, places: int) -> int:
    exact = number.scaleb(places)
    scaled = int(exact)
    if scaled != exact:
        raise ValueError(f"more than {places} places")
    return scaled
