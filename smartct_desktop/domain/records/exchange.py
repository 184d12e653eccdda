"""Exchanges: a short stay of one organisation at another, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Self

from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Flag,
    Id,
    LongText,
    Money,
    Number,
    Options,
    Reference,
    Terms,
    Text,
    declared,
)
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class Mode(Options):
    """Whether the visitor travelled."""

    PHYSICAL = "physical", "Physical"
    VIRTUAL = "virtual", "Virtual"
    MIXED = "mixed", "Mixed"


class DistanceMethod(Options):
    """How the distance between the organisations was found."""

    MANUAL = "manual", "Typed"
    GREAT_CIRCLE = "great_circle", "Great circle"
    ROUTE = "route", "Route"


class ExchangeStatus(Options):
    """The states of an exchange's life, in their order; the last seven leave it."""

    DRAFT = "DRAFT", "Draft"
    REG = "REG", "Registered"
    PVAL = "PVAL", "Profiles validated"
    MPROP = "MPROP", "Match proposed"
    MACC = "MACC", "Matched"
    CTQ = "CTQ", "Commitment signed"
    FAA = "FAA", "Agreement signed"
    READY = "READY", "Ready"
    ONG = "ONG", "Under way"
    REPDUE = "REPDUE", "Reports due"
    VOREP = "VOREP", "Visitor's report received"
    REPS = "REPS", "Reports complete"
    VAL = "VAL", "Validated"
    PAYDUE = "PAYDUE", "Payment due"
    PAID = "PAID", "Paid"
    CLOSED = "CLOSED", "Closed"
    REJ = "REJ", "Profile refused"
    DECL = "DECL", "Declined"
    CANC = "CANC", "Cancelled"
    INT = "INT", "Interrupted"
    NVAL = "NVAL", "Not validated"
    RECOV = "RECOV", "To recover"


