"""One row of a shipped table, read cell by cell; what cannot be right is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NoReturn, TypeVar

from smartct_desktop.domain.programme.facts import LANGUAGES, Evidence, Origin

Rows = Iterable[Mapping[str, str]]
_EnumT = TypeVar("_EnumT", bound=Enum)
_SEPARATOR = ";"


class BadFact(ValueError):
    """A row of a shipped table that cannot be right: a mistake of ours, not of the user."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row, with its place for complaints; the cells are read by what they must hold."""

    table: str
    number: int
    cells: Mapping[str, str]

    def refuse(self, column: str, why: str) -> NoReturn:
        """Complain about a cell. Raises `BadFact`."""
        raise BadFact(f"{self.table}, row {self.number}, column {column}: {why}")

    def text(self, column: str) -> str:
        """Give the text of a cell, which may be empty."""
        cell = self.cells.get(column)
        if cell is None:
            self.refuse(column, "is missing")
        return cell.strip()

    def filled(self, column: str) -> str:
        """Give the text of a cell that must not be empty."""
        return self.text(column) or self.refuse(column, "must not be empty")

    def whole(self, column: str) -> int:
        """Give a whole number from 0 on."""
        text = self.filled(column)
        if not (text.isascii() and text.isdigit()):
            self.refuse(column, f"is no whole number: {text}")
        return int(text)

    def flag(self, column: str) -> bool:
        """Give the answer "yes" or "no"."""
        text = self.filled(column)
        if text not in ("yes", "no"):
            self.refuse(column, f"is neither yes nor no: {text}")
        return text == "yes"

    def day(self, column: str) -> date | None:
        """Give an ISO date, None if the cell is empty."""
        text = self.text(column)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.refuse(column, f"is no ISO date: {text}")

    def one_of(self, column: str, kind: type[_EnumT]) -> _EnumT:
        """Give the member of an enumeration by its value."""
        text = self.filled(column)
        try:
            return kind(text)
        except ValueError:
            self.refuse(column, f"is none of the words allowed: {text}")

    def language(self, column: str = "lang") -> str:
        """Give one of the languages of sheets, or ""."""
        text = self.text(column)
        if text and text not in LANGUAGES:
            self.refuse(column, f"is none of the languages: {text}")
        return text

    def country(self, column: str = "iso2") -> str:
        """Give a code of two capitals, or ""."""
        text = self.text(column)
        if text and not re.fullmatch("[A-Z]{2}", text):
            self.refuse(column, f"is no country code: {text}")
        return text

    def origin(self) -> Origin:
        """Give evidence and sources, which every row has."""
        sources = tuple(key.strip() for key in self.filled("source").split(_SEPARATOR))
        return Origin(self.one_of("evidence", Evidence), sources)


def fact_rows(table: str, rows: Rows) -> Iterator[FactRow]:
    """Number the rows of a table as a spreadsheet program shows them.

    What stands beyond the last column is found under the column "" and refused: a comma too many.
    """
    for number, cells in enumerate(rows, start=2):
        row = FactRow(table, number, cells)
        if "" in cells:
            row.refuse("", "there are more cells than columns")
        yield row
