"""The deeds of a person on single records, each one step with a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Among, Contains, Path, Query, Sort
from smartct_desktop.domain.reading import Reader, Referring
from smartct_desktop.domain.record import Record, new_id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.figures import own_partnership

_PART_OF = {
    "attachment": frozenset({"exchange", "event", "organisation", "person"}),
    "waiver": frozenset({"exchange", "event", "organisation"}),
}
"""Optional mentions that still say to what a record belongs."""

_PARTS = frozenset(
    {
        *("snapshot", "label", "membership", "profile"),
        *("session", "attendance", "event_count"),
        *("exchange_day", "exchange_person"),
    }
)
"""Kinds that mean nothing without the records they must name: they go with them."""

_WITNESSES = frozenset({"exchange", "payment"})
"""Kinds that must not lose what they name: as long as they name a record, it stays."""


_NEWEST = 2000
"""Numbers looked at for the highest; as text, 1000 stands before 999."""


def record_name(reader: Reader, kind: str, id_: Id) -> str:
    """What a record is called in a sentence: its caption, or what it is."""
    caption = reader.captions(kind, [id_]).get(id_, "")
    return caption.strip() or schema_of(kind).label


def change_value(document: Document, id_: Id, field: Field, value: Value) -> None:
    """Change one field of one record. Raises `Invalid`, `Trouble`, and KeyError if it is gone."""
    reader = document.read
    name = record_name(reader, field.kind, id_)
    label = Sentence("change of {field} ({record})", field=field.label, record=name)
    with document.edit(label, typed=True) as edit:
        edit.set(reader.record(field.kind, id_), field.name, value)


def add_record(document: Document, record: Record, name: str) -> Record:
    """Add a record, called `name` in the step; an exchange gets its number.

    Gives the record as it was added. Raises `Invalid`, `Trouble`.
    """
    if isinstance(record, Exchange) and record.number is None:
        record = record.replace(number=next_number(document.read, record.start))
        name = record.number or name
    label = Sentence("new {kind} {record}", kind=record.schema.label.lower(), record=name)
    with document.edit(Sentence(label.strip())) as edit:
        edit.add(record)
    return record


def duplicate(document: Document, kind: str, id_: Id, without: Sequence[str] = ()) -> Record:
    """Add a copy of a record, with the fields `without` left blank. Raises `Invalid`, `Trouble`."""
    record = document.read.record(kind, id_)
    copy = record.replace(id=new_id(), **dict.fromkeys(without))
    if isinstance(copy, Exchange) and copy.number is None:
        copy = copy.replace(number=next_number(document.read, copy.start))
    name = record_name(document.read, kind, id_)
    with document.edit(Sentence("copy of {record}", record=name)) as edit:
        edit.add(copy)
    return copy


def next_number(reader: Reader, start: date | None) -> str:
    """Give the next free number of an exchange: counted within the year of its start.

    Exchanges without a date count in the year 0000, as those of imports do.
    """
    from smartct_desktop.services.importing.commit import prefix_of

    stem = f"{prefix_of(own_partnership(reader))}-{start.year if start else 0:04d}-"
    number = Path(("number",))
    query = Query(
        "exchange",
        columns=(number,),
        filters=(Contains(number, stem),),
        sort=(Sort(number, descending=True),),
    )
    window = reader.window(query)
    try:
        written = [str(row.values[0]) for row in window.rows(0, _NEWEST)]
    finally:
        window.close()
    tails = [text.removeprefix(stem) for text in written if text.startswith(stem)]
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    while True:
        last += 1
        free = f"{stem}{last:03d}"
        if not reader.count(Query("exchange", filters=(Among(number, frozenset({free})),))):
            return free


@dataclass(frozen=True)
class Deletion:
    """What deleting records would do.

    `parts` go with them, `loose` only lose the mention, and with `witnesses` nothing can be
    deleted at all.
    """

    kind: str
    ids: tuple[Id, ...]
    names: tuple[str, ...]
    parts: tuple[Referring, ...]
    loose: tuple[Referring, ...]
    witnesses: tuple[Referring, ...]

    @property
    def label(self) -> Sentence:
        """The name of the step."""
        schema = schema_of(self.kind)
        if len(self.ids) == 1:
            return Sentence(
                "removal of {kind} {record}", kind=schema.label.lower(), record=self.names[0]
            )
        return Sentence("removal of {n} {kind}", n=len(self.ids), kind=schema.plural.lower())


def plan_deletion(
    reader: Reader, kind: str, ids: Sequence[Id], progress: Progress | None = None
) -> Deletion:
    """Find out what names the records, and what names their parts. Work for a job if many."""
    progress = progress or Progress()
    going = {(kind, id_) for id_ in ids}
    parts: dict[Id, Field] = {}
    loose: dict[tuple[Id, str], Field] = {}
    witnesses: dict[Id, Field] = {}
    waiting = {kind: list(ids)}
    while waiting:
        named, looked_at = waiting.popitem()
        for field in references_to(named):
            progress.report(Sentence("Looking for what names them"))
            for own, *_ in reader.naming(field.kind, field.name, looked_at, ()):
                if (field.kind, own) in going:
                    continue
                if _is_part(field):
                    parts[own] = field
                    going.add((field.kind, own))
                    waiting.setdefault(field.kind, []).append(own)
                elif field.kind in _WITNESSES or field.required:
                    witnesses[own] = field
                else:
                    loose[own, field.name] = field
    captions = reader.captions(kind, ids)
    staying = [(own, field) for (own, _), field in loose.items() if (field.kind, own) not in going]
    naming = [(own, field) for own, field in witnesses.items() if (field.kind, own) not in going]
    return Deletion(
        kind,
        tuple(ids),
        tuple(captions.get(id_, "") for id_ in ids),
        _referring(reader, parts.items()),
        _referring(reader, staying),
        _referring(reader, naming),
    )


def _referring(reader: Reader, mentions: Iterable[tuple[Id, Field]]) -> tuple[Referring, ...]:
    """Give mentions with the captions of the records that make them."""
    mentions = list(mentions)
    ids: dict[str, list[Id]] = {}
    for own, field in mentions:
        ids.setdefault(field.kind, []).append(own)
    captions = {kind: reader.captions(kind, wanted) for kind, wanted in ids.items()}
    return tuple(
        Referring(field, own, captions[field.kind].get(own, "")) for own, field in mentions
    )


def _is_part(field: Field) -> bool:
    if field.kind in _PARTS:
        return field.required
    return field.name in _PART_OF.get(field.kind, ())


def deletion_step(reader: Reader, deletion: Deletion) -> Step:
    """Give the step that deletes the records with their parts. Raises `Trouble` for witnesses."""
    if deletion.witnesses:
        raise Trouble(
            Sentence("{n} records name what would be deleted.", n=len(deletion.witnesses)),
            Sentence("Change or delete them first."),
        )
    changes: dict[Id, Change] = {}
    loose = _records(reader, ((one.field.kind, one.id) for one in deletion.loose))
    for referring in deletion.loose:
        if referring.id in loose:
            before = loose[referring.id]
            known = changes.get(referring.id)
            after = known.record if known else before
            cut = after.replace(**{referring.field.name: None})
            check(cut)
            changes[referring.id] = Change(before, cut)
    going = [(one.field.kind, one.id) for one in deletion.parts]
    going += [(deletion.kind, id_) for id_ in deletion.ids]
    for id_, record in _records(reader, going).items():
        changes[id_] = Change(record, None)
    return Step(deletion.label, tuple(changes.values()))


def _records(reader: Reader, keys: Iterable[tuple[str, Id]]) -> dict[Id, Record]:
    """Fetch the records that exist among these, in their order."""
    ids: dict[str, list[Id]] = {}
    for kind, id_ in keys:
        ids.setdefault(kind, []).append(id_)
    found: dict[Id, Record] = {}
    for kind, wanted in ids.items():
        read = reader.get_many(schema_of(kind).record, wanted)
        found |= {id_: read[id_] for id_ in wanted if id_ in read}
    return found


def delete(document: Document, deletion: Deletion) -> None:
    """Delete the records with their parts, in one step. Raises `Trouble` if witnesses remain."""
    step = deletion_step(document.read, deletion)
    if step.changes:
        document.do(step)
