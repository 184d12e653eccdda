"""The groups of a query's rows: which there are, in the order of the rows, and their sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Grouping, Path
from smartct_desktop.domain.reading import RowGroup
from smartct_desktop.storage.codecs import Column
from smartct_desktop.storage.connection import Source
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.sources import CrossJoin, Sources, wanted

PIECE = 20_000
"""Records that are added up by one statement."""

HALF = 1_000_000
"""Sums are made of two halves: a million large amounts would not fit into one number of SQLite."""

Amount = int | Decimal


def terms_of(sources: Sources, grouping: Grouping) -> list[Column]:
    """Give what decides to which group a record belongs, and in which order the groups come."""
    terms = sources.order(grouping.path)
    letters = grouping.span.letters
    return [sa.func.substr(term, 1, letters) for term in terms] if letters else terms


def groups(
    sources: Sources, conditions: Sequence[Column], source: Source, grouping: Grouping
) -> list[RowGroup]:
    """Give the groups of the records that meet the conditions."""
    path = grouping.path
    terms = terms_of(sources, grouping)
    stored = sources.stored(path)
    shown = [path] if stored.target is None else [*sources.caption(path)]
    columns = [sa.func.min(sources.column(part)) for part in shown]
    named = sources.id_of(path.names) if stored.target is not None else sources.own.c.id
    halves = [half for part in grouping.sums for half in summed(sources, part)]
    order = [(t.desc() if grouping.descending else t.asc()).nulls_last() for t in terms]
    statement = (
        sa.select(sa.func.count(), sa.func.min(named), *columns, *halves)
        .select_from(sources.joined())
        .where(*conditions)
        .group_by(*terms)
        .order_by(*order)
    )
    return [_group(sources, grouping, shown, row) for row in source.fetch(statement)]


def _group(
    sources: Sources, grouping: Grouping, shown: Sequence[Path], row: Sequence[Any]
) -> RowGroup:
    records, named, *rest = row
    values, halves = rest[: len(shown)], rest[len(shown) :]
    totals = [high * HALF + low for high, low in zip(halves[::2], halves[1::2], strict=True)]
    amounts = [
        amount(sources, path, total) for path, total in zip(grouping.sums, totals, strict=True)
    ]
    try:
        read = [_read(sources, path, value) for path, value in zip(shown, values, strict=True)]
    except (ValueError, KeyError) as error:
        raise damaged() from error
    letters = grouping.span.letters
    if letters and values[0] is not None:
        read = [PartialDate.fromisoformat(str(values[0])[:letters])]
    if sources.stored(grouping.path).target is None:
        return RowGroup(read[0], None, int(records), tuple(amounts))
    if values[0] is None:
        return RowGroup(None, None, int(records), tuple(amounts))
    codecs = [sources.stored(path).codec for path in shown]
    texts = [c.shown(v) for c, v in zip(codecs, read, strict=True) if v is not None]
    caption = " ".join(filter(None, texts))
    return RowGroup(Id(str(named)), caption, int(records), tuple(amounts))


def _read(sources: Sources, path: Path, value: Any) -> Any:
    codec = sources.stored(path).codec
    return codec.read(value) if value is not None and codec.read else value


def summed(sources: Sources, path: Path) -> tuple[Column, Column]:
    """Give the two halves of a sum. Raises ValueError for what cannot be added up."""
    if not sources.stored(path).codec.summed:
        raise ValueError(f"{path} cannot be added up")
    column = sources.column(path)
    return (
        sa.func.coalesce(sa.func.sum(column.op("/")(HALF)), 0),
        sa.func.coalesce(sa.func.sum(column.op("%")(HALF)), 0),
    )


def amount(sources: Sources, path: Path, total: int) -> Amount:
    """Give a sum as the field has it."""
    read = sources.stored(path).codec.read
    found: Amount = read(total) if read else total
    return found


def sums_of(
    sources: Sources, source: Source, rowids: Sequence[int], paths: Sequence[Path]
) -> dict[Path, Amount]:
    """Add up columns over these records, however many; those that are gone count nothing."""
    halves = [half for path in paths for half in summed(sources, path)]
    own, each = sources.own, wanted("rowids")
    statement = sa.select(*halves).select_from(
        sources.joined(CrossJoin(each, own, own.c.rowid == each.c.value))
    )
    totals = [0] * len(paths)
    for piece in _pieces(rowids):
        (row,) = source.fetch(statement, {"rowids": piece})
        for place in range(len(paths)):
            totals[place] += row[2 * place] * HALF + row[2 * place + 1]
    return {path: amount(sources, path, total) for path, total in zip(paths, totals, strict=True)}


def _pieces(rowids: Sequence[int]) -> Iterator[str]:
    for start in range(0, len(rowids), PIECE):
        yield f"[{','.join(map(str, rowids[start : start + PIECE]))}]"
