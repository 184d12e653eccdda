"""Distances: worked out over the earth, and doubted close to the limit."""

from decimal import Decimal

import pytest

from smartct_desktop.domain.programme.distance import (
    End,
    Nearness,
    PlaceFact,
    Places,
    Point,
    distance_between,
    great_circle_km,
    nearness,
)
from smartct_desktop.domain.programme.facts import Evidence, Origin
from smartct_desktop.services.programme import ProgrammeFacts

PLACES = ProgrammeFacts().places
KNOWN = Origin(Evidence.SOURCED, ("x",))


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (("Leipzig", "DE"), ("Barcelona", "ES"), 1353),
        (("София", "BG"), ("Turin", "IT"), 1278),
        (("Barcelona", "ES"), ("Perpiñán", "FR"), 157),
        (("Bilbao", "ES"), ("Bayonne", "FR"), 121),
        (("Leipzig", "DE"), ("Prag", "CZ"), 202),
        (("Leipzig", "DE"), ("Pilsen", "CZ"), 192),
        (("Sofia", "BG"), ("Nis", "RS"), 135),
        (("Torino", "IT"), ("Lyon", "FR"), 235),
    ],
)
def test_that_distances_between_towns_come_out(one, other, km):
    found = great_circle_km(PLACES.find(*one).point, PLACES.find(*other).point)
    assert abs(found - km) < 2


def test_that_known_ways_over_the_earth_come_out():
    pole, equator = Point(Decimal(90), Decimal(0)), Point(Decimal(0), Decimal(30))
    assert great_circle_km(pole, equator) == Decimal("10007.6")
    assert great_circle_km(equator, equator) == 0
    assert great_circle_km(Point(Decimal(0), Decimal(179)), Point(Decimal(0), Decimal(-179))) < 223
    antipodes = great_circle_km(Point(Decimal(0), Decimal(0)), Point(Decimal(0), Decimal(180)))
    assert antipodes == Decimal("20015.1")


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        ("189.9", Nearness.NEAR),
        ("190", Nearness.DOUBTFUL),
        ("200", Nearness.DOUBTFUL),
        ("210", Nearness.DOUBTFUL),
        ("210.1", Nearness.FAR),
        ("0", Nearness.NEAR),
        (None, Nearness.UNKNOWN),
    ],
)
def test_that_distances_around_the_limit_are_doubted(km, expected):
    assert nearness(None if km is None else Decimal(km), 200, 10) is expected


def test_that_names_are_found_by_country_and_without_accents():
    assert PLACES.find("san sebastian", "ES").name == "Donostia / San Sebastián"
    assert PLACES.find("Valencia", "ES").region == "ES52"
    assert PLACES.find("Valencia", "IT") is None
    assert PLACES.find("", "ES") is None


@pytest.mark.parametrize(
    ("name", "iso2"),
    [("Tirana", "AL"), ("Podgorica", "ME"), ("Chisinau", "MD"), ("La Valeta", "MT")],
)
def test_that_capitals_of_small_countries_are_there(name, iso2):
    assert PLACES.find(name, iso2) is not None


def test_that_a_name_two_towns_share_is_nobodys():
    here, there = (Point(Decimal(n), Decimal(n)) for n in (1, 2))
    places = Places(
        [
            PlaceFact(("Newtown", "Old"), "GB", here, "", KNOWN),
            PlaceFact(("Otherton", "Old"), "GB", there, "", KNOWN),
        ]
    )
    assert places.find("Old", "GB") is None
    assert places.find("Newtown", "GB").point == here


def test_that_own_places_come_first():
    moved = PlaceFact(("Leipzig",), "DE", Point(Decimal(1), Decimal(1)), "", KNOWN)
    more = PLACES.adding([moved])
    assert more.find("Leipzig", "DE").point.latitude == 1
    assert more.find("Dresden", "DE") == PLACES.find("Dresden", "DE")
    assert PLACES.adding([]) is PLACES


def test_that_a_distance_explains_itself_or_says_what_is_missing():
    point = PLACES.find("Leipzig", "DE").point
    leipzig, plzen = End("Leipzig", point), End("Plzeň", PLACES.find("Plzeň", "CZ").point)

    found = distance_between(leipzig, plzen)
    assert found.because == f"{found.km} km as the crow flies from Leipzig to Plzeň"
    assert distance_between(None, plzen).km is None
    assert "stay" in distance_between(leipzig, None).because
