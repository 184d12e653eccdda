"""Why records cannot name something else, or nothing any more, when what they name is deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.checking import problems
from smartct_desktop.domain.fields import Field, Id, Reference
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.pairs import ONCE, apart, pair_of

_LOOKING = Sentence("Looking at what they would say then")


class MentionRefusals:
    """Finds out which mentions cannot be changed, because of what a record would then say.

    `going` are the ids of the records that are deleted, by kind.
    """

    def __init__(self, reader: Reader, going: Mapping[str, set[Id]], progress: Progress) -> None:
        self._reader = reader
        self._going = going
        self._progress = progress
        self._moved: dict[str, dict[Id, dict[Field, Id | None]]] = {}
        self._told: dict[Field, Sentence] = {}

    def take(self, field: Field, ids: Sequence[Id], other: Id | None) -> None:
        """Note that these shall name another record in a field, or None any more."""
        if other is not None and not self._stays(field, other):
            self._told[field] = Sentence("What is named instead goes as well. Choose another one.")
            return
        moved = self._moved.setdefault(field.kind, {})
        for id_ in ids:
            moved.setdefault(id_, {})[field] = other

    def found(self) -> Mapping[Field, Sentence]:
        """Give why, for each field in which that cannot be."""
        for kind, moved in self._moved.items():
            self._progress.report(_LOOKING)
            records = self._reader.get_many(schema_of(kind).record, moved)
            after = {id_: records[id_].replace(**_values(moved[id_])) for id_ in records}
            for id_, record in records.items():
                self._look(record, after[id_], moved[id_])
            if kind in ONCE:
                self._look_for_doubles(kind, after, moved)
        return self._told

    def _stays(self, field: Field, other: Id) -> bool:
        assert isinstance(field.type, Reference)
        kind = field.type.kind
        return other not in self._going[kind] and bool(self._reader.captions(kind, [other]))

    def _look(self, before: Record, after: Record, moved: Mapping[Field, Id | None]) -> None:
        known = set(problems(before))
        found = next((p for p in problems(after) if p not in known), None)
        if found is not None:
            self._tell(after, found.sentence, moved)
        for field, other in moved.items():
            if other == after.id:
                self._tell(after, Sentence("It would name itself."), [field])

    def _look_for_doubles(
        self,
        kind: str,
        after: Mapping[Id, Record],
        moved: Mapping[Id, Mapping[Field, Id | None]],
    ) -> None:
        others = {
            (field, other)
            for fields in moved.values()
            for field, other in fields.items()
            if other is not None
        }
        beside: dict[tuple[object, ...], list[Record]] = defaultdict(list)
        for field, other in others:
            ids = [Id(own) for own, *_ in self._reader.naming(kind, field.name, [other], ())]
            for record in self._reader.get_many(schema_of(kind).record, ids).values():
                if record.id not in after and record.id not in self._going[kind]:
                    beside[pair_of(record)].append(record)
        for record in after.values():
            pair = pair_of(record)
            if any(not apart(record, twin) for twin in beside[pair]):
                why = Sentence("The one that is named instead has it already. Delete it along.")
                self._tell(record, why, moved[record.id])
            beside[pair].append(record)

    def _tell(self, record: Record, why: Sentence, fields: Iterable[Field]) -> None:
        """Keep the first reason of each field, with the record that it is about."""
        fields = [field for field in fields if field not in self._told]
        if fields:
            schema = record.schema
            name = self._reader.captions(schema.kind, [record.id]).get(record.id, "").strip()
            words = f"{schema.label} {name}".strip()
            told = Sentence("{record}: {why}", record=words, why=why)
            self._told |= dict.fromkeys(fields, told)


def _values(moved: Mapping[Field, Id | None]) -> dict[str, Id | None]:
    return {field.name: other for field, other in moved.items()}
