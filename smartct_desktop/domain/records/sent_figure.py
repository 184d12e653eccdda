"""One figure as it was sent for a closed period."""

from __future__ import annotations

from smartct_desktop.domain.fields import Choice, Id, Options, Reference, Text, Whole, declared
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class Span(Options):
    """Over which days a figure was counted."""

    SO_FAR = "SO_FAR", "So far, to the end of the period"
    IN_PERIOD = "IN_PERIOD", "In the period"


class SentFigure(
    Record,
    kind="sent_figure",
    label="Figure as sent",
    plural="Figures as sent",
    caption="name",
):
    """The number that was reported, and what it was counted for.

    The cluster is kept by its id and name, not as a reference: the figure stays as it was sent when
    the cluster is merged with another or deleted. The records behind are `SentRecords`.
    """

    period: Id = declared(
        "Period", Reference("reporting_period"), required=True, key=True, section="Figure"
    )
    code: str = declared("Code", Text(longest=80), required=True, key=True, width=24)
    name: str = declared("Name", Text(), required=True, width=30)
    rule: str = declared(
        "Counted as",
        Text(longest=40),
        required=True,
        width=30,
        help="The code of the counting rule.",
    )
    span: Span = declared("Days", Choice(Span), required=True, key=True)
    cluster: str | None = declared("Id of the cluster", Text(longest=64), default=None)
    cluster_name: str | None = declared("Cluster", Text(), default=None, width=30)
    visitor_types: str | None = declared("Visitors of type", Text(longest=60), default=None)
    records_kind: str = declared("Kind of records", Text(longest=40), required=True)
    target: int | None = declared("Target", Whole(), default=None, width=9)
    value: int = declared("As sent", Whole(), required=True, width=9)
    unit: str | None = declared("Unit", Text(longest=40), default=None)

    def refuses(self, after: Record | None) -> Sentence | None:
        """Stay as it was sent."""
        del after
        return Sentence("{name} stays as it was sent.", name=self.name)
