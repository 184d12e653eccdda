"""The parts of an event at which attendance is taken."""

from __future__ import annotations

import datetime as dt

from smartct_desktop.domain.fields import (
    Day,
    Id,
    Reference,
    Text,
    Time,
    Whole,
    declared,
)
from smartct_desktop.domain.record import Record


class Session(Record, kind="session", label="Session", plural="Sessions", caption="event no"):
    """A half-day, a meeting of a series or another part of an event."""

    event: Id = declared(
        "Event", Reference("event"), required=True, key=True, width=34, section="Session"
    )
    no: int | None = declared("No.", Whole(), default=None, key=True, width=5)
    title: str | None = declared("Title", Text(), default=None, width=30, free_text=True)
    date: dt.date | None = declared("Date", Day(), default=None)
    start_time: dt.time | None = declared("From", Time(), default=None, width=7)
    end_time: dt.time | None = declared("To", Time(), default=None, width=7)
