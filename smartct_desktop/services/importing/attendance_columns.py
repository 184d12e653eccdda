"""How the columns of a list of attendance, or of papers, belong together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.cells import DAY_MARKS
from smartct_desktop.services.importing.columns import ColumnMapper, MappedColumn
from smartct_desktop.services.importing.heading_rows import Head
from smartct_desktop.services.importing.kinds_of_table import (
    ATTENDANCE,
    CHECKLISTS,
    PAPER_IN_ROW,
    TableKind,
)
from smartct_desktop.services.importing.layout import Table

_STAY = frozenset({"attendance.join_time", "attendance.leave_time", "attendance.duration"})
_THERE = frozenset({"attendance.signature", "attendance.attended"})
_PARTS = frozenset(
    {"attendance.session", "session.title", "session.no", "session.date", "session.start_time",
     "session.end_time"}
)  # fmt: skip
_DAY = "session.date"
_COUNTED = frozenset({"attendance.days", "attendance.weight_total"})


def is_log(codes: Collection[str]) -> bool:
    """Whether the columns are those of a meeting's log: how long, and nobody's signature."""
    told = "attendance.duration" in codes or _STAY - {"attendance.duration"} <= set(codes)
    return told and not (_THERE & set(codes) or any(c.startswith(DAY_MARKS) for c in codes))


def map_columns(
    mapper: ColumnMapper, table: Table, kind: TableKind, marked: Sequence[MappedColumn]
) -> list[MappedColumn]:
    """Map the columns of a table. `marked` are those below a day, unless a person said otherwise.

    Of attendance and papers, columns that the others make needless are not taken.
    """
    if kind is CHECKLISTS:
        return mapper.map(replace(table, heads=tuple(_of_papers(table.heads))), kind)
    if kind is not ATTENDANCE:
        return mapper.map(table, kind)
    days = {column.index: column for column in marked if not mapper.is_told(column)}
    others = tuple(head for head in table.heads if head.column not in days)
    found = [m for m in mapper.map(replace(table, heads=others), kind) if m.index not in days]
    found += days.values()
    codes = {column.code for column in found if column.code}
    if days:
        found = _without(found, _COUNTED, Sentence("the days are counted by their marks"))
    parts = Sentence("sessions are told by rows between the names or by columns of days")
    found = _without(found, _PARTS - {_DAY} if _names_events(found, table) else _PARTS, parts)
    if not is_log(codes):
        found = _without(found, _STAY, Sentence("the list says otherwise who was there"))
    return sorted(found, key=lambda column: column.index)


def _of_papers(heads: Sequence[Head]) -> Iterator[Head]:
    """Give the headings of papers: with one paper in each row a day is that of the paper."""
    by_row = any(sense.code == "checklist.paper" for head in heads for sense in head.senses)
    for head in heads:
        papers = tuple(s for s in head.senses if s.code in PAPER_IN_ROW)
        others = tuple(s for s in head.senses if s.code not in PAPER_IN_ROW)
        yield replace(head, senses=(papers or others) if by_row else others)


def _names_events(columns: Sequence[MappedColumn], table: Table) -> bool:
    """Whether the rows name their events; then a column of days tells when each was."""
    column = next((c.index for c in columns if c.code == "attendance.event"), None)
    if column is None:
        return False
    return any(row.value(column) is not None for row in table.rows)


def _without(
    columns: Sequence[MappedColumn], codes: frozenset[str], reason: Sentence
) -> list[MappedColumn]:
    return [
        replace(column, code=None, reason=reason, question="") if column.code in codes else column
        for column in columns
    ]
