"""Steps that tests do, and how the document is afterwards."""

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation


def add(document, *records):
    """Add records in one step; gives its number."""
    with document.edit("addition") as edit:
        for record in records:
            edit.add(record)
    return document.read.next_undo().no


def change(document, record, **values):
    with document.edit("change") as edit:
        edit.update(document.read.record(record.schema.kind, record.id).replace(**values))
    return document.read.next_undo().no


def remove(document, *records):
    with document.edit("removal") as edit:
        for record in records:
            edit.remove(record.schema.kind, record.id)
    return document.read.next_undo().no


def get(document, record):
    return document.read.record(record.schema.kind, record.id)


def state(document):
    """All records by id, as values."""
    kinds = (Organisation, Exchange, Membership)
    return {r.id: r for kind in kinds for r in document.read.all(kind)}
