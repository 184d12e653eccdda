"""The key of a protected document as people can write it down and type it again.

The key has 32 bytes. They are written as four lines, each with eight bytes and a checksum of its
own, so that a slip of the pen is found in the line in which it was made. The letters are those of
Crockford's base 32: digits and capitals without I, L, O and U. What is read for them by mistake is
understood: small letters, O for 0, I and L for 1.
"""

from __future__ import annotations

import hashlib
import unicodedata

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence

LINES = 4
LETTERS = 16
"""How many letters one line has, without its spaces."""

_KEY_BYTES = 32
_LINE_BYTES = _KEY_BYTES // LINES
_SUM_BYTES = 2
_GROUP = 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_BETWEEN = frozenset(" \t\r\n-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}.\N{NO-BREAK SPACE}")


def to_groups(raw: bytes) -> tuple[str, ...]:
    """Give the lines in which a key of 32 bytes is written down."""
    if len(raw) != _KEY_BYTES:
        raise ValueError(len(raw))
    return tuple(_line(no, raw[no * _LINE_BYTES : (no + 1) * _LINE_BYTES]) for no in range(LINES))


def from_groups(text: str) -> bytes:
    """Give the key that was written down. Raises `Invalid`, which names the line that is wrong.

    Spaces, hyphens and the breaks between the lines do not matter.
    """
    letters = letters_of(text)
    lines = [letters[at : at + LETTERS] for at in range(0, len(letters), LETTERS)]
    raw = b"".join(read_line(no, line) for no, line in enumerate(lines[:LINES]))
    if len(lines) != LINES:
        raise Invalid(
            Sentence("The key has {n} lines, here are {m}.", n=LINES, m=len(lines)), str(len(lines))
        )
    return raw


def letters_of(text: str) -> str:
    """Give the letters of what was typed, without what stands between them."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter not in _BETWEEN)


def read_line(no: int, text: str) -> bytes:
    """Give the eight bytes of a line, counted from 0.

    Raises `Invalid`, whose `field` is the number of the line.
    """
    letters = letters_of(text)
    named = {"line": no + 1}
    for letter in letters:
        if letter not in _VALUES:
            sentence = Sentence("Line {line}: “{letter}” is in no key.", letter=letter, **named)
            raise Invalid(sentence, str(no))
    if len(letters) != LETTERS:
        sentence = Sentence(
            "Line {line} has {m} letters, it should have {n}.", m=len(letters), n=LETTERS, **named
        )
        raise Invalid(sentence, str(no))
    number = 0
    for letter in letters:
        number = number * len(_ALPHABET) + _VALUES[letter]
    whole = number.to_bytes(_LINE_BYTES + _SUM_BYTES, "big")
    raw = whole[:_LINE_BYTES]
    if whole[_LINE_BYTES:] != _checksum(no, raw):
        sentence = Sentence("Line {line} is not as it was printed. Compare it again.", **named)
        raise Invalid(sentence, str(no))
    return raw


def _line(no: int, raw: bytes) -> str:
    number = int.from_bytes(raw + _checksum(no, raw), "big")
    letters = ""
    for _ in range(LETTERS):
        number, value = divmod(number, len(_ALPHABET))
        letters = _ALPHABET[value] + letters
    return " ".join(letters[at : at + _GROUP] for at in range(0, LETTERS, _GROUP))


def _checksum(no: int, raw: bytes) -> bytes:
    """Two bytes; the number of the line is in them, so that lines cannot change places."""
    return hashlib.sha256(bytes([no]) + raw).digest()[:_SUM_BYTES]
