"""Distinct values with how many records hold them, and sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.reading import Bucket
from smartct_desktop.storage.codecs import Column
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.groups import HALF, amount, summed
from smartct_desktop.storage.selection import Selection
from smartct_desktop.storage.tables import Stored

_COUNT = sa.func.count()
Captions = Callable[[str, list[int]], Mapping[int, tuple[Id, str]]]
"""Gives ids and captions of the records of a kind by their rowids."""


def buckets(selection: Selection, source: Source, path: Path, captions: Captions) -> list[Bucket]:
    """Give the distinct values of a column, most frequent first, then in their order."""
    stored = selection.sources.stored(path)
    column = selection.sources.column(path)
    counted = dict(_counted(selection, source, stored, column))
    if stored.target is not None:
        named = captions(stored.target, [rowid for rowid in counted if rowid is not None])
        found = [_reference_bucket(rowid, n, named) for rowid, n in counted.items()]
        return sorted(found, key=lambda b: (-b.records, b.value is None, fold(b.caption or "")))
    try:
        found = [Bucket(_value(stored, value), None, n) for value, n in counted.items()]
    except (ValueError, KeyError) as error:
        raise damaged() from error
    return sorted(found, key=lambda b: (-b.records, b.value is None, _rank(stored, b.value)))


def _counted(
    selection: Selection, source: Source, stored: Stored, column: Column
) -> list[tuple[Any, int]]:
    if not stored.codec.several:
        grouped = selection.from_own(column, _COUNT).group_by(column)
        return [(value, n) for value, n in source.fetch(grouped)]
    each = sa.func.json_each(column).table_valued("value").alias()
    held = (
        sa.select(each.c.value, _COUNT)
        .select_from(selection.sources.joined().join(each, sa.true()))
        .where(*selection.conditions)
        .group_by(each.c.value)
    )
    blank = selection.from_own(_COUNT).where(column.is_(None))
    ((none,),) = source.fetch(blank)
    return [*((value, n) for value, n in source.fetch(held)), *([(None, none)] if none else [])]


def _reference_bucket(
    rowid: int | None, records: int, named: Mapping[int, tuple[Id, str]]
) -> Bucket:
    if rowid is None:
        return Bucket(None, None, records)
    id_, caption = named[rowid]
    return Bucket(id_, caption, records)


def _value(stored: Stored, value: Any) -> Any:
    if value is None or stored.codec.several or stored.codec.read is None:
        return value
    return stored.codec.read(value)


def _rank(stored: Stored, value: Any) -> Any:
    if value is None:
        return 0
    return stored.codec.bound(value) if stored.codec.bound else value


def sums(selection: Selection, source: Source, paths: Sequence[Path]) -> dict[Path, int | Decimal]:
    """Add up columns; blanks count nothing. Raises ValueError for what cannot be added up."""
    if not paths:
        return {}
    sources = selection.sources
    columns = [half for path in paths for half in summed(sources, path)]
    (row,) = source.fetch(selection.from_own(*columns))
    totals = (high * HALF + low for high, low in zip(row[::2], row[1::2], strict=True))
    return {path: amount(sources, path, total) for path, total in zip(paths, totals, strict=True)}
