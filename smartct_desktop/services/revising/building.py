"""Builds a revision record by record; everything a deed could change goes through here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.checking import problems, refusal
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.revising.revision import (
    CellChange,
    Deed,
    Given,
    Overflow,
    RecordChange,
    Refusal,
    Revision,
    Target,
)
from smartct_desktop.services.revising.understanding import Understanding, plain_text
from smartct_desktop.services.texts import Texts

Cells = Iterable[tuple[Target, Given]]
Plan = Callable[[int, Record], Cells]
"""Gives what is to stand in the cells of a record, from its place among the ids and itself."""

_AT_ONCE = 500
_CALCULATED = "{label} is worked out by the program."


def ids_of(reader: Reader, query: Query) -> Iterator[Id]:
    """Go through the ids that a query finds, in its order, without holding them."""
    window = reader.window(query)
    try:
        window.prepare()
        for start in range(0, window.count, _AT_ONCE):
            yield from window.ids(start, min(start + _AT_ONCE, window.count))
    finally:
        window.close()


class Builder:
    """Collects changes and refusals for records of one kind, as one reader sees them."""

    def __init__(self, reader: Reader, texts: Texts, kind: str) -> None:
        self._reader = reader
        self._texts = texts
        self._schema = schema_of(kind)
        self._understanding = Understanding(reader, texts)
        self._changes: list[RecordChange] = []
        self._additions: list[RecordChange] = []
        self._refusals: list[Refusal] = []
        self._captions: dict[str, dict[Id, str]] = defaultdict(dict)
        self._same = 0

    def change(
        self,
        ids: Iterable[Id],
        fields: Iterable[Field],
        plan: Plan,
        progress: Progress | None = None,
    ) -> None:
        """Plan the cells of these records; `fields` are those that the plan will speak of."""
        references = [field for field in fields if isinstance(field.type, Reference)]
        wanted = iter(ids)
        place = 0
        while some := list(islice(wanted, _AT_ONCE)):
            if progress is not None:
                progress.report(Sentence("Looking at what would change"), place)
            records = self._reader.get_many(self._schema.record, some)
            names = self._reader.captions(self._schema.kind, some)
            for field in references:
                self._learn(field, (getattr(record, field.name) for record in records.values()))
            start = len(self._changes)
            for offset, id_ in enumerate(some):
                record = records.get(id_)
                if record is not None:
                    name = names.get(id_, "").strip() or self._schema.label
                    self._record(record, name, plan(place + offset, record))
            place += len(some)
            self._write_texts(self._changes, start)

    def add(self, row: int, given: Mapping[str, Value], cells: Cells) -> bool:
        """Plan a new record; False if it cannot be made, of which there is a refusal then."""
        values = dict(given)
        changed: list[CellChange] = []
        name = Sentence("Row {row}", row=row)
        for target, one in cells:
            value = self._understood(None, name, target, one)
            if target.field is not None and value is not None and value[0] not in (None, ()):
                values[target.field.name] = value[0]
                changed.append(CellChange(target.field, None, value[0], "", one.text))
        blank = {field.name: None for field in self._schema.fields if field.required}
        record = self._schema.make({**blank, **values})
        why = next(iter(problems(record)), None)
        if why is not None:
            self._refusals.append(Refusal(None, name, "", "", why.sentence))
            return False
        self._additions.append(RecordChange(None, record, name, tuple(changed)))
        return True

    def text(self, record: Record, field: Field) -> str:
        """The text that copying a cell gives, of records that are being planned."""
        value = getattr(record, field.name)
        return plain_text(self._texts, field.type, value, self._caption(field, value))

    def given(self, field: Field, value: Value) -> Given:
        """A value as something given, with the text that is shown for it."""
        if isinstance(field.type, Reference):
            self._learn(field, [value])
        return Given(self._shown(field, value), value, known=True, type=field.type)

    def result(
        self,
        deed: Deed,
        overflow: Iterable[Overflow] = (),
        notes: Iterable[Sentence] = (),
    ) -> Revision:
        """Give the revision with all that was planned."""
        self._write_texts(self._additions, 0)
        return Revision(
            deed,
            self._schema.kind,
            tuple(self._changes),
            tuple(self._refusals),
            tuple(overflow),
            tuple(self._additions),
            self._same,
            tuple(notes),
        )

    # One record.

    def _record(self, record: Record, name: str, cells: Cells) -> None:
        wanted: dict[str, tuple[Target, Given, Value]] = {}
        for target, given in cells:
            field = target.field
            if field is not None and self._shows(record, field, given):
                self._same += 1
                continue
            value = self._understood(record, name, target, given)
            if field is None or value is None:
                continue
            if value[0] == getattr(record, field.name):
                self._same += 1
            else:
                wanted[field.name] = (target, given, value[0])
        after = self._without_contradictions(record, name, wanted)
        if wanted:
            changed = tuple(
                CellChange(
                    self._schema.by_name[field], getattr(record, field), value, "", given.text
                )
                for field, (_, given, value) in wanted.items()
            )
            self._changes.append(RecordChange(record, after, name, changed))

    def _shows(self, record: Record, field: Field, given: Given) -> bool:
        """Whether the cell says already, to the letter, what a text without a value says."""
        if given.known and given.type is not None:
            return False
        return bool(given.text) and given.text == self.text(record, field)

    def _understood(
        self, record: Record | None, name: str, target: Target, given: Given
    ) -> tuple[Value] | None:
        """The value for a cell, in a tuple because it may be None; or a refusal is noted."""
        field = target.field
        if field is None or field.calculated:
            reason = target.reason or Sentence(_CALCULATED, label=target.heading)
            self._refuse(record, name, target, given, reason)
            return None
        try:
            value = self._understanding.value(field, given)
        except Invalid as invalid:
            self._refuse(record, name, target, given, invalid.sentence)
            return None
        why = refusal(field, value)
        if why is not None and (record is not None or value not in (None, ())):
            self._refuse(record, name, target, given, why)
            return None
        return (value,)

    def _without_contradictions(
        self, record: Record, name: str, wanted: dict[str, tuple[Target, Given, Value]]
    ) -> Record:
        """The record with the wanted values; those that cannot stand together are refused."""
        while wanted:
            after = record.replace(**{field: value for field, (_, _, value) in wanted.items()})
            why = next(iter(problems(after.succeeding(record))), None)
            if why is None:
                return after
            guilty = [why.field] if why.field in wanted else _to_blame(record, wanted, why.sentence)
            for field in guilty:
                target, given, _ = wanted.pop(field)
                self._refuse(record, name, target, given, why.sentence)
        return record

    def _refuse(
        self, record: Record | None, name: str, target: Target, given: Given, why: str
    ) -> None:
        id_ = record.id if record is not None else None
        self._refusals.append(Refusal(id_, name, target.heading, given.text, why))

    # Texts.

    def _learn(self, field: Field, values: Iterable[Value]) -> None:
        """Fetch the captions of the records that values of a reference name."""
        assert isinstance(field.type, Reference)
        known = self._captions[field.type.kind]
        ids = {Id(str(value)) for value in values if value is not None} - known.keys()
        if ids:
            known |= self._reader.captions(field.type.kind, ids)

    def _caption(self, field: Field, value: Value) -> str | None:
        if not isinstance(field.type, Reference) or value is None:
            return None
        return self._captions[field.type.kind].get(Id(str(value)), "")

    def _write_texts(self, changes: list[RecordChange], start: int) -> None:
        """Put the texts beside the values, once the captions of a whole part are fetched."""
        referring = [
            cell
            for change in changes[start:]
            for cell in change.cells
            if isinstance(cell.field.type, Reference)
        ]
        for field in {cell.field.name: cell.field for cell in referring}.values():
            mentions = (c.after for c in referring if c.field is field)
            self._learn(field, mentions)
        for at in range(start, len(changes)):
            change = changes[at]
            cells = tuple(
                CellChange(
                    cell.field,
                    cell.before,
                    cell.after,
                    self._shown(cell.field, cell.before),
                    self._shown(cell.field, cell.after),
                )
                for cell in change.cells
            )
            changes[at] = RecordChange(change.before, change.after, change.name, cells)

    def _shown(self, field: Field, value: Value) -> str:
        return self._texts.shown(field.type, value, self._caption(field, value))


def _to_blame(
    record: Record, wanted: Mapping[str, tuple[Target, Given, Value]], sentence: str
) -> list[str]:
    """The fields whose new values bring about a contradiction that is told of another field."""
    for field in wanted:
        rest = {name: value for name, (_, _, value) in wanted.items() if name != field}
        if all(one.sentence != sentence for one in problems(record.replace(**rest))):
            return [field]
    return list(wanted)
