"""In which encoding the bytes of a text file are meant: proved where possible, else guessed.

A byte order mark, zero bytes at every second place, and text that is valid UTF-8 prove it.
Everything else is a guess between code pages, by the letters that each would make of the bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from math import exp
from pathlib import Path
from unicodedata import category

from smartct_desktop.domain.book import EncodingGuess
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.text_letters import LANGUAGES
from smartct_desktop.spreadsheets.text_marks import marked, wide

# In the order of how likely they are, with how unlikely that is compared with the first ones; what
# comes first wins where two make the same text.
CODE_PAGES = {
    "cp1252": 0.0,
    "cp1250": 0.0,
    "cp1251": 0.0,
    "cp1253": 0.0,
    "cp1254": 0.0,
    "cp1257": 0.0,
    "iso8859-15": -1.0,
    "iso8859-2": -1.0,
    "iso8859-5": -1.0,
    "iso8859-7": -1.0,
    "iso8859-9": -1.0,
    "mac_roman": -1.0,
    "cp850": -2.0,
    "cp852": -2.0,
    "cp866": -2.0,
    "koi8-r": -2.0,
    "mac_cyrillic": -3.0,
}

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_LATIN_END = "\u0370"  # where Greek and Cyrillic begin

_HEAD = 1 << 16
_SAMPLE_LETTERS = 2_000
_SAMPLE_LINES = 250
_SAMPLE_LINE = 2_000
_AROUND = 30
_SHOWN_LINES = 3
_SHOWN = 200
_ALTERNATIVES = 4

# Costs, as logarithms of how rarely a right reading shows such a thing.
_FOREIGN_LETTER = -7.0
_INNER_CAPITAL = -4.0
_MIXED_SCRIPTS = -7.0
_TWO_IN_A_ROW = -1.5
_ODD_SIGN = -8.0
_SIGN_IN_WORD = -5.0
_USUAL_SIGN = -4.0
_CONTROL = -12.0
_OTHER_LANGUAGE = -2.0
_SECOND_OPINION = 2.0
_UNPAIRED = -4.0
_CLEAR_LEAD = 12.0

_NOBODYS_SIGN = "¤"  # where code pages of today have the euro
_USUAL_SIGNS = frozenset("“”„‚‘’–—…€«»°§·•©®™ºª¿¡№£²³½\xa0\xad")
_CLOSING = {"“": "”", "„": "“”", "‘": "’", "«": "»", "»": "«", "‚": "‘’", "¿": "?", "¡": "!"}
_NEVER_BEFORE_WORDS = frozenset("–—•’”…")
_SIGNS_IN_WORDS = frozenset("’·\xa0\xad‘")


@dataclass(frozen=True, slots=True)
class Guess:
    """The encodings that fit, likeliest first, and whether the first one is proved."""

    encodings: tuple[EncodingGuess, ...]
    certain: bool


def guess_encoding(path: Path) -> Guess:
    """The encodings in which the file may be meant. Reads all of it once."""
    sample = _Sample(path)
    if sample.proved is not None:
        name = sample.proved
        return Guess((EncodingGuess(name, 1.0, sample.shown(name)),), certain=True)
    scores = _scores(sample)
    lead = sorted((score for score, _ in scores.values()), reverse=True)
    if len(lead) > 1 and lead[0] - lead[1] < _CLEAR_LEAD:
        second = _second_opinion(sample)
        if second in scores:
            score, page = scores[second]
            scores[second] = score + _SECOND_OPINION, page
    ranked = sorted(scores.values(), key=lambda entry: -entry[0])
    if sample.mostly_utf8:
        ranked.insert(0, (ranked[0][0] + _SECOND_OPINION if ranked else 0.0, "utf-8"))
    ranked = ranked[:_ALTERNATIVES]
    weights = [exp((score - ranked[0][0]) / 2) for score, _ in ranked]
    return Guess(
        tuple(
            EncodingGuess(page, round(weight / sum(weights), 3), sample.shown(page))
            for (_, page), weight in zip(ranked, weights, strict=True)
        ),
        certain=False,
    )


def chosen_or_guessed(path: Path, chosen: str | None) -> Guess:
    """The encodings that may be meant; a chosen one first, and then without doubt.

    Raises `Trouble` for a chosen one that does not exist.
    """
    guess = guess_encoding(path)
    if chosen is None:
        return guess
    try:
        "".encode(chosen)
        name = codecs.lookup(chosen).name
    except (LookupError, UnicodeError) as error:
        raise Trouble(
            Sentence("There is no encoding with the name {encoding}.", encoding=chosen),
            Sentence("Choose another one, such as utf-8, cp1252 or cp1251."),
        ) from error
    with path.open("rb") as file:
        sample = file.read(_SHOWN).decode(name, "replace")
    others = (other for other in guess.encodings if codecs.lookup(other.name).name != name)
    return Guess((EncodingGuess(name, 1.0, sample), *others), certain=True)


class _Sample:
    """What the encoding is told from: the lines with bytes beyond ASCII, and proofs."""

    def __init__(self, path: Path) -> None:
        self.lines: list[bytes] = []
        self.seen: set[int] = set()
        taken: set[int] = set()
        valid = broken = letters = 0
        with path.open("rb") as file:
            self._head = file.read(_HEAD)
            self.proved = marked(self._head) or wide(self._head)
            if self.proved is not None:
                return
            file.seek(0)
            for line in file:
                if line.isascii():
                    continue
                self.seen.update(line)
                try:
                    line.decode("utf-8")
                    valid += 1
                except UnicodeDecodeError:
                    broken += 1
                begun = line[:_SAMPLE_LINE]
                room = letters < _SAMPLE_LETTERS and len(self.lines) < _SAMPLE_LINES
                # A byte that stands only far down may be all that tells two code pages apart.
                if room or not taken.issuperset(begun):
                    self.lines.append(begun)
                    taken.update(begun)
                    letters += len(_BEYOND_ASCII.findall(begun))
                for byte in {byte for byte in line if byte > 0x7F} - taken:
                    place = max(0, line.index(byte) - _AROUND)
                    piece = line[place : place + 2 * _AROUND]
                    self.lines.append(piece)
                    taken.update(piece)
        if not broken:
            self.proved = "utf-8"
        self.mostly_utf8 = valid > 10 * broken

    def shown(self, encoding: str) -> str:
        """A little of the text as this encoding makes it."""
        text = b"".join(self.lines[:_SHOWN_LINES]) or self._head[: 4 * _SHOWN]
        return text.decode(encoding, "replace")[:_SHOWN]


def _scores(sample: _Sample) -> dict[str, tuple[float, str]]:
    """How well each code page reads the sample: by the text it makes, score and code page."""
    scores: dict[str, tuple[float, str]] = {}
    everything = bytes(sorted(sample.seen))
    for page, likely in CODE_PAGES.items():
        try:
            everything.decode(page)
        except UnicodeDecodeError:
            continue
        lines = [line.decode(page) for line in sample.lines]
        text = "".join(lines)
        if text not in scores:
            scores[text] = _score(lines) + likely, page
    return scores


def _score(lines: list[str]) -> float:
    """How likely the lines are as text of a language, or of several ones in different lines."""
    fixed = 0.0
    by_line: list[dict[str, float]] = []
    for line in lines:
        cost, letters = _signs_and_letters(f" {line} ")
        fixed += cost
        by_line.append(
            {
                language: sum(shares.get(letter, _FOREIGN_LETTER) for letter in letters)
                for language, shares in LANGUAGES.items()
            }
        )
    whole = {language: sum(line[language] for line in by_line) for language in LANGUAGES}
    main = max(LANGUAGES, key=whole.__getitem__)
    return fixed + sum(max(line[main], max(line.values()) + _OTHER_LANGUAGE) for line in by_line)


def _signs_and_letters(line: str) -> tuple[float, str]:
    """The cost of the signs and odd neighbours in a padded line, and its letters beyond ASCII."""
    cost = 0.0
    letters = []
    for found in _BEYOND.finditer(line):
        here = found.start()
        before, sign, after = line[here - 1], line[here], line[here + 1]
        if sign.isalpha():
            letters.append(sign)
            cost += _letter_cost(before, sign, after)
            continue
        cost += _sign_cost(before, sign, line[here + 1 :])
    return cost, "".join(letters)


def _sign_cost(before: str, sign: str, rest: str) -> float:
    """The cost of a sign that is no letter, `rest` being what follows it in the line."""
    if sign == _NOBODYS_SIGN:
        return 2 * _CONTROL
    if category(sign) == "Cc":
        return _CONTROL
    cost = _USUAL_SIGN if sign in _USUAL_SIGNS else _ODD_SIGN
    if before.isalpha() and rest[0].isalpha():
        return cost if sign in _SIGNS_IN_WORDS else cost + _SIGN_IN_WORD
    if not before.isalpha() and rest[0].isalpha():
        closing = _CLOSING.get(sign)
        if sign in _NEVER_BEFORE_WORDS or (
            closing is not None and not any(c in rest for c in closing)
        ):
            cost += _UNPAIRED
    return cost


def _letter_cost(before: str, letter: str, after: str) -> float:
    """The cost of a letter among its neighbours."""
    cost = 0.0
    latin = letter < _LATIN_END
    if _case_breaks(before, letter, after):
        cost += _INNER_CAPITAL
    for other in (before, after):
        if other.isalpha() and (other < _LATIN_END) is not latin:
            cost += _MIXED_SCRIPTS
    if latin and before > "\x7f" and before.isalpha():
        cost += _TWO_IN_A_ROW
    return cost


def _case_breaks(before: str, letter: str, after: str) -> bool:
    """Whether the case of a letter is other than its word's."""
    if letter.isupper():
        return before.islower()
    return letter != "ß" and before.isupper() and after.isupper()


def _second_opinion(sample: _Sample) -> str | None:
    """The text that an independent detector makes of the sample."""
    from charset_normalizer import from_bytes

    best = from_bytes(b"".join(sample.lines)).best()
    try:
        return None if best is None else b"".join(sample.lines).decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
