"""What the partnership owes its funder, and when."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import Day, Id, Link, Reference, Text, declared
from smartct_desktop.domain.record import Record


class Deliverable(
    Record,
    kind="deliverable",
    label="Deliverable",
    plural="Deliverables",
    caption="code title",
):
    """A document or result promised in the grant agreement."""

    code: str | None = declared("Code", Text(longest=40), default=None, key=True)
    title: str = declared("Title", Text(), required=True, width=40, section="Deliverable")
    work_package: str | None = declared("Work package", Text(), default=None)
    due_on: date | None = declared("Due on", Day(), default=None)
    delivered_on: date | None = declared("Delivered on", Day(), default=None)
    responsible_cluster: Id | None = declared(
        "Responsible", Reference("organisation"), default=None, width=30
    )
    link: str | None = declared("Link", Link(), default=None, width=26)
