"""Numbers out of one text, under every decimal sign the text allows; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.sender import DecimalSign

_SHAPE = re.compile(r"([+-]?)(\d+(?:[.,' ]\d+)*)")
_PARTS = re.compile(r"[.,' ]")
_SIDES = re.compile(r"^([^\d+-]*)([+-]?\d[\d.,' ]*?)([^\d]*)$")
_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2009\u2007", " ")
    | {"’": "'", "−": "-"}
    | dict.fromkeys("\u200b\u200e\u2060\ufeff\u00ad")
)
"""Blanks as one kind, and nothing that is not seen; marks that turn the direction stay."""
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "лв": "BGN", "лв.": "BGN"}


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Folded words beside numbers: for "about", for units and currencies with their codes."""

    about: frozenset[str]
    units: Mapping[str, str]
    currencies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a text can mean as a number.

    `values` has the number for each decimal sign under which the text is well formed; where the
    sign does not matter both give the same. `about` tells of words such as "ca."; `currency` is a
    code if the text names one, `unit` what the text says is counted. `proof` is the decimal sign
    that only this notation can have.
    """

    values: Mapping[DecimalSign, Decimal] = field(default_factory=dict)
    about: bool = False
    currency: str = ""
    unit: str = ""
    proof: DecimalSign | None = None

    @property
    def meanings(self) -> set[Decimal]:
        """The different numbers it can mean."""
        return set(self.values.values())


@dataclass
class _Beside:
    """What stands beside the digits of a text."""

    about: bool = False
    currency: str = ""
    unit: str = ""


class NumberText:
    """Reads single texts."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words

    def read(self, text: str) -> NumberReading | None:
        """Say what the text can mean, None if it is no number with known words around it."""
        if has_raised_digits(text):
            return None
        plain = without_unseen(unicodedata.normalize("NFKC", without_unseen(text)))
        sides = _SIDES.fullmatch(" ".join(plain.split()))
        if sides is None:
            return None
        values, proof = _numbers(sides[2].strip(" ,."))
        if not values:
            return None
        beside = _Beside()
        for side in (sides[1], _without_dash(sides[3])):
            if not self._understand(side, beside):
                return None
        return NumberReading(values, beside.about, beside.currency, beside.unit, proof)

    def _understand(self, text: str, beside: _Beside) -> bool:
        """Understand what stands on one side of the digits; false if there is more to it."""
        for word in re.findall(r"[^\W\d_]+\.?|[^\w\s]", text):
            folded = fold(word)
            if word in "~≈" or folded in self._words.about:
                beside.about = True
            elif word in _SIGNS or folded in self._words.currencies:
                found = _SIGNS.get(word) or self._words.currencies[folded]
                if beside.currency not in {"", found}:
                    return False
                beside.currency = found
            elif folded in self._words.units:
                beside.unit = beside.unit or self._words.units[folded]
            elif word not in ".,":
                return False
        return True


def without_unseen(text: str) -> str:
    """Give the text as it is seen, with one kind of blanks, apostrophes and minus signs."""
    return text if text.isascii() else text.translate(_SPACES)


def has_raised_digits(text: str) -> bool:
    """Whether there are digits that stand for no figure of a number: "830¹", "m²", "①"."""
    return not text.isascii() and any(c.isdigit() and not c.isdecimal() for c in text)


def _without_dash(text: str) -> str:
    """Take off the dash of "830,- €"; one without a point is a minus that stands behind."""
    return re.sub(r"^[,.][-–—]+", "", text.strip())


def _numbers(text: str) -> tuple[dict[DecimalSign, Decimal], DecimalSign | None]:
    """Read the digits under both decimal signs."""
    if _SHAPE.fullmatch(text) is None:
        return {}, None
    values = {
        sign: value
        for sign, point, group in (
            (DecimalSign.POINT, ".", ","),
            (DecimalSign.COMMA, ",", "."),
        )
        if (value := _number(text, point, group)) is not None
    }
    proof = next(iter(values)) if len(values) == 1 else None
    return values, proof


def _number(text: str, point: str, group: str) -> Decimal | None:
    """Read the digits under one decimal sign; None if they are not well formed under it."""
    whole, dot, rest = text.partition(point)
    if point in rest or (dot and not rest.isdigit()):
        return None
    sign, digits = ("-", whole[1:]) if whole[0] == "-" else ("", whole.lstrip("+"))
    separators = {c for c in digits if not c.isdigit()}
    if len(separators) > 1 or not separators <= {group, " ", "'"}:
        return None
    groups = _PARTS.split(digits)
    grouped = len(groups) > 1
    if grouped and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        return None
    if grouped and groups[0].startswith("0"):
        return None
    return Decimal(f"{sign}{''.join(groups)}{dot and '.'}{rest}")
