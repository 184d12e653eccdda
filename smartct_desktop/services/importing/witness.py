"""What stands below a heading as second witness: how well cells fit what the heading says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from smartct_desktop.domain.book import Value
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Flag,
    Link,
    Money,
    Number,
    PartialDay,
    Term,
    Terms,
    Whole,
)
from smartct_desktop.services.importing.cells import WORDS_OF, Clock, Paper, Period, Vat, cell_type
from smartct_desktop.services.importing.clock_text import read_clock
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.number_text import NumberText

NEUTRAL = 0.6
"""How well anything fits a column of plain text."""

_Test: TypeAlias = Callable[[Value], bool]
_ORGANISATIONS = frozenset({"exchange.vo", "exchange.ho", "organisation.name"})
_PEOPLE = frozenset({"exchange.visitor", "organisation.contact"})


class Witness:
    """Says how well cells fit a heading code."""

    def __init__(self, dictionary: Dictionary, latest: int) -> None:
        self._dictionary = dictionary
        self._dates = DateText(dictionary.dates, latest)
        self._numbers = NumberText(dictionary.numbers)

    def fitness(self, code: str, values: Sequence[Value]) -> float:
        """Give the share of cells that fit, from 0 to 1; `NEUTRAL` where none could misfit."""
        if not values:
            return NEUTRAL
        if code == "row.number":
            return 1.0 if _running(values) else 0.0
        test = self._test(code)
        if test is None:
            return NEUTRAL
        return sum(map(test, values)) / len(values)

    def typed(self, code: str) -> bool:
        """Whether cells of the code can be told from others by how they look."""
        return self._test(code) is not None and code not in _ORGANISATIONS | _PEOPLE

    def _test(self, code: str) -> _Test | None:
        if code in _ORGANISATIONS:
            return self._organisation
        if code in _PEOPLE:
            return lambda value: isinstance(value, str) and not self._organisation(value)
        type_ = cell_type(code)
        words = WORDS_OF.get(code, "")
        tests: Mapping[type, _Test] = {
            **dict.fromkeys((Day, PartialDay, Period), self._date),
            **dict.fromkeys((Whole, Number, Money), self._number),
            **dict.fromkeys((Choice, Term, Terms), lambda value: self._says(words, value)),
            Email: lambda value: isinstance(value, str) and "@" in value,
            Link: lambda value: isinstance(value, str) and "." in value and "@" not in value,
            Country: lambda value: self._dictionary.country(str(value)) is not None,
            Flag: lambda value: isinstance(value, bool) or self._says("answer", value),
            Paper: self._paper,
            Clock: lambda value: read_clock(str(value)) is not None,
            Vat: lambda value: sum(map(str.isdigit, str(value))) >= 6,
        }
        return tests.get(type(type_))

    def _says(self, kind: str, value: Value) -> bool:
        return bool(self._dictionary.words.senses(kind, str(value)))

    def _paper(self, value: Value) -> bool:
        return (
            isinstance(value, bool)
            or self._date(value)
            or self._says("document_state", value)
            or self._says("answer", value)
        )

    def _date(self, value: Value) -> bool:
        if isinstance(value, str):
            return self._dates.read(value) is not None or self._says("undecided", value)
        return isinstance(value, date)

    def _number(self, value: Value) -> bool:
        if isinstance(value, str):
            return self._numbers.read(value) is not None or self._says("answer", value)
        return isinstance(value, int | float) and not isinstance(value, bool)

    def _organisation(self, value: Value) -> bool:
        """Whether a name bears a legal form or a word that only organisations have."""
        if not isinstance(value, str):
            return False
        key = self._dictionary.names.key(value)
        return bool(key.form) or bool(self._dictionary.words.within("name_word", value))


def _running(values: Sequence[Value]) -> bool:
    """Whether the values count 1, 2, 3 … apart from a few texts between them."""
    numbers = [int(str(v)) for v in values if str(v).isdecimal()]
    return len(numbers) >= 0.8 * len(values) and numbers == list(range(1, len(numbers) + 1))
