"""Totals of participants for events of which only totals are known."""

from __future__ import annotations

from smartct_desktop.domain.fields import (
    Choice,
    Id,
    Options,
    Reference,
    Text,
    Whole,
    declared,
)
from smartct_desktop.domain.record import Record


class CountBy(Options):
    """By what the participants are counted."""

    COUNTRY = "country", "Country"
    ORGANISATION_TYPE = "org_type", "Type of organisation"
    GENDER = "gender", "Gender"


class EventCount(Record, kind="event_count", label="Count", plural="Counts", caption="event value"):
    """How many participants of one country, type or gender an event had."""

    event: Id = declared(
        "Event", Reference("event"), required=True, key=True, width=34, section="Count"
    )
    by: CountBy | None = declared("Counted by", Choice(CountBy), default=None, key=True)
    value: str | None = declared("Value", Text(), default=None, key=True, free_text=True)
    participants: int | None = declared("Participants", Whole(), default=None)
    told_in: str | None = declared("Source", Text(), default=None, width=30, free_text=True)
