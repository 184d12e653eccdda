"""How far two places lie apart, and what that means for the lump sum.

Whether the programme means the straight line or the road is not said anywhere. We take the great
circle, say so, and doubt what lies close to the limit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from math import asin, cos, radians, sin, sqrt

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.facts import Origin
from smartct_desktop.domain.sentence import Sentence

_EARTH_KM = 6371.0088
"""The mean radius of the earth."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth, in degrees."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A town with its coordinates; `names` are all under which it is known, the usual one first.

    `region` is a NUTS code, of a district or of the whole country, "" where it is not known.
    """

    names: tuple[str, ...]
    iso2: str
    point: Point
    region: str
    origin: Origin

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]


class Places:
    """Towns by name and country, exactly: names that differ in accents and signs are the same."""

    def __init__(self, places: Iterable[PlaceFact]) -> None:
        self._by_name: dict[tuple[str, str], dict[str, PlaceFact]] = defaultdict(dict)
        for place in places:
            for name in place.names:
                if fold(name):
                    self._by_name[place.iso2, fold(name)][place.name] = place

    def find(self, name: str, iso2: str) -> PlaceFact | None:
        """Give the town of a name in a country, None if there is none or there are several."""
        found = self._by_name.get((iso2, fold(name)), {})
        return next(iter(found.values())) if len(found) == 1 else None

    def adding(self, places: Iterable[PlaceFact]) -> Places:
        """Give these places with more; one of a name that is known takes its place."""
        added = Places(places)
        if not added._by_name:
            return self
        for key, known in self._by_name.items():
            added._by_name.setdefault(key, known)
        return added


def great_circle_km(one: Point, other: Point) -> Decimal:
    """Give the shortest way over the surface of the earth, to a tenth of a kilometre."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    part = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return Decimal(2 * _EARTH_KM * asin(min(1.0, sqrt(part)))).quantize(Decimal("0.1"))


class Nearness(Enum):
    """On which side of the limit a distance lies, and whether that is certain."""

    NEAR = "near"
    DOUBTFUL = "doubtful"
    FAR = "far"
    UNKNOWN = "unknown"


def nearness(km: Decimal | None, near_km: int, margin: int) -> Nearness:
    """Say how a distance compares with the limit; doubtful up to `margin` on both sides of it."""
    if km is None:
        return Nearness.UNKNOWN
    if abs(km - near_km) <= margin:
        return Nearness.DOUBTFUL
    return Nearness.NEAR if km < near_km else Nearness.FAR


@dataclass(frozen=True, slots=True)
class End:
    """One end of a way: a town or the organisation itself, and how it was found."""

    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance worked out, in one line, or why it could not be."""

    km: Decimal | None
    because: Sentence


def distance_between(visitor: End | None, host: End | None) -> Distance:
    """Work out a distance; an end that is not known leaves it open."""
    if visitor is None:
        return Distance(None, Sentence("where the visitor is based is not known"))
    if host is None:
        return Distance(None, Sentence("where the stay takes place is not known"))
    km = great_circle_km(visitor.point, host.point)
    because = Sentence(
        "{km} km as the crow flies from {visitor} to {host}",
        km=km,
        visitor=visitor.name,
        host=host.name,
    )
    return Distance(km, because)
