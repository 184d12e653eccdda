"""What stands after a field in a filter: read as people write it, and written again."""

from __future__ import annotations

import dataclasses
import re
from datetime import time
from decimal import Decimal

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Field,
    FieldType,
    Flag,
    Money,
    Number,
    PartialDay,
    Term,
    Terms,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.filtering.named_values import NamedValues, most_like
from smartct_desktop.services.filtering.terms import (
    Blank,
    Bound,
    Exactly,
    Filled,
    NotUnderstood,
    Operand,
    Part,
    Refusal,
    Span,
    Today,
)
from smartct_desktop.services.filtering.tokens import (
    BETWEEN_VALUES,
    CLOSING,
    COLON,
    OPERATORS,
    Piece,
    split_values,
)
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts

BLANK, FILLED = "-", "*"
RANGE = ".."
_BLANKS = frozenset({BLANK, "()", "(blank)"})
_ANSWERS: dict[str, bool | None] = {
    **dict.fromkeys(("yes", "y", "true"), True),
    **dict.fromkeys(("no", "n", "false"), False),
    "unknown": None,
}
_TODAY = re.compile(r"today(?:([+-])(\d{1,4}))?", re.IGNORECASE)
_SEVERAL = re.compile(r"[-+]?\d+(,\d+)+")
_LONGEST_NUMBER = 24
_MOST = 10**15
_NAMED = 6  # values that a sentence names

RANKED = (Whole, Number, Money, Day, PartialDay, Time)
"""Types whose values are lower and higher than others."""

NUMBERS = (Whole, Number, Money)


def separators(type_: FieldType) -> str:
    """Give what parts several values; a comma can belong to a number."""
    return ";" if isinstance(type_, NUMBERS) else BETWEEN_VALUES


