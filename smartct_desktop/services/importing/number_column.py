"""Reading a column of numbers: the decimal sign is decided for the column, never for a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from smartct_desktop.domain import book
from smartct_desktop.domain.fields import Money, Number, Whole
from smartct_desktop.domain.records.sender import DecimalSign
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.number_text import NumberReading, NumberText
from smartct_desktop.services.importing.plan import Reply
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.text_cells import shown
from smartct_desktop.services.importing.understood import (
    CellReader,
    Doubt,
    Groups,
    Hang,
    RawColumn,
)

NumberType: TypeAlias = Whole | Number | Money
NumberValue: TypeAlias = int | Decimal

_ALMOST = Decimal("1e-9")


def fit(value: Decimal, type_: NumberType) -> NumberValue | None:
    """Give the number as the type holds it (money in cents), None if it has too many places."""
    match type_:
        case Whole():
            return int(value) if value == value.to_integral_value() else None
        case Money():
            cents = value * 100
            return int(cents) if cents == cents.to_integral_value() else None
        case Number(places):
            return round(value, places) if value == round(value, places) else None


def of_float(value: float) -> Decimal:
    """Give the number that a spreadsheet shows for a float: 0.1 + 0.2 is 0.3."""
    exact = Decimal(repr(value))
    for places in (0, 1, 2, 5):
        short = round(exact, places)
        if abs(short - exact) < _ALMOST:
            return short
    return exact


@dataclass(frozen=True, slots=True)
class SignDecision:
    """The decimal sign of a column: known, or asked for in `question` with a proposal."""

    sign: DecimalSign | None = None
    question: str = ""
    proposed: DecimalSign | None = None


class NumberColumn:
    """The texts of one column of numbers, and what they prove together."""

    def __init__(
        self, column: RawColumn, groups: Groups, texts: NumberText, type_: NumberType
    ) -> None:
        self._column = column
        self._type = type_
        self.readings: Mapping[str, NumberReading | None] = {
            value: texts.read(value) for value, _, _ in groups if isinstance(value, str)
        }
        proofs = {r.proof for r in self.readings.values() if r and r.proof}
        self.proven: DecimalSign | None = next(iter(proofs)) if len(proofs) == 1 else None
        readings = [reading for reading in self.readings.values() if reading]
        needed = {sign for reading in readings if (sign := self._needed(reading))}
        self._needs: DecimalSign | None = next(iter(needed)) if len(needed) == 1 else None
        self._contradicts = self.proven is None and len(needed) > 1

    def _needed(self, reading: NumberReading) -> DecimalSign | None:
        """Give the only sign under which a text is a number that fits the column."""
        if len(reading.meanings) == 1:  # both signs give the same
            return reading.proof
        fitting = self.meanings(reading)
        return next(iter(fitting)) if len(fitting) == 1 else None

    def meanings(self, reading: NumberReading) -> dict[DecimalSign, NumberValue]:
        """Give what a text can mean under the signs that the column leaves open.

        Nothing if it does not fit under the sign that other cells prove.
        """
        found = {
            sign: value
            for sign, number in reading.values.items()
            if (value := fit(number, self._type)) is not None
        }
        if self.proven is None:
            return found
        return {sign: value for sign, value in found.items() if sign is self.proven}

    def _hangs(self, reading: NumberReading) -> bool:
        """Whether the text means something else under each sign, and nothing settles which."""
        return self.proven is None and len(reading.meanings) > 1

    def real(self, value: float, text: str) -> NumberValue | Doubt:
        """Read a cell that is a number already."""
        number = fit(of_float(value), self._type)
        return doubt_about(text, None, self._type) if number is None else number

    def decide(self, asking: Asking, sheet: str | None, hint: DecimalSign | None) -> SignDecision:
        """Give the sign where the column proves it or it does not matter; else ask."""
        doubtful = [
            text
            for text, reading in self.readings.items()
            if reading
            and self._hangs(reading)
            and (self._contradicts or len(set(self.meanings(reading).values())) > 1)
        ]
        if not doubtful:
            return SignDecision(self.proven)
        proposed = None if self._contradicts else self._likely(doubtful[0], hint)
        if self._needs not in {None, proposed}:
            proposed = None
        place = Place(
            "number",
            "column",
            Sentence(
                "In the column “{header}”, does “{sample}” have a decimal sign or a sign between "
                "thousands? Which decimal sign is used?",
                header=self._column.header,
                sample=doubtful[0],
            ),
            sheet,
            self._column.letter,
            about="decimal sign",
        )
        given = asking.ask(
            place,
            options=[sign.value for sign in DecimalSign],
            propose=proposed.value if proposed else None,
            certainty=0.7 if proposed else 0.0,
        )
        return SignDecision(
            next((s for s in DecimalSign if given and s.value == given.value), None),
            place.id,
            proposed,
        )

    def _likely(self, text: str, hint: DecimalSign | None) -> DecimalSign | None:
        """Propose a sign; nobody writes thousandths of a euro or of a person."""
        reading = self.readings[text]
        if isinstance(self._type, Number) or reading is None:
            return hint
        return max(reading.values, key=lambda sign: reading.values[sign])

    def value(
        self, reading: NumberReading, decision: SignDecision
    ) -> tuple[NumberValue | None, bool]:
        """Give what a text means; True if it hangs on the question for the decimal sign."""
        meanings = self.meanings(reading)
        if not decision.question or not self._hangs(reading):
            return next(iter(meanings.values()), None), False
        known = decision.sign or decision.proposed
        return (meanings.get(known) if known else None), decision.sign is None


def number_cells(
    numbers: NumberColumn, decision: SignDecision, type_: NumberType, blank: Callable[[str], bool]
) -> CellReader:
    """Make the reader of the cells of a number column; `blank` knows the words for "no number"."""

    def read(value: book.Value, code: str) -> Any:
        text = shown(value, code)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return doubt_about(text, None, type_)
        if isinstance(value, int | float):
            return numbers.real(value, text)
        reading = numbers.readings.get(value)
        if reading is None:
            return None if blank(text) else doubt_about(text, None, type_)
        number, hangs = numbers.value(reading, decision)
        if hangs:
            return Hang(decision.question, number)
        return doubt_about(text, number, type_) if reading.about or number is None else number

    return read


def reply_reader(type_: NumberType) -> Callable[[Reply], NumberValue | None]:
    """Make the reader of answers: a number, for money in cents, or nothing.

    It raises `ValueError` for anything else.
    """
    plain = Whole() if isinstance(type_, Money) else type_

    def read(reply: Reply) -> NumberValue | None:
        if reply is None:
            return None
        try:
            value = fit(Decimal(str(reply)), plain)
        except InvalidOperation:
            value = None
        if value is None:
            raise ValueError(reply)
        return value

    return read


def doubt_about(text: str, value: NumberValue | None, type_: NumberType) -> Doubt:
    """Say what has to be asked about "ca. 15", or about a text that is no number."""
    read = reply_reader(type_)
    if value is None:
        sentence = Sentence("“{text}” cannot be read as a number.", text=text)
        return Doubt("number", sentence, read)
    return Doubt(
        "number",
        Sentence("“{text}” is not exact. Which number shall be taken?", text=text),
        read,
        propose=value if isinstance(value, int) else float(value),
    )


def sign_hint(proven: set[DecimalSign | None], language: str) -> DecimalSign | None:
    """Say which sign other columns prove, or else the language of the headings suggests."""
    signs = {sign for sign in proven if sign}
    if len(signs) == 1:
        return signs.pop()
    if signs or not language:
        return None
    return DecimalSign.POINT if language == "en" else DecimalSign.COMMA
