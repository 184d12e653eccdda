"""What a screen asks for: which records, which columns, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, Id, Reference, Value


@dataclass(frozen=True, slots=True, order=True)
class Path:
    """The way to a value: a field of the record, or a field of a record it refers to.

    Written "start" or "vo.country".
    """

    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Path:
        """Read "vo.country"."""
        return cls(tuple(text.split(".")))

    def __str__(self) -> str:
        return ".".join(self.names)

    def fields(self, kind: str) -> Iterator[Field]:
        """Give the fields along the way, starting at `kind`.

        Raises KeyError for a field that does not exist or a way through a field that refers to
        nothing.
        """
        for place, name in enumerate(self.names):
            field = schema_of(kind).by_name[name]
            yield field
            if place + 1 < len(self.names):
                if not isinstance(field.type, Reference):
                    raise KeyError(str(self))
                kind = field.type.kind

    def field(self, kind: str) -> Field:
        """Give the last field of the way, the one that holds the value."""
        *_, last = self.fields(kind)
        return last


@dataclass(frozen=True, slots=True)
class Among:
    """The value is one of these; `None` among them means blank. An empty set finds nothing.

    For several terms: at least one of them is held.
    """

    path: Path
    values: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Between:
    """The value lies between the two, both included; `None` leaves that side open."""

    path: Path
    low: Value
    high: Value


@dataclass(frozen=True, slots=True)
class Contains:
    """The text as shown (of a reference: its caption) contains these words, folded."""

    path: Path
    words: str


@dataclass(frozen=True, slots=True)
class Ids:
    """The record is one of these."""

    ids: frozenset[Id]


@dataclass(frozen=True, slots=True)
class Not:
    """The other filter does not hold."""

    filter: Filter


Filter: TypeAlias = Among | Between | Contains | Ids | Not


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by one value; blanks come last in both directions."""

    path: Path
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """The records of one kind that pass all filters and contain all words of `search`.

    Without `sort` they come in the order of their keys. `columns` are the values wanted in the
    rows; they do not decide which rows there are.
    """

    kind: str
    columns: tuple[Path, ...] = ()
    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()

    def matching(self, *filters: Filter) -> Query:
        """Give the query with further filters."""
        return replace(self, filters=(*self.filters, *filters))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a window: the id, and value by value what the query's columns hold.

    `captions` has the same length: for a reference the caption of the record referred to (a
    blank text where there is none), for anything else `None`.
    """

    id: Id
    values: tuple[Value, ...]
    captions: tuple[str | None, ...]