class Exchange(Record, kind="exchange", label="Exchange", plural="Exchanges", caption="number"):
    """One visiting organisation at one host: the unit that is paid and counted."""

    number: str | None = declared(
        "No.",
        Text(longest=40),
        default=None,
        key=True,
        width=13,
        section="Who",
        help="Our own number, given when the exchange is first stored.",
    )
    ref: str | None = declared(
        "Partner's no.", Text(longest=60), default=None, help="The number the sender uses."
    )
    vo: Id | None = declared(
        "Visiting organisation", Reference("organisation"), default=None, width=30
    )
    vo_cluster: Id | None = declared(
        "Visitor's cluster", Reference("organisation"), default=None, width=26
    )
    vop: Id | None = declared("Visitor's partnership", Reference("partnership"), default=None)
    visitor: Id | None = declared("Visitor", Reference("person"), default=None, width=22)
    ho: Id | None = declared("Host organisation", Reference("organisation"), default=None, width=30)
    ho_cluster: Id | None = declared(
        "Host's cluster", Reference("organisation"), default=None, width=26
    )
    hop: Id | None = declared("Host's partnership", Reference("partnership"), default=None)
    mode: Mode | None = declared("Mode", Choice(Mode), default=None, width=10, section="Stay")
    planned_start: date | None = declared("Planned from", Day(), default=None, width=11)
    planned_end: date | None = declared("Planned to", Day(), default=None, width=11)
    start: date | None = declared("From", Day(), default=None, width=11)
    end: date | None = declared("To", Day(), default=None, width=11)
    ho_city: str | None = declared("Host city", Text(), default=None, width=16)
    ho_country: str | None = declared(
        "Country of the stay",
        Country(),
        default=None,
        width=12,
        help="Where the stay took place; it decides the lump sum.",
    )
    ho_region: str | None = declared("Region of the stay", Text(), default=None, width=16)
    working_days: Decimal | None = declared(
        "Days",
        Number(places=1),
        default=None,
        width=6,
        help="Working days at the host without travel, as declared by the partner.",
    )
    computed_days: Decimal | None = declared(
        "Days by the log",
        Number(places=1),
        default=None,
        width=6,
        derived=True,
        help="What the day log adds up to, if there is one.",
    )
    distance_km: Decimal | None = declared(
        "Distance", Number(places=1, unit="km"), default=None, width=9
    )
    distance_method: DistanceMethod | None = declared(
        "Distance found by", Choice(DistanceMethod), default=None
    )
    event: Id | None = declared("Event", Reference("event"), default=None, width=26)
    group: str | None = declared(
        "Group",
        Text(),
        default=None,
        help="The name of a journey several organisations share.",
        free_text=True,
    )
    activities: tuple[str, ...] = declared(
        "Activities", Terms("activity_type"), default=(), width=24
    )
    goals: str | None = declared("Goals", LongText(), default=None, width=30, free_text=True)
    expected_outcomes: str | None = declared(
        "Expected outcomes", LongText(), default=None, width=30, free_text=True
    )
    entitlement_cents: int | None = declared(
        "Due",
        Money(),
        default=None,
        width=10,
        section="Money",
        derived=True,
        help="The lump sum that follows from country, days, distance and mode.",
    )
    entitlement_note: str | None = declared(
        "Due because", LongText(), default=None, width=36, derived=True, free_text=True
    )
    amount_cents: int | None = declared(
        "Agreed", Money(), default=None, width=10, help="The lump sum agreed with the visitor."
    )
    amount_note: str | None = declared(
        "Note on the amount", Text(), default=None, width=24, free_text=True
    )
    paid_on: date | None = declared("Paid on", Day(), default=None, width=11)
    paid_cents: int | None = declared(
        "Paid",
        Money(),
        default=None,
        width=10,
        derived=True,
        help="Payments less what came back; without any, the amount agreed once it has a day.",
    )
    payment_note: str | None = declared(
        "Payment",
        LongText(),
        default=None,
        width=30,
        derived=True,
        help="Whether the lump sum can be paid, and if not, what is missing.",
    )
    payable_on: date | None = declared(
        "Payable since",
        Day(),
        default=None,
        width=11,
        derived=True,
        help="When the stay was over, the report validated and the evidence there.",
    )
    pay_by: date | None = declared(
        "To be paid by",
        Day(),
        default=None,
        width=11,
        derived=True,
        help="The end of the time for payment; blank once money was sent.",
    )
    ctq: bool | None = declared(
        "Commitment to Quality", Flag(), default=None, width=8, section="Papers"
    )
    ctq_on: date | None = declared("Commitment dated", Day(), default=None, width=11)
    ctq_vo_on: date | None = declared("Signed by visitor", Day(), default=None, width=11)
    ctq_ho_on: date | None = declared("Signed by host", Day(), default=None, width=11)
    ctq_vop_on: date | None = declared(
        "Signed by visitor's partnership", Day(), default=None, width=11
    )
    ctq_hop_on: date | None = declared(
        "Signed by host's partnership", Day(), default=None, width=11
    )
    agreement: bool | None = declared("Financial agreement", Flag(), default=None, width=8)
    agreement_on: date | None = declared("Agreement dated", Day(), default=None, width=11)
    agreement_vo_on: date | None = declared(
        "Agreement signed by visitor", Day(), default=None, width=11
    )
    agreement_vop_on: date | None = declared(
        "Agreement signed by partnership", Day(), default=None, width=11
    )
    vo_report: bool | None = declared("Visitor's report", Flag(), default=None, width=8)
    vo_report_on: date | None = declared("Visitor's report on", Day(), default=None, width=11)
    vo_report_validated_on: date | None = declared(
        "Visitor's report validated", Day(), default=None, width=11
    )
    ho_report: bool | None = declared("Host's report", Flag(), default=None, width=8)
    ho_report_on: date | None = declared("Host's report on", Day(), default=None, width=11)
    ho_report_validated_on: date | None = declared(
        "Host's report validated", Day(), default=None, width=11
    )
    evidence: bool | None = declared(
        "Evidence of the stay",
        Flag(),
        default=None,
        width=8,
        help="Boarding passes, travel or accommodation invoices.",
    )
    evidence_on: date | None = declared("Evidence on", Day(), default=None, width=11)
    evidence_kinds: tuple[str, ...] = declared(
        "Kinds of evidence", Terms("evidence_kind"), default=(), width=20
    )
    certificate_on: date | None = declared("Certificate on", Day(), default=None, width=11)
    preapproval_on: date | None = declared(
        "Agency's approval on",
        Day(),
        default=None,
        width=11,
        help="Needed before a host SME that is no member of a profiled cluster.",
    )
    residence_proof: bool | None = declared("Proof of 183 days", Flag(), default=None, width=8)
    status: ExchangeStatus | None = declared(
        "Status", Choice(ExchangeStatus), default=None, width=16, section="State"
    )
    status_reason: str | None = declared(
        "Reason of the status", Text(), default=None, width=24, free_text=True
    )
    fact_status: ExchangeStatus | None = declared(
        "Status by the facts",
        Choice(ExchangeStatus),
        default=None,
        width=16,
        derived=True,
        help="The state that dates, papers and payments lead to, or else what was said.",
    )
    fact_status_note: str | None = declared(
        "By the facts because", Text(), default=None, width=30, derived=True
    )
    counted: bool | None = declared(
        "Counts",
        Flag(),
        default=None,
        width=8,
        help="Set only to overrule the counting rule; give the reason beside it.",
    )
    counted_reason: str | None = declared(
        "Counts because", Text(), default=None, width=24, free_text=True
    )
    cxc_id: str | None = declared(
        "ClusterXchange id", Text(longest=60), default=None, section="Tool"
    )
    tool_status: str | None = declared("Status in the tool", Text(), default=None)
    tool_checked_on: date | None = declared("Tool looked at on", Day(), default=None, width=11)
    outcome: str | None = declared(
        "Outcome", LongText(), default=None, width=30, section="Result", free_text=True
    )
    follow_up: str | None = declared(
        "Follow-up", LongText(), default=None, width=30, free_text=True
    )
    remark: str | None = declared("Remark", LongText(), default=None, width=30, free_text=True)

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a stay that ends before it starts, and one at the visitor itself."""
        if self.start and self.end and self.end < self.start:
            yield "end", Sentence("A stay cannot end before it starts.")
        if self.planned_start and self.planned_end and self.planned_end < self.planned_start:
            yield "planned_end", Sentence("A stay cannot end before it starts.")
        if self.vo and self.vo == self.ho:
            yield "ho", Sentence("Visiting and host organisation must be two organisations.")

    def succeeding(self, before: Record) -> Self:
        """Say of another distance that it was typed, unless it is said at once how it was found."""
        if not isinstance(before, Exchange) or self.distance_km == before.distance_km:
            return self
        if self.distance_km is None:
            return self.replace(distance_method=None)
        if self.distance_method is not before.distance_method:
            return self
        return self.replace(distance_method=DistanceMethod.MANUAL)
