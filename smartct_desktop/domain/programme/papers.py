"""The papers of an exchange: which are needed, who has still to sign or send, and since when.

Source: FAQ-B and CLAM-F. The Commitment to Quality has four signatures (visitor, host and both
partnerships), the financial agreement two (visitor and its partnership), both before the stay.
Reports and evidence follow it; a virtual exchange needs neither agreement nor evidence of a stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from smartct_desktop.domain.programme.awaited import Awaited
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.records.exchange import Mode


class Paper(Enum):
    """A paper of an exchange, in the order in which they come."""

    COMMITMENT = "Commitment to Quality"
    AGREEMENT = "Financial agreement"
    VISITOR_REPORT = "Visitor's report"
    HOST_REPORT = "Host's report"
    EVIDENCE = "Evidence of the stay"


class Party(Enum):
    """Who signs or sends."""

    VISITOR = "visitor"
    HOST = "host"
    VISITOR_PARTNERSHIP = "visitor's partnership"
    HOST_PARTNERSHIP = "host's partnership"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that one party has still to do; `field` is where its day is recorded."""

    party: Party
    field: str


@dataclass(frozen=True, slots=True)
class PaperState:
    """How far a paper has come.

    `there`: it is complete as far as the programme asks before the next step. `validated` is None
    for papers nobody validates. `since` is the day from which it is waited for, None where no fact
    tells; `due` the day by which it is expected.
    """

    paper: Paper
    there: bool
    waiting: tuple[Waiting, ...] = ()
    validated: bool | None = None
    since: date | None = None
    due: date | None = None

    def late(self, today: date) -> bool:
        """Whether it should have been there before today."""
        return not self.there and self.due is not None and today > self.due


COMMITMENT = (
    Waiting(Party.VISITOR, "ctq_vo_on"),
    Waiting(Party.HOST, "ctq_ho_on"),
    Waiting(Party.VISITOR_PARTNERSHIP, "ctq_vop_on"),
    Waiting(Party.HOST_PARTNERSHIP, "ctq_hop_on"),
)
AGREEMENT = (
    Waiting(Party.VISITOR, "agreement_vo_on"),
    Waiting(Party.VISITOR_PARTNERSHIP, "agreement_vop_on"),
)


_VISITOR_REPORTS = (Waiting(Party.VISITOR, "vo_report"),)
_HOST_REPORTS = (Waiting(Party.HOST, "ho_report"),)
_VISITOR_PROVES = (Waiting(Party.VISITOR, "evidence"),)


def papers(exchange: Awaited, rules: RuleSet) -> Iterator[PaperState]:
    """Give the state of every paper that the exchange needs.

    A paper that is said to be there without the days of its signatures counts as there. Reports
    and evidence are waited for from the end of the stay on.
    """
    yield commitment(exchange)
    physical = exchange.mode is not Mode.VIRTUAL
    if physical:
        yield agreement(exchange)
    yield visitor_report(exchange, rules)
    yield host_report(exchange, rules)
    if physical:
        yield evidence(exchange, rules)


def is_committed(exchange: Awaited) -> bool:
    """Whether the Commitment to Quality is there; what only asks that is spared its state."""
    if exchange.ctq or exchange.ctq_on is not None:
        return True
    visitor, host = exchange.ctq_vo_on, exchange.ctq_ho_on
    return None not in (visitor, host, exchange.ctq_vop_on, exchange.ctq_hop_on)


def is_agreed(exchange: Awaited) -> bool:
    """Whether the financial agreement is there."""
    if exchange.agreement or exchange.agreement_on is not None:
        return True
    return exchange.agreement_vo_on is not None and exchange.agreement_vop_on is not None


def is_reported(exchange: Awaited) -> bool:
    """Whether the visitor's report is there."""
    on = exchange.vo_report_on or exchange.vo_report_validated_on
    return bool(exchange.vo_report) or on is not None


def is_reported_by_host(exchange: Awaited) -> bool:
    """Whether the host's report is there."""
    on = exchange.ho_report_on or exchange.ho_report_validated_on
    return bool(exchange.ho_report) or on is not None


def is_proved(exchange: Awaited) -> bool:
    """Whether the evidence of the stay is there."""
    return bool(exchange.evidence or exchange.evidence_on or exchange.evidence_kinds)


def commitment(exchange: Awaited) -> PaperState:
    """Give the state of the Commitment to Quality."""
    return _signed(Paper.COMMITMENT, exchange, COMMITMENT, there=is_committed(exchange))


def agreement(exchange: Awaited) -> PaperState:
    """Give the state of the financial agreement."""
    return _signed(Paper.AGREEMENT, exchange, AGREEMENT, there=is_agreed(exchange))


def visitor_report(exchange: Awaited, rules: RuleSet) -> PaperState:
    """Give the state of the visitor's report, which the visitor's partnership validates."""
    there, validated = is_reported(exchange), exchange.vo_report_validated_on is not None
    due = _after(exchange.end, rules.vo_report_due_days)
    waiting = () if there else _VISITOR_REPORTS
    return PaperState(Paper.VISITOR_REPORT, there, waiting, validated, exchange.end, due)


def host_report(exchange: Awaited, rules: RuleSet) -> PaperState:
    """Give the state of the host's report, which the host's partnership validates."""
    there, validated = is_reported_by_host(exchange), exchange.ho_report_validated_on is not None
    due = _after(exchange.end, rules.ho_report_due_days)
    waiting = () if there else _HOST_REPORTS
    return PaperState(Paper.HOST_REPORT, there, waiting, validated, exchange.end, due)


def evidence(exchange: Awaited, rules: RuleSet) -> PaperState:
    """Give the state of the evidence that the stay took place."""
    there = is_proved(exchange)
    due = _after(exchange.end, rules.vo_report_due_days)
    waiting = () if there else _VISITOR_PROVES
    return PaperState(Paper.EVIDENCE, there, waiting, None, exchange.end, due)


def _signed(
    paper: Paper, exchange: Awaited, parties: tuple[Waiting, ...], *, there: bool
) -> PaperState:
    days: list[date | None] = [getattr(exchange, party.field) for party in parties]
    signed = [day for day in days if day is not None]
    waiting: tuple[Waiting, ...] = ()
    if not there:
        waiting = tuple(p for p, day in zip(parties, days, strict=True) if day is None)
    # What the first of them signed has been waiting for the others since then.
    since = min(signed, default=None)
    return PaperState(paper, there, waiting, None, since, exchange.start or exchange.planned_start)


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days)
