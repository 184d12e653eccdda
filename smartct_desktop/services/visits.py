"""The exchanges of visiting organisations, read for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.exchange_case import Visit, Visits
from smartct_desktop.domain.reading import Reader

VISIT = ("number", "ho", "mode", "status", "start", "end", "cxc_id")
"""The fields of an exchange that a `Visit` has after its id, in this order."""

MOST_REMEMBERED = 200_000
"""Records that one look keeps in memory; beyond, what was read is forgotten and read again."""

_NONE = Visits()


class KnownVisits:
    """Reads the visits of each organisation once, and remembers them while a look lasts."""

    def __init__(self) -> None:
        self._by_visitor: dict[Id, Visits] = {}
        self._read = 0

    def of(self, visitor: Id | None) -> Visits:
        """Give the visits of an organisation, as far as they were read."""
        return self._by_visitor.get(visitor, _NONE) if visitor else _NONE

    def read(self, reader: Reader, visitors: Iterable[Id]) -> None:
        """Read those of some organisations."""
        if self._read > MOST_REMEMBERED:
            self._by_visitor.clear()
            self._read = 0
        missing = {visitor for visitor in visitors if visitor not in self._by_visitor}
        if not missing:
            return
        found: dict[Id, list[Visit]] = defaultdict(list)
        for id_, visitor, *told in reader.naming("exchange", "vo", missing, ("vo", *VISIT)):
            found[visitor].append(Visit(id_, *told))
            self._read += 1
        self._by_visitor |= {visitor: Visits(found.get(visitor, ())) for visitor in missing}
