"""What of a table is in view: columns and rows, and where they lie."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Strip:
    """A column in view: its place in the model, and from where to where it reaches."""

    place: int
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Stripe:
    """A row in view: where it lies, and what the table knows of it; `chosen` are columns."""

    row: int
    top: int
    height: int
    chosen: frozenset[int]
    hovered: bool
