"""What a person can choose from for a value: answers, terms, countries, records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.folding import fold


@dataclass(frozen=True, slots=True)
class Offer:
    """One value to choose, its text, and what stands beside it in grey (a code, a parent)."""

    value: Value
    text: str
    detail: str = ""


Find = Callable[[str], Sequence[Offer]]
"""Gives what fits a typed text, best first; all of it for an empty text."""


def matching(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """Those that contain every word typed; first those that begin with the text."""
    wanted = fold(typed)
    if not wanted:
        return list(offers)
    words = wanted.split()
    found = [
        (not fold(offer.text).startswith(wanted), place, offer)
        for place, offer in enumerate(offers)
        if all(word in fold(f"{offer.text} {offer.detail}") for word in words)
    ]
    return [offer for _, _, offer in sorted(found, key=lambda one: one[:2])]
