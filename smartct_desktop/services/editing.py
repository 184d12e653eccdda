"""The deeds of a person on single records, each one step with a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.query import Among, Contains, Path, Query, Sort
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record, new_id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.numbering import prefix_of
from smartct_desktop.services.own_partnership import own_partnership

_NEWEST = 2000
"""Numbers looked at for the highest; as text, 1000 stands before 999."""


def record_name(reader: Reader, kind: str, id_: Id) -> str:
    """What a record is called in a sentence: its caption, or what it is."""
    caption = reader.captions(kind, [id_]).get(id_, "")
    return caption.strip() or schema_of(kind).label


def change_value(
    document: Document, id_: Id, field: Field, value: Value, newcomers: Sequence[Record] = ()
) -> None:
    """Change one field of one record. Raises `Invalid`, `Trouble`, and KeyError if it is gone.

    `newcomers` are records that the value names and that are not there yet: they come in the same
    step.
    """
    reader = document.read
    name = record_name(reader, field.kind, id_)
    new = _missing(reader, newcomers)
    label = Sentence("change of {field} ({record})", field=field.label, record=name)
    if new:
        label = Sentence(
            "change of {field} ({record}) to new {kind} {name}",
            field=field.label,
            record=name,
            kind=new[0].schema.label.lower(),
            name=plain_name(new[0]),
        )
    with document.edit(label, typed=not new) as edit:
        for newcomer in new:
            edit.add(newcomer)
        edit.set(reader.record(field.kind, id_), field.name, value)


def add_record(
    document: Document, record: Record, name: str, newcomers: Sequence[Record] = ()
) -> Record:
    """Add a record, called `name` in the step; an exchange gets its number.

    `newcomers` are records that it names and that are not there yet: they come in the same step.
    Gives the record as it was added. Raises `Invalid`, `Trouble`.
    """
    if isinstance(record, Exchange) and record.number is None:
        record = record.replace(number=next_number(document.read, record.start))
        name = record.number or name
    label = Sentence("new {kind} {record}", kind=record.schema.label.lower(), record=name)
    with document.edit(Sentence(label.strip())) as edit:
        for newcomer in _missing(document.read, newcomers):
            edit.add(newcomer)
        edit.add(record)
    return record


def plain_name(record: Record) -> str:
    """What a record is called that is not in the document yet, by its own texts."""
    values = (getattr(record, name) for name in record.schema.caption)
    texts = (value for value in values if isinstance(value, str))
    return " ".join(texts).strip() or record.schema.label


def _missing(reader: Reader, newcomers: Sequence[Record]) -> list[Record]:
    """Give those that are not in the document."""
    return [one for one in newcomers if not reader.captions(one.schema.kind, [one.id])]


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
