"""The types a field can have, and the words with which record classes declare their fields.

The union `FieldType` is closed: each layer has one module that matches over it and ends in
`assert_never`, so that a new type cannot be forgotten anywhere.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any, NewType, TypeAlias

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.personal import Personal

Id = NewType("Id", str)
"""The identity of a record: made by us, never reused, the same in every copy of a document."""


class Options(Enum):
    """The fixed answers of a choice: each member is a stable code and a label for people."""

    label: str

    def __new__(cls, code: str, label: str) -> Options:  # noqa: PYI034 (Enum makes the members)
        """Make a member whose value is the code."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member

    # Members are compared by identity anyway; the hash of an Enum is made by Python each time.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; a `compact` one is a number that is spelled in many ways, kept in one."""

    longest: int = 500
    compact: bool = False


@dataclass(frozen=True, slots=True)
class LongText:
    """Text with line breaks; where a field holds several names, one a line."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int = 0
    most: int = 10**12


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number (`Decimal`) with a fixed number of places."""

    places: int
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(10) ** 9
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole euro cents (`int`)."""

    least: int = 0
    most: int = 10**13


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day (`date`, local, no time)."""


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day of which only the month or the year may be known (`PartialDate`)."""


@dataclass(frozen=True, slots=True)
class Time:
    """A local time of day to the minute (`time`)."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes, no, or not known (`None`)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the members of an `Options` class."""

    options: type[Options]


@dataclass(frozen=True, slots=True)
class Term:
    """The code of one term of a vocabulary."""

    vocabulary: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The codes of several terms of a vocabulary, in the order given (`tuple[str, ...]`)."""

    vocabulary: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 code of two letters (XK for Kosovo)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of a record of another kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web (http or https)."""


FieldType: TypeAlias = (
    Text
    | LongText
    | Whole
    | Number
    | Money
    | Day
    | PartialDay
    | Time
    | Flag
    | Choice
    | Term
    | Terms
    | Country
    | Reference
    | Email
    | Link
)

Value: TypeAlias = (
    str | int | Decimal | date | PartialDate | time | bool | Options | tuple[str, ...] | None
)
"""What a field can hold. `None` is a blank (for several terms: no terms at all); an empty text
does not exist."""


@dataclass(frozen=True, slots=True)
class Field:
    """One declared attribute of a record type; columns, editors, imports are derived from it.

    `key` fields name the record and decide its default order. `personal` says what it tells of a
    person, None if nothing; in a `free_text` people may be named. `width` is the usual width of the
    column in characters; `section` the part of the form. What is `calculated` nobody types. What is
    `derived` besides is kept equal to its calculation (`domain/programme/calculations.py`) by every
    step, and is no part of the history.
    """

    name: str
    label: str
    type: FieldType
    kind: str
    help: str
    section: str
    width: int
    required: bool
    key: bool
    personal: Personal | None
    calculated: bool
    derived: bool = False
    free_text: bool = False

    @property
    def code(self) -> str:
        """The word by which data files speak of it: "exchange.start"."""
        return f"{self.kind}.{self.name}"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a record class says of an attribute, before it knows name and kind."""

    label: str
    type: FieldType
    help: str
    section: str
    width: int
    required: bool
    key: bool
    personal: Personal | None
    free_text: bool
    calculated: bool
    derived: bool

    def named(self, kind: str, name: str, section: str) -> Field:
        """Give the field; `section` holds where the declaration names none."""
        return Field(
            name=name,
            label=self.label,
            type=self.type,
            kind=kind,
            help=self.help,
            section=self.section or section,
            width=self.width,
            required=self.required,
            key=self.key,
            personal=self.personal,
            free_text=self.free_text,
            calculated=self.calculated,
            derived=self.derived,
        )


def declared(  # noqa: PLR0913 (the one constructor behind all declaring words)
    label: str,
    type_: FieldType,
    *,
    default: Any = dataclasses.MISSING,
    help: str = "",
    section: str = "",
    width: int = 14,
    required: bool = False,
    key: bool = False,
    personal: Personal | None = None,
    free_text: bool = False,
    calculated: bool = False,
    derived: bool = False,
) -> Any:
    """Declare an attribute of a record class.

    Without `default` the attribute must be given when a record is made. A field that is
    `required` refuses a blank; `section` starts a new part of the form, which later fields join.
    What is `derived` is calculated, too; it needs a row in `domain/programme/calculations.py`.
    """
    metadata = {
        "declaration": Declaration(
            *(label, type_, help, section, width, required, key, personal, free_text),
            calculated=calculated or derived,
            derived=derived,
        )
    }
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)