class Values:
    """Reads and writes the values of a filter, in one style. Reading raises `NotUnderstood`."""

    def __init__(self, facts: ProgrammeFacts, texts: Texts) -> None:
        self._facts = facts
        self._texts = texts
        self._named_values = NamedValues(facts)

    def prepare(self) -> None:
        """Read the words for yes and no, and the names of countries."""
        self._facts.words.find("answer", "?")
        self._facts.find_country("?")

    def read(self, field: Field, operator: str, tail: Piece) -> tuple[Operand, ...]:
        """Read all that stands after a field and its operator."""
        if operator != COLON:
            start = tail.start - len(operator)
            return (self._operand(field, Piece(operator + tail.text, start, tail.end)),)
        pieces = split_values(tail, separators(field.type))
        if len(pieces) == 1 and not pieces[0].text and not pieces[0].quoted:
            sentence = Sentence(
                "What should {field} be? Write it right after the colon; - means blank, * filled.",
                field=field.label,
            )
            raise NotUnderstood(Refusal(sentence, tail.start, tail.end))
        return tuple(dict.fromkeys(self._operand(field, piece) for piece in pieces))

    def written(self, field: Field, operand: Operand, *, stable: bool) -> str:
        """Write one value so that it is read as the same; with `stable` codes, not names."""
        match operand:
            case Blank():
                return BLANK
            case Filled():
                return FILLED
            case Part(text, whole):
                return f'"{text}"' if whole else text
            case Exactly(value):
                return self._exact(field, value, stable=stable)
            case Span(low, high, True):
                ends = (self._end(field, end) for end in (low, high))
                return RANGE.join(ends)
            case Span(low, high):
                end, sign = (low, ">") if low is not None else (high, "<")
                assert end is not None
                return f"{sign}{'=' if end.included else ''}{self._end(field, end)}"

    def known(self, type_: FieldType) -> list[tuple[str, str]]:
        """Give the values there are of a type with fixed ones, as text and code."""
        return self._named_values.known(type_)

    # Reading.

    def _operand(self, field: Field, piece: Piece) -> Operand:
        text = piece.text
        if not text:
            sentence = Sentence("A value of {field} is missing here.", field=field.label)
            raise NotUnderstood(Refusal(sentence, piece.start, piece.end))
        if not piece.quoted:
            if text in _BLANKS:
                return Blank()
            if text == FILLED:
                return Filled()
            operator = next((one for one in OPERATORS if text.startswith(one)), "")
            if operator:
                return self._compared(field, operator, piece)
            if RANGE in text and isinstance(field.type, RANKED):
                return self._range(field, piece)
        match field.type:
            case Flag():
                answer = self._answer(field, piece)
                return Blank() if answer is None else Exactly(answer)
            case Choice() | Country() | Term() | Terms():
                return Exactly(self._named(field, piece))
            case Whole() | Number() | Money() | Day() | PartialDay() | Time():
                self._refuse_several(field, piece)
                return Exactly(self._ranked(field, piece))
            case _:
                return _part(piece)

    def _compared(self, field: Field, operator: str, piece: Piece) -> Span:
        if not isinstance(field.type, RANKED):
            sentence = Sentence(
                "{field} has no larger and smaller values. In quotation marks it is text to find.",
                field=field.label,
            )
            raise NotUnderstood(Refusal(sentence, piece.start, piece.end))
        rest = Piece(piece.text[len(operator) :], piece.start + len(operator), piece.end)
        if not rest.text:
            sentence = Sentence(
                "A value is missing after “{sign}”, such as {example}.",
                sign=operator,
                example=operator + self._example(field.type),
            )
            raise NotUnderstood(Refusal(sentence, piece.start, piece.end))
        bound = Bound(self._ranked(field, rest), operator.endswith("="))
        return Span(bound, None) if operator.startswith(">") else Span(None, bound)

    def _range(self, field: Field, piece: Piece) -> Span:
        before, _, after = piece.text.partition(RANGE)
        middle = piece.start + len(before)
        ends = (
            Piece(before, piece.start, middle),
            Piece(after, middle + len(RANGE), piece.end),
        )
        low, high = (Bound(self._ranked(field, end)) if end.text else None for end in ends)
        if low is None and high is None:
            sentence = Sentence(
                "A range needs a value on at least one side of the two dots, such as {example}.",
                example=f"{self._example(field.type)}{RANGE}",
            )
            raise NotUnderstood(Refusal(sentence, piece.start, piece.end))
        if low is not None and high is not None and _backwards(low.value, high.value):
            sentence = Sentence("The range {text} runs backwards.", text=piece.text)
            offer = f"{ends[1].text}{RANGE}{ends[0].text}"
            raise NotUnderstood(Refusal(sentence, piece.start, piece.end, (offer,)))
        return Span(low, high, range_=True)

    def _ranked(self, field: Field, piece: Piece) -> Value | Today:
        """Read a number, an amount, a day or a time."""
        is_day = isinstance(field.type, Day | PartialDay)
        if is_day and (match := _TODAY.fullmatch(piece.text)):
            plus = int(match[2] or 0)
            return Today(-plus if match[1] == "-" else plus)
        try:
            if isinstance(field.type, NUMBERS):
                return self._number(field, piece)
            read_as = dataclasses.replace(field, type=PartialDay()) if is_day else field
            return self._texts.read(read_as, piece.text)
        except Invalid as refusal:
            found = NotUnderstood(Refusal(refusal.sentence, piece.start, piece.end))
            raise found from None

    def _number(self, field: Field, piece: Piece) -> Value:
        if len(piece.text) <= _LONGEST_NUMBER:
            value = self._texts.read(field, piece.text)
            if isinstance(value, int | Decimal) and -_MOST < value < _MOST:
                return value
        raise Invalid(Sentence("“{text}” is too long for a number.", text=piece.text[:40]))

    def _refuse_several(self, field: Field, piece: Piece) -> None:
        """Refuse "100,200" where a comma parts the thousands: it can be one number or two."""
        if not isinstance(field.type, NUMBERS) or not _SEVERAL.fullmatch(piece.text):
            return
        one, several = piece.text.replace(",", ""), piece.text.replace(",", ";")
        groups = piece.text.split(",")[1:]
        grouped = all(len(group) == 3 for group in groups)
        if self._texts.style.decimal == "," and len(groups) == 1:
            return
        if self._texts.style.group == "," and grouped and any(g.startswith("0") for g in groups):
            return
        if grouped:
            sentence = Sentence(
                "“{text}” can be one number or several: write {one} or {several}.",
                text=piece.text,
                one=one,
                several=several,
            )
            raise NotUnderstood(Refusal(sentence, piece.start, piece.end, (one, several)))
        sentence = Sentence("Several numbers are parted by semicolons: {several}.", several=several)
        raise NotUnderstood(Refusal(sentence, piece.start, piece.end, (several,)))

    def _answer(self, field: Field, piece: Piece) -> bool | None:
        word = fold(piece.text)
        if word in _ANSWERS:
            return _ANSWERS[word]
        if piece.text == "?":
            return None
        meant = {one.code for one in self._facts.words.find("answer", piece.text) if one.sure}
        if len(meant) == 1 and (answer := meant.pop()) in _ANSWERS:
            return _ANSWERS[answer]
        sentence = Sentence("{field} takes yes, no or unknown.", field=field.label)
        raise NotUnderstood(Refusal(sentence, piece.start, piece.end, ("yes", "no", "unknown")))

    def _named(self, field: Field, piece: Piece) -> Value:
        """Read the name or code of a choice, a term or a country."""
        found = self._named_values.find(field.type, piece.text)
        if found is not None:
            return found
        known = self._named_values.known(field.type)
        like = most_like(piece.text, [name for name, _ in known])
        offers = tuple(quoted_if_needed(name) for name in like)
        if like:
            sentence = Sentence(
                "“{text}” is no value of {field}. Did you mean “{like}”?",
                text=piece.text,
                field=field.label,
                like=like[0],
            )
        elif 0 < len(known) <= 2 * _NAMED:
            names = ", ".join(name for name, _ in known)
            sentence = Sentence(
                "“{text}” is no value of {field}. Possible are: {names}.",
                text=piece.text,
                field=field.label,
                names=names,
            )
        else:
            sentence = Sentence(
                "“{text}” is no value of {field}.", text=piece.text, field=field.label
            )
        raise NotUnderstood(Refusal(sentence, piece.start, piece.end, offers))

    # Writing.

    def _exact(self, field: Field, value: Value | Today, *, stable: bool) -> str:
        type_ = field.type
        if isinstance(value, Today):
            return _today(value)
        match type_:
            case Choice():
                code, name = str(getattr(value, "value", value)), str(getattr(value, "label", ""))
            case Country():
                code, name = str(value), self._facts.country_name(str(value))
            case Term(vocabulary) | Terms(vocabulary):
                code, name = str(value), self._facts.term_label(vocabulary, str(value))
            case Flag():
                return "yes" if value else "no"
            case _:
                return self._typed(type_, value)
        readable = quoted_if_needed(name)
        if stable or readable.strip('"') != name or self._named_values.find(type_, name) != value:
            return quoted_if_needed(code)
        return readable

    def _end(self, field: Field, end: Bound | None) -> str:
        if end is None:
            return ""
        return (
            _today(end.value)
            if isinstance(end.value, Today)
            else self._typed(field.type, end.value)
        )

    def _typed(self, type_: FieldType, value: Value) -> str:
        if isinstance(value, PartialDate):
            return self._texts.shown(PartialDay(), value)
        return self._texts.typed(type_, value)

    def _example(self, type_: FieldType) -> str:
        match type_:
            case Day() | PartialDay():
                return "2021-11"
            case Time():
                return "9:30"
            case Money():
                return "500"
            case _:
                return "5"


def quoted_if_needed(text: str) -> str:
    """Write a value in quotation marks if it would be read as something else without."""
    special = text.startswith(("-", "*", "<", ">", "(")) or RANGE in text
    if special or any(sign.isspace() or sign in f"{BETWEEN_VALUES}|" for sign in text):
        return f'"{text}"'
    return text if text and text[0] not in CLOSING else f'"{text}"'


def _part(piece: Piece) -> Part:
    if not fold(piece.text):
        sentence = Sentence("There is no letter or digit to look for in “{text}”.", text=piece.text)
        raise NotUnderstood(Refusal(sentence, piece.start, piece.end))
    return Part(piece.text, piece.quoted)


def _today(day: Today) -> str:
    return f"today{day.plus:+d}" if day.plus else "today"


def _backwards(low: Value | Today, high: Value | Today) -> bool:
    match low, high:
        case Today(here), Today(there):
            return here > there
        case (Today(), _) | (_, Today()):
            return False
        case PartialDate() as first, PartialDate() as last:
            return first.first > last.last
        case (time() as early, time() as late):
            return early > late
        case (int() | Decimal() as least, int() | Decimal() as most):
            return least > most
        case _:
            return False
