"""What a facet is: a way to values, how finely it tells them apart, and the filter they stand for.

The filters themselves are kept by the page, with all others: what is ticked in a facet is read
from them, so a facet shows as well what was filtered by elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Field,
    FieldType,
    Flag,
    Id,
    PartialDay,
    Reference,
    Term,
    Terms,
    Value,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Among, AnyOf, Between, Filter, Not, Path, Problems, Query
from smartct_desktop.domain.reading import Bucket, Reader
from smartct_desktop.services.filtering.problems import problem_filter
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.columns import field_words
from smartct_desktop.ui.i18n import tr

PROBLEMS = "!problems"
"""The name of the facet that asks what the rules say."""

_ERRORS, _WARNINGS = Severity.ERROR.value, Severity.WARNING.value
_PROBLEM_VALUES: tuple[Value, ...] = (_ERRORS, _WARNINGS, None)
_NO_PROBLEM = problem_filter((), nothing=True)


class Grain(Enum):
    """How finely the values of a facet are told apart."""

    EACH = ""
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True)
class Facet:
    """One facet of the records of `kind`; `path` is None for the one about problems."""

    kind: str
    path: Path | None
    grain: Grain = Grain.EACH

    @classmethod
    def of(cls, kind: str, name: str) -> Facet | None:
        """The facet of this name, None if there is none (any more)."""
        if name == PROBLEMS:
            return cls(kind, None)
        way, _, grain = name.partition(":")
        try:
            facet = cls(kind, Path.of(way), Grain(grain))
            type_ = facet.type
        except (KeyError, ValueError):
            return None
        dated = isinstance(type_, Day | PartialDay)
        return facet if dated == (facet.grain is not Grain.EACH) and can_facet(type_) else None

    @property
    def name(self) -> str:
        """The word by which settings remember it."""
        if self.path is None:
            return PROBLEMS
        return f"{self.path}:{self.grain.value}" if self.grain is not Grain.EACH else str(self.path)

    @property
    def type(self) -> FieldType:
        """The type of the values. Raises KeyError for a path that does not exist."""
        assert self.path is not None
        return self.path.field(self.kind).type

    @property
    def title(self) -> str:
        """What stands over it."""
        if self.path is None:
            return tr("Problems")
        known = _TITLES.get((self.kind, str(self.path)))
        words = tr(known) if known else field_words(self.path.fields(self.kind))
        match self.grain:
            case Grain.YEAR:
                return tr("{field}, by year", field=words)
            case Grain.MONTH:
                return tr("{field}, by month", field=words)
            case _:
                return words

    @property
    def order(self) -> tuple[Value, ...]:
        """The values in an order of their own, if they have one; else the most frequent is first.

        Answers of a choice stand as they are declared, because they follow a life.
        """
        if self.path is None:
            return _PROBLEM_VALUES
        return tuple(self.type.options) if isinstance(self.type, Choice) else ()

    def text(self, bucket: Bucket, texts: Texts) -> str:
        """What a value is called."""
        if self.path is None:
            return tr(_PROBLEM_WORDS[bucket.value])
        if bucket.value is None:
            return tr("(blank)")
        type_ = PartialDay() if self.grain is not Grain.EACH else self.type
        if isinstance(type_, Reference) and bucket.caption is None:
            return "…"  # its name is not read yet
        return texts.shown(type_, bucket.value, bucket.caption)

    def filter(self, values: frozenset[Value]) -> Filter:
        """The filter for records with at least one of the values."""
        if self.path is None:
            severities = frozenset(Severity(value) for value in values if value is not None)
            return problem_filter(severities, nothing=None in values)
        if self.grain is Grain.EACH:
            return Among(self.path, values)
        parts: list[Filter] = [
            Between(self.path, *_span(value, self.type, self.grain))
            for value in sorted(v for v in values if isinstance(v, PartialDate))
        ]
        if None in values:
            parts.append(Among(self.path, frozenset({None})))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def chosen(self, filter_: Filter) -> frozenset[Value] | None:
        """The values a filter stands for; None if it is none of this facet."""
        parts = filter_.filters if isinstance(filter_, AnyOf) else (filter_,)
        values: set[Value] = set()
        for part in parts:
            found = self._chosen_in(part)
            if found is None:
                return None
            values |= found
        # A span that begins and ends elsewhere is not what a month or a year stands for.
        return frozenset(values) if self.filter(frozenset(values)) == filter_ else None

    def count(self, reader: Reader, query: Query, chosen: Iterable[Value]) -> list[Bucket]:
        """Count the records per value; the `chosen` ones are there even if no record has them.

        Raises `Outdated`, `Trouble`.
        """
        if self.path is None:
            counts = reader.problem_counts(query)
            none = reader.count(query.matching(_NO_PROBLEM))
            return [
                Bucket(_ERRORS, None, counts[Severity.ERROR]),
                Bucket(_WARNINGS, None, counts[Severity.WARNING]),
                Bucket(None, None, none),
            ]
        found = reader.buckets(query, self.path)
        if self.grain is not Grain.EACH:
            found = self._coarse(found)
        held = {bucket.value for bucket in found}
        missing = [value for value in chosen if value not in held]
        if missing:
            captions = self._captions(reader, missing)
            found = [*found, *(Bucket(value, captions.get(value), 0) for value in missing)]
        return self._ordered(found)

    def _chosen_in(self, part: Filter) -> frozenset[Value] | None:
        match part:
            case Among(path, values) if path == self.path:
                return values
            case Between(path, low, _) if path == self.path and self.grain is not Grain.EACH:
                return frozenset({_coarsened(low, self.grain)})
            case Problems(severities, codes) if self.path is None and not codes:
                return frozenset(severity.value for severity in severities)
            case Not() if self.path is None and part == _NO_PROBLEM:
                return frozenset({None})
            case _:
                return None

    def _coarse(self, found: Sequence[Bucket]) -> list[Bucket]:
        """Months or years instead of days."""
        records: Counter[Value] = Counter()
        for bucket in found:
            records[_coarsened(bucket.value, self.grain)] += bucket.records
        return [Bucket(value, None, count) for value, count in records.items()]

    def _captions(self, reader: Reader, values: Sequence[Value]) -> dict[Value, str]:
        if not isinstance(self.type, Reference):
            return {}
        ids = [Id(value) for value in values if isinstance(value, str)]
        named = reader.captions(self.type.kind, ids)
        return dict(named.items())

    def _ordered(self, found: list[Bucket]) -> list[Bucket]:
        """In their own order or by count, the blank last."""
        if self.grain is not Grain.EACH:
            found.sort(key=lambda b: (b.value is None, _newest_first(b.value)))
        elif self.order:
            places = {value: place for place, value in enumerate(self.order)}
            found.sort(key=lambda b: places.get(b.value, len(places)))
        else:
            found.sort(key=lambda b: (b.value is None, -b.records))
        return found


def can_facet(type_: FieldType) -> bool:
    """Whether values of a type are worth counting: few enough, or named ones."""
    return isinstance(type_, Choice | Flag | Term | Terms | Country | Reference | Day | PartialDay)


def facets_of(kind: str, path: Path) -> list[Facet]:
    """The facets that the values at the end of a path make."""
    type_ = path.field(kind).type
    if not can_facet(type_):
        return []
    if isinstance(type_, Day | PartialDay):
        return [Facet(kind, path, Grain.YEAR), Facet(kind, path, Grain.MONTH)]
    return [Facet(kind, path)]


def kinds_of(facets: Iterable[Facet]) -> frozenset[str]:
    """The kinds of records whose changes can change the counts."""
    kinds: set[str] = set()
    for facet in facets:
        fields: Iterable[Field] = facet.path.fields(facet.kind) if facet.path else ()
        kinds.add(facet.kind)
        for field in fields:
            kinds |= {field.kind}
            kinds |= {field.type.kind} if isinstance(field.type, Reference) else set()
    return frozenset(kinds)


def _coarsened(value: Value, grain: Grain) -> Value:
    if not isinstance(value, date | PartialDate):
        return None
    # Of a day of which only the year is known, no month can be told.
    month = value.month if grain is Grain.MONTH else 0
    return PartialDate(value.year, month)


def _newest_first(value: Value) -> tuple[int, int]:
    return (-value.year, -value.month) if isinstance(value, PartialDate) else (0, 0)


def _span(value: PartialDate, type_: FieldType, grain: Grain) -> tuple[Value, Value]:
    """The first and the last value that a year or a month stands for."""
    if isinstance(type_, Day):
        return value.first, value.last
    if grain is Grain.MONTH and not value.month:
        return value, value  # those of which no month is known
    return value, PartialDate.of(value.last)


_TITLES = {
    ("exchange", "vo.country"): "Visitor's country",
    ("exchange", "ho.country"): "Host's country",
}
_PROBLEM_WORDS: dict[Value, str] = {
    _ERRORS: "has errors",
    _WARNINGS: "has warnings",
    None: "none",
}
