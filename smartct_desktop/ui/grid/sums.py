"""The sums of the selected rows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.query import Path
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.area import Part, merged
from smartct_desktop.ui.grid.columns import AnyColumn, Column, heading
from smartct_desktop.ui.grid.group_words import is_summed
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.rows import Line

FEW = 40
"""Selected rows that are fetched to be added up at once; more are added up in a job."""

Amounts = Mapping[AnyColumn, Value]


def summed_columns(model: RecordModel, summed: Iterable[str]) -> list[AnyColumn]:
    """The columns shown that are added up: money, and those named."""
    names = frozenset(summed)
    return [
        column
        for column in model.columns
        if column.name in names or (isinstance(column, Column) and is_summed(column, names))
    ]


@dataclass(frozen=True)
class Summed:
    """Columns, and the rows in which their cells are selected."""

    rows: Sequence[range]
    columns: Sequence[AnyColumn]


def selected_cells(
    model: RecordModel, parts: Sequence[Part], summed: Iterable[str]
) -> list[Summed]:
    """The selected cells with numbers, columns with the same rows together.

    Where no such cell is selected, records are meant: the numbers in all of their columns count,
    as those of a lone cell do, which stands for its row.
    """
    columns = summed_columns(model, summed)
    places = {column: place for place, column in enumerate(model.columns)}
    lone = len(parts) == 1 and parts[0][0] == parts[0][1] and parts[0][2] == parts[0][3]
    found: dict[tuple[range, ...], list[AnyColumn]] = {}
    for column in () if lone else columns:
        place = places[column]
        rows = merged((top, low + 1) for top, low, left, right in parts if left <= place <= right)
        if rows:
            found.setdefault(tuple(rows), []).append(column)
    if found:
        return [Summed(rows, some) for rows, some in found.items()]
    rows = merged((top, low + 1) for top, low, *_ in parts)
    return [Summed(rows, columns)] if columns else []


def sums_at_once(
    model: RecordModel, rows: Sequence[range], columns: Sequence[AnyColumn]
) -> Amounts | None:
    """Add up what needs no waiting; None if there are too many rows for that."""
    total = sum(len(part) for part in rows)
    if total <= FEW:
        found = [model.line(row) for part in rows for row in part]
        lines = [line for line in found if line is not None]
    else:
        lines = [line for part in rows for line in model.known_lines(part)]
        records = sum(len(n) for part in rows for n in model.numbers(part.start, part.stop))
        if len(lines) < records:
            return None
    return {column: _add(model, lines, column) for column in columns}


def amounts(columns: Sequence[AnyColumn], sums: Mapping[Path, int | Decimal]) -> Amounts:
    """What was added up by paths, by the columns that show it."""
    return {
        column: sums[column.path]
        for column in columns
        if isinstance(column, Column) and column.path in sums
    }


def sum_words(found: Amounts, texts: Texts) -> list[str]:
    """“due 1,245 €” for each column in which there is anything."""
    return [
        f"{_small(column)} {texts.shown(column.type, amount)}"
        for column, amount in found.items()
        if amount
    ]


def _add(model: RecordModel, lines: Sequence[Line], column: AnyColumn) -> Value:
    total: int | Decimal = 0
    for line in lines:
        value = model.value(line, column)
        if isinstance(value, int | Decimal):
            total += value
    return total


def _small(column: AnyColumn) -> str:
    """The heading as it stands within a sentence; “SMEs” keeps its capitals."""
    name = heading(column)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
