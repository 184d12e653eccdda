"""Names of organisations as they can be compared: folded, without legal form, across alphabets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii

from smartct_desktop.domain.folding import fold

# The official Bulgarian table (Transliteration Act of 2009), which other tables differ from.
_BULGARIAN = str.maketrans(
    {
        "ж": "zh",
        "й": "y",
        "у": "u",
        "х": "h",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sht",
        "ъ": "a",
        "ь": "y",
        "ю": "yu",
        "я": "ya",
    }
)
_SOUNDS = {
    **dict.fromkeys(("shch", "sht", "sch", "sh", "ch"), "s"),
    **dict.fromkeys(("zh", "j"), "z"),
    **dict.fromkeys(("kh", "x"), "h"),
    **dict.fromkeys(("iya", "ija", "ya", "ja", "ia", "ei", "ey", "ay", "ai", "ej", "ae"), "a"),
    **dict.fromkeys(("yu", "ju", "jue", "iu", "ue"), "u"),
    **dict.fromkeys(("ck", "c", "q"), "k"),
    "oe": "o",
    "ph": "f",
    "w": "v",
    "y": "i",
}
# Cyrillic letters and the Latin ones that nobody can tell from them by looking.
_CYRILLIC = "авекмнорстхусіј"
_LATIN = "abekmhopctxycij"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_ONE_FORM = {
    one: forms[0]
    for forms in (
        ("gmbh", "gesellschaft mit beschrankter haftung", "gesellschaft mbh", "ges m b h"),
        ("ag", "aktiengesellschaft"),
        ("kg", "kommanditgesellschaft"),
        ("ev", "eingetragener verein"),
        ("eg", "eingetragene genossenschaft"),
        ("sl", "sociedad limitada", "sociedad de responsabilidad limitada", "srl"),
        ("slu", "sociedad limitada unipersonal"),
        ("sa", "sociedad anonima"),
        ("sau", "sociedad anonima unipersonal"),
        ("spa", "societa per azioni"),
        ("srl", "societa a responsabilita limitata"),
        ("ltd", "limited"),
        ("plc", "public limited company"),
        ("ood", "druzhestvo s ogranichena otgovornost"),
        ("eood", "ednolichno druzhestvo s ogranichena otgovornost"),
        ("ad", "aktsionerno druzhestvo"),
        ("ead", "ednolichno aktsionerno druzhestvo"),
    )
    for one in forms
}
_ANY_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class NameKey:
    """One name in three strengths of comparison.

    `folded` differs only where words differ; `core` leaves out the legal form; `sound` is the core
    in Latin letters with look-alike sounds made one and its words sorted, for proposing only.
    `numbers` must agree between two names before they may be proposed as one.
    """

    folded: str
    core: str
    form: str
    sound: str
    numbers: tuple[str, ...]


class Names:
    """Makes keys of names; `legal_forms` are the forms as people write them."""

    def __init__(self, legal_forms: Iterable[str]) -> None:
        forms = {tuple(_joined_initials(fold(form).split())) for form in legal_forms}
        self._forms = {form for form in forms if form}
        self._longest = max(map(len, self._forms), default=0)

    def key(self, name: str) -> NameKey:
        """Give the key of a name."""
        folded = self.exact(name)
        core, form = self._parted(_joined_initials(folded.split()))
        words = sorted(_sound(word) for word in core)
        return NameKey(
            folded,
            " ".join(core),
            " ".join(form),
            " ".join(words),
            tuple(sorted(word for word in core if any(map(str.isdigit, word)))),
        )

    def exact(self, name: str) -> str:
        """Give the form in which two names are one: case, accents, signs and looks aside."""
        return unmixed(fold(name))

    def core(self, name: str) -> str:
        """Give the folded name without its legal form; cheaper than the whole key."""
        return " ".join(self._parted(_joined_initials(self.exact(name).split()))[0])

    def _parted(self, words: list[str]) -> tuple[list[str], list[str]]:
        """Separate the legal form, wherever it stands; a name never vanishes altogether."""
        for size in range(min(self._longest, len(words) - 1), 0, -1):
            for start in (len(words) - size, *range(len(words) - size)):
                if tuple(words[start : start + size]) in self._forms:
                    return words[:start] + words[start + size :], words[start : start + size]
        return words, []


def unmixed(text: str) -> str:
    """Give a folded text with each word in one alphabet, as a reader sees it.

    Letters of the other alphabet that look alike are taken for the word's own. Where a word could
    be either, it is of the alphabet of the text.
    """
    if text.isascii():
        return text
    cyrillic = _count(text, "а", "ӿ") >= _count(text, "a", "z")
    return " ".join(_unmixed(word, cyrillic=cyrillic) for word in text.split())


def _unmixed(word: str, *, cyrillic: bool) -> str:
    if not _count(word, "а", "ӿ") or not _count(word, "a", "z"):
        return word
    in_cyrillic, in_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    whole_cyrillic = not _count(in_cyrillic, "a", "z")
    whole_latin = not _count(in_latin, "а", "ӿ")
    if whole_cyrillic and (cyrillic or not whole_latin):
        return in_cyrillic
    return in_latin if whole_latin else word


def _count(text: str, first: str, last: str) -> int:
    return sum(first <= sign <= last for sign in text)


def same_form(one: str, other: str) -> bool:
    """Whether two legal forms, folded, are one: however long they are written, in which letters."""
    if not one or not other or one == other:
        return True
    first, second = (_latin(form) for form in (one, other))
    return _ONE_FORM.get(first, first) == _ONE_FORM.get(second, second)


def _latin(text: str) -> str:
    return text if text.isascii() else anyascii(text.translate(_BULGARIAN)).lower()


def parts_of(name: str) -> list[str]:
    """Give the pieces of a name between commas, brackets and dashes: each may stand for it."""
    pieces = [piece.strip() for piece in re.split(r"[,;()\[\]/|]| [-–—] ", name)]
    return [piece for piece in pieces if len(piece) > 2] if len(pieces) > 1 else []


def sound_of(name: str) -> str:
    """Give how the words of a person's name sound, in no order: across alphabets and spellings."""
    return " ".join(sorted(_sound(word) for word in unmixed(fold(name)).split()))


def initials(core: str) -> str:
    """Give the first letters of the words: "netzwerk energie umwelt" is "neu"."""
    return "".join(word[0] for word in core.split()) if core.count(" ") else ""


def _joined_initials(words: list[str]) -> list[str]:
    """Join single letters in a row: "s r l" is written "srl" as often."""
    joined: list[str] = []
    single = False
    for word in words:
        if len(word) == 1 and word.isalpha() and single:
            joined[-1] += word
        else:
            joined.append(word)
            single = len(word) == 1 and word.isalpha()
    return joined


def _sound(word: str) -> str:
    plain = _latin(word)
    return _DOUBLED.sub(r"\1", _ANY_SOUND.sub(lambda match: _SOUNDS[match[0]], plain))
