"""The clusters of the document: who can have sent a file."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.query import Among, Path, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.ui.forms.offers import Offer

_COLUMNS = (Path(("name",)), Path(("country",)))
_CLUSTERS = Among(Path(("type",)), frozenset({OrganisationType.CLUSTER}))


def clusters(reader: Reader) -> Sequence[Offer]:
    """Give their ids and names, in alphabetical order, with their countries."""
    window = reader.window(Query("organisation", _COLUMNS, (_CLUSTERS,)))
    try:
        rows = window.rows(0, window.count)
    finally:
        window.close()
    offers = (Offer(row.id, str(row.values[0] or ""), str(row.values[1] or "")) for row in rows)
    return sorted(offers, key=lambda offer: offer.text.casefold())
