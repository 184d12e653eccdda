"""How far the visitor of an exchange is based from where the stay takes place."""

from __future__ import annotations

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.distance import (
    Distance,
    End,
    Places,
    Point,
    distance_between,
)
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import DistanceMethod, Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.edit import Edit
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import places_of


def propose_distance(reader: Reader, facts: ProgrammeFacts, exchange: Id) -> Distance:
    """Work out the distance of an exchange from coordinates, else from towns. Raises KeyError.

    Nothing is stored; without a distance the reason says what is not known.
    """
    record = reader.get(Exchange, exchange)
    parties = reader.get_many(Organisation, {id_ for id_ in (record.vo, record.ho) if id_})
    places = places_of(reader, facts)
    visitor = parties.get(record.vo) if record.vo else None
    host = parties.get(record.ho) if record.ho else None
    return distance_between(base_of(visitor, places), place_of_stay(record, host, places))


def base_of(visitor: Organisation | None, places: Places) -> End | None:
    """Give where a visitor is based: the country of the establishment comes before the seat's."""
    if visitor is None:
        return None
    elsewhere = visitor.base_country is not None and visitor.base_country != visitor.country
    if not elsewhere:
        point = _own_point(visitor)
        if point is not None:
            return End(visitor.city or visitor.name, point)
    return _town(visitor.city, visitor.base_country or visitor.country, places)


def place_of_stay(exchange: Exchange, host: Organisation | None, places: Places) -> End | None:
    """Give where a stay takes place: what the exchange says comes before what the host says."""
    country = exchange.ho_country or (host.country if host else None)
    at_host = host is not None and host.country == country
    if exchange.ho_city and not (
        host is not None and at_host and fold(exchange.ho_city) == fold(host.city or "")
    ):
        return _town(exchange.ho_city, country, places)
    if host is None or not at_host:
        return None
    point = _own_point(host)
    if point is not None:
        return End(host.city or host.name, point)
    return _town(host.city, country, places)


def _own_point(of: Organisation) -> Point | None:
    if of.latitude is None or of.longitude is None:
        return None
    return Point(of.latitude, of.longitude)


def _town(city: str | None, country: str | None, places: Places) -> End | None:
    if not city or not country:
        return None
    found = places.find(city, country)
    return End(found.name, found.point) if found else None


def write_distance(edit: Edit, exchange: Id, found: Distance) -> None:
    """Store a distance that was worked out, and how. Raises ValueError if there is none."""
    if found.km is None:
        raise ValueError(found.because)
    record = edit.get(Exchange, exchange)
    if record.distance_km != found.km:
        edit.update(record.replace(distance_km=None))  # how it was found goes with it
    edit.update(record.replace(distance_km=found.km, distance_method=DistanceMethod.GREAT_CIRCLE))
