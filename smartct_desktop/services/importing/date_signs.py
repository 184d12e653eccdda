"""The notations of dates, and the signs and words between their parts, in all languages at once."""

from __future__ import annotations

import re

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s?([./ -])\s?(\d{1,2})\s?\2\s?(\d{1,2})\.?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
TRIPLE = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?'?(\d{4}|\d{2})")
ROMAN = re.compile(r"(\d{1,2})[ ./-]{1,2}([ivx]{1,4})[ ./-]{1,2}(\d{4}|\d{2})")
NAMED = re.compile(r"(\d{1,2})\s?([-/])\s?([^\W\d_]+)\.?\s?\2\s?(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})\s?[./-]\s?(\d{1,2})")
CLEAR = (
    (_ISO, (1, 2, 3)),
    (_COMPACT, (1, 2, 3)),
    (_YEAR_FIRST, (1, 3, 4)),
    (_MONTH_YEAR, (2, 1, 0)),
    (_YEAR_MONTH, (1, 2, 0)),
)
"""Notations with the places of year, month and day in them; 0 where there is none."""

DAY_MONTH = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\.?")
YEAR = re.compile(r"\d{4}")
DAY = re.compile(r"(\d{1,2})\.?")
DAY_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})")
CLOCK = re.compile(r",? \d{1,2}:\d{2}(?::\d{2})?(?: ?(?:h|uhr|ч\.?))?$")
YEAR_MARK = re.compile(r"(?<=\d)\s*(?:г\.?|год\.?|года)$")
TOKENS = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

ROMANS = {
    word: number
    for number, word in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1
    )
}
FROM = frozenset(["del", "dal", "dall", "dalla", "von", "vom", "from", "от", "desde", "des"])
TO = frozenset(
    ["al", "all", "alla", "bis", "to", "till", "until", "through", "до", "fins", "hasta", "fino"]
)
AND = frozenset(["y", "e", "i", "und", "and", "и", "&", "+"])
FILLERS = (
    frozenset(
        [
            "de",
            "d",
            "of",
            "the",
            "den",
            "der",
            "am",
            "el",
            "la",
            "le",
            "st",
            "nd",
            "rd",
            "th",
            "o",
            "º",
            "ª",
            "°",
            ".",
            ",",
            "'",
        ]
    )
    | FROM
)
