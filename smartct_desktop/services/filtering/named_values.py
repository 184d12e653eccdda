"""Values that have names: answers, terms, countries; found by name or code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from smartct_desktop.domain.fields import (
    Choice,
    Country,
    FieldType,
    Flag,
    Term,
    Terms,
    Value,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.services.programme import ProgrammeFacts

_LIKE = 60
"""From so much likeness of a hundred on a name is proposed."""


class NamedValues:
    """The names of all values of the types that have a list of them."""

    def __init__(self, facts: ProgrammeFacts) -> None:
        self._facts = facts

    def known(self, type_: FieldType) -> list[tuple[str, str]]:
        """Give the values there are of a type with fixed ones, as text and code."""
        match type_:
            case Choice(options):
                return [(option.label, str(option.value)) for option in options]
            case Flag():
                return [("yes", ""), ("no", ""), ("unknown", "")]
            case Country():
                countries = self._facts.countries
                return [(self._facts.country_name(one.iso2), one.iso2) for one in countries]
            case Term(vocabulary) | Terms(vocabulary):
                label = self._facts.term_label
                try:
                    terms = self._facts.terms(vocabulary)
                except KeyError:
                    return []
                return [(label(vocabulary, one.code), one.code) for one in terms]
            case _:
                return []

    def find(self, type_: FieldType, text: str) -> Value:
        """Give the value that a name or code stands for, None if there is none or several."""
        match type_:
            case Choice(options):
                word = fold(text)
                found = [o for o in options if word in (fold(str(o.value)), fold(o.label))]
                exact = [option for option in options if option.value == text]
                return exact[0] if exact else found[0] if len(found) == 1 else None
            case Country():
                code = text.upper() if len(text) in (2, 3) else text
                return self._facts.find_country(text) or self._facts.find_country(code)
            case Term(vocabulary) | Terms(vocabulary):
                return self._facts.find_term(vocabulary, text)
            case _:
                return None


def most_like(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Give the names most like a text, those that begin with it first."""
    word = fold(text)
    if not word:
        return ()
    folded = [fold(name) for name in names]
    begun = [name for name, other in zip(names, folded, strict=True) if other.startswith(word)]
    found: Iterable[tuple[str, float, int]] = process.extract(
        word, folded, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=3
    )
    return tuple(dict.fromkeys([*begun[:3], *(names[place] for _, _, place in found)]))[:3]
