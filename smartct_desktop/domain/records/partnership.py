"""The partnership whose records are kept, and others that send or host its visitors."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import (
    Choice,
    Day,
    Flag,
    Link,
    LongText,
    Money,
    Options,
    Text,
    Whole,
    declared,
)
from smartct_desktop.domain.record import Record


class CountingStatus(Options):
    """From which state on an exchange counts towards the target."""

    VALIDATED = "validated", "Validated"
    ENDED = "ended", "Ended"
    PAID = "paid", "Paid"


class Partnership(
    Record, kind="partnership", label="Partnership", plural="Partnerships", caption="acronym"
):
    """A European cluster partnership under a call, with its profile as published."""

    acronym: str = declared(
        "Acronym", Text(), required=True, key=True, width=18, section="Partnership"
    )
    full_name: str | None = declared("Full name", Text(), default=None, width=44)
    own: bool | None = declared(
        "Own partnership",
        Flag(),
        default=None,
        help="Whether this document keeps the records of this partnership. Exactly one is.",
    )
    rule_set: str | None = declared(
        "Rule set",
        Text(longest=20),
        default=None,
        help="The dated rules of the call: G1 for the first generation of 2020, G2 for 2022.",
    )
    call: str | None = declared("Call", Text(), default=None, width=24)
    grant_number: str | None = declared("Grant number", Text(), default=None)
    starts_on: date | None = declared("Start", Day(), default=None, section="Period")
    planned_months: int | None = declared("Planned months", Whole(most=240), default=None)
    ends_on: date | None = declared(
        "End", Day(), default=None, help="Leave blank while an extension is possible."
    )
    balance_paid_on: date | None = declared(
        "Balance paid on",
        Day(),
        default=None,
        help="The day of the funder's last payment; records are kept five years from then.",
    )
    hold: bool | None = declared(
        "On hold",
        Flag(),
        default=None,
        help="Nothing is due for deletion while an audit, a claim or an investigation runs.",
    )
    hold_reason: str | None = declared(
        "Held because", Text(), default=None, width=30, free_text=True
    )
    counted_from: CountingStatus | None = declared(
        "Exchanges count from",
        Choice(CountingStatus),
        default=None,
        section="Targets and money",
        help="Blank means: from validation of the visitor's report on.",
    )
    planned_exchanges: int | None = declared("Planned exchanges", Whole(), default=None)
    grant_cents: int | None = declared("Grant", Money(), default=None)
    fstp_budget_cents: int | None = declared(
        "Budget for lump sums",
        Money(),
        default=None,
        help="The part of the grant meant for the visitors' lump sums.",
    )
    origin: str | None = declared(
        "Origin", LongText(), default=None, section="Profile", width=30, free_text=True
    )
    partners: int | None = declared("Number of partners", Whole(), default=None)
    themes: str | None = declared("Themes", Text(), default=None, width=30)
    objectives: str | None = declared("Objectives", LongText(), default=None, width=60)
    specific_objectives: str | None = declared(
        "Specific objectives", LongText(), default=None, width=60, help="One a line."
    )
    expected_results: str | None = declared(
        "Results expected", LongText(), default=None, width=60, help="One a line."
    )
    website: str | None = declared("Website", Link(), default=None, width=30)
    remark: str | None = declared("Remark", LongText(), default=None, width=30, free_text=True)
