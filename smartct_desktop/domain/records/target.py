"""What the partnership promised to reach."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import (
    Choice,
    Day,
    Id,
    Options,
    Reference,
    Text,
    Whole,
    declared,
)
from smartct_desktop.domain.record import Record


class CountingRule(Options):
    """How a target is counted."""

    EXCH_VALIDATED_VOP = "EXCH_VALIDATED_VOP", "Exchanges, once, for the visitor's partnership"
    DISTINCT_SME_VO = "DISTINCT_SME_VO", "Distinct SMEs as visitors"
    DISTINCT_SME_VO_HO = "DISTINCT_SME_VO_HO", "Distinct SMEs as visitors or hosts"
    EVENTS_HELD = "EVENTS_HELD", "Events held"
    PARTICIPANTS = "PARTICIPANTS", "Participants of events"
    CLUSTERS_LABELLED = "CLUSTERS_LABELLED", "Clusters with a label"


class Target(Record, kind="target", label="Target", plural="Targets", caption="name"):
    """A number to reach, and the rule by which it is counted."""

    code: str | None = declared("Code", Text(longest=40), default=None, key=True, section="Target")
    name: str = declared("Name", Text(), required=True, width=34)
    partnership: Id | None = declared("Partnership", Reference("partnership"), default=None)
    unit: str | None = declared("Unit", Text(longest=40), default=None)
    value: int | None = declared("Target", Whole(), default=None, width=9)
    counting_rule: CountingRule | None = declared(
        "Counted as", Choice(CountingRule), default=None, width=30
    )
    visitor_type: str | None = declared(
        "Visitors of type",
        Text(longest=60),
        default=None,
        help="Codes like SME, SCALEUP; several with commas. Blank counts all types.",
    )
    cluster: Id | None = declared(
        "Only of cluster", Reference("organisation"), default=None, width=30
    )
    valid_from: date | None = declared("Holds from", Day(), default=None)
    due_on: date | None = declared("Due on", Day(), default=None)
    told_in: str | None = declared("Source", Text(), default=None, width=30, free_text=True)

    @property
    def visitor_types(self) -> frozenset[str]:
        """The codes of the types of visitors that it is set for; none stands for all."""
        codes = (self.visitor_type or "").replace(";", ",").split(",")
        return frozenset(code.strip().upper() for code in codes if code.strip())
