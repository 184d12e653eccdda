"""Columns that must not be shown although nobody has read them: those of sheets without a list."""

from __future__ import annotations

from itertools import islice

from smartct_desktop.domain.book import Sheet
from smartct_desktop.services.programme import ProgrammeFacts

_SEARCHED_ROWS = 60
_LONGEST_HEADING = 120
_SHORTEST_WORD = 4
_GROUPS = ("sensitive.", "unneeded.")


def sensitive_columns(sheet: Sheet, facts: ProgrammeFacts) -> frozenset[int]:
    """Give the columns over which a word for health, religion and the like stands."""
    return frozenset(
        column
        for row in islice(sheet.rows, _SEARCHED_ROWS)
        for column, value in enumerate(row.values)
        if isinstance(value, str) and len(value) <= _LONGEST_HEADING and _names(value, facts)
    )


def _names(text: str, facts: ProgrammeFacts) -> bool:
    words = (word.strip(".,:;*()") for word in text.split())
    return any(
        heading.field.startswith(_GROUPS)
        for part in (text, *(word for word in words if len(word) >= _SHORTEST_WORD))
        for heading in facts.headings.find(part)
    )
