"""A report and the same report said in a language, so that its parts are found and well written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from smartct_desktop.domain.report import Column, Kind, Report, Row, Table, Value
from smartct_desktop.services.reports.wording import Wording
from smartct_desktop.services.texts import NO_BREAK

_SIGNS: Mapping[str, tuple[str, str]] = {"en": (",", "."), "bg": (NO_BREAK, ",")}
_USUAL = (".", ",")  # German, Spanish, Catalan, Italian: signs of thousands and of decimals
_DAY = "%d.%m.%Y"
_LONGEST_FACT = 120


class Part:
    """One table of a report: columns are asked for by their English headings."""

    def __init__(self, english: Table, said: Table, source: Source) -> None:
        self.english = english.name
        self._columns = english.columns
        self._said = said
        self._source = source
        self._rows: list[Row] | None = None

    @property
    def name(self) -> str:
        """The name of the sheet in the language."""
        return self._said.name

    @property
    def note(self) -> str:
        """The sentence under its title."""
        return self._said.note

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, said in the language; read once."""
        if self._rows is None:
            self._rows = list(self._said.rows)
        return self._rows

    def first(self, most: int) -> list[Row]:
        """Read the first rows only; the table cannot be read again afterwards."""
        return list(islice(self._said.rows, most))

    @property
    def columns(self) -> Sequence[Column]:
        """All columns, with their headings in the language."""
        return self._said.columns

    @property
    def row_count(self) -> int | None:
        """How many rows there are; None where nobody knows before they were read."""
        return self._said.row_count

    @property
    def headings(self) -> tuple[str, ...]:
        """The English headings."""
        return tuple(column.heading for column in self._columns)

    def place(self, heading: str) -> int | None:
        """Where a column stands; None if the report has no such column."""
        return next((n for n, c in enumerate(self._columns) if c.heading == heading), None)

    def heading(self, heading: str) -> str:
        """Give the heading in the language."""
        place = self.place(heading)
        return self._said.columns[place].heading if place is not None else heading

    def whole(self, row: Row, heading: str) -> int | None:
        """Give a whole number of a row; None where there is none."""
        place = self.place(heading)
        value = row[place] if place is not None else None
        return value if isinstance(value, int) else None

    def text(self, row: Row, heading: str) -> str:
        """Give what stands in a cell, written out."""
        place = self.place(heading)
        return self._source.written(row[place], self._columns[place]) if place is not None else ""

    def total(self, heading: str) -> str:
        """Give the sum of a column of money or whole numbers, written out."""
        place = self.place(heading)
        if place is None:
            return ""
        values = (row[place] for row in self.rows)
        total = sum(value for value in values if isinstance(value, int))
        return self._source.written(total, self._columns[place])


class Source:
    """Gives the tables of a report by their English names."""

    def __init__(self, report: Report, wording: Wording) -> None:
        self.wording = wording
        self.said = wording.report(report)
        tables = zip(report.tables, self.said.tables, strict=True)
        self.parts = [Part(english, said, self) for english, said in tables]
        self._signs = _SIGNS.get(self.said.language, _USUAL)

    def __getitem__(self, name: str) -> Part:
        return next(part for part in self.parts if part.english == name)

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """The facts of the first sheet that fit on a line, as (what, which)."""
        facts = self.said.facts
        return tuple((f.term, f.meaning) for f in facts if len(f.meaning) <= _LONGEST_FACT)

    def say(self, text: str) -> str:
        """Give a text in the language of the report."""
        return self.wording.say(text)

    def written(self, value: Value, column: Column) -> str:
        """Write out a value as people of the language read it."""
        match value:
            case None:
                return ""
            case bool():
                words = self.said.words
                return words.yes if value else words.no
            case int() if column.kind is Kind.MONEY:
                return f"{self.number(Decimal(value) / 100, 2)}{NO_BREAK}€"
            case int() | float() | Decimal():
                return self.number(Decimal(str(value)), column.places)
            case datetime():
                return f"{value.astimezone():{_DAY} %H:%M}"
            case date():
                return f"{value:{_DAY}}"
            case time():
                return f"{value:%H:%M}"
            case _:
                return value

    def number(self, value: Decimal, places: int = 0) -> str:
        """Write out a number."""
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        thousands, decimal = self._signs
        return f"{rounded:,.{places}f}".translate({ord(","): thousands, ord("."): decimal})
