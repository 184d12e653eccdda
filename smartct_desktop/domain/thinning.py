"""Which old backups may go: the older the time, the fewer of it are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

ALL_KEPT: Final = timedelta(hours=48)
DAILY: Final = 14
WEEKLY: Final = 8
MONTHLY: Final = 24

FEWEST: Final = 3
"""So many good ones stay, whatever room they take."""

_JUMP = timedelta(minutes=10)
"""A clock that was put right by some minutes did not jump."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup as far as thinning looks at it.

    `name` tells it from the others, `place` is where the document lay: what is kept of one copy of
    a document has nothing to do with what is kept of another. `number` grows from backup to backup.
    `lasting` ones, made before the document was brought to a new version, never go.
    """

    name: str
    place: str
    number: int
    at: datetime
    size: int
    good: bool = True
    lasting: bool = False


def clock_jumped(kept: Iterable[Kept], now: datetime) -> bool:
    """Whether a backup says that it was made in the future: then no age can be trusted."""
    return any(one.at > now + _JUMP for one in kept)


def superfluous(kept: Sequence[Kept], now: datetime, room: int) -> tuple[str, ...]:
    """Give the names of the backups that may go, none if the clock jumped.

    All of the last 48 hours stay, of earlier ones the last of each day for 14 days that have any,
    of each week for 8 and of each month for 24; then the oldest go until all fit into `room` bytes.
    The three newest good ones of a place always stay. Damaged ones go after 48 hours, once there
    are three good ones; they can still be of use until then.
    """
    if clock_jumped(kept, now):
        return ()
    untouchable: set[str] = set()
    staying: set[str] = set()
    by_place = sorted(kept, key=lambda one: one.place)
    for _, group in groupby(by_place, key=lambda one: one.place):
        newest_first = sorted(group, key=_age, reverse=True)
        good = [one for one in newest_first if one.good]
        untouchable |= {one.name for one in good[:FEWEST]}
        untouchable |= {one.name for one in newest_first if one.lasting}
        staying |= set(_of_age(newest_first, good, now))
    staying |= untouchable
    return tuple(
        one.name
        for one in kept
        if one.name not in staying or one.name in _too_much(kept, staying, untouchable, room)
    )


def _age(one: Kept) -> tuple[int, datetime]:
    return one.number, one.at


def _of_age(newest_first: Sequence[Kept], good: Sequence[Kept], now: datetime) -> Iterator[str]:
    """Give what stays by its age alone."""
    old = [one for one in good if one.at <= now - ALL_KEPT]
    enough = len(good) >= FEWEST
    yield from (
        one.name for one in newest_first if one.at > now - ALL_KEPT or (not one.good and not enough)
    )
    yield from _last_of(old, DAILY, lambda at: at.date())
    yield from _last_of(old, WEEKLY, lambda at: at.isocalendar()[:2])
    yield from _last_of(old, MONTHLY, lambda at: (at.year, at.month))


def _last_of(
    newest_first: Iterable[Kept], most: int, span: Callable[[datetime], Hashable]
) -> Iterator[str]:
    """Give the last one of each of so many spans that have any.

    Spans are counted and not measured from now, so that a clock that ran ahead costs nothing.
    """
    seen: set[Hashable] = set()
    for one in newest_first:
        its = span(one.at)
        if its not in seen:
            if len(seen) == most:
                return
            seen.add(its)
            yield one.name


def _too_much(
    kept: Sequence[Kept], staying: set[str], untouchable: set[str], room: int
) -> set[str]:
    """Give what has to go so that the rest fits, the oldest first."""
    there = sorted((one for one in kept if one.name in staying), key=_age)
    size = sum(one.size for one in there)
    going: set[str] = set()
    for one in there:
        if size <= room:
            break
        if one.name not in untouchable:
            going.add(one.name)
            size -= one.size
    return going
