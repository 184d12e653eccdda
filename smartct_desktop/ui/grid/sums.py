"""The sums of the selected rows, for the status bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.query import Ids, Query
from smartct_desktop.ui.grid.columns import AnyColumn, Column, heading
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.rows import Line

_MOST = 5000  # rows that are added up
_FEW = 40  # rows that are fetched for it


def selection_sums(model: RecordModel, rows: Sequence[range], summed: Iterable[str]) -> list[str]:
    """“due 1,245 €” for each column of `summed` that is shown and holds anything."""
    source = model.source
    columns = [column for column in model.columns if column.name in set(summed)]
    total = sum(len(part) for part in rows)
    if source is None or not columns or not 0 < total <= _MOST:
        return []
    lines = _lines(model, rows, total)
    words = []
    for column in columns:
        amount: Value
        if len(lines) == total:
            amount = _add([model.value(line, column) for line in lines])
        elif isinstance(column, Column):
            ids = [id_ for part in rows for id_ in model.ids(part.start, part.stop)]
            query = Query(model.kind, filters=(Ids(frozenset(ids)),))
            amount = source.reader.sums(query, [column.path]).get(column.path)
        else:
            amount = None
        if amount:
            words.append(f"{_small(column)} {source.texts.shown(column.type, amount)}")
    return words


def _lines(model: RecordModel, rows: Sequence[range], total: int) -> list[Line]:
    """The lines, as far as they are in memory; of a few rows all of them."""
    if total <= _FEW:
        lines = [model.line(row) for part in rows for row in part]
        return [line for line in lines if line is not None]
    return [line for part in rows for line in model.known_lines(part)]


def _add(values: Iterable[Value]) -> int | Decimal:
    total: int | Decimal = 0
    for value in values:
        if isinstance(value, int | Decimal):
            total += value
    return total


def _small(column: AnyColumn) -> str:
    """The heading as it stands within a sentence; “SMEs” keeps its capitals."""
    name = heading(column)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
