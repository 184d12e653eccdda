"""The tables behind the records, derived from the catalogue, and how each field type is kept.

Every kind of record has a table: `rowid` (ours, never used twice), `id`, a column for each field,
and for each field of text a twin `<field>_folded` that searching and sorting use. References are
kept as the `rowid` of the record named: a fifth of the room of an id, and joined in half the time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from smartct_desktop.domain.catalog import BY_KIND, references_to
from smartct_desktop.domain.fields import Field, Id, LongText, Reference
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.rule_catalog import shared_texts
from smartct_desktop.domain.record import Record, Schema
from smartct_desktop.storage.codecs import codec_of

P = ParamSpec("P")
T = TypeVar("T")

FIND_MODULE = "fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')"
"""The full-text index: which trigrams a record has, not where. It keeps no texts of its own."""


class Stored:
    """A field together with its codec.

    `name` is its column, `twin` the column of the folded text if it is text, `target` the kind of
    the record that it names if it is a reference.
    """

    __slots__ = ("codec", "field", "name", "target", "twin")

    def __init__(self, field: Field) -> None:
        self.field = field
        self.codec = codec_of(field.type)
        self.name = field.name
        self.twin = f"{field.name}_folded"
        self.target = field.type.kind if isinstance(field.type, Reference) else None


class Shape:
    """The table of one kind, and the way of its records into rows and back.

    `fields` and `names` are those of what people and files tell: what is written, compared and
    kept in the history. Those in `derived` are only written by `storage/deriving.py`, and not
    searched; what records are read with are all `columns`.
    """

    def __init__(self, schema: Schema, metadata: sa.MetaData) -> None:
        self.schema = schema
        self.fields = tuple(map(Stored, schema.told))
        self.derived = tuple(map(Stored, schema.derived))
        self.columns = (*self.fields, *self.derived)
        self.names = tuple(stored.name for stored in self.fields)
        self.by_name: Mapping[str, Stored] = {stored.name: stored for stored in self.columns}
        self.places: Mapping[str, int] = {f.name: place for place, f in enumerate(self.fields)}
        self.references = tuple(
            (place, stored, target)
            for place, stored in enumerate(self.fields)
            if (target := stored.target) is not None
        )
        # By name, so that the text given to the full-text index does not depend on the order in
        # which a later version declares its fields.
        self.texts = tuple(sorted((f for f in self.fields if f.codec.folded), key=_name))
        self._text_places = [self.places[stored.name] for stored in self.texts]
        self._dumps = [(stored.name, stored.codec.dump) for stored in self.fields]
        self.table = sa.Table(
            schema.kind, metadata, *self._made_columns(), *self._indexes(), sqlite_strict=True
        )
        self._get = attrgetter(*self.names)
        self._writers = [(p, f.codec.write) for p, f in enumerate(self.fields) if f.codec.write]
        self._columns_read = tuple(stored.name for stored in self.columns)
        self._readers = [(p, f.codec.read) for p, f in enumerate(self.columns) if f.codec.read]
        self._tuples = [p for p, f in enumerate(self.columns) if f.codec.several]
        self._aliases: dict[str, sa.FromClause] = {}

    def _made_columns(self) -> Iterator[sa.Column[Any]]:
        # Long texts come last, so that looking at the other columns need not step over them.
        short = [f for f in self.columns if not isinstance(f.field.type, LongText)]
        long = [f for f in self.columns if isinstance(f.field.type, LongText)]
        yield sa.Column("rowid", sa.Integer, primary_key=True)
        yield sa.Column("id", sa.Text, nullable=False)
        for group in (short, long):
            for stored in group:
                required = stored.field.required
                yield sa.Column(
                    stored.name, stored.codec.sql, *self._link(stored), nullable=not required
                )
            for stored in group:
                if stored.codec.folded:
                    yield sa.Column(stored.twin, sa.Text)

    def _link(self, stored: Stored) -> Iterator[sa.ForeignKey]:
        if stored.target is not None:
            yield sa.ForeignKey(
                f"{stored.target}.rowid",
                name=f"fk_{self.schema.kind}_{stored.name}",
                deferrable=True,
                initially="DEFERRED",
            )

    def _indexes(self) -> Iterator[sa.Index]:
        kind = self.schema.kind
        yield sa.Index(f"ix_{kind}_id", "id", unique=True)
        for stored in self.fields:
            if stored.target is not None:
                yield sa.Index(f"ix_{kind}_{stored.name}", stored.name)
        shared = (self.by_name[name].twin for name in shared_texts(kind))
        for name in dict.fromkeys((*self.ordered, *shared)):
            yield sa.Index(f"ix_{kind}_{name}", name)

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The columns with an index to read records in order: first part of key and of caption."""
        named = any(references_to(self.schema.kind))
        firsts = [
            *(key.name for key in self.schema.keys[:1]),
            *(self.schema.caption[:1] if named else ()),
        ]
        stored = [self.by_name[name] for name in dict.fromkeys(firsts)]
        return tuple(f.twin if f.codec.folded else f.name for f in stored if f.target is None)

    @cached_property
    def find(self) -> sa.TableClause | None:
        """The full-text index over the folded texts, if the kind has any text."""
        name = f"find_{self.schema.kind}"
        columns = (sa.column(n, sa.Text) for n in (name, "text"))
        return sa.table(name, sa.column("rowid", sa.Integer), *columns) if self.texts else None

    def alias(self, name: str) -> sa.FromClause:
        """Give the table under another name; made once, because that costs more than a query."""
        alias = self._aliases.get(name)
        if alias is None:
            alias = self.table.alias(name)
            assert alias.c.keys()  # makes its columns, before another thread can see it
            alias = self._aliases.setdefault(name, alias)  # of two threads both get the first
        return alias

    def targets(self, names: Sequence[str]) -> dict[str, list[int]]:
        """Give the places of references among these fields, by the kind they refer to."""
        places: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            target = self.by_name[name].target
            if target is not None:
                places.setdefault(target, []).append(place)
        return places

    def encode(self, record: Record) -> list[Any]:
        """Give the values of `fields` as they stand in the columns, references still as ids."""
        values = list(self._get(record))
        for place, write in self._writers:
            value = values[place]
            if value is not None:
                values[place] = write(value)
        return values

    def decode(self, id_: str, values: Sequence[Any]) -> Record:
        """Make the record of the values of `columns` (references as ids).

        Raises ValueError, KeyError.
        """
        read = list(values)
        for place, convert in self._readers:
            if read[place] is not None:
                read[place] = convert(read[place])
        for place in self._tuples:
            if read[place] is None:
                read[place] = ()
        return self.schema.record(id=Id(id_), **dict(zip(self._columns_read, read, strict=True)))

    def twins(self, values: Sequence[Any]) -> list[str | None]:
        """Give the folded texts of column values, in the order of `texts`."""
        texts = [values[place] for place in self._text_places]
        return [None if text is None else fold(text) for text in texts]

    def dumped(self, values: Sequence[Any]) -> dict[str, Any]:
        """Give what is filled in of the values of `fields` as the history keeps it."""
        return {
            name: dump(value) if dump else value
            for (name, dump), value in zip(self._dumps, values, strict=True)
            if value is not None
        }

    def dumped_some(self, places: Sequence[int], values: Sequence[Any]) -> dict[str, Any]:
        """Give the values of some columns as the history keeps them, blanks included."""
        dumped = {}
        for place in places:
            name, dump = self._dumps[place]
            value = values[place]
            dumped[name] = dump(value) if dump and value is not None else value
        return dumped

    def entered(self, name: str, kept: Any) -> Any:
        """Turn what the history keeps into the value of a column. Raises KeyError, ValueError."""
        enter = self.by_name[name].codec.enter
        return kept if kept is None or enter is None else enter(kept)

    def valued(self, name: str, kept: Any) -> Any:
        """Turn what the history keeps into the value of a field. Raises KeyError, ValueError."""
        codec = self.by_name[name].codec
        column = self.entered(name, kept)
        if column is None:
            return () if codec.several else None
        return codec.read(column) if codec.read else column


