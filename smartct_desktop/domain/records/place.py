"""Places that the table of the program does not have, or has elsewhere."""

from __future__ import annotations

from decimal import Decimal

from smartct_desktop.domain.fields import Country, LongText, Number, Text, declared
from smartct_desktop.domain.record import Record


class Place(Record, kind="place", label="Place", plural="Places", caption="name country"):
    """A town with its coordinates; distances between organisations are worked out from them."""

    name: str = declared("Name", Text(), required=True, key=True, width=22, section="Place")
    country: str = declared("Country", Country(), required=True, key=True)
    latitude: Decimal = declared(
        "Latitude",
        Number(places=5, least=Decimal(-90), most=Decimal(90), unit="°"),
        required=True,
        width=10,
    )
    longitude: Decimal = declared(
        "Longitude",
        Number(places=5, least=Decimal(-180), most=Decimal(180), unit="°"),
        required=True,
        width=10,
    )
    region_code: str | None = declared("NUTS code", Text(longest=5), default=None, width=8)
    other_names: str | None = declared(
        "Also known as", LongText(), default=None, width=24, help="Other names, one a line."
    )
    source: str | None = declared("Source", Text(), default=None, width=30)
