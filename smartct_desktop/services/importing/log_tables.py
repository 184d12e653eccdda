"""The tables of a meeting's log: one may tell of the meeting, two may tell the same stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.attendance_columns import is_log
from smartct_desktop.services.importing.heading_rows import text_of
from smartct_desktop.services.importing.kinds_of_table import ATTENDANCE, EVENTS
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.skipped import Skipped, SkipReason

if TYPE_CHECKING:
    from smartct_desktop.services.importing.read_sheets import ReadSheet, ReadTable


def settle_logs(found: ReadSheet, asking: Asking) -> None:
    """Take the meeting for the title of its log; ask which of two tables of one meeting counts."""
    _take_for_title(found)
    logs = [table for table in found.tables if _logs(table)]
    if len(logs) < 2 or len({frozenset(_names(table)) for table in logs}) > 1:
        return
    by_heading = {f"row {table.header_rows[-1]}": table for table in logs}
    finest = max(by_heading, key=lambda heading: len(by_heading[heading].rows.data))
    place = Place(
        "which_table",
        "sheet",
        Sentence("These tables tell of the same people in a meeting. Which shall be taken?"),
        found.sheet.name,
        about="log",
    )
    given = asking.ask(place, options=tuple(by_heading), propose=finest, certainty=0.8)
    chosen = by_heading[str(given.value) if given is not None else finest]
    for table in logs:
        if table is not chosen:
            _leave_out(found, table)
    if given is None:
        found.doubtful |= {row.number: place.id for row in chosen.rows.data}


def _take_for_title(found: ReadSheet) -> None:
    """Read the one row about the meeting above a log as its titles: "Topic …", "Start time …"."""
    if len(found.tables) < 2:
        return
    first, second = found.tables[:2]
    if first.kind is not EVENTS or len(first.rows.data) != 1 or not _logs(second):
        return
    (row,) = first.rows.data
    cells = [(c.header, text_of(row.value(c.index))) for c in first.mapped if c.header]
    found.titles += [f"{heading} {text}" for heading, text in cells if text]
    found.title_rows.append(row.number)
    found.tables.remove(first)


def _logs(table: ReadTable) -> bool:
    return table.kind is ATTENDANCE and is_log(table.columns)


def _names(table: ReadTable) -> Sequence[str]:
    column = table.columns.get("attendance.name_text")
    return [fold(str(value)) for value in column.values if value] if column else ()


def _leave_out(found: ReadSheet, table: ReadTable) -> None:
    found.tables.remove(table)
    found.skipped += [
        Skipped(found.sheet.name, row.number, row.number, SkipReason.NOT_WANTED, "IMP-12")
        for row in table.rows.data
    ]
