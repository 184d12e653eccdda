"""Public holidays that the tables of the program do not have, above all those of a town."""

from __future__ import annotations

import datetime as dt

from smartct_desktop.domain.fields import Country, Day, Text, declared
from smartct_desktop.domain.record import Record


class PublicHoliday(
    Record, kind="holiday", label="Public holiday", plural="Public holidays", caption="date name"
):
    """A day that is no working day in a country, in one of its regions, or in one town."""

    date: dt.date = declared("Date", Day(), required=True, key=True, section="Holiday")
    name: str = declared("Name", Text(), required=True, key=True, width=26)
    country: str = declared("Country", Country(), required=True)
    region_code: str | None = declared(
        "NUTS code",
        Text(longest=5),
        default=None,
        width=8,
        help="Where only a region keeps it: ES51, DED and the like. Blank for the whole country.",
    )
    city: str | None = declared(
        "City", Text(), default=None, width=16, help="Where only a town keeps it."
    )
    source: str | None = declared("Source", Text(), default=None, width=30)
