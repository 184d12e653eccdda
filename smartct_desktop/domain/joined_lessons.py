"""Joining what two copies learned of a sender's files: kept as JSON, joined entry by entry."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.joining import Pull, pull
from smartct_desktop.domain.json_text import read_json

LEARNED = frozenset({("sender", "mappings"), ("sender", "answers")})
"""The fields, with their kinds, that hold such entries."""

_KEYED_BY = "headings"
_ABSENT: Any = object()


def joined_lessons(
    bases: Sequence[Value], ours: Value, theirs: Value, *, prefer_ours: bool
) -> tuple[Value, bool]:
    """Give the entries of both, and whether some were learned differently on both sides.

    Of those the side that is preferred has the say. What is no JSON of ours is taken as a whole.
    """
    try:
        read = [_read(text) for text in (*bases, ours, theirs)]
    except (ValueError, KeyError, TypeError, AttributeError):
        return (ours if prefer_ours else theirs), True
    *before, mine, other = read
    joined, clash = _joined(before, mine, other, prefer_ours=prefer_ours)
    if not joined:
        return None, clash
    as_list = any(str(text or "").lstrip().startswith("[") for text in (ours, theirs))
    written = list(joined.values()) if as_list else joined
    return json.dumps(written, ensure_ascii=False), clash


def _read(text: Value) -> dict[str, Any]:
    """Give the entries by name; of a list each is named by its headings."""
    found = read_json(str(text)) if text else {}
    if isinstance(found, list):
        return {json.dumps(entry[_KEYED_BY]): entry for entry in found}
    if not isinstance(found, dict):
        raise TypeError
    return found


def _joined(
    bases: Sequence[Mapping[str, Any]],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    prefer_ours: bool,
) -> tuple[dict[str, Any], bool]:
    known = [name for base in bases for name in base]
    added = sorted((ours.keys() | theirs.keys()) - set(known))
    joined: dict[str, Any] = {}
    clash = False
    for name in dict.fromkeys((*known, *added)):
        before = [base.get(name, _ABSENT) for base in bases]
        mine, other = ours.get(name, _ABSENT), theirs.get(name, _ABSENT)
        verdict = pull(before, mine, other)
        value = other if verdict is Pull.THEIRS else mine
        if verdict is Pull.CLASH and isinstance(mine, dict) and isinstance(other, dict):
            inner = [base if isinstance(base, dict) else {} for base in before]
            value, worse = _joined(inner, mine, other, prefer_ours=prefer_ours)
            clash = clash or worse
        elif verdict is Pull.CLASH:
            clash = True
            kept, further = (mine, other) if prefer_ours else (other, mine)
            value = further if kept is _ABSENT else kept
        if value is not _ABSENT:
            joined[name] = value
    return joined, clash
