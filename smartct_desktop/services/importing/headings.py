"""The words of heading cells and what each may mean, exactly or by a part of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from smartct_desktop.domain.folding import fold

EXACT = 0.98
CONDITIONAL = 0.9
WITHOUT_UNIT = 0.94
ONE_OF_TWO = 0.82
PART = 0.7
TYPO = 0.62

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_PIECES = re.compile(r"\s*[/|\n;]\s*|\s+[-–—]\s+")
_UNITS = frozenset(
    [
        "eur",
        "euro",
        "euros",
        "€",
        "km",
        "kms",
        "евро",
        "лв",
        "bgn",
        "yes",
        "no",
        "y",
        "n",
        "ja",
        "nein",
        "si",
        "x",
        "dd",
        "mm",
        "yyyy",
    ]
)
_SHORTEST_PART = 3
_SHORTEST_TYPO = 6


@dataclass(frozen=True, slots=True)
class HeadingWord:
    """One word of the dictionary: what it means in which language, and on which condition."""

    code: str
    language: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a heading may mean, and the languages in which it does.

    `how` says by what it was found.
    """

    code: str
    certainty: float
    languages: frozenset[str]
    how: str
    note: str = ""


class Headings:
    """Finds the senses of heading texts; remembers what it has looked up."""

    def __init__(self, words: Iterable[HeadingWord]) -> None:
        by_text: dict[str, list[HeadingWord]] = defaultdict(list)
        for word in words:
            by_text[fold(word.text) or word.text.strip()].append(word)
        self._by_text: Mapping[str, Sequence[HeadingWord]] = dict(by_text)
        self._long = [text for text in by_text if len(text) >= _SHORTEST_TYPO]
        self._most_tokens = max((text.count(" ") + 1 for text in by_text), default=0)
        self._known: dict[str, tuple[Sense, ...]] = {}

    def senses(self, heading: str) -> tuple[Sense, ...]:
        """Give what the heading may mean, the most certain first, each code once."""
        found = self._known.get(heading)
        if found is None:
            found = self._known[heading] = _best_of(self._look_up(heading))
        return found

    def plain(self, heading: str) -> tuple[Sense, ...]:
        """Give the senses that need no guessing: of the heading as it stands, or but for units."""
        return _best_of(self._exactly(heading))

    def _look_up(self, heading: str) -> list[Sense]:
        if found := self._exactly(heading):
            return found
        tokens = _without_units(heading)
        return self._part(tokens) or self._typo(" ".join(tokens))

    def _exactly(self, heading: str) -> list[Sense]:
        heading = heading.strip().rstrip("*: ")
        if not heading:
            return []
        if found := self._whole(heading, EXACT, "heading"):
            return found
        bare = _BRACKETS.sub(" ", heading)
        if found := self._whole(bare, WITHOUT_UNIT, "heading without brackets"):
            return found
        shorter = " ".join(_without_units(heading))
        if found := self._whole(shorter, WITHOUT_UNIT, "heading without unit"):
            return found
        pieces = [piece for piece in _PIECES.split(heading) if piece.strip()]
        return self._pieces(pieces) if len(pieces) > 1 else []

    def _whole(self, text: str, certainty: float, how: str) -> list[Sense]:
        key = fold(text) or text.strip()
        return [
            Sense(
                word.code,
                min(certainty, CONDITIONAL) if word.note else certainty,
                frozenset({word.language}),
                how,
                word.note,
            )
            for word in self._by_text.get(key, ())
        ]

    def _pieces(self, pieces: Sequence[str]) -> list[Sense]:
        """Understand "Firma / Einrichtung": what all pieces mean is surer than what one means."""
        found = [self._whole(piece, WITHOUT_UNIT, "each part of the heading") for piece in pieces]
        shared = set.intersection(*({sense.code for sense in senses} for senses in found))
        if shared:
            return [sense for sense in found[0] if sense.code in shared]
        return [
            Sense(s.code, ONE_OF_TWO, s.languages, "a part of the heading", s.note)
            for senses in found
            for s in senses
        ]

    def _part(self, tokens: Sequence[str]) -> list[Sense]:
        """Find the longest run of words that the dictionary has."""
        for size in range(min(len(tokens) - 1, self._most_tokens), 0, -1):
            found: list[Sense] = []
            for start in range(len(tokens) - size + 1):
                text = " ".join(tokens[start : start + size])
                if len(text) < _SHORTEST_PART:
                    continue
                certainty = PART * (0.5 + 0.5 * len(text) / len(" ".join(tokens)))
                found += self._whole(text, certainty, f"the words “{text}” in the heading")
            if found:
                return found
        return []

    def _typo(self, text: str) -> list[Sense]:
        if len(text) < _SHORTEST_TYPO:
            return []
        near = process.extractOne(text, self._long, scorer=fuzz.ratio, score_cutoff=88)
        if near is None:
            return []
        return self._whole(near[0], TYPO, f"written almost like “{near[0]}”")


def _without_units(heading: str) -> list[str]:
    tokens = fold(_BRACKETS.sub(" ", heading)).split()
    while tokens and tokens[-1] in _UNITS:
        tokens.pop()
    return tokens


def _best_of(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    best: dict[str, Sense] = {}
    for sense in senses:
        known = best.get(sense.code)
        if known is None or sense.certainty > known.certainty:
            best[sense.code] = sense
        elif sense.certainty == known.certainty:
            best[sense.code] = replace(known, languages=known.languages | sense.languages)
    return tuple(sorted(best.values(), key=lambda sense: -sense.certainty))
