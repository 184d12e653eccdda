"""Events: planned and held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Flag,
    Id,
    Link,
    LongText,
    Number,
    Options,
    Reference,
    Term,
    Terms,
    Text,
    Time,
    Whole,
    declared,
)
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class EventFormat(Options):
    """Where people meet."""

    ONSITE = "onsite", "On site"
    ONLINE = "online", "Online"
    HYBRID = "hybrid", "Hybrid"


class EventStatus(Options):
    """What became of an event."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


class Event(Record, kind="event", label="Event", plural="Events", caption="title"):
    """A meeting, training, fair programme or series of the partnership."""

    code: str | None = declared("Code", Text(longest=40), default=None, key=True, section="Event")
    title: str = declared("Title", Text(), required=True, key=True, width=40, free_text=True)
    title_in_file: str | None = declared(
        "Title as sent", Text(), default=None, width=30, free_text=True
    )
    type: str | None = declared("Type", Term("event_type"), default=None, width=20)
    format: EventFormat | None = declared("Format", Choice(EventFormat), default=None)
    status: EventStatus | None = declared("Status", Choice(EventStatus), default=None)
    target_groups: tuple[str, ...] = declared(
        "Target groups", Terms("target_group"), default=(), width=24
    )
    open_to_smes: bool | None = declared("Open to SMEs", Flag(), default=None, width=8)
    planned_text: str | None = declared(
        "Estimated date",
        Text(),
        default=None,
        width=30,
        section="Dates",
        help="The planned date in the words of its source.",
    )
    planned_start: date | None = declared("Planned start", Day(), default=None)
    planned_end: date | None = declared("Planned end", Day(), default=None)
    start: date | None = declared("Start", Day(), default=None)
    end: date | None = declared("End", Day(), default=None)
    start_time: time | None = declared("From", Time(), default=None, width=7)
    end_time: time | None = declared("To", Time(), default=None, width=7)
    city: str | None = declared("City", Text(), default=None, width=18, section="Place")
    country: str | None = declared("Country", Country(), default=None)
    venue: str | None = declared("Venue", Text(), default=None, width=24)
    host_cluster: Id | None = declared(
        "Host", Reference("organisation"), default=None, width=30, section="Content"
    )
    co_organisers: str | None = declared(
        "Co-organisers", Text(), default=None, width=24, free_text=True
    )
    deliverable: Id | None = declared("Deliverable", Reference("deliverable"), default=None)
    languages: str | None = declared("Languages", Text(), default=None)
    agenda: str | None = declared("Agenda", LongText(), default=None, width=30, free_text=True)
    participants_registered: int | None = declared(
        "Registered", Whole(), default=None, width=9, section="Result"
    )
    participants_reported: int | None = declared(
        "Participants", Whole(), default=None, width=9, help="As the host reported them."
    )
    satisfaction_n: int | None = declared("Answers", Whole(), default=None, width=8)
    satisfaction_mean: Decimal | None = declared(
        "Satisfaction", Number(places=2), default=None, width=9
    )
    satisfaction_max: Decimal | None = declared(
        "Best mark", Number(places=2), default=None, width=9
    )
    news_link: str | None = declared("News", Link(), default=None, width=26)
    remark: str | None = declared("Remark", LongText(), default=None, width=30, free_text=True)

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse an event that ends before it starts."""
        if self.start and self.end and self.end < self.start:
            yield "end", Sentence("An event cannot end before it starts.")
        if self.planned_start and self.planned_end and self.planned_end < self.planned_start:
            yield "planned_end", Sentence("An event cannot end before it starts.")
