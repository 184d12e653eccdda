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
from smartct_desktop.spreadsheets.text_letters import LANGUAGES

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

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes({*range(9), *range(14, 32)} - {0x1A, 0x1B})
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_LATIN_END = "\u0370"  # where Greek and Cyrillic begin
_EUROPE_END = "\u2e80"  # where the scripts of East Asia begin

_HEAD = 1 << 16
_SAMPLE_LETTERS = 2_000
_SAMPLE_LINES = 250
_SAMPLE_LINE = 2_000
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

_USUAL_SIGNS = frozenset("“”„‚‘’–—…€«»°§·•©®™ºª¿¡№£²³½\xa0\xad")
_CLOSING = {"“": "”", "„": "“”", "‘": "’", "«": "»", "»": "«", "‚": "‘’", "¿": "?", "¡": "!"}
_NEVER_BEFORE_WORDS = frozenset("–—•’”…")
_SIGNS_IN_WORDS = frozenset("’·\xa0\xad‘")


@dataclass(frozen=True, slots=True)
class Guess:
    """The encodings that fit, likeliest first, and whether the first one is proved."""

    encodings: tuple[EncodingGuess, ...]
    certain: bool


def is_binary(head: bytes) -> bool:
    """Whether a file that begins so is no text in any encoding."""
    if _marked(head) is not None or _wide(head) is not None:
        return False
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 100


def legible(head: bytes) -> str:
    """The beginning of a text as far as it is plain ASCII, for telling formats apart."""
    return head.decode(_marked(head) or _wide(head) or "latin-1", "replace")


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


class _Sample:
    """What the encoding is told from: the lines with bytes beyond ASCII, and proofs."""

    def __init__(self, path: Path) -> None:
        self.lines: list[bytes] = []
        self.seen: set[int] = set()
        valid = broken = letters = 0
        with path.open("rb") as file:
            self._head = file.read(_HEAD)
            self.proved = _marked(self._head) or _wide(self._head)
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
                if letters < _SAMPLE_LETTERS and len(self.lines) < _SAMPLE_LINES:
                    self.lines.append(line[:_SAMPLE_LINE])
                    letters += len(_BEYOND_ASCII.findall(line, 0, _SAMPLE_LINE))
        if not broken:
            self.proved = "utf-8"
        self.mostly_utf8 = valid > 10 * broken

    def shown(self, encoding: str) -> str:
        """A little of the text as this encoding makes it."""
        text = b"".join(self.lines[:_SHOWN_LINES]) or self._head[: 4 * _SHOWN]
        return text.decode(encoding, "replace")[:_SHOWN]


def _marked(head: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """The encoding with two bytes a character that zero bytes at every second place show."""
    head = head[: len(head) // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even == odd or min(even, odd) > len(head) // 100:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = head.decode(name, "replace")
    european = sum(" " <= letter < _EUROPE_END or letter in "\t\r\n" for letter in text)
    return name if european > 0.95 * len(text) else None


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
