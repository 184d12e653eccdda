"""Names that are not what they seem: of two alphabets in one word, or several in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.names import Names, unmixed
from smartct_desktop.services.importing.text_cells import clean_line
from smartct_desktop.services.importing.understood import Groups, Note, RawColumn

_ORGANISATIONS = frozenset(
    {
        *("exchange.vo", "exchange.ho", "organisation.name", "payment.payee_as_written"),
        *("attendance.organisation", "person.organisation"),
    }
)
_PERSONS = frozenset({"exchange.visitor", "attendance.name_text", "person.name"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTED = re.compile(r"\s*[;|\r\n]+\s*|\s+[/+]\s+")
_JOINED = re.compile(r"\s*,\s*|\s+(?:&|and|und|y|i|e|и)\s+")
_LISTED = re.compile("[;|]")
_SHARED = frozenset({"co", "cia"})
"""What stands behind "&" in the name of one firm: "Huber & Co. KG"."""
_LEAST_WORDS = 2


class OddNames:
    """Looks for odd names in the columns of a file; they are kept as they stand, but told."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def notes(self, column: RawColumn, groups: Groups) -> Iterator[Note]:
        """Tell of the names of one column."""
        mixed: dict[str, list[int]] = {}
        for value, _, places in groups:
            if isinstance(value, str) and not value.isascii():
                for word in filter(_is_mixed, _WORD.findall(value)):
                    mixed.setdefault(word, []).extend(places)
        for word, places in mixed.items():
            sentence = Sentence(
                "“{word}” in the column “{header}” has Latin and Cyrillic letters that look alike. "
                "It is kept as it stands.",
                word=word,
                header=column.header,
            )
            yield Note("IMP-14", Severity.WARNING, sentence, tuple(sorted(places)))
        if column.code in _ORGANISATIONS | _PERSONS:
            yield from self._several(column)

    def _several(self, column: RawColumn) -> Iterator[Note]:
        found: dict[str, list[int]] = {}
        for place, value in enumerate(column.values):
            if isinstance(value, str) and (_PARTED.search(value) or _JOINED.search(value)):
                found.setdefault(value, []).append(place)
        for written, places in found.items():
            text = clean_line(written)
            if not self._names_several(written, persons=column.code in _PERSONS):
                continue
            what = (
                Sentence("“{text}” looks like several persons. It is taken as one name.", text=text)
                if column.code in _PERSONS
                else Sentence(
                    "“{text}” looks like several organisations. It is taken as one name.", text=text
                )
            )
            yield Note("IMP-20", Severity.WARNING, what, tuple(places))

    def _names_several(self, text: str, *, persons: bool) -> bool:
        """Whether a cell names several: each by itself, with words and a form of its own."""
        parts = [part for part in _PARTED.split(text.strip()) if part]
        if len(parts) > 1:
            least = 0 if _LISTED.search(text) else 1
            return all(map(self._stands_alone, parts)) if persons else self._are_firms(parts, least)
        parts = [part for part in _JOINED.split(text.strip()) if part]
        if len(parts) < _LEAST_WORDS:
            return False
        return (
            all(map(self._stands_alone, parts)) if persons else self._are_firms(parts, len(parts))
        )

    def _stands_alone(self, part: str) -> bool:
        """Whether a part is the whole name of a person; "Dr. Ada" behind a comma is none."""
        words = part.split()
        return len(words) >= _LEAST_WORDS and not any(word.endswith(".") for word in words)

    def _are_firms(self, parts: Sequence[str], least: int) -> bool:
        """Whether parts have names and at least so many of them a legal form."""
        keys = [self._names.key(part) for part in parts]
        whole = not any(key.core in _SHARED for key in keys)
        return whole and sum(bool(key.form) for key in keys) >= least


def _is_mixed(word: str) -> bool:
    folded = fold(word)
    return unmixed(folded) != folded
