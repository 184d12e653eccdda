"""What stands in partners' sheets: words of headings and cells, months, legal forms, numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.facts import (
    CalendarWord,
    Heading,
    IdentifierPattern,
    LegalForm,
    Word,
)


def word_key(text: str) -> str:
    """Give what words are compared by: the folded text, or the signs themselves ("✓", "-")."""
    return fold(text) or " ".join(text.split()).casefold()


class Headings:
    """The words over columns and the fields they can mean."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self.all = tuple(headings)
        self._by_text: dict[str, list[Heading]] = defaultdict(list)
        for heading in self.all:
            self._by_text[word_key(heading.text)].append(heading)

    def find(self, text: str) -> tuple[Heading, ...]:
        """Give every meaning of the text, in all languages."""
        return tuple(self._by_text.get(word_key(text), ()))


class Words:
    """The words in cells, by kind."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.all = tuple(words)
        self._by_text: dict[tuple[str, str], list[Word]] = defaultdict(list)
        for word in self.all:
            self._by_text[word.kind, word_key(word.text)].append(word)

    def find(self, kind: str, text: str, language: str = "") -> tuple[Word, ...]:
        """Give every meaning of the text within a kind.

        With a `language` the words of that language come alone, if it has any for the text.
        """
        found = tuple(self._by_text.get((kind, word_key(text)), ()))
        own = tuple(word for word in found if word.language in (language, ""))
        return own if language and own else found

    def of(self, kind: str) -> tuple[Word, ...]:
        """Give all words of a kind."""
        return tuple(word for word in self.all if word.kind == kind)


class CalendarWords:
    """The names of months or of weekdays."""

    def __init__(self, words: Iterable[CalendarWord]) -> None:
        self.all = tuple(words)
        self._by_text: dict[str, set[int]] = defaultdict(set)
        for word in self.all:
            self._by_text[fold(word.text)].add(word.number)

    def find(self, text: str) -> frozenset[int]:
        """Give the numbers the word can stand for, in any language; empty if it is no such word."""
        return frozenset(self._by_text.get(fold(text), ()))


class LegalForms:
    """The legal forms that stand in names."""

    def __init__(self, forms: Iterable[LegalForm]) -> None:
        self.all = tuple(forms)
        self._by_text: dict[str, list[LegalForm]] = defaultdict(list)
        for form in self.all:
            self._by_text[_joined(form.text)].append(form)

    def find(self, text: str) -> tuple[LegalForm, ...]:
        """Give the forms written so, however dotted and spaced: "S.L.", "SL" and "S. L."."""
        return tuple(self._by_text.get(_joined(text), ()))


class Identifiers:
    """How VAT numbers and other identifiers are built."""

    def __init__(self, patterns: Iterable[IdentifierPattern]) -> None:
        self._patterns: Mapping[tuple[str, str], Sequence[IdentifierPattern]] = _grouped(patterns)

    def fits(self, kind: str, iso2: str, text: str) -> bool | None:
        """Say whether the text is built like such an identifier of a country.

        Case, blanks, dots, dashes and slashes do not matter, nor does the prefix of the country
        if it is left out. None if nothing is known of that kind and country.
        """
        known = self._patterns.get((kind, iso2)) or self._patterns.get((kind, ""))
        if not known:
            return None
        bare = "".join(sign for sign in text.upper() if sign.isalnum() or sign in "+*")
        prefix = "EL" if iso2 == "GR" else iso2
        return any(
            one.pattern.fullmatch(bare) or one.pattern.fullmatch(prefix + bare) for one in known
        )


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")


def _grouped(
    patterns: Iterable[IdentifierPattern],
) -> dict[tuple[str, str], Sequence[IdentifierPattern]]:
    found: dict[tuple[str, str], list[IdentifierPattern]] = defaultdict(list)
    for pattern in patterns:
        found[pattern.kind, pattern.iso2].append(pattern)
    return dict(found)
