"""What a screen asks for: which records, which columns, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.programme.findings import Severity


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


class Match(Enum):
    """How the words of a text are looked for; case, accents and signs never tell apart."""

    WORDS = "words"  # each of them anywhere, also as a part of a longer word
    TOGETHER = "together"  # one after the other; the first and the last may be parts of words
    WHOLE = "whole"  # one after the other, and as whole words


@dataclass(frozen=True, slots=True)
class Contains:
    """The text as shown (of a reference: one of the texts of its caption) contains these words."""

    path: Path
    words: str
    match: Match = Match.WORDS


@dataclass(frozen=True, slots=True)
class Mentions:
    """A search for these words finds the record: in its texts, or in names it refers to."""

    words: str
    match: Match = Match.WORDS


@dataclass(frozen=True, slots=True)
class Ids:
    """The record is one of these."""

    ids: frozenset[Id]


@dataclass(frozen=True, slots=True)
class Problems:
    """A rule has something to say about the record.

    Only findings of these severities and with these codes are looked at; an empty set stands for
    all there are. `Not(Problems())` finds the records without a finding.
    """

    severities: frozenset[Severity] = frozenset()
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Not:
    """The other filter does not hold."""

    filter: Filter


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the filters holds; of none, nothing does."""

    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the filters hold; of none, everything does."""

    filters: tuple[Filter, ...]


Filter: TypeAlias = Among | Between | Contains | Mentions | Ids | Problems | Not | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by one value; blanks come last in both directions."""

    path: Path
    descending: bool = False


class Span(Enum):
    """How much of a date decides to which group a row belongs; the value are its ISO letters."""

    EACH = 0
    YEAR = 4
    MONTH = 7

    @property
    def letters(self) -> int:
        """The letters of the ISO date that count; 0 for all, and for what is no date."""
        return int(self.value)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Rows whose value is shown alike stand together, blanks last; `sums` are added up for each."""

    path: Path
    span: Span = Span.EACH
    descending: bool = False
    sums: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """The records of one kind that pass all filters and contain all words of `search`.

    Without `sort` they come in the order of their keys. `columns` are the values wanted in the
    rows; they do not decide which rows there are. With `group` they come group by group, sorted
    within each.
    """

    kind: str
    columns: tuple[Path, ...] = ()
    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()
    group: Grouping | None = None

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word looked for among findings: in a record, or in the words of the rules `codes`."""

    word: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listing:
    """Which findings, and in which order: by rule (errors first), or record by record.

    An empty set of severities or codes stands for all. Every one of `words` has to be found.
    """

    by_record: bool = False
    severities: frozenset[Severity] = frozenset()
    codes: frozenset[str] = frozenset()
    words: tuple[Wanted, ...] = ()
