"""Where a stay takes place: its country, its region by NUTS code, and its town."""

from __future__ import annotations

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.distance import Places
from smartct_desktop.domain.programme.lookups import Regions
from smartct_desktop.domain.programme.working_days import Locality
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation


def locality_of(
    exchange: Exchange, host: Organisation | None, regions: Regions, places: Places
) -> Locality:
    """Say where a stay takes place; what is not known of it is "".

    What the exchange says of the stay comes before what is known of the host. The region is looked
    for by its name, then by the town, and is only the host's if nothing says that the stay was
    elsewhere. The town has its usual name: “Mailand” is Milano.
    """
    country = exchange.ho_country or (host.country if host else None) or ""
    at_host = host is not None and host.country == country and _same_town(exchange, host)
    city = exchange.ho_city or (host.city if host and at_host else None) or ""
    place = places.find(city, country) if city else None
    town = place.name if place else city
    if exchange.ho_region:
        named = regions.find(exchange.ho_region, country)
        if len(named) == 1:
            return Locality(country, named[0].code, town)
    if host is not None and at_host and host.region_code:
        return Locality(country, host.region_code.upper(), town)
    return Locality(country, place.region if place else "", town)


def _same_town(exchange: Exchange, host: Organisation) -> bool:
    return not exchange.ho_city or fold(exchange.ho_city) == fold(host.city or "")
