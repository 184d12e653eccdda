"""What a new password of a document must be, and how long it would stand."""

from __future__ import annotations

import math
import unicodedata
from enum import Enum

from smartct_desktop.domain.sentence import Sentence

MINIMUM = 12
"""Characters of a password, at least. Nothing else is asked of it: rules about signs make people
write it down."""

_FAIR_BITS, _GOOD_BITS = 45, 65
_POOLS = (  # how many others each letter might have been, by its sort
    (str.isdigit, 10),
    (str.islower, 26),
    (str.isupper, 26),
)
_OTHER = 33
_ROWS = (
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)


class Strength(Enum):
    """How long a password would stand against somebody who has the file and tries all."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def normalised(password: str) -> str:
    """Give the password as it is used: the same letters, whichever keyboard typed them."""
    return unicodedata.normalize("NFC", password)


def refused(password: str) -> Sentence | None:
    """Say why this cannot be a new password; None if it can."""
    password = normalised(password)
    if len(password) < MINIMUM:
        return Sentence(
            "The password needs at least {n} characters, this one has {m}.",
            n=MINIMUM,
            m=len(password),
        )
    if "\0" in password:
        return Sentence("The password holds a sign that no keyboard has. Type it anew.")
    if len(set(password)) < MINIMUM // 3:
        return Sentence(
            "The password is made of very few different characters. Choose another one."
        )
    return None


def strength(password: str) -> Strength:
    """Estimate how strong a password is, without any list of words.

    A letter that repeats the one before, or goes on in a row of the keyboard or the alphabet,
    counts little; so does a piece that was there before.
    """
    bits = _bits(normalised(password))
    if bits >= _GOOD_BITS:
        return Strength.GOOD
    return Strength.FAIR if bits >= _FAIR_BITS else Strength.WEAK


def _bits(password: str) -> float:
    pool = sum(size for of_sort, size in _POOLS if any(map(of_sort, password)))
    if any(not letter.isalnum() for letter in password):
        pool += _OTHER
    if any(letter.isalpha() and not letter.isascii() for letter in password):
        pool += _OTHER
    # A letter of a word tells half as much as one that was drawn: people write words.
    worth = math.log2(max(pool, 2))
    bits = 0.0
    for at, letter in enumerate(password):
        if _goes_on(password, at):
            bits += 0.5
        elif letter.isalpha() and at and password[at - 1].isalpha():
            bits += worth * 0.55
        else:
            bits += worth
    return bits


def _goes_on(password: str, at: int) -> bool:
    """Whether the letter can be told from those before it."""
    before = password[:at].casefold()
    letter = password[at].casefold()
    if not before:
        return False
    pair = before[-1] + letter
    if before[-1] == letter or any(pair in row or pair[::-1] in row for row in _ROWS):
        return True
    piece = before[-2:] + letter
    return len(piece) == 3 and piece in before
