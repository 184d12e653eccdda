"""What a filter asks for, as terms: the meaning of a text, free of how it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Word:
    """One word, found in any text of the record and in the names it refers to."""

    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Whole words that stand together in one text: "exact phrase"."""

    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """A day counted from the day on which the filter is used."""

    plus: int = 0


@dataclass(frozen=True, slots=True)
class Exactly:
    """The value is this one; a month or year holds all its days."""

    value: Value | Today


@dataclass(frozen=True, slots=True)
class Part:
    """The text contains these words; `whole` as whole words that stand together."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a span, and whether the value itself belongs to it."""

    value: Value | Today
    included: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """The value lies between two ends; `None` leaves that side open, not both.

    `range_` says that it was written as one, with two dots.
    """

    low: Bound | None
    high: Bound | None
    range_: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing is filled in; of a flag: unknown."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Anything is filled in."""


Operand: TypeAlias = Exactly | Part | Span | Blank | Filled


@dataclass(frozen=True, slots=True)
class Condition:
    """A value of the record is one of these."""

    path: Path
    operands: tuple[Operand, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """The rules say something of this weight of the record, or `nothing` that is a problem."""

    severities: frozenset[Severity]
    nothing: bool = False
    negated: bool = False


Simple: TypeAlias = Word | Phrase | Condition | Findings


@dataclass(frozen=True, slots=True)
class Alternatives:
    """At least one of two or more terms holds."""

    terms: tuple[Simple, ...]


Term: TypeAlias = Simple | Alternatives
Terms: TypeAlias = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What of a text is not understood: the sentence, its place, and what could stand there.

    `offers` are texts to put in the place from `start` to `end`.
    """

    sentence: Sentence
    start: int
    end: int
    offers: tuple[str, ...] = ()


class NotUnderstood(Exception):
    """Carries a refusal out of the parts that read a text; never leaves the package."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal
