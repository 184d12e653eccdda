"""Invented words in the place of what people are called, and of what was written about them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.personal import Personal
from smartct_desktop.services.privacy.traces import Traces, words_of
from smartct_desktop.storage.connection import Connection
from smartct_desktop.storage.ever_told import contents_of

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_RUN = re.compile(r"[^\W\d_]+|\d+")
_LEARNED = frozenset({"mappings", "answers"})
_MINE = "somebody"


class Invented:
    """Implements `storage.rewriting.Wording` for a copy without personal data.

    A word becomes an invented one of the same length, everywhere the same; what `secret` is nobody
    keeps. Organisations, places, days and amounts stay. `traces` are the people by whole names.
    """

    def __init__(self, secret: str, traces: Traces, connection: Connection) -> None:
        self._secret = secret
        self._traces = traces
        self._words: dict[str, str] = {}
        self._contents = _Fillings(secret, contents_of(connection))

    @property
    def contents(self) -> Mapping[str, bytes]:
        """What stands instead of attached files: as many bytes."""
        return self._contents

    def clears(self, kind: str, id_: str) -> frozenset[str]:
        """Give what was learned of a sender's files: it quotes them."""
        del id_
        return _LEARNED if kind == "sender" else frozenset()

    def value(self, kind: str, id_: str, name: str, text: str) -> str | None:
        """Give what a field of text holds instead."""
        del id_
        if (kind, name) == ("attachment", "sha256"):
            return self._contents.names.get(text, text)
        if (kind, name) == ("attachment", "file_name"):
            stem, dot, suffix = text.rpartition(".")
            return f"{self._scrambled(stem)}.{suffix}" if dot else self._scrambled(text)
        if (kind, name) == ("sent_records", "lines"):
            return "\n".join(map(self._sent_line, text.split("\n")))
        field = BY_KIND[kind].by_name[name]
        if field.personal is Personal.ADDRESS and "@" in text:
            start, dot, end = text.rpartition(".")
            return f"{self._scrambled(start)}{dot}{end}"
        if field.personal is not None or field.free_text:
            return self._scrambled(text)
        return self.said(text)

    def number(self, kind: str, id_: str, name: str, number: int) -> int:
        """Contents keep their sizes."""
        del kind, id_, name
        return number

    def said(self, text: str) -> str:
        """Invent other names where whole names of people stand."""
        pieces, upto = [], 0
        for one in self._traces.found(text):
            pieces += [text[upto : one.start], self._scrambled(text[one.start : one.stop])]
            upto = one.stop
        return "".join((*pieces, text[upto:])) if pieces else text

    def told(self, no: int, text: str) -> str:
        """Names of steps and files quote what was written: they are numbered instead."""
        return f"{_MINE} {no}" if len(text) else text

    def _sent_line(self, line: str) -> str:
        id_, weight, *caption = line.split(" ", 2)
        return " ".join((id_, weight, *map(self._scrambled, caption)))

    def _scrambled(self, text: str) -> str:
        return _RUN.sub(lambda found: self._word(found[0]), text)

    def _word(self, word: str) -> str:
        key = "".join(words_of(word))
        if key not in self._words:
            self._words[key] = "".join(_letters(f"{self._secret}{key}", word))
        invented = self._words[key]
        invented = (invented * (len(word) // max(1, len(invented)) + 1))[: len(word)]
        if word.isupper() and len(word) > 1:
            return invented.upper()
        return invented.capitalize() if word[0].isupper() else invented


def _letters(seed: str, word: str) -> Iterator[str]:
    numbers = hashlib.shake_256(seed.encode()).digest(max(1, len(word)))
    for place, number in enumerate(numbers):
        if word.isdigit():
            yield str(number % 10)
        else:
            signs = _VOWELS if place % 2 else _CONSONANTS
            yield signs[number % len(signs)]


class _Fillings(Mapping[str, bytes]):
    """Contents made when they are asked for, so that they never lie in memory together."""

    def __init__(self, secret: str, sizes: Mapping[str, int]) -> None:
        self._secret = secret
        self._sizes = sizes
        self.names = {sha256: hashlib.sha256(self[sha256]).hexdigest() for sha256 in sizes}

    def __getitem__(self, sha256: str) -> bytes:
        seed = hashlib.sha256(f"{self._secret}{sha256}".encode()).digest()
        size = self._sizes[sha256]
        return (seed * (size // len(seed) + 1))[:size]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)


def all_words(texts: Collection[str]) -> set[tuple[str, ...]]:
    """Give texts as words that follow one another."""
    return {words for text in texts if (words := words_of(text))}
