"""Rows of a file that are no records, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SkipReason(Enum):
    """Why a row is no record."""

    BLANK = "blank", "blank row"
    SECTION = "section_row", "heading of a section"
    TOTAL = "total_row", "row of totals"
    SUBTOTAL = "subtotal_row", "row of subtotals"
    FOOTNOTE = "footnote", "footnote"
    REPEATED = "repeated_header", "headings again"
    HINT = "separator_hint", "hint for filling in"
    PROSE = "prose", "text beside the table"
    DUPLICATE = "duplicate", "stands in the file twice"
    SUMMARY_SHEET = "summary_sheet", "sheet of sums"
    TEMPLATE_SHEET = "template_sheet", "sheet to fill in"
    LOOKUP_SHEET = "lookup_sheet", "sheet of lists"
    CORRECTION_LIST = "correction_list", "our list of corrections"
    KNOWN = "known", "known to the program already"
    NO_FIELD = "no_field", "no field holds it"
    NOT_WANTED = "block_not_wanted", "left out as asked"

    label: str

    def __new__(cls, code: str, label: str) -> SkipReason:  # noqa: PYI034 (Enum makes the members)
        """Make a member whose value is the code."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows in a row that are no records, from the first to the last."""

    sheet: str | None
    first: int
    last: int
    reason: SkipReason
    code: str
    text: str = ""
