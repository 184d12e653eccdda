"""The rows of headings as a person says, where they were found wrongly or not at all."""

from __future__ import annotations

import re

from smartct_desktop.domain.book import Sheet
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.heading_rows import block_of, merged_rows, with_days
from smartct_desktop.services.importing.headings import Headings
from smartct_desktop.services.importing.layout import Layout, Table, named_heads
from smartct_desktop.services.importing.questions import Asking, Place

_ROWS = re.compile(r"\s*(\d{1,7})\s*(?:[-–]\s*(\d{1,7})\s*)?")
_MOST = 4


def heading_question(sheet: str | None) -> Place:
    """The place under which a person says where the headings of a sheet are: "4" or "4-5"."""
    words = Sentence("In which rows do the headings stand?")
    return Place("heading_rows", "sheet", words, sheet)


def said_layout(sheet: Sheet, headings: Headings, asking: Asking) -> Layout | None:
    """Give the one table below the rows that were said to be headings; None if nothing was said.

    Raises `Invalid` where these rows can be no headings.
    """
    given = asking.decided(heading_question(sheet.name))
    if given is None:
        return None
    first, last = _places(sheet, str(given.value))
    merged = merged_rows(sheet.merged)
    block = block_of(sheet, headings, merged, first, last)
    if block is None:
        raise Invalid(Sentence("Row {row} has no headings.", row=sheet.rows[first].number))
    block = with_days(sheet, merged, block)
    table = Table(
        tuple(row.number for row in sheet.rows[block.first : block.last + 1]),
        named_heads(block.heads, headings),
        tuple(sheet.rows[block.last + 1 :]),
    )
    return Layout(tuple(sheet.rows[: block.first]), (table,))


def _places(sheet: Sheet, said: str) -> tuple[int, int]:
    """Give the first and last place of the rows that were said."""
    match = _ROWS.fullmatch(said)
    if match is None:
        raise Invalid(
            Sentence("“{text}” names no rows. Type the row of the headings, or 4-5.", text=said)
        )
    first = int(match[1])
    last = int(match[2] or first)
    numbers = [row.number for row in sheet.rows]
    if not first <= last < first + _MOST:
        raise Invalid(Sentence("Headings take one to {most} rows.", most=_MOST))
    if first not in numbers or last not in numbers:
        raise Invalid(Sentence("Row {row} of the sheet is blank.", row=said.strip()))
    return numbers.index(first), numbers.index(last)
