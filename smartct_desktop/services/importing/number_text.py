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
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " ") | {"’": "'", "−": "-"})
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "лв": "BGN", "лв.": "BGN"}


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Folded words beside numbers: for "about", for units, and for currencies with their codes."""

    about: frozenset[str]
    units: frozenset[str]
    currencies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a text can mean as a number.

    `values` has the number for each decimal sign under which the text is well formed; where the
    sign does not matter both give the same. `about` tells of words such as "ca."; `currency` is a
    code if the text names one. `proof` is the decimal sign that only this notation can have.
    """

    values: Mapping[DecimalSign, Decimal] = field(default_factory=dict)
    about: bool = False
    currency: str = ""
    proof: DecimalSign | None = None

    @property
    def meanings(self) -> set[Decimal]:
        """The different numbers it can mean."""
        return set(self.values.values())


class NumberText:
    """Reads single texts."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words

    def read(self, text: str) -> NumberReading | None:
        """Say what the text can mean, None if it is no number with known words around it."""
        plain = unicodedata.normalize("NFKC", text.translate(_SPACES)).translate(_SPACES)
        sides = _SIDES.fullmatch(" ".join(plain.split()))
        if sides is None:
            return None
        values, proof = _numbers(sides[2].strip(" ,."))
        if not values:
            return None
        before, after = self._side(sides[1]), self._side(_without_dash(sides[3]))
        if before is None or after is None or (before[1] and after[1] and before[1] != after[1]):
            return None
        return NumberReading(values, before[0] or after[0], before[1] or after[1], proof)

    def _side(self, text: str) -> tuple[bool, str] | None:
        """Understand what stands beside the digits: whether it says "about", and a currency."""
        about, currency = False, ""
        for word in re.findall(r"[^\W\d_]+\.?|[^\w\s]", text):
            folded = fold(word)
            if word in "~≈" or folded in self._words.about:
                about = True
            elif word in _SIGNS or folded in self._words.currencies:
                found = _SIGNS.get(word) or self._words.currencies[folded]
                if currency and found != currency:
                    return None
                currency = found
            elif folded not in self._words.units and word not in ".,":
                return None
        return about, currency


def _without_dash(text: str) -> str:
    """Take off the dash of "830,- €"."""
    return re.sub(r"^[,.]?[-–]+", "", text.strip())


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
