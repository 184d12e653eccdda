"""What a report would say: the first rows of each sheet, or its pages, before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartct_desktop.domain.printout import Printout
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Kind, Report
from smartct_desktop.services.exporting import build_report
from smartct_desktop.services.printouts.catalog import printout_of
from smartct_desktop.services.printouts.source import Part, Source
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import ReportKind
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.reports.wording import Wording

MOST_ROWS = 60
"""Rows that are read of each sheet."""

_NUMBERS = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY})


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """The first rows of a sheet, written out; `count` is None where nobody knows how many.

    `numbers` says of each column whether it is aligned at the right.
    """

    name: str
    headings: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The sheets of a workbook, or the printout of a PDF."""

    sheets: tuple[PreviewSheet, ...] = ()
    printout: Printout | None = None


def preview(  # noqa: PLR0913 (what a report is made of)
    kind: ReportKind,
    reader: Reader,
    facts: ProgrammeFacts,
    made_at: datetime,
    wish: Wish,
    *,
    printed: bool,
) -> Preview:
    """Build a report and read its beginning. Raises `Trouble` where it knows no such part."""
    built = build_wish(kind, reader, facts, made_at, wish)
    wording = Wording(wish.language, facts)
    if printed:
        return Preview(printout=printout_of(kind.code, built, reader, wording))
    source = Source(built, wording)
    return Preview(tuple(_sheet(part, source) for part in source.parts))


def build_wish(
    kind: ReportKind, reader: Reader, facts: ProgrammeFacts, made_at: datetime, wish: Wish
) -> Report:
    """Build a report as it is wished, not said in any language yet."""
    return build_report(
        kind,
        reader,
        facts,
        made_at,
        wish.scope,
        wish.about,
        masked=wish.masked,
        empty=wish.empty,
    )


def _sheet(part: Part, source: Source) -> PreviewSheet:
    columns = [(place, column) for place, column in enumerate(part.columns) if not column.hidden]
    rows = part.first(MOST_ROWS)
    known = part.row_count
    return PreviewSheet(
        part.name,
        tuple(column.heading for _, column in columns),
        tuple(column.kind in _NUMBERS for _, column in columns),
        tuple(
            tuple(source.written(row[place], column) for place, column in columns) for row in rows
        ),
        known if known is not None else len(rows) if len(rows) < MOST_ROWS else None,
    )
