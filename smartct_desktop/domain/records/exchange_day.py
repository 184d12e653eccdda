"""The day log of an exchange."""

from __future__ import annotations

import datetime as dt

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


class DayKind(Options):
    """What a day of a stay was used for."""

    FULL = "full", "Worked"
    HALF = "half", "Half day"
    ONLINE_FULL = "online_full", "Online, whole day"
    ONLINE_HALF = "online_half", "Online, half day"
    TRAVEL = "travel", "Travel"
    FREE = "free", "Free"
    HOLIDAY = "holiday", "Public holiday"


class ExchangeDay(
    Record, kind="exchange_day", label="Day of a stay", plural="Days of stays", caption="date"
):
    """One day of one exchange; full days count 1, half days 1/2, the others nothing."""

    exchange: Id = declared(
        "Exchange", Reference("exchange"), required=True, key=True, width=16, section="Day"
    )
    date: dt.date = declared("Date", Day(), required=True, key=True)
    day_kind: DayKind | None = declared("Kind", Choice(DayKind), default=None)
    note: str | None = declared(
        "Note",
        Text(),
        default=None,
        width=30,
        help="Why a weekend day or holiday was worked.",
        free_text=True,
    )
