"""The columns of a table: ways to values, and values gathered from other records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import (
    Field,
    FieldType,
    Id,
    Money,
    Number,
    Reference,
    Value,
    Whole,
)
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.reading import Reader
from smartct_desktop.ui.i18n import tr

Gather = Callable[[Reader, Sequence[Id]], Mapping[Id, Mapping[str, Value]]]
"""Reads, for the records of a page, values that stand in other records, by column name."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A column whose values `gather` brings; it can be looked at, not sorted or typed into."""

    name: str
    label: str
    type: FieldType
    width: int
    meter: bool = False  # a share of 100, drawn as a bar


@dataclass(frozen=True)
class Column:
    """One column of a table of records of `kind`."""

    kind: str
    path: Path

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields along the way."""
        return tuple(self.path.fields(self.kind))

    @property
    def name(self) -> str:
        """The word by which settings remember it."""
        return str(self.path)

    @property
    def field(self) -> Field:
        """The field that holds the value."""
        return self.fields[-1]

    @property
    def type(self) -> FieldType:
        """The type of the value."""
        return self.field.type

    @property
    def width(self) -> int:
        """The usual width in characters."""
        return max(self.field.width, min(len(self.field.label) + 2, 16))

    @property
    def own(self) -> bool:
        """Whether the value belongs to the record itself, so that it can be changed here."""
        return len(self.fields) == 1


AnyColumn = Column | Gathered


def is_number(type_: FieldType) -> bool:
    """Whether values stand at the right, under each other."""
    return isinstance(type_, Whole | Number | Money)


def stands_right(column: AnyColumn) -> bool:
    """Whether name and values of the column stand at its right edge."""
    return is_number(column.type) and not (isinstance(column, Gathered) and column.meter)


def of_kind(kind: str, names: Sequence[str]) -> list[Column]:
    """The columns of these names; names that no longer exist are left out."""
    columns = []
    for name in names:
        column = Column(kind, Path.of(name))
        try:
            _ = column.fields
        except KeyError:
            continue
        columns.append(column)
    return columns


def named(kind: str, names: Sequence[str], gathered: Sequence[Gathered]) -> list[AnyColumn]:
    """The columns of these names in their order, gathered ones among them."""
    by_name = {column.name: column for column in gathered}
    columns: list[AnyColumn] = []
    for name in names:
        columns += [by_name[name]] if name in by_name else of_kind(kind, [name])
    return columns


def all_of_kind(kind: str) -> list[Column]:
    """Every field of the kind as a column."""
    return [Column(kind, Path((field.name,))) for field in schema_of(kind).fields]


def heading(column: AnyColumn) -> str:
    """What stands over the column; for a value of another record, both names."""
    if isinstance(column, Gathered):
        return tr(column.label)
    return field_words(column.fields)


def field_words(fields: Iterable[Field]) -> str:
    """What a way to a value is called: “Visiting organisation › Country”."""
    return " › ".join(tr(field.label) for field in fields)


def country_beside(column: Column) -> Path | None:
    """The way to the country that stands at the right of an organisation's name."""
    type_ = column.type
    if isinstance(type_, Reference) and type_.kind == "organisation":
        return Path((*column.path.names, "country"))
    return None
