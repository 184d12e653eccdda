"""The currency of a column of amounts: told by its heading, its cells or their format, or asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.number_column import NumberColumn
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.understood import (
    CellReader,
    Doubt,
    Hang,
    RawColumn,
    distinct,
)

EURO = "EUR"
PER_EURO: Mapping[str, Decimal] = {"BGN": Decimal("1.95583")}
"""Currencies with a rate fixed by law, so that an amount in euro can be worked out."""

CONVERT, LEAVE_OUT = "convert", "leave out"

_LOCAL: Mapping[str, str] = {"bg": "BGN"}
"""Languages in whose country another currency was usual in the years of the programme."""

_IN_FORMAT = re.compile(r'\[\$([^\]-]*)(?:-[^\]]*)?\]|"([^"]*)"|([€£$₺₴])')


def currency_of_heading(header: str, dictionary: Dictionary) -> str:
    """Give the currency that a heading names, "" if it names none or several."""
    codes = {
        sense.code
        for word in re.findall(r"[^\W\d_]+\.?|[€£$]", header)
        if (sense := dictionary.words.sure("currency", word))
    }
    return codes.pop() if len(codes) == 1 else ""


def currency_of_format(code: str, dictionary: Dictionary) -> str:
    """Give the currency that a number format shows, "" if it shows none."""
    for groups in _IN_FORMAT.findall(code):
        text = next(filter(None, groups), "").strip()
        sense = dictionary.words.sure("currency", text) if text else None
        if sense is not None:
            return sense.code
    return ""


def in_euro(cents: int, currency: str) -> int | None:
    """Give the amount in euro cents, None where no fixed rate is known."""
    if currency == EURO:
        return cents
    rate = PER_EURO.get(currency)
    return int((cents / rate).quantize(Decimal(1), ROUND_HALF_UP)) if rate else None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euro cents that stands in another currency in the file."""

    cents: int | None
    original_cents: int
    currency: str


class MoneyCells:
    """The currencies of one column of amounts, and what was decided about them."""

    def __init__(
        self,
        column: RawColumn,
        numbers: NumberColumn,
        dictionary: Dictionary,
        asking: Asking,
        sheet: str | None,
    ) -> None:
        self._column = column
        self._dictionary = dictionary
        self._asking = asking
        self._sheet = sheet
        self._of_heading = currency_of_heading(column.header, dictionary)
        self._of_text = {
            text: reading.currency
            for text, reading in numbers.readings.items()
            if reading and reading.currency
        }
        self._of_format = {
            look.code: currency_of_format(look.code, dictionary) for look in distinct(column.looks)
        }
        self._convert: bool | None = None
        self._question = ""

    def reader(self, read: CellReader, language: str) -> CellReader:
        """Make the reader of amounts: `read` gives the number, this adds the currency."""
        named = {*self._of_text.values(), *self._of_format.values(), self._of_heading} - {""}
        usual = EURO
        if not named and language in _LOCAL:
            usual = self._ask_usual(_LOCAL[language])
            named = {usual}
        if foreign := named - {EURO, ""}:
            self._ask_to_convert(foreign)

        def amount(value: book.Value, code: str) -> Any:
            told = self._of_text.get(value) if isinstance(value, str) else None
            currency = told or self._of_format.get(code) or self._of_heading or usual
            found = read(value, code)
            return found if currency == EURO else self._stated(found, currency)

        return amount

    def _stated(self, found: Any, currency: str) -> Any:
        """Give a number as an amount in a currency; it may hang on questions."""
        match found:
            case int():
                euro = in_euro(found, currency) if currency else found
                amount = Amount(euro if self._convert is not False else None, found, currency)
                return Hang(self._question, amount) if self._convert is None else amount
            case Doubt():
                read = found.read
                return replace(found, read=lambda reply: self._stated(read(reply), currency))
            case Hang(question, int() as propose):
                return Hang(question, Amount(in_euro(propose, currency), propose, currency))
            case _:
                return found

    def _ask_usual(self, local: str) -> str:
        """Ask for the currency where nothing names one and two are usual; "" while it is open."""
        place = Place(
            "currency",
            "column",
            Sentence(
                "In which currency are the amounts of the column “{header}”?",
                header=self._column.header,
            ),
            self._sheet,
            self._column.letter,
            about="which",
        )
        given = self._asking.ask(place, options=(EURO, local), propose=EURO, certainty=0.7)
        self._question = place.id
        return str(given.value) if given else ""

    def _ask_to_convert(self, currencies: Iterable[str]) -> None:
        """Ask whether amounts in other currencies may be turned into euro."""
        named = sorted(currencies)
        place = Place(
            "currency",
            "column",
            Sentence(
                "The column “{header}” has amounts in {currencies}. Shall they be turned into euro "
                "at the fixed rate?",
                header=self._column.header,
                currencies=", ".join(named),
            ),
            self._sheet,
            self._column.letter,
        )
        fixed = all(name in PER_EURO for name in named)
        options = (CONVERT, LEAVE_OUT) if fixed else (LEAVE_OUT,)
        given = self._asking.ask(place, options=options, propose=CONVERT if fixed else None)
        self._question = place.id
        self._convert = given.value == CONVERT if given else None
