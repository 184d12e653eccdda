"""A sheet as the partner sees it, line by line, and what each line is taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from smartct_desktop.domain.book import Row, Sheet
from smartct_desktop.services.importing.skipped import Skipped

_SHOWN_GAP = 3  # so many blank rows are shown one by one, more of them as one line


class LineKind(Enum):
    """What a line is taken for."""

    BESIDE = auto()  # titles and text around the table
    HEADING = auto()
    VALUES = auto()
    SKIPPED = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row, or several blank ones in a row; `row` is None where nothing stands."""

    number: int
    last: int
    kind: LineKind
    row: Row | None = None
    skipped: Skipped | None = None

    @property
    def tall(self) -> bool:
        """Whether it needs room for a second line: what is understood, or why it is skipped."""
        if self.kind is LineKind.SKIPPED:
            return self.row is not None and sum(v is not None for v in self.row.values) > 1
        return self.kind is LineKind.VALUES


def sheet_lines(
    sheet: Sheet,
    header_rows: frozenset[int],
    data_rows: frozenset[int],
    skipped: Mapping[tuple[str | None, int], Skipped],
) -> Sequence[SheetLine]:
    """Give the lines of a sheet from row 1 to the last one with content."""
    return tuple(_lines(sheet, header_rows, data_rows, skipped))


def _lines(
    sheet: Sheet,
    header_rows: frozenset[int],
    data_rows: frozenset[int],
    skipped: Mapping[tuple[str | None, int], Skipped],
) -> Iterator[SheetLine]:
    expected = 1
    for row in sheet.rows:
        number = row.number
        if number > expected:
            yield from _gap(expected, number - 1)
        expected = number + 1
        if (part := skipped.get((sheet.name, number))) is not None:
            yield SheetLine(number, number, LineKind.SKIPPED, row, part)
        elif number in data_rows:
            yield SheetLine(number, number, LineKind.VALUES, row)
        elif number in header_rows:
            yield SheetLine(number, number, LineKind.HEADING, row)
        else:
            yield SheetLine(number, number, LineKind.BESIDE, row)


def _gap(first: int, last: int) -> Iterator[SheetLine]:
    if last - first >= _SHOWN_GAP:
        yield SheetLine(first, last, LineKind.BLANK)
        return
    for number in range(first, last + 1):
        yield SheetLine(number, number, LineKind.BLANK)
