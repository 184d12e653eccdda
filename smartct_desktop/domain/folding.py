"""Folding: the form of a text in which case, accents and punctuation no longer tell apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FIRST_OF_OTHER_SCRIPTS = "\u0590"
"""Latin, Greek, Cyrillic and Armenian letters lie below; Hebrew, Arabic and so on from here."""

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "ŋ": "n",
        "ĸ": "k",
        "ə": "e",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ß": "ss",
        # Catalan writes "col·lecció": the dot separates no words.
        "·": None,
        # Invisible: soft hyphen, joiners, direction marks, byte order mark.
        **dict.fromkeys(
            (
                "\u00ad",
                *map(chr, range(0x200B, 0x2010)),
                *map(chr, range(0x202A, 0x202F)),
                *map(chr, range(0x2060, 0x2070)),
                "\ufeff",
            )
        ),
    }
)
_ASCII_SIGNS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
# "й" is a letter of its own in every Cyrillic alphabet, not an accented "и".
_ACCENTS = re.compile("[\u0300-\u0305\u0307-\u036f]|(?<!и)\u0306")
_SIGNS = re.compile(r"[\W_]+")
_IN_NUMBERS = re.compile(r"[\s.\-/]")


def fold(text: str) -> str:
    """Give the form for searching and for comparing headings, names of countries and the like.

    Small letters, no accents (Latin, Greek, Cyrillic), "ł ø đ ß æ œ þ" as "l o d ss ae oe th",
    each run of anything but letters and digits as one blank, none at the ends. Compatibility
    forms become plain ("ﬁ" "fi", "№" "no", full width half). Scripts stay: "София" is not "Sofia".
    Folding a folded text changes nothing. A text of signs only gives "".
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_SIGNS).split())
    plain = unicodedata.normalize("NFKC", text).casefold()
    letters = unicodedata.normalize("NFKD", plain)
    letters = _ACCENTS.sub("", letters).translate(_LETTERS)
    letters = unicodedata.normalize("NFC", letters)
    if letters and max(letters) >= _FIRST_OF_OTHER_SCRIPTS:
        return " ".join("".join(map(_letter_or_blank, letters)).split())
    return _SIGNS.sub(" ", letters).strip()


def compact(text: str) -> str:
    """Give a number of letters and digits in capitals, without blanks, dots, dashes, slashes."""
    return _IN_NUMBERS.sub("", text).upper()


@lru_cache(maxsize=10_000)
def _letter_or_blank(sign: str) -> str:
    # Vowel signs of the scripts of India and Arabia are marks: they belong to the word.
    return sign if unicodedata.category(sign)[0] in "LMN" else " "
