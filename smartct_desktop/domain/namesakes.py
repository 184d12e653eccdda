"""All names that a record goes by, so that two records of one thing can be told by them."""

from __future__ import annotations

from functools import cache

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.folding import fold


@cache
def fields_of_names(kind: str) -> tuple[str, ...]:
    """Give the fields in which records of a kind hold their names, that of the caption first."""
    schema = schema_of(kind)
    return (*schema.caption, *schema.other_names)


def names_in(*texts: str | None) -> frozenset[str]:
    """Give the folded names that texts hold, one a line; what has only signs is no name."""
    lines = (line for text in texts if text for line in text.splitlines())
    return frozenset(filter(None, map(fold, lines)))
