"""Quality labels awarded to a cluster."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import (
    Choice,
    Day,
    Id,
    Options,
    Reference,
    Text,
    declared,
)
from smartct_desktop.domain.record import Record


class LabelGrade(Options):
    """The grades of the European cluster management label."""

    BRONZE = "bronze", "Bronze"
    SILVER = "silver", "Silver"
    GOLD = "gold", "Gold"


class ClusterLabel(Record, kind="label", label="Label", plural="Labels", caption="cluster grade"):
    """One award of a label, with the time it is valid."""

    cluster: Id = declared(
        "Cluster", Reference("organisation"), required=True, key=True, width=34, section="Label"
    )
    grade: LabelGrade | None = declared("Grade", Choice(LabelGrade), default=None)
    awarded_on: date | None = declared("Awarded on", Day(), default=None, key=True)
    valid_until: date | None = declared("Valid until", Day(), default=None)
    told_in: str | None = declared("Source", Text(), default=None, width=30, free_text=True)
