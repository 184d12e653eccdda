"""A column as it stands in the file, and as it was understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from smartct_desktop.domain import book
from smartct_desktop.domain.book import Look
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked, Reply

GENERAL = "General"
"""The number format that says nothing."""

CellReader: TypeAlias = Callable[[book.Value, str], Any]
"""Gives a value from a cell and its number format, or a `Doubt`, `Hang`, `Kept` or `Fault`."""

Group: TypeAlias = tuple[book.Value, str, list[int]]
Groups: TypeAlias = list[Group]
"""What stands in a column: each distinct value with its number format, and its places."""


@dataclass(frozen=True, slots=True)
class RawColumn:
    """The cells of one column: the values of the data rows, and the rows they stand in.

    `looks` are only given where the number format matters.
    """

    code: str
    letter: str
    header: str
    numbers: Sequence[int]
    values: Sequence[book.Value]
    looks: Sequence[Look]

    def groups(self, without: type | None = None) -> Groups:
        """Gather the places of equal cells; blank ones, and those of one class, are left out."""
        texts: dict[str, list[int]] = {}
        others: dict[tuple[type, book.Value, str], list[int]] = {}
        looks = self.looks
        for place, value in enumerate(self.values):
            if isinstance(value, str):
                places = texts.get(value)
                if places is None:
                    texts[value] = [place]
                else:
                    places.append(place)
            elif value is not None and value.__class__ is not without:
                code = looks[place].code if looks else GENERAL
                others.setdefault((value.__class__, value, code), []).append(place)
        found: Groups = [(text, GENERAL, places) for text, places in texts.items()]
        found += [(value, code, places) for (_, value, code), places in others.items()]
        return found

    def without(self, taken: Sequence[object]) -> RawColumn:
        """Give the column with blanks where something was taken already."""
        pairs = zip(self.values, taken, strict=True)
        return replace(
            self, values=[None if other is not None else value for value, other in pairs]
        )

    def rows(self, places: Sequence[int]) -> list[int]:
        """Give the row numbers of places."""
        return [self.numbers[place] for place in places]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be used; its row is refused."""

    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Doubt:
    """What has to be asked about one distinct cell, and how an answer becomes a value."""

    topic: str
    text: Sentence
    read: Callable[[Reply], Any]
    options: tuple[Reply, ...] = ()
    propose: Reply = None
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Hang:
    """A value that hangs on a question about the whole column."""

    question: str
    propose: Any = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that is no value of the column's type, or only half of one, and is kept as it is."""

    text: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Note:
    """A finding about cells of the column; `places` are places in the column."""

    code: str
    severity: Severity
    sentence: Sentence
    places: tuple[int, ...]


@dataclass
class Understood:
    """The values of a column, place by place, with what is open, wrong or worth saying.

    `texts` keeps cells that are no value of the column's type but say something all the same.
    """

    code: str
    letter: str
    values: list[Any]
    asked: dict[int, Asked] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @cached_property
    def cells(self) -> list[Any]:
        """The values, but questions where values hang on them; to be used once all is read."""
        if not self.asked:
            return self.values
        return [self.asked.get(place, value) for place, value in enumerate(self.values)]


def distinct(looks: Iterable[Look]) -> Iterable[Look]:
    """Give each look once; cells of one look share the object."""
    return {id(look): look for look in looks}.values()
