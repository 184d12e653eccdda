"""The records of a text table, with quotation marks taken for what they are meant as."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Self

from smartct_desktop.spreadsheets.text_dialect import LONGEST_FIELD

_RECORD_LINES = 500
_PATIENCE = 50


def records(
    lines: Iterable[str], delimiter: str, first_line: int, untidy: list[int]
) -> Iterator[tuple[int, list[str]]]:
    """The number of the first line and the fields of each record.

    A field in quotation marks may go over several lines. Where a mark stands at the beginning of a
    field but nothing closes it properly, it belongs to the text, and its line is a record of its
    own: so no line is swallowed. `untidy` collects the numbers of such lines.
    """
    csv.field_size_limit(LONGEST_FIELD)
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    number = first_line
    while True:
        try:
            fields = next(reader, None)
        except csv.Error:
            fields = _fields_as_they_stand(source.first_alone(), delimiter)
            untidy.append(number)
        if fields is None:
            return
        yield number, fields
        number += source.end_record()


class _Lines:
    """Physical lines for a csv reader, which remembers those of the record being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._returned: deque[str] = deque()
        self._record: list[str] = []
        self._longest = _RECORD_LINES
        self._patience = _PATIENCE

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if len(self._record) >= self._longest:
            raise csv.Error
        line = self._returned.popleft() if self._returned else next(self._lines)
        self._record.append(line)
        return line

    def first_alone(self) -> str:
        """The first line of the record; the others will be read again, as further records.

        A text that needs this again and again has marks all over, and no field over several lines.
        """
        if len(self._record) > 1:
            self._patience -= 1
            if self._patience == 0:
                self._longest = 1
        self._returned.extendleft(reversed(self._record[1:]))
        del self._record[1:]
        return self._record[0]

    def end_record(self) -> int:
        """Begin the next record; gives how many lines this one had."""
        lines = len(self._record)
        self._record.clear()
        return lines


def _fields_as_they_stand(line: str, delimiter: str) -> list[str]:
    """The fields of a line; only marks around a whole field are taken off."""
    sign = re.escape(delimiter)
    field = re.compile(rf'(?:"((?:[^"]|"")*)"|([^{sign}]*))(?:{sign}|\Z)')
    text = line.rstrip("\r\n")
    fields = []
    place = 0
    while (found := field.match(text, place)) is not None:
        quoted = found[1]
        fields.append(found[2] if quoted is None else quoted.replace('""', '"'))
        place = found.end()
        if place == len(text) and not text.endswith(delimiter, found.start(), place):
            break
    return fields
