"""Writing a table as CSV (RFC 4180, UTF-8) for other programs, with a guard against formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, NoReturn, assert_never

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Kind, SheetCount, Table, Value, Words
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.cells_out import (
    Fit,
    Fits,
    Place,
    clean,
    euro,
    formula_like,
    is_day,
    is_time,
    is_whole,
    local,
    loses_characters,
    plain,
    rounded,
)
from smartct_desktop.spreadsheets.names_out import headings
from smartct_desktop.spreadsheets.outcome import Written
from smartct_desktop.system.files import write_atomic

_ROWS_AT_ONCE = 200
_ALSO_TEXT = frozenset({Kind.TEXT, Kind.LINK, Kind.ID, Kind.DAY, Kind.TIME, Kind.FLAG})
_GUARD = "'"

# A number as people write it: sign, digits with or without groups, decimals, percent or euro sign.
_NUMBER = re.compile(
    r"\s*[+-]?\s?(\d+|\d{1,3}([ .,'’\u00a0\u202f]\d{3})+)([.,]\d+)?\s?[%€]?\s*", re.ASCII
)
# An international phone number: plus, then 6 to 15 digits, single separators between them.
_PHONE = re.compile(r"\s*\+(?=(\D*\d){6,15}\D*$)\d{1,3}([ ./-]?(\(\d{1,4}\)|\d+))+\s*", re.ASCII)


class CsvOut:
    """The bytes of one table as CSV: UTF-8 with its mark, one row of headings, lines end in CRLF.

    Days are ISO (2022-03-01), moments ISO without a zone, money is in euro with two places and a
    point, yes and no are the given words. `guarded` puts an apostrophe before a text that a
    spreadsheet program would run as a formula; `without_guard` takes it off again.

    Rows are read once. When the bytes are used up, `count` is the number of rows and `written`
    says what had to be changed.
    """

    def __init__(
        self, table: Table, words: Words, *, guarded: bool = True, delimiter: str = ","
    ) -> None:
        self._table = table
        self._words = words
        self._guarded = guarded
        self._delimiter = delimiter
        self._fits = Fits()
        self.count = 0

    def written(self, path: Path) -> Written:
        """What came of it, once the bytes are used up."""
        count = SheetCount(self._table.name, self.count)
        return Written(path, (count,), self._fits.remarks(self._words))

    def parts(self, progress: Progress) -> Iterator[bytes]:
        """The file, piece by piece.

        Raises `Cancelled`, `Invalid` for a value that is no number, `TypeError` and `ValueError`
        for a table that contradicts itself.
        """
        names = headings(column.heading for column in self._table.columns)
        texts = [
            _ColumnText(column, Place(self._table.name, name), self._words, self._fits).text
            for column, name in zip(self._table.columns, names, strict=True)
        ]
        guard = with_guard if self._guarded else str
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=self._delimiter, lineterminator="\r\n")
        buffer.write("\ufeff")
        writer.writerow([guard(name) for name in names])
        for values in self._table.rows:
            if self.count % _ROWS_AT_ONCE == 0:
                progress.report(
                    Sentence("Writing {sheet}", sheet=self._table.name),
                    self.count,
                    self._table.row_count or 0,
                )
                yield _taken(buffer)
            self.count += 1
            row = self.count + 1
            cells = [text(value, row) for text, value in zip(texts, values, strict=True)]
            writer.writerow([guard(cell) for cell in cells])
        yield _taken(buffer)


class _ColumnText:
    """Turns the values of one column into text for programs."""

    def __init__(self, column: Column, place: Place, words: Words, fits: Fits) -> None:
        self._column = column
        self._place = place
        self._words = words
        self._fits = fits
        self._convert = self._conversion()

    def text(self, value: Value, row: int) -> str:
        """The value as text, nothing for None. Raises `TypeError`, `Invalid`."""
        if value is None:
            return ""
        if isinstance(value, str) and self._column.kind in _ALSO_TEXT:
            return self._clean(value, row)
        return self._convert(value, row)

    def _conversion(self) -> Callable[[Value, int], str]:
        match self._column.kind:
            case Kind.TEXT | Kind.LINK | Kind.ID:
                return self._refuse
            case Kind.WHOLE:
                return self._whole
            case Kind.NUMBER:
                return self._number
            case Kind.MONEY:
                return self._money
            case Kind.DAY:
                return self._day
            case Kind.TIME:
                return self._time
            case Kind.MOMENT:
                return self._moment
            case Kind.FLAG:
                return self._flag
            case _:
                assert_never(self._column.kind)

    def _refuse(self, value: Value, row: int) -> NoReturn:
        self._place.refuse(self._column, value, row)

    def _clean(self, value: str, row: int) -> str:
        text = clean(value)
        if text is not value and loses_characters(value):
            self._fits.add(Fit.CLEANED, self._place, row)
        return text

    def _whole(self, value: Value, row: int) -> str:
        return str(value) if is_whole(value) else self._refuse(value, row)

    def _money(self, value: Value, row: int) -> str:
        return euro(value) if is_whole(value) else self._refuse(value, row)

    def _number(self, value: Value, row: int) -> str:
        if not (is_whole(value) or isinstance(value, (float, Decimal))):
            self._refuse(value, row)
        try:
            shown = rounded(value, self._column.places)
        except ValueError:
            self._place.refuse_number(row)
        return plain(value if shown is None else shown)

    def _day(self, value: Value, row: int) -> str:
        return value.isoformat() if is_day(value) else self._refuse(value, row)

    def _time(self, value: Value, row: int) -> str:
        if not is_time(value):
            self._refuse(value, row)
        return value.isoformat("seconds" if value.second else "minutes")

    def _moment(self, value: Value, row: int) -> str:
        if not isinstance(value, datetime):
            self._refuse(value, row)
        return local(value).isoformat(timespec="seconds")

    def _flag(self, value: Value, row: int) -> str:
        if not isinstance(value, bool):
            self._refuse(value, row)
        return self._words.yes if value else self._words.no


def write_csv(out: CsvOut, path: Path, progress: Progress) -> Written:
    """Write the table to `path`, whole or not at all. Raises as `write_workbook` does."""

    def produce(file: BinaryIO) -> None:
        file.writelines(out.parts(progress))

    write_atomic(path, produce)
    return out.written(path)


def with_guard(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet program might run it as a formula.

    Numbers, phone numbers and a lone dash stay as they are. A text that already has apostrophes
    before such a beginning gets one more, so that taking one off always gives back the text.
    """
    return _GUARD + text if _needs_guard(text.lstrip(_GUARD)) else text


def without_guard(text: str) -> str:
    """The text as it was before `with_guard`."""
    if text.startswith(_GUARD) and _needs_guard(text.lstrip(_GUARD)):
        return text[1:]
    return text


def _needs_guard(text: str) -> bool:
    if not formula_like(text) or text.strip() == "-":
        return False
    return not (_NUMBER.fullmatch(text) or _PHONE.fullmatch(text))


def _taken(buffer: io.StringIO) -> bytes:
    """What is in the buffer, which is empty afterwards."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8")
