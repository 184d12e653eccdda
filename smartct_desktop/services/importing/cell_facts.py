"""What a sheet shows beside its values: hidden, crossed out, commented, coloured, merged cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from smartct_desktop.domain.book import Mark, Row, Sheet, column_name
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.correction_words import NOTE_START
from smartct_desktop.services.importing.plan import PlanFinding
from smartct_desktop.services.importing.understood import distinct

_COLOURED_AT_MOST = 0.5
"""The share of differently coloured rows up to which a colour may mean something."""

_STRIPES = 0.8


def facts_of(sheet: Sheet, data: Sequence[Row], taken: frozenset[int]) -> Iterator[PlanFinding]:
    """Say what the cells of records show; `taken` are the columns that are read.

    Colours, lines and comments mean something to people; that they are not read is said.
    """
    numbers = {row.number for row in data}
    hidden = [column_name(c) for c in sorted(taken & sheet.hidden_columns)]
    if hidden:
        sentence = Sentence(
            "Hidden columns are imported like the others: {columns}.", columns=", ".join(hidden)
        )
        yield PlanFinding("IMP-12", Severity.WARNING, sentence, sheet.name)
    looks = distinct(look for row in data for look in row.looks)
    struck = {id(look) for look in looks if look.marks & (Mark.STRUCK | Mark.PARTLY_STRUCK)}
    merged = [a for a in sheet.merged if a.last_row > a.first_row]
    for code, severity, sentence, rows in (
        (
            "IMP-12",
            Severity.WARNING,
            Sentence("Hidden rows are imported like the others."),
            sorted((sheet.hidden_rows | sheet.filtered_rows) & numbers),
        ),
        (
            "IMP-17",
            Severity.WARNING,
            Sentence("Cells are crossed out. What that means is not read."),
            [r.number for r in data if struck and any(id(look) in struck for look in r.looks)],
        ),
        (
            "IMP-17",
            Severity.WARNING,
            Sentence("Comments on cells are not read."),
            sorted({row for row, _ in _comments(sheet)} & numbers),
        ),
        (
            "IMP-17",
            Severity.WARNING,
            Sentence("Some rows or cells have a colour of their own. What it means is not read."),
            _coloured(data),
        ),
        (
            "IMP-13",
            Severity.INFO,
            Sentence("Cells merged over several rows hold for each of them."),
            sorted({n for a in merged for n in range(a.first_row, a.last_row + 1)} & numbers),
        ),
    ):
        if rows:
            yield PlanFinding(code, severity, sentence, sheet.name, tuple(rows))


def _coloured(data: Sequence[Row]) -> list[int]:
    """Give the rows with cells that stand out from their column; stripes mean nothing."""
    looks = list(distinct(look for row in data for look in row.looks))
    if not any(look.fill for look in looks):
        return []
    fills = [tuple(row.look(c).fill for c in range(len(row.values))) for row in data]
    width = max(map(len, fills))
    usual = [
        Counter(own[column] for own in fills if column < len(own)).most_common(1)[0][0]
        for column in range(width)
    ]
    differ = [any(f != usual[c] for c, f in enumerate(own)) for own in fills]
    rows = [row.number for row, other in zip(data, differ, strict=True) if other]
    if len(rows) > _COLOURED_AT_MOST * len(data) or _striped(differ):
        return []
    return rows


def _striped(differ: Sequence[bool]) -> bool:
    """Whether every second row has the other colour."""
    turns = sum(one != other for one, other in pairwise(differ))
    return len(differ) > 3 and turns >= _STRIPES * (len(differ) - 1)


def _comments(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give the cells with comments of people; our own notes are known already."""
    for place, comment in sheet.comments.items():
        if not comment.startswith(NOTE_START):
            yield place
