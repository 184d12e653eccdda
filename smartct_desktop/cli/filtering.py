"""The filter of the command line: the same language as in the filter field of the window."""

from __future__ import annotations

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.query import Filter
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts
from smartct_desktop.system.clock import local_today


def asked(kind: str, text: str) -> tuple[str, tuple[Filter, ...]]:
    """Give the words to search and the filters of a text. Raises `Trouble` for a mistake in it."""
    if not text.strip():
        return "", ()
    from smartct_desktop.services.filtering.language import Language
    from smartct_desktop.services.filtering.meaning import Meaning
    from smartct_desktop.services.filtering.terms import Refusal

    facts = ProgrammeFacts()
    found = Language(kind, facts, Texts(facts, ISO)).read(text)
    if isinstance(found, Refusal):
        hint = Sentence("")
        if found.offers:
            hint = Sentence("Perhaps: {offers}.", offers=", ".join(found.offers))
        raise Trouble(found.sentence, hint)
    meant = Meaning(kind, local_today()).of(found)
    return meant.search, meant.filters
