"""What papers and payments look at of an exchange, so that the other fields need not be read."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode


class Awaited(Protocol):
    """An exchange, or only these fields of one."""

    @property
    def id(self) -> Id: ...
    @property
    def number(self) -> str | None: ...
    @property
    def status(self) -> ExchangeStatus | None: ...
    @property
    def mode(self) -> Mode | None: ...
    @property
    def vop(self) -> Id | None: ...
    @property
    def hop(self) -> Id | None: ...
    @property
    def ho_cluster(self) -> Id | None: ...
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...
    @property
    def planned_start(self) -> date | None: ...
    @property
    def ctq(self) -> bool | None: ...
    @property
    def ctq_on(self) -> date | None: ...
    @property
    def ctq_vo_on(self) -> date | None: ...
    @property
    def ctq_ho_on(self) -> date | None: ...
    @property
    def ctq_vop_on(self) -> date | None: ...
    @property
    def ctq_hop_on(self) -> date | None: ...
    @property
    def agreement(self) -> bool | None: ...
    @property
    def agreement_on(self) -> date | None: ...
    @property
    def agreement_vo_on(self) -> date | None: ...
    @property
    def agreement_vop_on(self) -> date | None: ...
    @property
    def vo_report(self) -> bool | None: ...
    @property
    def vo_report_on(self) -> date | None: ...
    @property
    def vo_report_validated_on(self) -> date | None: ...
    @property
    def ho_report(self) -> bool | None: ...
    @property
    def ho_report_on(self) -> date | None: ...
    @property
    def ho_report_validated_on(self) -> date | None: ...
    @property
    def evidence(self) -> bool | None: ...
    @property
    def evidence_on(self) -> date | None: ...
    @property
    def evidence_kinds(self) -> tuple[str, ...]: ...
    @property
    def amount_cents(self) -> int | None: ...
    @property
    def entitlement_cents(self) -> int | None: ...
    @property
    def paid_on(self) -> date | None: ...
    @property
    def pay_by(self) -> date | None: ...


class AwaitedFields(NamedTuple):
    """The fields alone, in the order in which they are read."""

    id: Id
    number: str | None
    status: ExchangeStatus | None
    mode: Mode | None
    vop: Id | None
    hop: Id | None
    ho_cluster: Id | None
    start: date | None
    end: date | None
    planned_start: date | None
    ctq: bool | None
    ctq_on: date | None
    ctq_vo_on: date | None
    ctq_ho_on: date | None
    ctq_vop_on: date | None
    ctq_hop_on: date | None
    agreement: bool | None
    agreement_on: date | None
    agreement_vo_on: date | None
    agreement_vop_on: date | None
    vo_report: bool | None
    vo_report_on: date | None
    vo_report_validated_on: date | None
    ho_report: bool | None
    ho_report_on: date | None
    ho_report_validated_on: date | None
    evidence: bool | None
    evidence_on: date | None
    evidence_kinds: tuple[str, ...]
    amount_cents: int | None
    entitlement_cents: int | None
    paid_on: date | None
    pay_by: date | None
