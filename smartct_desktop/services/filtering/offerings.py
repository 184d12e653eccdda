"""What is offered while somebody types a filter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offering:
    """One thing to put in the place from `start` to `end` of the text.

    `goes_on` says that more has to follow: a value after the name of a field.
    """

    text: str
    detail: str
    insert: str
    start: int
    end: int
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Offerings:
    """What is offered; `meant` says that the first one is, unless another is chosen."""

    offers: tuple[Offering, ...] = ()
    meant: bool = False
