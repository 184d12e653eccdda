"""All records of one kind with all their fields: to look at, to change elsewhere, to bring back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field
from smartct_desktop.domain.query import Path, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Definition, Report, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.listing import table_of
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts

_PAGE = 500

KINDS = (
    *("exchange", "organisation", "membership", "person", "event", "session", "attendance"),
    *("payment", "snapshot", "label", "profile", "deliverable", "target", "waiver"),
)
"""The kinds that can be listed whole; what hangs on them goes with the records it belongs to."""


def record_list(kind: str, reader: Reader, facts: ProgrammeFacts, made_at: datetime) -> Report:
    """Build the list of all records of a kind; it is read as the report is written."""
    query = Query(kind, tuple(Path.of(field.name) for field in schema_of(kind).fields))
    return query_list(query, reader, facts, made_at)


def query_list(query: Query, reader: Reader, facts: ProgrammeFacts, made_at: datetime) -> Report:
    """Build the list of what a query finds, in its order and with its columns.

    The reader must stay open until the report is written.
    """
    fields = tuple(list_column(query.kind, path) for path in query.columns)
    table = table_of(
        schema_of(query.kind).plural,
        fields,
        _rows(reader, query),
        Texts(facts, ISO),
        expected=reader.count(query),
    )
    return list_of(table, reader, made_at)


def list_of(table: Table, reader: Reader, made_at: datetime) -> Report:
    """Give a table of records as a report that says how it is brought back."""
    own = own_partnership(reader)
    return Report(
        title=table.name,
        made_at=made_at,
        partnership=own.acronym if own else "",
        tables=(table,),
        definitions=(
            Definition(
                "Bringing it back",
                Sentence(
                    "The file can be imported again when it was changed: each row is known by its "
                    "hidden record id, or else by its content; blank cells leave what is stored."
                ),
            ),
        ),
    )


def list_column(kind: str, path: Path) -> Field:
    """Give the field of a column; one of another record says whose it is, and never comes back."""
    *ways, field = path.fields(kind)
    if not ways:
        return field
    label = ": ".join(way.label for way in (*ways, field))
    return replace(field, label=label, calculated=True)


def _rows(reader: Reader, query: Query) -> Iterator[Row]:
    with closing(reader.window(query)) as window:
        for start in range(0, window.count, _PAGE):
            yield from window.rows(start, start + _PAGE)
