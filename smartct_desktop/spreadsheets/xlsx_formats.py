"""What a number format of a workbook means: a date, a time, a duration, or just a number."""

from __future__ import annotations

import re

from smartct_desktop.domain.book import NumberFormat

# The formats that files name by number only, as far as they are the same in all European
# languages. (ECMA-376 part 1, 18.8.30; 27 to 58 from its tables for Chinese and Japanese, where
# both agree.)
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33), "h:mm:ss"),
}

# Text that stands for itself: "quoted", \x escaped, _x and *x for widths.
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].', re.DOTALL)
_DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_NOON = re.compile(r"am/pm|a/p|上午/下午")
_SECOND_PARTS = re.compile(r"(?<=s)[.,]0+")
_SCIENTIFIC = re.compile(r"e[+-]")
_MINUTES = re.compile(r"(?<=h)([^a-z]*)m+|m+(?=[^a-z]*s)")
_DAY_LETTERS = frozenset("ydmebg")
_HOUR_LETTERS = frozenset("hs")
_PLACES = frozenset("0#?")


def meaning(code: str) -> NumberFormat:
    """What numbers are shown as under the format `code`, by the first section that says so.

    Letters in quotes, brackets or behind a backslash are text: `0 "d"` is no date.
    """
    for section in _sections(code):
        found = _meaning_of_section(section)
        if found is not None:
            return found
    return NumberFormat.GENERAL


def _sections(code: str) -> list[str]:
    """The sections of a format without the text in them, in lower case."""
    return _LITERAL.sub("", code).lower().split(";")


def _meaning_of_section(section: str) -> NumberFormat | None:
    """What a section shows; `None` if it has nothing but text."""
    if _DURATION.search(section):
        return NumberFormat.DURATION
    bare = _BRACKETS.sub("", section)
    if "general" in bare or "standard" in bare:  # some programs write the word in their language
        return NumberFormat.GENERAL
    bare = _SCIENTIFIC.sub("", _SECOND_PARTS.sub("", bare))
    if not _PLACES.isdisjoint(bare):
        return NumberFormat.PERCENT if "%" in bare else NumberFormat.NUMBER
    hours = _NOON.search(bare) is not None
    bare = _MINUTES.sub(r"\1", _NOON.sub("", bare))
    letters = set(bare)
    hours = hours or not letters.isdisjoint(_HOUR_LETTERS)
    days = not letters.isdisjoint(_DAY_LETTERS)
    if days:
        return NumberFormat.MOMENT if hours else NumberFormat.DATE
    if hours:
        return NumberFormat.TIME
    return NumberFormat.TEXT if "@" in bare else None
