"""A filter text in pieces: words, quoted texts, and values after a field, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.filtering.terms import NotUnderstood, Refusal

CLOSING = {'"': '"', "“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«"}
"""What closes a quotation that one of these opens, as typed in different languages."""

QUOTES = frozenset("".join([*CLOSING, *CLOSING.values()]))
OPERATORS = (">=", "<=", ">", "<")
COLON = ":"
ALTERNATIVE = "|"
BETWEEN_VALUES = ",;"
_INSIDE_NUMBERS = "\u00a0\u202f"
"""Blanks that part the thousands of a number, as programs paste them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with its place; the place of a quoted one includes the quotation marks."""

    text: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """One term as written: a text alone, or a name (`head`) with an operator and values.

    `tail` is the whole text after the operator.
    """

    head: Piece
    start: int
    end: int
    negated: bool = False
    operator: str = ""
    tail: Piece | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """The sign between alternatives."""

    start: int
    end: int


class Reader:
    """Goes once along a text. Raises `NotUnderstood` for a quotation that is not closed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def tokens(self) -> list[Token | Bar]:
        """Give all pieces in their order."""
        found: list[Token | Bar] = []
        while self._skip_blanks():
            if self._here == ALTERNATIVE:
                found.append(Bar(self._at, self._at + 1))
                self._at += 1
            else:
                found.append(self._token())
        return found

    @property
    def _here(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _skip_blanks(self) -> bool:
        while self._here and _is_blank(self._text, self._at):
            self._at += 1
        return bool(self._here)

    def _token(self) -> Token:
        start = self._at
        negated = self._here == "-" and self._goes_on(self._at + 1)
        if negated:
            self._at += 1
        head = self._quoted() if self._here in CLOSING else self._bare(stop_at_operator=True)
        operator = self._operator()
        if not operator:
            return Token(head, start, self._at, negated)
        if operator == COLON:
            self._pass_blanks_before_a_value()
        at = self._at
        tail = self._tail()
        return Token(head, start, self._at, negated, operator, Piece(tail, at, self._at))

    def _pass_blanks_before_a_value(self) -> None:
        """People write "country: Italy" as well, and chips say it so; a bar ends a value."""
        at = self._at
        while at < len(self._text) and _is_blank(self._text, at):
            at += 1
        if self._goes_on(at):
            self._at = at

    def _goes_on(self, at: int) -> bool:
        return at < len(self._text) and not (_is_blank(self._text, at) or self._text[at] == "|")

    def _operator(self) -> str:
        for operator in (COLON, *OPERATORS):
            if self._text.startswith(operator, self._at):
                self._at += len(operator)
                return operator
        return ""

    def _bare(self, *, stop_at_operator: bool) -> Piece:
        start = self._at
        while self._goes_on(self._at):
            if stop_at_operator and self._here in ":<>":
                break
            self._at += 1
        return Piece(self._text[start : self._at], start, self._at)

    def _quoted(self) -> Piece:
        start = self._at
        closing = CLOSING[self._here]
        end = next((i for i in range(start + 1, len(self._text)) if self._text[i] in closing), None)
        if end is None:
            sentence = Sentence("The quotation is not closed: a “ is missing at its end.")
            raise NotUnderstood(Refusal(sentence, start, len(self._text)))
        self._at = end + 1
        return Piece(_plain(self._text[start + 1 : end]), start, self._at, quoted=True)

    def _tail(self) -> str:
        """Pass over everything up to the next blank that is not quoted."""
        start = self._at
        opens = True
        while self._goes_on(self._at):
            if opens and self._here in CLOSING:
                self._quoted()
                opens = False
                continue
            opens = self._here in f"{BETWEEN_VALUES}=<>."
            self._at += 1
            if self._text[self._at - 1] in BETWEEN_VALUES:
                self._pass_blanks_before_a_value()
        return self._text[start : self._at]


def split_values(tail: Piece, separators: str) -> list[Piece]:
    """Part what stands after a field at the separators that are not quoted."""
    pieces: list[Piece] = []
    at = begun = 0
    text = tail.text
    opens = True
    while at < len(text):
        if opens and text[at] in CLOSING:
            closing = CLOSING[text[at]]
            at = next((i for i in range(at + 1, len(text)) if text[i] in closing), len(text) - 1)
            opens = False
        elif text[at] in separators:
            pieces.append(_value(tail, begun, at))
            begun = at + 1
            opens = True
        else:
            opens = text[at] in "=<>."
        at += 1
    pieces.append(_value(tail, begun, len(text)))
    return pieces


def _value(tail: Piece, start: int, stop: int) -> Piece:
    while start < stop and tail.text[start].isspace():
        start += 1
    raw = tail.text[start:stop]
    quoted = len(raw) > 1 and raw[0] in CLOSING and raw[-1] in CLOSING[raw[0]]
    text = _plain(raw[1:-1]) if quoted else raw
    return Piece(text, tail.start + start, tail.start + stop, quoted)


def _plain(text: str) -> str:
    """What is quoted, in one line and without further quotation marks."""
    return " ".join("".join(" " if sign in QUOTES else sign for sign in text).split())


def _is_blank(text: str, at: int) -> bool:
    if text[at] in _INSIDE_NUMBERS:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        return not (before.isdecimal() and after.isdecimal())
    return text[at].isspace()
