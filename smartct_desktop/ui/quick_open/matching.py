"""How well what was typed fits a text: its beginning, its words, or letters picked from it."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.folding import fold

BEGINS, WORDS, INITIALS, INSIDE, PICKED = 4.0, 3.0, 2.6, 2.0, 1.0
_LONGEST = 120  # letters of a text that are looked at for picked letters


@dataclass(frozen=True, slots=True)
class Found:
    """A fit: the higher `score` the better; `places` are the letters of the text that fit."""

    score: float
    places: tuple[int, ...] = ()


def find(typed: str, text: str, also: str = "") -> Found | None:
    """How a typed text fits; `also` holds other words that count, but not as much. None: not.

    Case, accents and punctuation do not matter. A text that begins with what was typed is best,
    then one with a word for each typed word, then one that contains them, then one that has the
    letters in this order (“nr” for “New record”).
    """
    words = fold(typed).split()
    if not words:
        return Found(0.0)
    letters, origins = _letters(text)
    whole = " ".join(words)
    if letters.startswith(whole):
        return Found(BEGINS + _brief(text), _origin(origins, range(len(whole))))
    in_words = _all(words, letters, origins, at_beginnings=True)
    if in_words is not None:
        return Found(WORDS + _brief(text), in_words)
    picked = whole.replace(" ", "")
    initials = _picked(picked, letters, beginnings=True)
    if initials is not None:
        return Found(INITIALS, _origin(origins, initials))
    inside = _all(words, letters, origins, at_beginnings=False)
    if inside is not None and min(map(len, words)) > 1:
        return Found(INSIDE + _brief(text), inside)
    others = fold(also).split()
    rest = [word for word in words if not any(other.startswith(word) for other in others)]
    if len(rest) < len(words):
        places = _all(rest, letters, origins, at_beginnings=True)
        if places is not None:
            return Found(INSIDE, places)
    scattered = _picked(picked, letters, beginnings=False)
    if scattered is None:
        return None
    return Found(PICKED + _brief(text), _origin(origins, scattered))


def _letters(text: str) -> tuple[str, list[int]]:
    """The folded text, and of each of its letters the place in the text it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for place, sign in enumerate(text):
        for letter in fold(sign) or " ":
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            origins.append(place)
    return "".join(letters), origins


def _brief(text: str) -> float:
    """Of two texts that fit alike the shorter one was meant."""
    return 0.5 / (1 + len(text) / 20)


def _origin(origins: list[int], places: range | list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(origins[place] for place in places))


def _all(
    words: list[str], letters: str, origins: list[int], *, at_beginnings: bool
) -> tuple[int, ...] | None:
    """The letters of all words, each found on its own; None if one is missing."""
    places: list[int] = []
    for word in words:
        at = f" {letters}".find(f" {word}") if at_beginnings else letters.find(word)
        if at < 0:
            return None
        places += range(at, at + len(word))
    return _origin(origins, sorted(set(places)))


def _picked(wanted: str, letters: str, *, beginnings: bool) -> list[int] | None:
    """The letters in this order, the first at the beginning of a word.

    With `beginnings` each of the others begins a word, too, or follows the one before.
    """
    letters = letters[:_LONGEST]
    if len(wanted) < 2:
        return None
    places: list[int] = []
    at = -1
    for letter in wanted:
        begin = f" {letters}".find(f" {letter}", at + 1)
        if places and letters[at + 1 : at + 2] == letter:
            at += 1
        elif begin >= 0:
            at = begin
        elif beginnings or not places:
            return None
        else:
            at = letters.find(letter, at + 1)
            if at < 0:
                return None
        places.append(at)
    return places
