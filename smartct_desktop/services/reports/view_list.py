"""What a table shows, as it shows it: its columns, rows and order, and what it was filtered by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, FieldType, Id, Value
from smartct_desktop.domain.query import Ids, Path, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Purpose, Report
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.listing import table_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import Part, ReportKind
from smartct_desktop.services.reports.record_list import list_column, list_of
from smartct_desktop.services.texts import ISO, Texts

_PAGE = 500


@dataclass(frozen=True, slots=True)
class BroughtColumn:
    """A column whose values stand in other records, by its name among those that are brought."""

    name: str
    label: str
    type: FieldType


Bring = Callable[[Reader, Sequence[Id]], Mapping[Id, Mapping[str, Value]]]
"""Reads the values of brought columns for some records."""


@dataclass(frozen=True)
class ShownTable:
    """A table as it is shown: its query with columns in their order, and what is said of it.

    `told` are sentences for the line under the title: filters, order, groups. `name` is the view
    that is chosen, "" for none.
    """

    query: Query
    columns: tuple[Path | BroughtColumn, ...]
    told: str = ""
    name: str = ""
    bring: Bring | None = None

    def only(self, ids: Sequence[Id]) -> ShownTable:
        """Give the view with some of its records only."""
        return replace(self, query=self.query.matching(Ids(frozenset(ids))))


def view_report(shown: ShownTable) -> ReportKind:
    """Give what a table shows as a report."""
    plural = schema_of(shown.query.kind).plural
    return ReportKind(
        shown.query.kind,
        Sentence(plural),
        Sentence("The rows and columns of a table."),
        partial(view_list, shown),
        parts=frozenset({Part.MASKED}),
    )


def view_list(
    shown: ShownTable, reader: Reader, facts: ProgrammeFacts, made_at: datetime
) -> Report:
    """Build the list of what a table shows; a grouped one begins with what it is grouped by.

    The reader must stay open until the report is written.
    """
    kind, group = shown.query.kind, shown.query.group
    columns = shown.columns
    if group is not None and group.path not in columns:
        columns = (group.path, *columns)
    paths = tuple(one for one in columns if isinstance(one, Path))
    query = replace(shown.query, columns=paths)
    if group is not None:
        query = replace(query, group=replace(group, sums=()))
    table = table_of(
        schema_of(kind).plural,
        tuple(_field(kind, one) for one in columns),
        _rows(shown, query, columns, reader),
        Texts(facts, ISO),
        expected=reader.count(query),
    )
    table = replace(table, purpose=Purpose.PRINT, note=shown.told)
    return replace(list_of(table, reader, made_at), subtitle=shown.name)


def _field(kind: str, column: Path | BroughtColumn) -> Field:
    if isinstance(column, Path):
        return list_column(kind, column)
    return Field(
        name=column.name,
        label=column.label,
        type=column.type,
        kind=kind,
        help="",
        section="",
        width=12,
        required=False,
        key=False,
        personal=None,
        calculated=True,
    )


def _rows(
    shown: ShownTable, query: Query, columns: Sequence[Path | BroughtColumn], reader: Reader
) -> Iterator[Row]:
    """Read the rows some at a time, with what is brought for each of them."""
    with closing(reader.window(query)) as window:
        for start in range(0, window.count, _PAGE):
            rows = list(window.rows(start, start + _PAGE))
            ids = [row.id for row in rows]
            brought = shown.bring(reader, ids) if shown.bring is not None and ids else {}
            for row in rows:
                yield _whole(row, columns, brought.get(row.id, {}))


def _whole(row: Row, columns: Sequence[Path | BroughtColumn], brought: Mapping[str, Value]) -> Row:
    own = zip(row.values, row.captions, strict=True)
    cells = [
        next(own) if isinstance(one, Path) else (brought.get(one.name), None) for one in columns
    ]
    return Row(row.id, tuple(value for value, _ in cells), tuple(caption for _, caption in cells))
