"""What a given text means for a field; what can mean two things is refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal, InvalidOperation

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import (
    Day,
    Field,
    FieldType,
    Flag,
    Id,
    LongText,
    Money,
    Number,
    PartialDay,
    Reference,
    Terms,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Path, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.searching import search_for_text
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.revising.revision import Given
from smartct_desktop.services.texts import Texts, TextStyle

_MOST_FOUND = 2000  # records looked at for the one that is called so
_NAMED = 4  # candidates that a refusal names
_CENTURY = 50  # years of two digits from here on say nothing about their century
_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})")
_BESIDE = ("country", "city", "start")


class Understanding:
    """Turns what was given into values of fields, for one reader; remembers names it looked up."""

    def __init__(self, reader: Reader, texts: Texts) -> None:
        self._reader = reader
        self._texts = texts
        self._named: dict[tuple[str, str], Id | Sentence] = {}
        self._there: dict[tuple[str, str], bool] = {}

    def value(self, field: Field, given: Given) -> Value:
        """Give the value that is meant. Raises `Invalid` with the reason why none is."""
        if given.known:
            if given.type == field.type and self._holds(field, given.exact):
                return given.exact
            if given.type is None:
                found = _from_sheet(field.type, given.exact)
                if found is not None:
                    return found
        text = given.text.strip()
        if not text:
            return () if isinstance(field.type, Terms) else None
        doubt = _doubt(field, text, self._texts.style)
        if doubt is not None:
            raise Invalid(doubt, field.name)
        if isinstance(field.type, Reference):
            return self._record(field, field.type.kind, text)
        return self._texts.read(field, text)

    def _holds(self, field: Field, value: Value) -> bool:
        """Whether a value of this type means something here: a record of another file does not."""
        if not isinstance(field.type, Reference) or value is None:
            return True
        known = (field.type.kind, str(value))
        if known not in self._there:
            ids = [Id(str(value))]
            self._there[known] = bool(self._reader.captions(field.type.kind, ids))
        return self._there[known]

    def _record(self, field: Field, kind: str, text: str) -> Id:
        key = (kind, fold(text))
        if key not in self._named:
            self._named[key] = self._look_up(field, kind, text)
        found = self._named[key]
        if isinstance(found, Sentence):
            raise Invalid(found, field.name)
        return found

    def _look_up(self, field: Field, kind: str, text: str) -> Id | Sentence:
        """The one record that is called so, or why there is none."""
        schema = schema_of(kind)
        others = tuple(Path((name,)) for name in schema.other_names)
        beside = tuple(Path((n,)) for n in _BESIDE if n in schema.by_name)
        wanted = fold(text)
        matching: list[tuple[Row, str]] = []
        if wanted:
            window = self._reader.window(
                Query(kind, (*others, *beside), search=search_for_text(text))
            )
            try:
                rows = window.rows(0, _MOST_FOUND)
            finally:
                window.close()
            captions = self._reader.captions(kind, [row.id for row in rows])
            for row in rows:
                caption = captions.get(row.id, "")
                lines = _lines(caption, row.values[: len(others)])
                if any(fold(line) == wanted for line in lines):
                    matching.append((row, caption))
        if len(matching) == 1:
            return matching[0][0].id
        if not matching:
            return Sentence(
                "“{text}” is not the name of any {kind}: add it first, or write the name as it"
                " stands there.",
                text=text,
                kind=schema.label.lower(),
            )
        names = [_candidate(caption, row.values[len(others) :]) for row, caption in matching]
        return Sentence(
            "“{text}” can mean {names}. Choose the right one in the list of {label}.",
            text=text,
            names="; ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else ""),
            label=field.label,
        )


def _lines(caption: str, values: Iterable[Value]) -> list[str]:
    lines = [caption]
    for value in values:
        lines += str(value).split("\n") if value else []
    return lines


def _candidate(caption: str, beside: Iterable[Value]) -> str:
    words = ", ".join(str(value) for value in beside if value)
    return f"{caption} ({words})" if words else caption


def _from_sheet(type_: FieldType, exact: Value) -> Value:
    """The value of a cell whose content a spreadsheet program names; None if that does not fit."""
    match type_:
        case Money(least, most) if isinstance(exact, Decimal):
            cents = _places(exact, 2)
            found = None if cents is None else int(cents * 100)
            return found if found is not None and least <= found <= most else None
        case Number(places) if isinstance(exact, Decimal):
            return _places(exact, places)
        case Whole() if isinstance(exact, Decimal):
            whole = _places(exact, 0)
            return None if whole is None else int(whole)
        case Day() if type(exact) is date:
            return exact
        case PartialDay() if type(exact) is date:
            return PartialDate.of(exact)
        case Time() if isinstance(exact, time):
            return exact.replace(second=0, microsecond=0)
        case Flag() if isinstance(exact, bool):
            return exact
        case _:
            return None


def _places(number: Decimal, places: int) -> Decimal | None:
    """The number with so many places, if it has no more but for the noise of a binary fraction."""
    try:
        rounded = number.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        return None
    return rounded if abs(rounded - number) < Decimal("1e-9") else None


def _doubt(field: Field, text: str, style: TextStyle) -> Sentence | None:
    """Say why the text has more than one reading, if it has."""
    match field.type:
        case Day() | PartialDay():
            return _doubtful_date(field, text, style)
        case Number(places) if places >= 3 and style.group:
            if re.fullmatch(rf"[-+]?\d{{1,3}}{re.escape(style.group)}\d{{3}}", text):
                return Sentence(
                    "“{text}” can be a number with thousands or one with three decimal places."
                    " Write it without “{sign}”.",
                    text=text,
                    sign=style.group,
                )
            return None
        case _:
            return None


def _doubtful_date(field: Field, text: str, style: TextStyle) -> Sentence | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    one, sign, two, year = int(match[1]), match[2], int(match[3]), match[4]
    if len(year) == 2 and int(year) >= _CENTURY:
        return Sentence("“{text}” does not say in which century: write the whole year.", text=text)
    # Dots stand between day, month and year, in this order, wherever they are used at all.
    usual = sign == style.separator or (sign == "." and style.order == "dmy")
    if usual or one == two or max(one, two) > 12:
        return None
    full = int(year) + (2000 if len(year) == 2 else 0)
    return Sentence(
        "“{text}” can be {first} or {second}: write {label} as year-month-day.",
        text=text,
        first=f"{full:04d}-{two:02d}-{one:02d}",
        second=f"{full:04d}-{one:02d}-{two:02d}",
        label=field.label,
    )


def plain_text(texts: Texts, type_: FieldType, value: Value, caption: str | None) -> str:
    """The text of a value for other programs: days as ISO, numbers without units and groups.

    Reading it again in the same style gives the value back, except for references whose caption
    several records share.
    """
    if value is None:
        return ""
    match type_:
        case Day() | PartialDay():
            return value.isoformat() if isinstance(value, date | PartialDate) else str(value)
        case Money() | Number() | Whole():
            return texts.typed(type_, value)
        case LongText():
            return str(value)
        case _:
            return texts.shown(type_, value, caption)
