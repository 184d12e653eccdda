"""The words that partners use, ready to be looked up while a file is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.folding import fold
from smartct_desktop.services.importing.date_text import DateWords
from smartct_desktop.services.importing.headings import Headings, HeadingWord
from smartct_desktop.services.importing.names import Names
from smartct_desktop.services.importing.number_text import NumberWords
from smartct_desktop.services.programme import ProgrammeFacts


@dataclass(frozen=True, slots=True)
class WordSense:
    """What a word says: a code, perhaps a finer one, and whether it can be taken unasked."""

    code: str
    detail: str
    sure: bool


@dataclass(frozen=True, slots=True)
class WordEntry:
    """One line of the list of words."""

    kind: str
    text: str
    sense: WordSense
    language: str = ""


class Words:
    """Finds words exactly, but for case, accents and punctuation; one list per kind."""

    def __init__(self, entries: Iterable[WordEntry]) -> None:
        found: dict[str, dict[str, list[WordSense]]] = {}
        for entry in entries:
            senses = found.setdefault(entry.kind, {}).setdefault(_key(entry.text), [])
            if entry.sense not in senses:
                senses.append(entry.sense)
        self._kinds: Mapping[str, Mapping[str, Sequence[WordSense]]] = found

    def senses(self, kind: str, text: str) -> Sequence[WordSense]:
        """Give all that the text can say, nothing if it is no word of that kind."""
        return self._kinds.get(kind, {}).get(_key(text), ())

    def sure(self, kind: str, text: str) -> WordSense | None:
        """Give what the text says if it says one thing only, and surely."""
        senses = self.senses(kind, text)
        codes = {sense.code for sense in senses}
        if len(codes) != 1 or not all(sense.sure for sense in senses):
            return None
        return next((sense for sense in senses if sense.detail), senses[0])

    def texts(self, kind: str) -> Mapping[str, Sequence[WordSense]]:
        """Give the folded words of a kind."""
        return self._kinds.get(kind, {})

    def beginning(self, kind: str, text: str) -> tuple[str, WordSense] | None:
        """Find the longest word of the kind that the text begins with, and what it says."""
        tokens = fold(text).split()
        for size in range(min(len(tokens), 5), 0, -1):
            start = " ".join(tokens[:size])
            if senses := self._kinds.get(kind, {}).get(start):
                return start, senses[0]
        raw = text.strip()[:1]
        senses = self._kinds.get(kind, {}).get(raw, ()) if raw and not raw.isalnum() else ()
        return (raw, senses[0]) if senses else None

    def within(self, kind: str, text: str) -> list[WordSense]:
        """Find the words of the kind that stand in the text as whole words, longest first."""
        tokens = fold(text).split()
        table = self._kinds.get(kind, {})
        found: list[WordSense] = []
        for size in range(min(len(tokens), 4), 0, -1):
            for start in range(len(tokens) - size + 1):
                found += table.get(" ".join(tokens[start : start + size]), ())
        return found


def _key(text: str) -> str:
    return fold(text) or text.strip()


@dataclass(frozen=True)
class Dictionary:
    """Everything that is known of the words in partners' files, in all languages at once."""

    facts: ProgrammeFacts
    headings: Headings
    words: Words
    names: Names
    dates: DateWords
    numbers: NumberWords

    @classmethod
    def of(cls, facts: ProgrammeFacts) -> Dictionary:
        """Make it from the programme's facts; takes some hundredths of a second."""
        words = facts.words.all
        return cls(
            facts,
            Headings(HeadingWord(h.field, h.language, h.text, h.note) for h in facts.headings.all),
            Words(
                WordEntry(w.kind, w.text, WordSense(w.code, w.detail, w.sure), w.language)
                for w in words
            ),
            Names(form.text for form in facts.legal_forms.all),
            DateWords(
                {
                    fold(month.text): month.number
                    for month in facts.months.all
                    if month.language and len(facts.months.find(month.text)) == 1
                },
                frozenset(fold(day.text) for day in facts.weekdays.all),
            ),
            NumberWords(
                frozenset(fold(w.text) for w in words if w.kind == "about" and fold(w.text)),
                _UNITS,
                {
                    fold(w.text): w.code
                    for w in words
                    if w.kind == "currency" and w.sure and fold(w.text)
                },
            ),
        )

    def country(self, text: str) -> str | None:
        """Give the code of a country for an exact name, alias or code."""
        return self.facts.find_country(text)

    def term(self, vocabulary: str, text: str) -> str | None:
        """Give the code of a term for its label, path or code."""
        return self.facts.find_term(vocabulary, text)

    def term_codes(self, vocabulary: str) -> tuple[str, ...]:
        """Give all terms of a vocabulary but "other"."""
        codes = (term.code for term in self.facts.terms(vocabulary))
        return tuple(code for code in codes if code != "other")


_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("km", "kms", "км"), "km"),
    **dict.fromkeys(
        ("day", "days", "tag", "tage", "tagen", "arbeitstage", "dia", "dias", "dies", "giorni",
         "giorno", "ден", "дни", "working"),
        "days",
    ),
    **dict.fromkeys(
        ("person", "persons", "personen", "mitarbeiter", "ma", "empleados", "pers", "fte"),
        "people",
    ),
}  # fmt: skip
"""Folded words that may stand behind a number, and what is counted in them."""
