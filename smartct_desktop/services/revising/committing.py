"""Writes a revision as one step, if the records still are what it was made for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.editing import next_number
from smartct_desktop.services.long_step import LongStep
from smartct_desktop.services.revising.revision import RecordChange, Revision

_AT_ONCE = 500


def commit(document: Document | LongStep, revision: Revision, *, additions: bool = False) -> None:
    """Write the changes, and the new records if they are asked for, as one step.

    A `LongStep` writes on the thread of a job. Raises `Trouble` if one of the cells holds something
    else by now; nothing is written then.
    """
    added = revision.additions if additions else ()
    if not revision.changes and not added:
        return
    with document.edit(revision.label(additions=additions)) as edit:
        for change, now in _with_records(document.read, revision):
            edit.update(_changed(change, now), stored=now)
        for record in _numbered(document.read, added):
            edit.add(record)


def _with_records(reader: Reader, revision: Revision) -> Iterator[tuple[RecordChange, Record]]:
    for change, now in _pairs(reader, revision):
        if now is None or not _fits(change, now):
            raise Trouble(
                Sentence("{record} was changed meanwhile.", record=change.name),
                Sentence("Nothing was written: look at the changes again."),
            )
        yield change, now


def _pairs(reader: Reader, revision: Revision) -> Iterator[tuple[RecordChange, Record | None]]:
    """Each change with the record as it is now, fetched a few hundred at a time."""
    type_ = schema_of(revision.kind).record
    waiting = iter(revision.changes)
    while some := list(islice(waiting, _AT_ONCE)):
        records: dict[Id, Record] = reader.get_many(type_, [change.id for change in some])
        yield from ((change, records.get(change.id)) for change in some)


def _fits(change: RecordChange, now: Record | None) -> bool:
    return now is not None and all(
        getattr(now, cell.field.name) == cell.before for cell in change.cells
    )


def _changed(change: RecordChange, now: Record) -> Record:
    return now.replace(**{cell.field.name: cell.after for cell in change.cells})


def _numbered(reader: Reader, added: Sequence[RecordChange]) -> Iterator[Record]:
    """The new records; exchanges without a number get the next ones of their year."""
    taken = {getattr(change.after, "number", None) for change in added}
    for change in added:
        record = change.after
        if isinstance(record, Exchange) and record.number is None:
            number = next_number(reader, record.start)
            while number in taken:
                stem, _, tail = number.rpartition("-")
                number = f"{stem}-{int(tail) + 1:03d}"
            taken.add(number)
            record = record.replace(number=number)
        yield record
