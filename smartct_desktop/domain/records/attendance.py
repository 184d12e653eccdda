"""Who was at an event or at one of its sessions."""

from __future__ import annotations

from decimal import Decimal

from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Email,
    Flag,
    Id,
    LongText,
    Number,
    Options,
    Reference,
    Text,
    Whole,
    declared,
)
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.record import Record


class AttendanceRole(Options):
    """In which part a person attended."""

    PARTICIPANT = "participant", "Participant"
    SPEAKER = "speaker", "Speaker"
    ORGANISER = "organiser", "Organiser"
    EXHIBITOR = "exhibitor", "Exhibitor"


class Attendance(
    Record, kind="attendance", label="Attendance", plural="Attendance", caption="name_text event"
):
    """One person at one event or session."""

    event: Id = declared(
        "Event", Reference("event"), required=True, key=True, width=34, section="Attendance"
    )
    session: Id | None = declared("Session", Reference("session"), default=None, key=True)
    person: Id | None = declared("Person", Reference("person"), default=None, width=24)
    name_text: str | None = declared(
        "Name as sent", Text(), default=None, width=24, personal=Personal.NAME, key=True
    )
    email: str | None = declared(
        "E-mail", Email(), default=None, width=26, personal=Personal.ADDRESS
    )
    organisation: Id | None = declared(
        "Organisation", Reference("organisation"), default=None, width=30
    )
    country: str | None = declared("Country", Country(), default=None)
    role: AttendanceRole | None = declared("Role", Choice(AttendanceRole), default=None)
    registered: bool | None = declared("Registered", Flag(), default=None, width=8)
    attended: bool | None = declared("Attended", Flag(), default=None, width=8)
    signed: bool | None = declared("Signed", Flag(), default=None, width=8)
    days: str | None = declared(
        "Days", LongText(), default=None, help="The days attended, one a line."
    )
    weight_total: Decimal | None = declared("Days in all", Number(places=2), default=None)
    seconds: int | None = declared("Seconds online", Whole(), default=None)
