"""Records as a table of a report: the one place between field types and report columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import BinaryIO, assert_never

from smartct_desktop.domain import report
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Field,
    FieldType,
    Flag,
    Link,
    LongText,
    Money,
    Number,
    PartialDay,
    Reference,
    Term,
    Terms,
    Text,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Row
from smartct_desktop.domain.report import Column, Kind, Purpose, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.texts import Texts


def table_of(
    name: str,
    fields: tuple[Field, ...],
    rows: Iterable[Row],
    texts: Texts,
    *,
    expected: int | None = None,
) -> Table:
    """Make a sheet of rows whose columns are `fields`, with the record's id as hidden column."""
    columns = (
        Column("Record id", Kind.ID, code="row.record_id"),
        *(_column(field) for field in fields),
    )
    return Table(
        name=name,
        columns=columns,
        rows=(_cells(fields, row, texts) for row in rows),
        purpose=Purpose.MACHINE,
        expected=expected,
    )


def write_csv(table: Table, out: BinaryIO) -> None:
    """Write a table as CSV (UTF-8 with its mark, lines end in CRLF)."""
    from smartct_desktop.spreadsheets.csv_out import CsvOut

    out.writelines(CsvOut(table, report.Words()).parts(Progress()))


def _column(field: Field) -> Column:
    kind = _kind(field.type)
    places = field.type.places if isinstance(field.type, Number) else 0
    code = "" if field.calculated else field.code
    return Column(
        field.label, kind, places=places, note=field.help, code=code, personal=personal_of(field)
    )


def personal_of(field: Field) -> Personal | None:
    """Say what of people a field tells; None if nothing, and for free texts that might."""
    if isinstance(field.type, Reference) and field.type.kind == "person":
        return Personal.NAME
    return field.personal


def _kind(type_: FieldType) -> Kind:
    match type_:
        case Money():
            return Kind.MONEY
        case Whole():
            return Kind.WHOLE
        case Number():
            return Kind.NUMBER
        case Day() | PartialDay():
            return Kind.DAY
        case Time():
            return Kind.TIME
        case Flag():
            return Kind.FLAG
        case Link():
            return Kind.LINK
        case Text() | LongText() | Email() | Choice() | Term() | Terms() | Country() | Reference():
            return Kind.TEXT
        case _:
            assert_never(type_)


def _cells(fields: tuple[Field, ...], row: Row, texts: Texts) -> report.Row:
    cells = [
        _said(field, cell_of(field.type, value, caption, texts))
        for field, value, caption in zip(fields, row.values, row.captions, strict=True)
    ]
    return (row.id, *cells)


def _said(field: Field, value: report.Value) -> report.Value:
    """Let what is worked out be said in the language of a list: nobody reads it back."""
    if field.calculated and isinstance(field.type, Choice) and isinstance(value, str):
        return Sentence("{label}", label=value)
    return value


def cell_of(type_: FieldType, value: Value, caption: str | None, texts: Texts) -> report.Value:
    """Give numbers, dates and flags as they are, everything with a name as its name."""
    if value is None or value == ():
        return None
    if isinstance(value, PartialDate):
        return value.first if value.day else value.isoformat()
    if isinstance(value, bool | int | Decimal | date | time):
        return value
    return texts.shown(type_, value, caption) or None
