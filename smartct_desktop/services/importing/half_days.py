"""Words for a half of a day, as they stand above the marks of an attendance matrix."""

from __future__ import annotations

from smartct_desktop.domain.book import Row
from smartct_desktop.domain.folding import fold

HALVES = frozenset(
    ["am", "pm", "morning", "afternoon", "evening", "vormittag", "vormittags", "nachmittag",
     "nachmittags", "abend", "vm", "nm", "manana", "tarde", "mati", "tarda", "mattina",
     "mattino", "pomeriggio", "сутрин", "сутринта", "следобед", "сл", "об", "преди", "предобед",
     "мат", "matt", "pom", "man", "tar"]
)  # fmt: skip
"""Folded words; "преди обед" is two of them."""


def is_half(text: str) -> bool:
    """Whether a text says nothing but which half of a day."""
    words = fold(text).split()
    return bool(words) and HALVES.issuperset(words)


def halves_in(row: Row) -> dict[int, str]:
    """Give the halves that a row names by column; nothing if it holds anything else."""
    filled = {c: value for c, value in enumerate(row.values) if value is not None}
    texts = {c: v.strip() for c, v in filled.items() if isinstance(v, str) and is_half(v)}
    return texts if len(texts) == len(filled) and len(texts) > 1 else {}
