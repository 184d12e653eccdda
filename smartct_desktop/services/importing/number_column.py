"""Reading a column of numbers: the decimal sign is decided for the column, never for a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.domain.fields import Money, Number, Whole
from smartct_desktop.domain.records.sender import DecimalSign
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Reply
from smartct_desktop.services.importing.number_fit import (
    NumberType,
    NumberValue,
    fit,
    of_float,
)
from smartct_desktop.services.importing.number_text import NumberReading, NumberText
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.text_cells import shown
from smartct_desktop.services.importing.understood import (
    GENERAL,
    CellReader,
    Doubt,
    Group,
    Hang,
    RawColumn,
)

_THOUSAND = 1000

_COUNTED = {"exchange.distance_km": "km", "exchange.working_days": "days"}
_HEADS = "people"
"""What columns of numbers count, by the units that may stand in them."""

AS_THEY_STAND, THOUSANDS = "as they stand", "thousands"


@dataclass(frozen=True, slots=True)
class SignDecision:
    """The decimal sign of a column: known, or asked for in `question` with a proposal."""

    sign: DecimalSign | None = None
    question: str = ""
    proposed: DecimalSign | None = None


@dataclass(frozen=True, slots=True)
class TypedNumbers:
    """What was decided about real numbers that a program may have made too small."""

    question: str = ""
    thousands: bool = False


class NumberColumn:
    """The texts of one column of numbers, and what they prove together."""

    def __init__(
        self, column: RawColumn, groups: Iterable[Group], texts: NumberText, type_: NumberType
    ) -> None:
        self._column = column
        self._type = type_
        readings: dict[str, NumberReading | None] = {}
        self._real: list[tuple[book.Value, str]] = []
        for value, code, _ in groups:
            if isinstance(value, str):
                reading = texts.read(value)
                readings[value] = reading if self._counts(reading) else None
            else:
                self._real.append((value, code))
        self.readings: Mapping[str, NumberReading | None] = readings
        proofs = {r.proof for r in self.readings.values() if r and r.proof}
        self.proven: DecimalSign | None = next(iter(proofs)) if len(proofs) == 1 else None
        meant = [reading for reading in self.readings.values() if reading]
        needed = {sign for reading in meant if (sign := self._needed(reading))}
        self._needs: DecimalSign | None = next(iter(needed)) if len(needed) == 1 else None
        self._contradicts = self.proven is None and len(needed) > 1

    def _counts(self, reading: NumberReading | None) -> bool:
        """Whether a text counts what the column does: no kilometres among days, no euro either."""
        if reading is None:
            return False
        if isinstance(self._type, Money):
            return not reading.unit
        return not reading.currency and reading.unit in {
            "",
            _COUNTED.get(self._column.code, _HEADS),
        }

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

    def real(
        self, value: float, text: str, code: str, typed: TypedNumbers
    ) -> NumberValue | Doubt | Hang:
        """Read a cell that is a number already; `code` is its number format."""
        number = fit(of_float(value), self._type)
        if number is None:
            return doubt_about(text, None, self._type)
        if code != GENERAL or not 0 < abs(value) < _THOUSAND:
            return number
        if typed.question:
            return Hang(typed.question, number)
        if not typed.thousands:
            return number
        if float(value).is_integer():  # "12" and "12.000" have both become 12
            sentence = Sentence("Is “{text}” meant as it stands, or as thousands?", text=text)
            propose = number if isinstance(number, int) else float(number)
            return Doubt("number", sentence, reply_reader(self._type), propose=propose)
        return fit(of_float(value) * _THOUSAND, self._type) or doubt_about(text, None, self._type)

    def decide_typed(self, asking: Asking, sheet: str | None) -> TypedNumbers:
        """Ask about numbers that look as if a program had taken thousands for places.

        A program with a decimal point makes 1.1 of "1.100" and leaves "830,50" as a text, which
        then proves that whoever typed both uses the comma; the other way round just so. Numbers
        under a format of their own were seen by whoever gave them that format.
        """
        odd = [v for v, code in self._real if isinstance(v, float) and code == GENERAL]
        shrunk = [v for v in odd if 0 < abs(v) < _THOUSAND and not v.is_integer() and _three(v)]
        if self.proven is None or not shrunk or isinstance(self._type, Whole):
            return TypedNumbers()
        place = Place(
            "number",
            "column",
            Sentence(
                "The column “{header}” has numbers such as {sample} and texts with the other "
                "decimal sign: has a program taken thousands for decimal places?",
                header=self._column.header,
                sample=f"{shrunk[0]:.15g}",
            ),
            sheet,
            self._column.letter,
            about="typed",
        )
        given = asking.ask(place, options=(AS_THEY_STAND, THOUSANDS), propose=AS_THEY_STAND)
        if given is None:
            return TypedNumbers(question=place.id)
        return TypedNumbers(thousands=given.value == THOUSANDS)

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
    numbers: NumberColumn,
    decision: SignDecision,
    type_: NumberType,
    blank: Callable[[str], bool],
    typed: TypedNumbers,
) -> CellReader:
    """Make the reader of the cells of a number column; `blank` knows the words for "no number"."""

    def read(value: book.Value, code: str) -> Any:
        text = shown(value, code)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return doubt_about(text, None, type_)
        if isinstance(value, int | float):
            return numbers.real(value, text, code, typed)
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


def _three(value: float) -> bool:
    """Whether a number has at most three places, as one that stood for thousands."""
    return of_float(value) * _THOUSAND == int(of_float(value) * _THOUSAND)


def sign_hint(proven: set[DecimalSign | None], language: str) -> DecimalSign | None:
    """Say which sign other columns prove, or else the language of the headings suggests."""
    signs = {sign for sign in proven if sign}
    if len(signs) == 1:
        return signs.pop()
    if signs or not language:
        return None
    return DecimalSign.POINT if language == "en" else DecimalSign.COMMA
