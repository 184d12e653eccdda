"""Exceptions from a rule that somebody granted, with the reason."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import Day, Id, LongText, Reference, Text, declared
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.record import Record


class Waiver(Record, kind="waiver", label="Waiver", plural="Waivers", caption="rule_code reason"):
    """A finding that does not count for one record, because somebody said so."""

    rule_code: str = declared("Rule", Text(longest=20), required=True, key=True, section="Waiver")
    exchange: Id | None = declared("Exchange", Reference("exchange"), default=None)
    organisation: Id | None = declared(
        "Organisation", Reference("organisation"), default=None, width=30
    )
    event: Id | None = declared("Event", Reference("event"), default=None, width=30)
    reason: str = declared("Reason", LongText(), required=True, width=40, free_text=True)
    granted_by: str | None = declared("Granted by", Text(), default=None, personal=Personal.NAME)
    granted_on: date | None = declared("Granted on", Day(), default=None, key=True)
    expires_on: date | None = declared("Expires on", Day(), default=None)
    proof: Id | None = declared("Proof", Reference("attachment"), default=None)
