"""The command that prints records."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date, time
from decimal import Decimal
from typing import assert_never

from smartct_desktop.cli.filtering import asked
from smartct_desktop.cli.outcome import DONE, WRONG, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.domain.catalog import BY_KIND, SCHEMAS
from smartct_desktop.domain.fields import Field, Options, Reference, Value
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Path, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Schema
from smartct_desktop.services.listing import table_of, write_csv
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts

_PAGE = 500


def show(parsed: argparse.Namespace) -> int:
    """Print the records of one kind as a table, CSV or JSON."""
    schema = BY_KIND.get(parsed.kind)
    if schema is None:
        kinds = ", ".join(schema.kind for schema in SCHEMAS)
        print(
            f"There are no records of kind {parsed.kind}; the kinds are {kinds}.", file=sys.stderr
        )
        return WRONG
    columns = tuple(Path((field.name,)) for field in schema.fields)
    search, filters = asked(schema.kind, parsed.filter)
    query = Query(schema.kind, columns, filters, search=search)
    with closing(opened(parsed.doc, read_only=True)) as document:
        if parsed.json:
            rows = _rows(document.read, query)
            print_json([_as_json(schema, row) for row in rows])
        elif parsed.csv:
            rows = _rows(document.read, query)
            table = table_of(schema.plural, schema.fields, rows, Texts(ProgrammeFacts(), ISO))
            write_csv(table, sys.stdout.buffer)
        else:
            _print_table(schema, _rows(document.read, query))
    return DONE


def _rows(reader: Reader, query: Query) -> list[Row]:
    with closing(reader.window(query)) as window:
        return [
            row
            for start in range(0, window.count, _PAGE)
            for row in window.rows(start, start + _PAGE)
        ]


def _as_json(schema: Schema, row: Row) -> dict[str, object]:
    record: dict[str, object] = {"id": row.id}
    for field, value, caption in zip(schema.fields, row.values, row.captions, strict=True):
        refers = isinstance(field.type, Reference)
        record[field.name] = caption if refers and value is not None else plain(value)
        if refers:
            record[f"{field.name}_id"] = value
    return record


def plain(value: Value) -> object:
    """Give a value as JSON has it: whole numbers, ISO texts, codes, lists of codes."""
    match value:
        case None | bool() | int() | str():
            return value
        case Options():
            return value.value
        case tuple():
            return list(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | PartialDate():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case _:
            assert_never(value)


def _print_table(schema: Schema, rows: list[Row]) -> None:
    """Print the filled columns only, each as wide as its longest value up to 40 characters."""
    texts = Texts(ProgrammeFacts(), ISO)
    used: list[tuple[Field, list[str]]] = []
    for place, field in enumerate(schema.fields):
        cells = [
            texts.shown(field.type, row.values[place], row.captions[place]).replace("\n", " / ")
            for row in rows
        ]
        if any(cells):
            used.append((field, cells))
    widths = [min(40, max(len(field.label), *map(len, cells))) for field, cells in used]
    if used:
        _print_line([field.label for field, _ in used], widths)
    for index in range(len(rows)):
        _print_line([cells[index] for _, cells in used], widths)
    print(f"{len(rows)} {schema.label if len(rows) == 1 else schema.plural}".lower())


def _print_line(cells: list[str], widths: list[int]) -> None:
    short = [c if len(c) <= w else c[: w - 1] + "…" for c, w in zip(cells, widths, strict=True)]
    print("  ".join(c.ljust(w) for c, w in zip(short, widths, strict=True)).rstrip())
