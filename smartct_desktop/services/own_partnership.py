"""The partnership whose records the document keeps, and its partners."""

from __future__ import annotations

from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership


def own_partnership(reader: Reader) -> Partnership | None:
    """Give the partnership whose records the document keeps, if one is marked so."""
    return next((p for p in reader.all(Partnership) if p.own), None)


def partners(reader: Reader) -> list[Organisation]:
    """Give the clusters of the own partnership as on its page, in the order they were entered."""
    own = own_partnership(reader)
    return [o for o in reader.all(Organisation) if own and o.partnership == own.id]
