"""Digits that are written raised: the "1" behind an amount is a footnote and not a figure of it."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Give a text with its digits as raised ones, so that "830" and "1" stay "830¹"."""
    return text.translate(_RAISED)