def _name(stored: Stored) -> str:
    return stored.name


def searched(twins: Sequence[str | None]) -> str:
    """Give the text that the full-text index holds of a record, from its folded texts."""
    return "\n".join(filter(None, twins))


@cache
def _shapes() -> Mapping[str, Shape]:
    """Make the shapes of all kinds: they follow from the catalogue, so all documents share them.

    They are made at once, because a reference is tied when the table it leads to is made, and from
    then on threads share them, too.
    """
    metadata = sa.MetaData()
    return MappingProxyType({kind: Shape(BY_KIND[kind], metadata) for kind in BY_KIND})


class Tables:
    """All tables of a document, and what was made of them; for one thread at a time."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}
        self._shapes = _shapes()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of all records."""
        return tuple(BY_KIND)

    def __getitem__(self, kind: str) -> Shape:
        """Give the shape of a kind. Raises KeyError."""
        return self._shapes[kind]

    def alias(self, kind: str, name: str) -> sa.FromClause:
        """Give a table under another name. Raises KeyError."""
        return self[kind].alias(name)

    def made(self, make: Callable[Concatenate[Tables, P], T], *key: P.args, **none: P.kwargs) -> T:
        """Make something that only depends on the tables, as statements do; once for each key."""
        known = make, key
        if known not in self._made:
            self._made[known] = make(self, *key, **none)
        found: T = self._made[known]
        return found

    def referring(self, kind: str) -> Iterator[tuple[Shape, Stored]]:
        """Give every field of any kind that can name a record of `kind`."""
        for field in references_to(kind):
            yield self[field.kind], self[field.kind].by_name[field.name]
