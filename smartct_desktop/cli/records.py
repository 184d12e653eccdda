"""Commands that print records and figures."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date, time
from decimal import Decimal
from typing import assert_never

from smartct_desktop.cli.outcome import DONE, WRONG, print_json
from smartct_desktop.domain.catalog import BY_KIND, SCHEMAS
from smartct_desktop.domain.fields import Field, Options, Value
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Path, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Schema
from smartct_desktop.services.figures import Figure, figures
from smartct_desktop.services.listing import table_of, write_csv
from smartct_desktop.services.opening import open_document
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
    query = Query(schema.kind, columns, search=parsed.filter)
    with closing(open_document(parsed.doc, read_only=True)) as document:
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
        record[field.name] = caption if caption is not None else plain(value)
        if caption is not None:
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
    _print_line([field.label for field, _ in used], widths)
    for index in range(len(rows)):
        _print_line([cells[index] for _, cells in used], widths)
    print(f"{len(rows)} {schema.label if len(rows) == 1 else schema.plural}".lower())


def _print_line(cells: list[str], widths: list[int]) -> None:
    short = [c if len(c) <= w else c[: w - 1] + "…" for c, w in zip(cells, widths, strict=True)]
    print("  ".join(c.ljust(w) for c, w in zip(short, widths, strict=True)).rstrip())


def show_figures(parsed: argparse.Namespace) -> int:
    """Print the figures, or what counts for one of them and what does not."""
    with closing(open_document(parsed.doc, read_only=True)) as document:
        found = figures(document.read)
        if not parsed.explain:
            if parsed.json:
                print_json([_figure_json(figure) for figure in found])
            else:
                for figure in found:
                    target = f" of {figure.target}" if figure.target is not None else ""
                    print(f"{figure.code:<20} {figure.value}{target}  {figure.name}")
            return DONE
        explained = next((f for f in found if f.code == parsed.explain), None)
        if explained is None:
            codes = ", ".join(f.code for f in found)
            print(f"There is no figure {parsed.explain}; there are {codes}.", file=sys.stderr)
            return WRONG
        _explain(document.read, explained, as_json=parsed.json)
    return DONE


def _figure_json(figure: Figure) -> dict[str, object]:
    return {
        "code": figure.code,
        "name": figure.name,
        "value": figure.value,
        "pipeline": figure.pipeline,
        "target": figure.target,
    }


def _explain(reader: Reader, figure: Figure, *, as_json: bool) -> None:
    behind = figure.behind
    left_out = dict(behind.left_out)
    ids = [*behind.counted, *behind.pipeline, *left_out]
    captions = reader.captions(figure.kind, ids)
    if as_json:
        print_json(
            {
                **_figure_json(figure),
                "counted": [captions[id_] for id_ in behind.counted],
                "expected": [captions[id_] for id_ in behind.pipeline],
                "not_counted": [
                    {"record": captions[id_], "why": why} for id_, why in behind.left_out
                ],
            }
        )
        return
    print(f"{figure.name}: {figure.value} counted, {figure.pipeline} expected")
    for id_ in behind.counted:
        print(f"  counted      {captions[id_]}")
    for id_ in behind.pipeline:
        print(f"  expected     {captions[id_]}")
    for id_, why in behind.left_out:
        print(f"  not counted  {captions[id_]}: {why}")
