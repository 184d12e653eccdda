"""The currency of a column of amounts: told by its heading, its cells or their format, or asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.number_column import NumberColumn
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.understood import CellReader, Hang, RawColumn

EURO = "EUR"
PER_EURO: Mapping[str, Decimal] = {"BGN": Decimal("1.95583")}
"""Currencies with a rate fixed by law, so that an amount in euro can be worked out."""

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


def money_cells(  # noqa: PLR0913 (the column, and what it may ask)
    numbers: NumberColumn,
    read: CellReader,
    column: RawColumn,
    *,
    dictionary: Dictionary,
    asking: Asking,
    sheet: str | None,
) -> CellReader:
    """Make the reader of amounts: `read` gives the number, this adds what currency it is in."""
    of_heading = currency_of_heading(column.header, dictionary)
    currencies = {
        value: reading.currency
        for value, reading in numbers.readings.items()
        if reading and reading.currency
    }
    foreign = {*currencies.values(), of_heading} | {
        currency_of_format(look.code, dictionary) for look in set(column.looks)
    }
    foreign -= {EURO, ""}
    convert, place = ask_currency(asking, column, sheet, foreign) if foreign else (None, None)

    def currency_of(value: book.Value, code: str) -> str:
        told = currencies.get(value, "") if isinstance(value, str) else ""
        return told or currency_of_format(code, dictionary) or of_heading or EURO

    def amount(value: book.Value, code: str) -> Any:
        cents = read(value, code)
        currency = currency_of(value, code)
        if currency == EURO or not isinstance(cents, int) or place is None:
            return cents
        converted = Amount(in_euro(cents, currency), cents, currency)
        if convert is None:
            return Hang(place.id, converted)
        return converted if convert else Amount(None, cents, currency)

    return amount


def ask_currency(
    asking: Asking, column: RawColumn, sheet: str | None, currencies: Iterable[str]
) -> tuple[bool | None, Place]:
    """Ask whether amounts in other currencies may be turned into euro; None while it is open."""
    named = sorted(set(currencies))
    place = Place(
        "currency",
        "column",
        Sentence(
            "The column “{header}” has amounts in {currencies}. Shall they be turned into euro at "
            "the fixed rate?",
            header=column.header,
            currencies=", ".join(named),
        ),
        sheet,
        column.letter,
    )
    fixed = all(name in PER_EURO for name in named)
    options = ("convert", "leave out") if fixed else ("leave out",)
    given = asking.ask(place, options=options, propose="convert" if fixed else None)
    return (given.value == "convert" if given else None), place
