"""The three parts of a figure: what counts, what is expected to, what does not."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted


class Part(Enum):
    """One of the three sets that each record behind a figure stands in exactly one of."""

    COUNTED = "counted"
    EXPECTED = "expected"
    LEFT_OUT = "left out"

    def ids(self, behind: Counted) -> Iterable[Id]:
        """Give the records of this part."""
        match self:
            case Part.COUNTED:
                return behind.counted
            case Part.EXPECTED:
                return behind.pipeline
            case Part.LEFT_OUT:
                return [id_ for id_, _ in behind.left_out]
