"""Profiles in the ClusterXchange tool: who offers to visit or host, and what they look for."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import (
    Choice,
    Day,
    Id,
    LongText,
    Options,
    Reference,
    Terms,
    Text,
    declared,
)
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.record import Record


class ProfileRole(Options):
    """What a profile offers."""

    VISITOR = "VO", "Visitor"
    HOST = "HO", "Host"
    BOTH = "both", "Visitor and host"


class Profile(
    Record, kind="profile", label="Profile", plural="Profiles", caption="organisation role"
):
    """One organisation's registration as visitor or host."""

    organisation: Id = declared(
        "Organisation",
        Reference("organisation"),
        required=True,
        key=True,
        width=34,
        section="Profile",
    )
    person: Id | None = declared("Representative", Reference("person"), default=None, width=24)
    role: ProfileRole | None = declared("Role", Choice(ProfileRole), default=None)
    partnership: Id | None = declared("Partnership", Reference("partnership"), default=None)
    cxc_id: str | None = declared("ClusterXchange id", Text(), default=None)
    tool_status: str | None = declared("Status in the tool", Text(), default=None)
    languages: str | None = declared("Languages", Text(), default=None)
    presentation: str | None = declared(
        "Presentation", LongText(), default=None, width=30, free_text=True
    )
    motivation: str | None = declared(
        "Motivation", LongText(), default=None, width=30, free_text=True
    )
    objectives: str | None = declared(
        "Objectives", LongText(), default=None, width=30, free_text=True
    )
    activities: tuple[str, ...] = declared("Activities", Terms("activity_type"), default=())
    preferred_countries: str | None = declared("Preferred countries", Text(), default=None)
    preferred_type: str | None = declared("Preferred counterpart", Text(), default=None)
    preferred_from: date | None = declared("Preferred from", Day(), default=None)
    preferred_to: date | None = declared("Preferred to", Day(), default=None)
    registered_on: date | None = declared(
        "Registered on", Day(), default=None, section="Assessment", key=True
    )
    validated_on: date | None = declared("Validated on", Day(), default=None)
    validated_by: str | None = declared(
        "Validated by", Text(), default=None, personal=Personal.NAME
    )
    refused_on: date | None = declared("Refused on", Day(), default=None)
    refusal_reason: str | None = declared(
        "Reason of refusal", LongText(), default=None, free_text=True
    )
