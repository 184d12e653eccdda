"""How large a cluster was at a date: the members and SMEs of its profile page."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from smartct_desktop.domain.fields import (
    Id,
    Number,
    PartialDay,
    Reference,
    Text,
    Whole,
    declared,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class ClusterFigures(
    Record,
    kind="snapshot",
    label="Figures of a cluster",
    plural="Figures of clusters",
    caption="cluster as_of",
):
    """Members and SMEs of one cluster as told at one date."""

    cluster: Id = declared(
        "Cluster", Reference("organisation"), required=True, key=True, width=34, section="Figures"
    )
    as_of: PartialDate | None = declared("As of", PartialDay(), default=None, key=True)
    members: int | None = declared("Members", Whole(), default=None, width=9)
    smes: int | None = declared("SMEs", Whole(), default=None, width=9)
    employees: int | None = declared("Staff of the members", Whole(), default=None, width=9)
    staff_fte: Decimal | None = declared(
        "Own staff (FTE)",
        Number(places=2),
        default=None,
        width=9,
        help="Full-time equivalents of the cluster's own office.",
    )
    told_in: str | None = declared("Source", Text(), default=None, width=30, free_text=True)

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse more SMEs than members."""
        if self.members is not None and self.smes is not None and self.smes > self.members:
            yield "smes", Sentence("A cluster cannot have more SMEs than members.")
