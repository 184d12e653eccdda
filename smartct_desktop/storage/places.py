"""Where a rowid stands in an order."""

from __future__ import annotations

from array import array
from functools import cached_property


class Places:
    """An order of rowids, and the way back from a rowid to its place."""

    def __init__(self, order: array[int]) -> None:
        self.order = order

    def place(self, rowid: int) -> int | None:
        """Give the place of a rowid, or None if it is not in the order."""
        if not 0 <= rowid < len(self._places):
            return None
        return self._places[rowid] - 1 if self._places[rowid] else None

    @cached_property
    def _places(self) -> array[int]:
        # One more than the place; 0 stands for "nowhere". A dictionary would take 20 times the
        # room. Rowids are given out one by one, so that few numbers are left out.
        places = array("i", bytes(4 * (max(self.order, default=-1) + 1)))
        for place, rowid in enumerate(self.order, 1):
            places[rowid] = place
        return places
