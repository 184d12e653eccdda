"""Who sent a file: told by its titles, its name, or by where its organisations are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.known import KnownOrganisation
from smartct_desktop.services.importing.names import Names
from smartct_desktop.services.importing.plan import SenderGuess

_MOST_COUNTRY = 0.8
_LEAST_ROWS = 3
_SHORTEST_WORD = 4


def sender_said(clusters: Sequence[KnownOrganisation], names: Names, said: str) -> SenderGuess:
    """Give the cluster that a person named as the sender, by its name or its id.

    Raises `Trouble` if there is none.
    """
    by_id = [c for c in clusters if c.id == said]
    spelt = [c for c in clusters if fold(said) in {fold(name) for name in c.spellings}]
    alike = by_id or spelt or [c for c in clusters if names.core(c.name) == names.core(said)]
    if len(alike) == 1:
        return SenderGuess(alike[0].name, alike[0].id, 1.0, Sentence("as you have said"))
    if not clusters:
        hint = Sentence("The document has no clusters yet.")
    else:
        hint = Sentence("Name one of: {names}.", names="; ".join(c.name for c in clusters))
    raise Trouble(Sentence("No cluster of the document is called “{name}”.", name=said), hint)


def guess_sender(
    clusters: Sequence[KnownOrganisation],
    names: Names,
    titles: Iterable[str],
    file_name: str,
    visitor_countries: Mapping[str, int],
) -> SenderGuess | None:
    """Propose who sent the file, with how sure that is; None if nothing tells."""
    for text in titles:
        padded = f" {fold(text)} "
        named = [c for c in clusters if f" {fold(c.name)} " in padded]
        if len(named) == 1:
            because = Sentence("the file names {cluster}", cluster=named[0].name)
            return SenderGuess(named[0].name, named[0].id, 0.95, because)
    words = {word for word in fold(file_name).split() if len(word) >= _SHORTEST_WORD}
    own_words = {
        c.id: set(names.core(c.name).split()) | set(fold(c.city or "").split()) for c in clusters
    }
    hits = [c for c in clusters if words & own_words[c.id]]
    if len(hits) == 1:
        because = Sentence("the name of the file suggests it")
        return SenderGuess(hits[0].name, hits[0].id, 0.7, because)
    counted = Counter(visitor_countries).most_common(1)
    total = sum(visitor_countries.values())
    if counted and total >= _LEAST_ROWS and counted[0][1] >= _MOST_COUNTRY * total:
        at_home = [c for c in clusters if c.country == counted[0][0]]
        if len(at_home) == 1:
            because = Sentence("its visitors are from {country}", country=counted[0][0])
            return SenderGuess(at_home[0].name, at_home[0].id, 0.6, because)
    return None
