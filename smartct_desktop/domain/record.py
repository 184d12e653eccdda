"""Records: immutable values with an identity, and the schema derived from their class."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self, dataclass_transform
from uuid import uuid4

from smartct_desktop.domain.fields import (
    Declaration,
    Field,
    Id,
    Reference,
    Value,
    declared,
)
from smartct_desktop.domain.sentence import Sentence


def new_id() -> Id:
    """Make an id that no other document has: a random UUID without hyphens."""
    return Id(uuid4().hex)


@dataclass(frozen=True)
class Schema:
    """One record type: its names and its fields, in the order of the form.

    `kind` is the stable code used in files and on the command line. `caption` names the fields
    whose texts, joined by a blank, stand for a record of this type wherever it is mentioned.
    `other_names` are further texts by which a search finds those records that mention it.
    """

    kind: str
    label: str
    plural: str
    record: type[Record]
    fields: tuple[Field, ...]
    caption: tuple[str, ...]
    other_names: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def keys(self) -> tuple[Field, ...]:
        """The fields that name a record and decide the default order."""
        return tuple(field for field in self.fields if field.key)

    @cached_property
    def told(self) -> tuple[Field, ...]:
        """The fields that people and files fill in; the others are derived from records."""
        return tuple(field for field in self.fields if not field.derived)

    @cached_property
    def derived(self) -> tuple[Field, ...]:
        """The fields that are kept equal to their calculation."""
        return tuple(field for field in self.fields if field.derived)

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """The fields that hold the id of another record."""
        return tuple(field for field in self.fields if isinstance(field.type, Reference))

    def make(self, values: Mapping[str, Value], id_: Id | None = None) -> Record:
        """Make a record from values by field name; `id_` None gives it a new identity."""
        return self.record(id=id_ or new_id(), **values)

    def values(self, record: Record) -> dict[str, Value]:
        """Give all fields of the record by name, blanks included."""
        return {field.name: getattr(record, field.name) for field in self.fields}


def _fields_of(kind: str, cls: type[Record]) -> Iterable[Field]:
    section = ""
    for attribute in dataclasses.fields(cls):
        declaration = attribute.metadata.get("declaration")
        if isinstance(declaration, Declaration):
            field = declaration.named(kind, attribute.name, section)
            section = field.section
            yield field


@dataclass_transform(
    kw_only_default=True, frozen_default=True, field_specifiers=(declared, dataclasses.field)
)
class RecordType(type):
    """Tells type checkers that a record class gets its constructor from its fields."""


@dataclass(frozen=True, kw_only=True)
class Record(metaclass=RecordType):
    """An immutable value with an identity; change it with `replace`.

    Subclasses declare their fields as typed attributes and give kind, label, plural and the
    names of the caption's fields as class arguments, and `other_names` if they have any.
    """

    id: Id = dataclasses.field(default_factory=new_id)
    schema: ClassVar[Schema]

    def __init_subclass__(
        cls, *, kind: str, label: str, plural: str, caption: str, other_names: str = ""
    ) -> None:
        """Turn the class into a frozen dataclass and derive its schema."""
        dataclass(frozen=True, kw_only=True)(cls)
        cls.schema = Schema(
            kind,
            label,
            plural,
            cls,
            tuple(_fields_of(kind, cls)),
            tuple(caption.split()),
            tuple(other_names.split()),
        )

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Give the pairs of field and sentence for values that cannot stand together."""
        return ()

    def refuses(self, after: Record | None) -> Sentence | None:
        """Say why this record must not become `after`, or go (None); None lets it."""
        del after
        return None

    def succeeding(self, before: Record) -> Self:
        """Give it as it is kept in the place of `before`, its own earlier state.

        What tells how a value was found does not outlive that value, whoever writes another.
        """
        del before
        return self

    def replace(self, **values: Any) -> Self:
        """Give a copy with other values in the fields named."""
        return dataclasses.replace(self, **values)
