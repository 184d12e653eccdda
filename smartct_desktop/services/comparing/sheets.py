"""Two workbooks of one report, held against each other sheet by sheet, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from smartct_desktop.domain.book import Book, CellError, Mark, Row, Sheet, Value
from smartct_desktop.domain.report import Column, Kind, Report, Table, Words

_ENOUGH = 0.5
"""The part of the headings by which the row of the headings is known."""

_LOOKED_AT = 40
"""Rows from the top of a sheet in which the headings stand."""

_FIRST = 3
"""The first columns, in one of which the row of totals is named."""

_TINY = 1e-9

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetDifference:
    """One cell, or one row, that is otherwise; the row `number` is that of the file.

    `key` names the row as its first columns do. Without a `heading` the whole row is only in one
    of both: in the file if `file` is set, else in the document. `id` is that of the record, where
    the sheet has it.
    """

    sheet: str
    table: str
    key: Key
    number: int | None
    heading: str
    file: str
    document: str
    difference: float | None
    id: str


def compare_books(
    file: Book, ours: Book, report: Report
) -> tuple[list[SheetDifference], list[str]]:
    """Give the differences, and the sheets of the report that the file lacks.

    `ours` is the same report as the document says it now, written and read like the file; `report`
    tells its columns, in the language of both.
    """
    found: list[SheetDifference] = []
    lacking: list[str] = []
    from smartct_desktop.spreadsheets.names_out import sheet_names

    theirs = {sheet.name: sheet for sheet in file.sheets}
    names = sheet_names([report.words.about, *(table.name for table in report.tables)])[1:]
    for name, table in zip(names, report.tables, strict=True):
        mine = next((one for one in ours.sheets if one.name == name), None)
        sent = theirs.get(name)
        if mine is None:
            continue
        if sent is None:
            lacking.append(name)
        else:
            words = report.words
            found += _sheets(_Lines(sent, table, words), _Lines(mine, table, words), name, table)
    return found, lacking


class _Lines:
    """The rows of one sheet under its headings, each by its key."""

    def __init__(self, sheet: Sheet, table: Table, words: Words) -> None:
        self._columns = table.columns
        self._places, start = _headings(sheet, table.columns)
        self._keys = [place for place in _key_columns(table) if place in self._places]
        totals = {one.area.last_row for one in sheet.tables if one.totals_rows}
        if table.has_totals and not (sheet.tables or table.closing) and sheet.rows:
            totals.add(sheet.rows[-1].number)  # other programs keep no named tables
        self._total: Key = (words.total,)
        self.rows: dict[Key, Row] = {}
        seen: Counter[Key] = Counter()
        for row in sheet.rows:
            if row.number <= start:
                continue
            # A row of totals may be blank: formulas that no program has counted yet.
            if row.number not in totals and not any(self._value(row, p) for p in self._places):
                continue
            key = tuple(shown(self._value(row, place)) for place in self._keys)
            if words.nothing in key:
                continue  # stands in the place of rows
            if row.number in totals or words.total in row.values[:_FIRST]:
                key = self._total
            seen[key] += 1
            times = seen[key]
            self.rows[key if times == 1 else (*key, f"({times})")] = row

    @property
    def columns(self) -> frozenset[int]:
        """The columns of the report that are there."""
        return frozenset(self._places)

    def value(self, key: Key, place: int) -> Value:
        """Give what stands in a row under the heading of a column of the report."""
        return self._value(self.rows[key], place)

    def lacks_result(self, key: Key, place: int) -> bool:
        """Whether a formula stands there of which the file does not hold the result."""
        return Mark.NO_RESULT in self.rows[key].look(self._places[place]).marks

    def id_of(self, key: Key) -> str:
        """Give the id of the record of a row; "" if the sheet does not have it."""
        for place, column in enumerate(self._columns):
            if column.kind is Kind.ID and place in self._places:
                return str(self.value(key, place) or "")
        return ""

    def name_of(self, key: Key) -> Key:
        """Call a row by what can be seen of it."""
        if key == self._total:
            return key
        seen = [p for p, c in enumerate(self._columns) if not c.hidden and p in self._places]
        hidden = any(self._columns[place].hidden for place in self._keys)
        places = seen[:2] if hidden else self._keys
        named = tuple(filter(None, (shown(self.value(key, place)) for place in places)))
        return named or key

    def _value(self, row: Row, place: int) -> Value:
        return _plain(row.value(self._places[place]))


def _headings(sheet: Sheet, columns: Sequence[Column]) -> tuple[Mapping[int, int], int]:
    """Give the columns of the sheet by their places in the report, and the row of the headings."""
    best: tuple[dict[int, int], int] = ({}, 0)
    wanted = {column.heading.casefold(): place for place, column in enumerate(columns)}
    for row in sheet.rows[:_LOOKED_AT]:
        places: dict[int, int] = {}
        for at, value in enumerate(row.values):
            place = wanted.get(value.casefold()) if isinstance(value, str) else None
            if place is not None:
                places.setdefault(place, at)
        if len(places) > len(best[0]):
            best = (places, row.number)
    return best if len(best[0]) >= _ENOUGH * len(columns) else ({}, 0)


def _key_columns(table: Table) -> list[int]:
    """Give the columns that name a row: its record, else those that stay in view."""
    ids = [place for place, column in enumerate(table.columns) if column.kind is Kind.ID]
    return ids or list(range(max(1, table.frozen)))


def _sheets(file: _Lines, ours: _Lines, name: str, table: Table) -> Iterator[SheetDifference]:
    for key in dict.fromkeys((*ours.rows, *file.rows)):
        if key not in file.rows or key not in ours.rows:
            there = file if key in file.rows else ours
            told = "; ".join(_told(there, key, table.columns))
            yield SheetDifference(
                *(name, table.name, there.name_of(key)),
                file.rows[key].number if key in file.rows else None,
                "",
                told if key in file.rows else "",
                told if key in ours.rows else "",
                None,
                there.id_of(key),
            )
            continue
        for place, column in enumerate(table.columns):
            if column.hidden or place not in file.columns or place not in ours.columns:
                continue
            sent, now = file.value(key, place), ours.value(key, place)
            if not _same(sent, now) and not file.lacks_result(key, place):
                yield SheetDifference(
                    *(name, table.name, ours.name_of(key), file.rows[key].number),
                    *(column.heading, shown(sent), shown(now)),
                    _difference(sent, now),
                    ours.id_of(key),
                )


def _told(lines: _Lines, key: Key, columns: Sequence[Column]) -> Iterator[str]:
    for place, column in enumerate(columns):
        if not column.hidden and place in lines.columns:
            value = shown(lines.value(key, place))
            if value:
                yield f"{column.heading}: {value}"


def _plain(value: Value) -> Value:
    """Take a midnight as its day: some programs keep a date as one, some as the other."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.replace(microsecond=0)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value


def _same(one: Value, other: Value) -> bool:
    moved = _difference(one, other)
    if moved is None:
        return one == other and type(one) is type(other)
    return abs(moved) <= _TINY * max(1.0, abs(moved))


def _difference(sent: Value, now: Value) -> float | None:
    """Give by how much a number is another one now."""
    if isinstance(sent, bool) or isinstance(now, bool):
        return None
    if not isinstance(sent, int | float) or not isinstance(now, int | float):
        return None
    exact = Decimal(str(now)) - Decimal(str(sent))
    return int(exact) if exact == int(exact) else float(exact)


def shown(value: Value) -> str:
    """Say what stands in a cell."""
    match value:
        case None:
            return ""
        case CellError():
            return value.code
        case datetime():
            return f"{value:%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case float():
            return f"{value:.10g}"
        case _:
            return str(value)
