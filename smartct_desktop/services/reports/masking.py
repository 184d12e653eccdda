"""Reports without personal data: initials for names, nothing of addresses and accounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.free_text_rules import blot_out
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Value
from smartct_desktop.services.reports.frame import PERSONAL

MASKED = Definition(
    "Personal data",
    "Taken out: people stand with their initials, e-mail addresses, phone and account numbers are "
    "left out. Names that somebody wrote into a free text may still be there. This file cannot be "
    "brought back.",
)

_HIDDEN = "…"
_BETWEEN = re.compile(r"[\s\-–.,;()]+")
_TEXTS = frozenset({Kind.TEXT, Kind.LINK})


def declared(report: Report) -> Report:
    """Say on the first sheet that the report tells something of people, if it does."""
    if not report.personal or PERSONAL in report.facts:
        return report
    return replace(report, facts=(*report.facts, PERSONAL))


def masked(report: Report) -> Report:
    """Give the report without personal data; its rows are masked as they are read.

    What would bring it back into a document goes too: initials must never replace a name.
    """
    return replace(
        report,
        tables=tuple(map(_table, report.tables)),
        facts=(*(fact for fact in report.facts if fact != PERSONAL), MASKED),
    )


def initials(name: str) -> str:
    """Give a name as initials: "Jana von Sachs" as "J. v. S."."""
    return " ".join(f"{part[0]}." for part in _BETWEEN.split(name) if part)


def _table(table: Table) -> Table:
    kept = [place for place, column in enumerate(table.columns) if column.kind is not Kind.ID]
    ways = [_way(table.columns[place]) for place in kept]

    def rows() -> Iterator[Row]:
        for row in table.rows:
            yield tuple(way(row[place]) for way, place in zip(ways, kept, strict=True))

    gone = len(table.columns) - len(kept)
    return replace(
        table,
        columns=tuple(_column(table.columns[place]) for place in kept),
        rows=rows(),
        frozen=max(table.frozen - gone, 0),
        expected=table.row_count,
    )


def _column(column: Column) -> Column:
    return column if column.personal is None else replace(column, kind=Kind.TEXT, personal=None)


def _way(column: Column) -> Callable[[Value], Value]:
    match column.personal:
        case None:
            return _free if column.kind in _TEXTS else _as_it_is
        case Personal.NAME:
            return _name
        case Personal.ADDRESS | Personal.ACCOUNT:
            return _hide
        case Personal.DETAIL:
            return _drop


def _as_it_is(value: Value) -> Value:
    return value


def _free(value: Value) -> Value:
    """Blot out what can be recognised within a text; a sentence of our own stays one."""
    if not isinstance(value, str):
        return value
    blotted = blot_out(value, _HIDDEN)
    return value if blotted == value else blotted


def _name(value: Value) -> Value:
    return initials(value) or _HIDDEN if isinstance(value, str) and value else None


def _hide(value: Value) -> Value:
    return _HIDDEN if value not in {None, ""} else None


def _drop(_value: Value) -> Value:
    return None
