"""By what the fields of a text file are separated: the sign that gives the most even table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_FIELD = 10_000_000
"""Characters of one field; the csv module refuses shorter ones if it is not told."""

DELIMITERS = (";", ",", "\t", "|")
_CLEAR = 1.5
_COMMA_OF_LISTS = re.compile(r"(?<!\d),|,(?!\d)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiters that may be meant, likeliest first, and whether the first stands out."""

    delimiters: tuple[str, ...]
    certain: bool


def named_delimiter(line: str) -> str | None:
    """The delimiter that a first line such as "sep=;" names, as Excel understands it."""
    text = line.rstrip("\r\n")
    if text.lower().startswith("sep=") and len(text) == len("sep=") + 1:
        return text[-1]
    return None


def guess_delimiter(lines: Sequence[str]) -> Dialect:
    """The delimiter of a text that begins with these lines, by the number of fields per record."""
    scores = {delimiter: _evenness(lines, delimiter) for delimiter in DELIMITERS}
    ranked = sorted(DELIMITERS, key=lambda delimiter: -scores[delimiter])
    best, second = scores[ranked[0]], scores[ranked[1]]
    if best == 0:  # one column: any sign that does not occur leaves the lines whole
        return Dialect(("\t", *(d for d in DELIMITERS if d != "\t")), certain=True)
    return Dialect(tuple(ranked), best >= _CLEAR * second)


def _evenness(lines: Sequence[str], delimiter: str) -> float:
    """How well a delimiter makes a table: many fields, and the same number in most records.

    A comma that only ever stands between figures is a decimal sign where the headings have none.
    """
    if not any(delimiter in line for line in lines):
        return 0.0
    if delimiter == "," and "," not in lines[0] and not _COMMA_OF_LISTS.search("".join(lines)):
        return 0.0
    csv.field_size_limit(LONGEST_FIELD)
    try:
        counts = Counter(len(record) for record in csv.reader(lines, delimiter=delimiter) if record)
    except csv.Error:
        return 0.0
    records = sum(counts.values())
    return max((fields - 1) * (count / records) ** 3 for fields, count in counts.items())
