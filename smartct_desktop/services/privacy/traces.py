"""Traces of people in texts: names, e-mail addresses and phone numbers, however they are written.

Words are compared folded, so that case, accents and what stands between two words make no
difference; "Ada Müller" is found in "MULLER, Ada", "ada.mueller@example.org" and "AdaMüller.pdf".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from smartct_desktop.domain.folding import fold

SIGN = "…"
"""Stands in a text where something was taken out."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\W_]{0,3}")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_PARTICLE = re.compile(
    r"\b(?:[vV](?:on|an)|[dD](?:e|i|a|u|el|er|en|os|as)|[yi]|[zZ]u[mr]?|la|le)\b"
)
_LEAST_PART = 3
_LEAST_DIGITS, _MOST_DIGITS = 6, 9
_GAP = r"[\s()/.\-]{0,3}"


@dataclass(frozen=True, slots=True)
class Trace:
    """A place in a text; `shared` ones may as well mean somebody or something else."""

    start: int
    stop: int
    shared: bool


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text as they are compared."""
    return tuple(_folded(word) for word in _WORD.findall(text))


def parts_of(name: str) -> tuple[str, ...]:
    """Give the words of a name that may stand for it alone: no "von", nothing of two letters."""
    return tuple(w for w in words_of(_PARTICLE.sub(" ", name)) if len(w) >= _LEAST_PART)


def spellings(name: str) -> Iterator[tuple[str, ...]]:
    """Give a name of several words in the ways in which it is written."""
    for written in dict.fromkeys((name, name.translate(_UMLAUTS))):
        words = words_of(written)
        if len(words) < 2:
            continue
        for turned in dict.fromkeys((words, (*words[-1:], *words[:-1]), (*words[1:], words[0]))):
            yield turned
            yield ("".join(turned),)


class Traces:
    """What is looked for: words that follow one another, and numbers.

    `sure` mean the person and nobody else, `shared` ones may.
    """

    def __init__(
        self,
        sure: Iterable[tuple[str, ...]] = (),
        shared: Iterable[tuple[str, ...]] = (),
        phones: Iterable[str] = (),
    ) -> None:
        self.sure = frozenset(filter(None, sure))
        self.shared = frozenset(filter(None, shared)) - self.sure
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self.sure | self.shared, key=len, reverse=True):
            self._by_word.setdefault(words[0], []).append(words)
        numbers = [pattern for phone in phones if (pattern := _number(phone))]
        self._numbers = re.compile("|".join(numbers)) if numbers else None
        self._maybe = _superset(self._by_word)

    def __bool__(self) -> bool:
        return bool(self._by_word) or self._numbers is not None

    def found(self, text: str) -> list[Trace]:
        """Give the places in the order of the text; none lies within another."""
        if not self:
            return []
        found: list[Trace] = []
        if self._maybe is None or self._maybe.search(text):
            found.extend(self._named(text))
        if self._numbers is not None:
            for hit in self._numbers.finditer(text):
                if not any(one.start < hit.end() and hit.start() < one.stop for one in found):
                    found.append(Trace(hit.start(), hit.end(), shared=False))
        return sorted(found, key=lambda one: one.start)

    def without(self, text: str, *, every: bool) -> str:
        """Take the places out of a text; with `every` also those that may mean another."""
        pieces, upto = [], 0
        for one in self.found(text):
            if every or not one.shared:
                pieces += [text[upto : one.start], SIGN]
                upto = one.stop
        return "".join((*pieces, text[upto:])) if pieces else text

    def is_whole(self, text: str) -> bool:
        """Whether a text is nothing but traces, one of them sure."""
        found = self.found(text)
        if not any(not one.shared for one in found):
            return False
        return not _WORD.search(self.without(text, every=True))

    def _named(self, text: str) -> Iterator[Trace]:
        spans = [(m.start(), m.end(), _folded(m[0])) for m in _WORD.finditer(text)]
        place = 0
        while place < len(spans):
            words = self._match(text, spans, place)
            if words is None:
                place += 1
                continue
            last = place + len(words) - 1
            yield Trace(spans[place][0], spans[last][1], shared=words in self.shared)
            place = last + 1

    def _match(
        self, text: str, spans: list[tuple[int, int, str]], place: int
    ) -> tuple[str, ...] | None:
        first = spans[place][2]
        ways: list[tuple[str, ...]] = [*self._by_word.get(first, ())]
        if first.endswith("s"):
            ways += [words for words in self._by_word.get(first[:-1], ()) if len(words) == 1]
        for words in ways:
            if len(words) == 1:
                return words
            following = spans[place : place + len(words)]
            if len(following) < len(words) or not _same(following, words):
                continue
            if all(_BETWEEN.fullmatch(text, one[1], two[0]) for one, two in pairwise(following)):
                return words
        return None


def _same(spans: list[tuple[int, int, str]], words: tuple[str, ...]) -> bool:
    """Compare words; the last may be a genitive."""
    *others, last = (word for _, _, word in spans)
    return tuple(others) == words[:-1] and last in {words[-1], f"{words[-1]}s"}


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word).replace(" ", "")


def _superset(by_word: dict[str, list[tuple[str, ...]]]) -> re.Pattern[str] | None:
    """What every text matches in which one of the words could stand; None if that is any text."""
    if not by_word or len(by_word) > 200:
        return None
    letter = r"[{}\x80-\U0010ffff]"
    starts = {"".join(letter.format(sign) for sign in word[:3]) for word in by_word}
    return re.compile("|".join(sorted(starts)), re.IGNORECASE)


def _number(phone: str) -> str | None:
    digits = re.sub(r"\D", "", phone).lstrip("0")
    if len(digits) < _LEAST_DIGITS:
        return None
    own = _GAP.join(digits[-_MOST_DIGITS:])
    return rf"(?<!\d)(?:[+(0][\d\s()/.\-]{{0,10}})?\d{{0,3}}{_GAP}{own}(?!\d)"
