"""Everybody who took part in an exchange or signed its papers."""

from __future__ import annotations

from smartct_desktop.domain.fields import Choice, Flag, Id, Options, Reference, declared
from smartct_desktop.domain.record import Record


class Side(Options):
    """For whom a person took part."""

    VISITOR = "visitor", "Visitor"
    HOST = "host", "Host"


class SignsFor(Options):
    """For which of the four parties a person signs the papers of an exchange."""

    VISITOR = "visitor", "Visitor"
    HOST = "host", "Host"
    VISITOR_PARTNERSHIP = "visitor_partnership", "Visitor's partnership"
    HOST_PARTNERSHIP = "host_partnership", "Host's partnership"
    BOTH_PARTNERSHIPS = "both_partnerships", "Both partnerships"


class ExchangePerson(
    Record,
    kind="exchange_person",
    label="Person of an exchange",
    plural="People of exchanges",
    caption="person exchange",
):
    """One person in one exchange."""

    exchange: Id = declared(
        "Exchange", Reference("exchange"), required=True, key=True, width=16, section="Person"
    )
    person: Id = declared("Person", Reference("person"), required=True, key=True, width=26)
    side: Side | None = declared("Side", Choice(Side), default=None)
    lead: bool | None = declared("Leads", Flag(), default=None, width=8)
    signs_for: SignsFor | None = declared(
        "Signs for",
        Choice(SignsFor),
        default=None,
        width=18,
        help="For whom this person signed the Commitment to Quality or the agreement.",
    )
