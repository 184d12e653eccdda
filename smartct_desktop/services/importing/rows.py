"""Which rows of a table are data, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smartct_desktop.domain.book import Area, Mark, Row, Sheet, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.layout import Table
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.skipped import Skipped, SkipReason

LISTED = "IMP-05"

_LONG = 60
_HINT = re.compile(r"\*|\[[^\]]*\]|[DdTtGgдг]{1,2}[./-][MmМм]{1,2}[./-][YyJjAaгГ]{2,4}")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}\s*[-‐‑‒–—]\s*\d{1,2}[:.h]\d{2}")
_UNITS = frozenset(
    ["km", "eur", "euro", "days", "tage", "dias", "dies", "giorni", "дни", "км", "евро", "лв", "h",
     "yes no", "ja nein", "si no", "да не", "text", "texto", "testo", "текст"]
)  # fmt: skip
_RECORD = "record"
_NOT_WANTED = "leave out"


@dataclass(slots=True)
class FoundRows:
    """The data rows of a table; `sections` gives the section heading that a row stands under.

    `section_rows` gives the number of the row with that heading.
    """

    data: list[Row] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    section_rows: dict[int, int] = field(default_factory=dict)
    totals: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    doubtful: dict[int, str] = field(default_factory=dict)
    """Rows of which a person has to say whether they are records, with the question's id."""


