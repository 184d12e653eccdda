"""How much one search may ask for: more than anybody types, and little enough to be quick."""

from __future__ import annotations

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence

LONGEST_SEARCH = 2_000
"""Signs of a search or a filter."""

MOST_WORDS = 100
"""Different words of a search; words, conditions and values of a filter."""


def searched_words(text: str) -> list[str]:
    """Give the different folded words that a search looks for. Raises `Invalid` if they are many.

    What is cut off would not be looked for, and nobody would know.
    """
    if len(text) > LONGEST_SEARCH:
        raise Invalid(Sentence("A search has {n} signs at most.", n=LONGEST_SEARCH))
    words = list(dict.fromkeys(fold(text).split()))
    if len(words) > MOST_WORDS:
        raise Invalid(Sentence("A search has {n} words at most.", n=MOST_WORDS))
    return words


def search_for_text(text: str) -> str:
    """Give a search that finds whatever contains the text, and perhaps more if it is long."""
    words = fold(text[:LONGEST_SEARCH]).split()
    if len(text) > LONGEST_SEARCH:
        words = words[:-1]  # the last one was cut, perhaps
    return " ".join(dict.fromkeys(words[:MOST_WORDS]))[:LONGEST_SEARCH]
