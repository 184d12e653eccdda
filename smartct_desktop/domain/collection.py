"""How a sheet is made that others fill in and send back: what goes where, and how it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

STAMP_BEGINS = "smartct:"
"""How the hidden stamp of each sheet of a template begins."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is written, hidden, into each sheet of a template, so that it is known when it returns.

    `sheet` is the word for the sheet in that version ("members"), `partner` the id of the cluster
    that the template was made for, "" for anybody.
    """

    format: str
    version: int
    sheet: str
    partner: str = ""

    def __str__(self) -> str:
        return f"{STAMP_BEGINS}{self.format}:{self.version}:{self.sheet}:{self.partner}"

    @classmethod
    def read(cls, text: str) -> Stamp | None:
        """Understand the text of a cell as a stamp; None for any other text."""
        parts = text.strip().split(":")
        if f"{parts[0]}:" != STAMP_BEGINS or len(parts) < 5 or not parts[2].isdecimal():
            return None
        return cls(parts[1], int(parts[2]), parts[3], parts[4])


@dataclass(frozen=True, slots=True)
class Entry:
    """How one column is filled in.

    `code` is written, hidden, above the heading: by it the column is known again, whatever its
    heading has become. `hint` stands below the heading. `choices` names the list of the words that
    can be taken; unless it is `closed`, others can be typed as well. `first` and `last` are the
    days, `least` and `most` the numbers between which a value must lie, `after` is the code of the
    column whose day it must not precede. `prompt` says what is wanted, `refusal` what is wrong with
    another value.
    """

    code: str
    hint: str = ""
    prompt: str = ""
    refusal: str = ""
    required: bool = False
    choices: str = ""
    closed: bool = True
    first: date | None = None
    last: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    whole: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What makes a table a sheet of a template.

    A sheet to be filled in has an entry for each column. A sheet of lists has `lists` instead: the
    names of its columns, to which entries refer. Any other sheet only explains.
    """

    stamp: Stamp
    entries: tuple[Entry, ...] = ()
    lists: tuple[str, ...] = ()
