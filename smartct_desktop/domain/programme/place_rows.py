"""Rows of the shipped table of towns turned into facts; one that cannot be right is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smartct_desktop.domain.programme.distance import PlaceFact, Point
from smartct_desktop.domain.programme.fact_row import FactRow, Rows, fact_rows

_NORTH, _EAST = 90, 180


def places(rows: Rows) -> Iterator[PlaceFact]:
    """Read `places.csv`; other names of a town are separated by semicolons.

    A blank region says that no holiday of a region is kept there: the code of the whole country,
    which is level 0 of NUTS, stands for that.
    """
    for row in fact_rows("places", rows):
        others = (name.strip() for name in row.text("aliases").split(";"))
        country = row.country() or row.refuse("iso2", "must not be empty")
        yield PlaceFact(
            (row.filled("name"), *filter(None, others)),
            country,
            Point(_degrees(row, "latitude", _NORTH), _degrees(row, "longitude", _EAST)),
            row.text("region") or country,
            row.origin(),
        )


def _degrees(row: FactRow, column: str, most: int) -> Decimal:
    text = row.filled(column)
    if not text.removeprefix("-").replace(".", "", 1).isdigit() or abs(Decimal(text)) > most:
        row.refuse(column, f"is no number of degrees: {text}")
    return Decimal(text)
