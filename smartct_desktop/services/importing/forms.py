"""Forms: labels with their values beside them, one record on a sheet or several below each other.

A form becomes a table of one row, with its labels for headings; a list that lies on its side, with
a record in each column, becomes as many. They are read column by column,
so that what stands below "Visitor" belongs to the visitor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smartct_desktop.domain.book import PLAIN, Row, Sheet, column_name
from smartct_desktop.services.importing.heading_rows import Head, below
from smartct_desktop.services.importing.headings import Headings, Sense
from smartct_desktop.services.importing.layout import Table
from smartct_desktop.services.importing.stacked_rows import Spread

LEAST_LABELS = 4
"""How many known labels with a place for a value make a form."""

_ROWS = 400
_LONGEST_LABEL = 80
_LEAST_IN_COLUMN = 2
_LEAST_IN_FIRST = 3
_MOSTLY = 0.5
_TURNED = 0.7


@dataclass(frozen=True, slots=True)
class Form:
    """The records of a form, how many labels are known, and the cells that no label tells of."""

    tables: tuple[Table, ...]
    known: int
    loose: tuple[str, ...]


@dataclass(slots=True)
class _Record:
    """One record while its labels are gathered."""

    heads: list[Head] = field(default_factory=list)
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)


def find_form(sheet: Sheet, headings: Headings) -> Form | None:
    """Read a sheet as a form; None if it does not look like one."""
    rows = sheet.rows[:_ROWS]
    columns = _label_columns(rows, headings)
    if not columns:
        return None
    found = _Reading(rows, columns, headings)
    tables = tuple(found.tables())
    if not tables or found.known < LEAST_LABELS:
        return None
    loose = [f"{column_name(c)}{row}" for row, c in found.loose]
    return Form(tables, found.known, tuple(loose))


def _label_columns(rows: Sequence[Row], headings: Headings) -> list[int]:
    """Find the columns of labels: known words one below the other, hardly one of them twice."""
    seen: dict[int, list[str]] = {}
    filled: dict[int, int] = {}
    for row in rows:
        for column, value in enumerate(row.values):
            if value is None:
                continue
            filled[column] = filled.get(column, 0) + 1
            if isinstance(value, str) and len(value) <= _LONGEST_LABEL and headings.plain(value):
                seen.setdefault(column, []).append(value)
    columns = [
        column
        for column, texts in sorted(seen.items())
        if len(set(texts)) >= _LEAST_IN_COLUMN and len(texts) >= _MOSTLY * filled[column]
    ]
    # what stands right beside a label is its value, whatever it says
    apart = [c for place, c in enumerate(columns) if not place or c > columns[place - 1] + 1]
    if not apart or max(len(set(seen[column])) for column in apart) < _LEAST_IN_FIRST:
        return []
    return apart


class _Reading:
    """Gathers the labels and values of a form."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[int], headings: Headings) -> None:
        self._rows = rows
        self._columns = columns
        self._headings = headings
        self._next = 0
        self.known = 0
        self.loose: list[tuple[int, int]] = []

    def tables(self) -> Iterator[Table]:
        """Give a table of one row for each record."""
        turned = self._turned()
        for column in turned:
            record = self._record(self._rows, column)
            yield _table(record, self._rows, column)
        for rows in self._bands() if not turned else ():
            record = self._record(rows)
            if record.heads:
                yield _table(record, rows)

    def _turned(self) -> list[int]:
        """Give the columns of the records where each has one: the list lies on its side."""
        if len(self._columns) > 1:
            return []
        (label,) = self._columns
        rows = [row for row in self._rows if self._headings.plain(self._label(row, label))]
        filled = [self._values(row, label) for row in rows]
        columns = sorted({column for values in filled for column in values})
        often = [c for c in columns if sum(c in v for v in filled) >= _TURNED * len(filled)]
        return often if len(often) > 1 and often == columns else []

    def _bands(self) -> Iterator[Sequence[Row]]:
        """Part the rows where the first label comes again."""
        column = self._columns[0]
        opening, start = "", 0
        for place, row in enumerate(self._rows):
            label = self._label(row, column)
            if not label or not self._headings.plain(label) or not self._values(row, column):
                continue
            if label == opening:
                yield self._rows[start:place]
                start = place
            opening = opening or label
        yield self._rows[start:]

    def _record(self, rows: Sequence[Row], only: int | None = None) -> _Record:
        """Gather a record; of a list that lies on its side the values of one column."""
        record = _Record()
        for column in self._columns:
            parent: tuple[Sense, ...] = ()
            for row in rows:
                label, values = self._label(row, column), self._values(row, column)
                values = [c for c in values if only in (None, c)]
                if label and not values and not self._is_field(label, parent):
                    parent = self._headings.plain(label)
                    continue
                if label:
                    self._take(record, row.number, column, values, parent, label)
                else:
                    self.loose += [(row.number, c) for c in values]
        return record

    def _is_field(self, label: str, parent: tuple[Sense, ...]) -> bool:
        """Whether a label without a value is one that was left blank, not a heading of others."""
        senses = self._headings.plain(label)
        sides = below(senses, self._headings.plain("Name"))
        return bool(senses) and not sides and (not parent or bool(below(parent, senses)))

    def _take(  # noqa: PLR0913, PLR0917 (a label with all that stands around it)
        self,
        record: _Record,
        number: int,
        column: int,
        values: Sequence[int],
        parent: tuple[Sense, ...],
        label: str,
    ) -> None:
        own = self._headings.plain(label)
        senses = below(parent, own) or own or self._headings.senses(label)
        self.known += bool(own)
        record.heads.append(Head(self._next, label, senses))
        record.cells[self._next] = (number, values[0] if values else column + 1)
        self.loose += [(number, c) for c in values[1:]]
        self._next += 1

    def _label(self, row: Row, column: int) -> str:
        value = row.value(column)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def _values(self, row: Row, column: int) -> list[int]:
        """Give the filled columns between a label and the next column of labels."""
        end = next((c for c in self._columns if c > column), len(row.values))
        return [
            c for c in range(column + 1, min(end, len(row.values))) if row.values[c] is not None
        ]


def _table(record: _Record, rows: Sequence[Row], left: int = 0) -> Table:
    by_number: Mapping[int, Row] = {row.number: row for row in rows}
    start = min(record.cells)
    places = [record.cells[column] for column in sorted(record.cells)]
    numbers = sorted({number for number, _ in places})
    values = tuple(by_number[number].value(column) for number, column in places)
    looks = tuple(by_number[number].look(column) for number, column in places)
    row = Row(numbers[0], (None,) * start + values, (PLAIN,) * start + looks)
    spread = Spread({numbers[0]: tuple(numbers[1:])}, cells=record.cells)
    return Table((), tuple(record.heads), (row,), left=left, spread=spread)
