"""Kinds of which there is one record for each pair of others, and when two of them collide."""

from __future__ import annotations

from collections.abc import Mapping

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.record import Record

ONCE: Mapping[str, tuple[str, ...]] = {
    "membership": ("cluster", "organisation"),
    "exchange_person": ("exchange", "person"),
}
"""The kinds, with the fields that make the pair: two records for one pair are one too many."""

_PERIOD = ("since", "until")


def pair_of(record: Record) -> tuple[Value, ...]:
    """Give the pair for which the record stands. Raises KeyError if its kind has none."""
    return tuple(getattr(record, name) for name in ONCE[record.schema.kind])


def apart(one: Record, other: Record) -> bool:
    """Whether two records for one pair are of two periods, one after the other."""
    if not all(name in one.schema.by_name for name in _PERIOD):
        return False
    first, second = sorted((one, other), key=_beginning)
    ended, began = getattr(first, "until", None), getattr(second, "since", None)
    return ended is not None and began is not None and ended.isoformat() < began.isoformat()


def _beginning(record: Record) -> str:
    since = getattr(record, "since", None)
    return since.isoformat() if since is not None else ""
