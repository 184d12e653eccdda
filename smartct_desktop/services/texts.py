"""Values as people read and type them; the one place between values and text for screens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Protocol, assert_never

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
    Options,
    PartialDay,
    Reference,
    Term,
    Terms,
    Text,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.folding import compact, fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.sentence import Sentence

NO_BREAK = "\u00a0"


class Labels(Protocol):
    """The names of countries and terms, and the way back from what somebody typed."""

    def country_name(self, iso2: str) -> str:
        """Give the name in the language of the screen, the code itself if it is unknown."""

    def find_country(self, text: str) -> str | None:
        """Give the code for a name, an alias or a code, exactly as the dictionary has it."""

    def term_label(self, vocabulary: str, code: str) -> str:
        """Give the label of a term, the code itself if it is unknown."""

    def find_term(self, vocabulary: str, text: str) -> str | None:
        """Give the code for a label or a code of the vocabulary."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How the person in front of the screen writes dates and numbers.

    `order` is the order of a written date ("dmy", "mdy" or "ymd"), `separator` stands between
    its parts.
    """

    order: str = "dmy"
    separator: str = "."
    decimal: str = "."
    group: str = ","


ISO = TextStyle(order="ymd", separator="-", decimal=".", group="")


class Texts:
    """Turns values into text and typed text into values, in one style.

    Reading is strict: what could mean two things is refused with a sentence, never guessed.
    """

    def __init__(self, labels: Labels, style: TextStyle) -> None:
        self._labels = labels
        self._style = style

    @property
    def style(self) -> TextStyle:
        """How dates and numbers are written."""
        return self._style

    def shown(self, type_: FieldType, value: Value, caption: str | None = None) -> str:  # noqa: C901, PLR0912 (one case a type)
        """Give the text of a value; `caption` is that of the record a reference names."""
        if value is None:
            return ""
        match type_:
            case Money():
                return f"{self._cents(int(str(value)))}{NO_BREAK}€"
            case Whole():
                return str(value)
            case Number(unit=unit):
                text = self._decimal(Decimal(str(value)))
                return f"{text}{NO_BREAK}{unit}" if unit else text
            case Day():
                return self._day(value) if isinstance(value, date) else str(value)
            case PartialDay():
                return self._partial(value) if isinstance(value, PartialDate) else str(value)
            case Time():
                return f"{value:%H:%M}" if isinstance(value, time) else str(value)
            case Flag():
                return Sentence("yes") if value else Sentence("no")
            case Choice():
                return value.label if isinstance(value, Options) else str(value)
            case Term(vocabulary):
                return self._labels.term_label(vocabulary, str(value))
            case Terms(vocabulary):
                codes = value if isinstance(value, tuple) else (str(value),)
                return "; ".join(self._labels.term_label(vocabulary, code) for code in codes)
            case Country():
                return self._labels.country_name(str(value))
            case Reference():
                return str(value) if caption is None else caption
            case Text() | LongText() | Email() | Link():
                return str(value)
            case _:
                assert_never(type_)

    def typed(self, type_: FieldType, value: Value) -> str:
        """Give the text that an editor starts with: as `shown`, without units and group signs."""
        if value is None:
            return ""
        match type_:
            case Money():
                return self._cents(int(str(value)), group="")
            case Number():
                return self._decimal(Decimal(str(value)), group="")
            case Terms(vocabulary):
                codes = value if isinstance(value, tuple) else ()
                return "\n".join(self._labels.term_label(vocabulary, code) for code in codes)
            case _:
                return self.shown(type_, value)

    def read(self, field: Field, text: str) -> Value:  # noqa: C901, PLR0912 (one case a type)
        """Understand what somebody typed into a field. Raises `Invalid`.

        References are chosen from a list, not typed, so they are always refused here.
        """
        text = unicodedata.normalize("NFC", text).strip()
        if not text:
            return () if isinstance(field.type, Terms) else None
        match field.type:
            case Text(compact=True):
                return compact(text) or None
            case Text() | Email():
                return text
            case LongText():
                return text.replace("\r\n", "\n")
            case Link():
                return f"https://{text}" if text.lower().startswith("www.") else text
            case Whole():
                return self._read_whole(field, text)
            case Money():
                return int(self._read_number(field, text.strip("€ \u00a0"), 2) * 100)
            case Number(places=places, unit=unit):
                return self._read_number(field, text.removesuffix(unit).strip(), places)
            case Day():
                return self._read_day(field, text)
            case PartialDay():
                return self._read_partial(field, text)
            case Time():
                return _read_time(field, text)
            case Flag():
                return _read_flag(field, text)
            case Choice(options):
                return _read_option(field, options, text)
            case Term(vocabulary):
                return self._read_term(field, vocabulary, text)
            case Terms(vocabulary):
                parts = [part.strip() for part in re.split(r"[;\n]", text)]
                codes = [self._read_term(field, vocabulary, part) for part in parts if part]
                return tuple(dict.fromkeys(codes))
            case Country():
                return self._read_country(field, text)
            case Reference():
                raise Invalid(
                    Sentence("{label} is chosen from its list.", label=field.label), field.name
                )
            case _:
                assert_never(field.type)

    def _cents(self, cents: int, group: str | None = None) -> str:
        places = 0 if cents % 100 == 0 else 2
        return self._decimal(Decimal(cents) / 100, places, group)

    def _decimal(self, number: Decimal, places: int | None = None, group: str | None = None) -> str:
        if places is None:
            number = number.normalize()
            places = max(0, -int(number.as_tuple().exponent))
        text = f"{number:,.{places}f}"
        group = self._style.group if group is None else group
        return text.translate({ord(","): group, ord("."): self._style.decimal})

    def _join(self, parts: Sequence[tuple[str, str]]) -> str:
        by_letter = dict(parts)
        present = [by_letter[letter] for letter in self._style.order if letter in by_letter]
        return self._style.separator.join(present)

    def _day(self, day: date) -> str:
        return self._join((("d", f"{day:%d}"), ("m", f"{day:%m}"), ("y", f"{day.year:04d}")))

    def _partial(self, day: PartialDate) -> str:
        parts = [("y", f"{day.year:04d}")]
        if day.month:
            parts.append(("m", f"{day.month:02d}"))
        if day.day:
            parts.append(("d", f"{day.day:02d}"))
        return self._join(parts)

    def _read_whole(self, field: Field, text: str) -> int:
        group = re.escape(self._style.group) if self._style.group else "(?!)"
        if not re.fullmatch(rf"[-+]?(\d+|\d{{1,3}}({group}\d{{3}})+)", text):
            raise Invalid(Sentence("{label} takes a whole number.", label=field.label), field.name)
        return int(text.replace(self._style.group, "")) if self._style.group else int(text)

    def _read_number(self, field: Field, text: str, places: int) -> Decimal:
        group = re.escape(self._style.group) if self._style.group else "(?!)"
        sign = re.escape(self._style.decimal)
        grammar = rf"[-+]?(\d+|\d{{1,3}}({group}\d{{3}})+)({sign}\d{{1,{places or 1}}})?"
        if not re.fullmatch(grammar, text):
            example = f"1234{self._style.decimal}5"
            raise Invalid(
                Sentence(
                    "{label} takes a number such as {example}.", label=field.label, example=example
                ),
                field.name,
            )
        if self._style.group:
            text = text.replace(self._style.group, "")
        return Decimal(text.replace(self._style.decimal, "."))

    def _read_day(self, field: Field, text: str) -> date:
        parts = self._date_parts(text)
        try:
            return date(parts["y"], parts["m"], parts["d"])
        except (KeyError, ValueError):
            example = self._day(date(2021, 11, 16))
            raise Invalid(
                Sentence(
                    "{label} takes a day that exists, such as {example}.",
                    label=field.label,
                    example=example,
                ),
                field.name,
            ) from None

    def _read_partial(self, field: Field, text: str) -> PartialDate:
        parts = self._date_parts(text)
        if not parts and (match := re.fullmatch(r"(\d{4})[./-](\d{1,2})", text)):
            parts = {"y": int(match[1]), "m": int(match[2])}
        if not parts and (match := re.fullmatch(r"(\d{1,2})[./-](\d{4})", text)):
            parts = {"y": int(match[2]), "m": int(match[1])}
        if not parts and re.fullmatch(r"\d{4}", text):
            parts = {"y": int(text)}
        try:
            return PartialDate(parts["y"], parts.get("m", 0), parts.get("d", 0))
        except (KeyError, ValueError):
            raise Invalid(
                Sentence(
                    "{label} takes a day, a month such as 03/2018 or a year.", label=field.label
                ),
                field.name,
            ) from None

    def _date_parts(self, text: str) -> dict[str, int]:
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            return dict(zip("ymd", map(int, match.groups()), strict=True))
        order = self._style.order
        shape = r"[./-]".join(r"(\d{4}|\d{2})" if part == "y" else r"(\d{1,2})" for part in order)
        match = re.fullmatch(shape, text)
        if not match:
            return {}
        parts = dict(zip(order, map(int, match.groups()), strict=True))
        if len(match[order.index("y") + 1]) == len("21"):
            parts["y"] += 2000
        return parts

    def _read_term(self, field: Field, vocabulary: str, text: str) -> str:
        code = self._labels.find_term(vocabulary, text)
        if code is None:
            raise Invalid(
                Sentence("“{text}” is not in the list of {label}.", text=text, label=field.label),
                field.name,
            )
        return code

    def _read_country(self, field: Field, text: str) -> str:
        code = self._labels.find_country(text)
        if code is None:
            raise Invalid(Sentence("“{text}” is no country of the list.", text=text), field.name)
        return code


def _read_time(field: Field, text: str) -> time:
    match = re.fullmatch(r"(\d{1,2})[:.h](\d{2})(?::00)?", text)
    try:
        if match:
            return time(int(match[1]), int(match[2]))
    except ValueError:
        pass
    raise Invalid(
        Sentence("{label} takes a time of day, such as 9:30.", label=field.label), field.name
    )


def _read_flag(field: Field, text: str) -> bool | None:
    answers = {"yes": True, "y": True, "no": False, "n": False, "?": None, "unknown": None}
    answers |= {"true": True, "false": False}  # as spreadsheet programs say it
    word = text.casefold()
    if word not in answers:
        raise Invalid(Sentence("{label} takes yes, no or nothing.", label=field.label), field.name)
    return answers[word]


def _read_option(field: Field, options: type[Options], text: str) -> Options:
    word = fold(text)
    for option in options:
        if word in (fold(option.label), fold(str(option.value))):
            return option
    raise Invalid(
        Sentence("“{text}” is not in the list of {label}.", text=text, label=field.label),
        field.name,
    )