class RowSorter:
    """Tells the rows of one table apart. `required` are columns that each record fills."""

    def __init__(
        self,
        dictionary: Dictionary,
        asking: Asking,
        sheet: Sheet,
        table: Table,
        required: Sequence[Sequence[int]],
    ) -> None:
        self._dictionary = dictionary
        self._asking = asking
        self._sheet = sheet
        self._table = table
        self._required = required
        self._merged = _wide_areas(sheet.merged)
        self._headings = {head.column: fold(head.text) for head in table.heads}
        self._first_words: dict[str, tuple[str, str] | None] = {}

    def sort(self) -> FoundRows:
        """Go through the rows once."""
        found = FoundRows()
        reasons: dict[int, SkipReason] = {}
        section, section_row = "", 0
        for row in self._table.rows:
            reason = self._reason(row, found)
            if reason is None:
                found.data.append(row)
                if section:
                    found.sections[row.number] = section
                    found.section_rows[row.number] = section_row
                continue
            reasons[row.number] = reason
            if reason is SkipReason.SECTION:
                section, section_row = str(_first(row)[1]), row.number
            elif reason in (SkipReason.TOTAL, SkipReason.SUBTOTAL):
                found.totals.append(row)
        self._settle_by_place(found, reasons)
        by_number = {row.number: row for row in self._table.rows}
        found.skipped = [
            Skipped(self._sheet.name, number, number, reason, LISTED, _text(by_number[number]))
            for number, reason in reasons.items()
        ]
        return found

    def _reason(self, row: Row, found: FoundRows) -> SkipReason | None:
        filled = len(row.values) - row.values.count(None)
        column, first = _first(row)
        if isinstance(first, str) and not first.split(None, 1)[0][-1:].isdigit():
            total = self._total(row, first, column)
            if total is not None:
                return total
        if filled > 1 and self._repeats(row):
            return SkipReason.REPEATED
        if not found.data and filled > 1 and self._hints(row):
            return SkipReason.HINT
        if filled == 1 and isinstance(first, str):
            return self._alone(row, column, first, found)
        return None

    def _total(self, row: Row, text: str, column: int) -> SkipReason | None:
        """Tell a row of totals by its first word, unless it is filled like a record."""
        if text not in self._first_words:
            begun = self._dictionary.words.beginning("total_row", text)
            self._first_words[text] = (begun[0], begun[1].code) if begun else None
        known = self._first_words[text]
        if known is None:
            return None
        word, code = known
        others = [
            value
            for place, value in enumerate(row.values)
            if place != column and isinstance(value, str) and not self._counts(value)
        ]
        if len(others) > 1:
            return None
        rest = fold(text)[len(word) :].strip()
        counted = any(isinstance(value, int | float) for value in row.values) or any(
            look.marks & (Mark.FORMULA | Mark.NO_RESULT) for look in row.looks
        )
        named = bool(rest) and not any(map(str.isdigit, rest))
        if named and not counted and column in self._key_columns():
            return None
        return SkipReason.SUBTOTAL if code in ("subtotal", "count") else SkipReason.TOTAL

    def _key_columns(self) -> set[int]:
        return {column for group in self._required for column in group}

    def _counts(self, text: str) -> bool:
        """Whether a text in a row of totals is a count such as "of which SMEs: 6"."""
        return self._dictionary.words.beginning("total_row", text) is not None

    def _repeats(self, row: Row) -> bool:
        """Whether the row has the headings once more; a look at one of them spares the others."""
        column, first = _first(row)
        if not isinstance(first, str) or (
            column in self._headings and fold(first) != self._headings[column]
        ):
            return False
        same = sum(
            isinstance(value, str) and fold(value) == self._headings.get(column)
            for column, value in enumerate(row.values)
        )
        return same >= 0.6 * max(2, sum(value is not None for value in row.values))

    def _hints(self, row: Row) -> bool:
        """Whether the row below the headings says how to fill them in, or numbers the columns."""
        values = [(c, v) for c, v in enumerate(row.values) if v is not None]
        if all(isinstance(v, int | float) and v == c + 1 for c, v in values):
            return len(values) > 2
        texts = [v for _, v in values if isinstance(v, str)]
        hints = sum(bool(_HINT.search(text)) or fold(text) in _UNITS for text in texts)
        return len(texts) == len(values) and hints > len(texts) / 2

    def _alone(self, row: Row, column: int, text: str, found: FoundRows) -> SkipReason | None:
        """Judge a row with a single text: a section, a footnote, or a short record."""
        if not all(column in group for group in self._required):
            return SkipReason.SECTION
        if self._is_merged(row.number, column) or len(text) > _LONG or self._noted(text):
            return SkipReason.SECTION
        if self._tells_when(text) or self._dictionary.country(text) is not None:
            return SkipReason.SECTION
        place = Place(
            "layout",
            "row",
            Sentence("Are these rows records, or do they only divide or explain the list?"),
            self._sheet.name,
            about="rows",
        )
        heading = bool(self._dictionary.words.senses("member_kind", text)) or row.look(column).bold
        given = self._asking.ask(
            place,
            f"{row.number}: {text}",
            rows=[row.number],
            options=(_RECORD, _NOT_WANTED),
            propose=_NOT_WANTED if heading else _RECORD,
            text=Sentence("Row {row}: “{text}”", row=row.number, text=text),
        )
        if given is None:
            found.doubtful[row.number] = place.id
            return None
        return SkipReason.SECTION if given.value == _NOT_WANTED else None

    def _noted(self, text: str) -> bool:
        return self._dictionary.words.beginning("footnote", text) is not None or text[0] in "*¹²³"

    def _tells_when(self, text: str) -> bool:
        """Whether the text names a day or an hour, as headings of sessions do and names do not."""
        if _CLOCK.search(text):
            return True
        days = self._dictionary.dates
        words = set(fold(text).split())
        return any(map(str.isdigit, text)) and not words.isdisjoint({*days.months, *days.weekdays})

    def _is_merged(self, number: int, column: int) -> bool:
        return any((number, column) in area for area in self._merged.get(number, ()))

    def _settle_by_place(self, found: FoundRows, reasons: dict[int, SkipReason]) -> None:
        """Tell sections from footnotes and totals from subtotals by what follows."""
        last_data = found.data[-1].number if found.data else 0
        texts = {row.number: str(_first(row)[1]) for row in self._table.rows}
        for number, reason in reasons.items():
            if reason is SkipReason.TOTAL and number < last_data:
                reasons[number] = SkipReason.SUBTOTAL
            elif reason is SkipReason.SECTION and number > last_data:
                reasons[number] = SkipReason.FOOTNOTE
            elif reason is SkipReason.SECTION and len(texts[number]) > 2 * _LONG:
                reasons[number] = SkipReason.PROSE


def blank_rows(sheet: Sheet, first: int, *, text_file: bool) -> Iterator[Skipped]:
    """List the rows without content from row `first` on, runs of them as one."""
    expected = first
    for row in sheet.rows:
        if row.number > expected:
            yield Skipped(sheet.name, expected, row.number - 1, SkipReason.BLANK, LISTED)
        if row.number >= expected:
            expected = row.number + 1 + (_line_breaks(row) if text_file else 0)


def _line_breaks(row: Row) -> int:
    return sum(value.count("\n") for value in row.values if isinstance(value, str))


def _first(row: Row) -> tuple[int, Value]:
    """Give the first cell that is not blank, with its column."""
    return next((c, v) for c, v in enumerate(row.values) if v is not None)


def _text(row: Row) -> str:
    value = str(_first(row)[1])
    return value if len(value) <= _LONG else value[: _LONG - 1] + "…"


def _wide_areas(areas: Sequence[Area]) -> Mapping[int, Sequence[Area]]:
    found: dict[int, list[Area]] = {}
    for area in areas:
        if area.last_column > area.first_column and area.last_row - area.first_row < 3:
            for number in range(area.first_row, area.last_row + 1):
                found.setdefault(number, []).append(area)
    return found
