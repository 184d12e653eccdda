"""Papers, reports and what counts (DOC, KPI)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from operator import attrgetter

from smartct_desktop.domain.programme.exchange_case import READY_ON, ExchangeCase
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.programme.stay import StayCase
from smartct_desktop.domain.records.exchange import Exchange

_COMMITMENT = ("ctq_vo_on", "ctq_ho_on", "ctq_vop_on", "ctq_hop_on")
_COMMITMENT_DATED = (*_COMMITMENT, "ctq_on")
_AGREEMENT_DATED = ("agreement_vo_on", "agreement_vop_on", "agreement_on")
_Days = Callable[[Exchange], tuple[date | None, ...]]
_commitment_days: _Days = attrgetter(*_COMMITMENT)
_commitment_dates: _Days = attrgetter(*_COMMITMENT_DATED)
_agreement_dates: _Days = attrgetter(*_AGREEMENT_DATED)


def _unsigned(exchange: Exchange) -> list[str]:
    """Give the fields of the signatures that the Commitment to Quality lacks."""
    days = _commitment_days(exchange)
    return [name for name, day in zip(_COMMITMENT, days, strict=True) if day is None]


def _after_start(
    exchange: Exchange, names: tuple[str, ...], dates: tuple[date | None, ...]
) -> Iterator[Said]:
    """Say which signature is dated after the start, the latest one."""
    start = exchange.start
    days = [(day, name) for day, name in zip(dates, names, strict=True) if day is not None]
    if start and days and max(days)[0] > start:
        day, field = max(days)
        yield Said(field, {"day": day, "start": start})


def _commitment_signed(case: ExchangeCase) -> Iterator[Said]:
    exchange = case.exchange
    if exchange.ctq or exchange.status not in READY_ON:
        return
    missing = _unsigned(exchange)
    if missing:
        yield Said("ctq" if len(missing) == len(_COMMITMENT) else missing[0])


def _agreement_signed(case: StayCase) -> Iterator[Said]:
    if case.stay.agreement is False and case.stay.physical:
        yield Said("agreement")


def _commitment_in_time(case: ExchangeCase) -> Iterator[Said]:
    dates = _commitment_dates(case.exchange)
    if any(dates):
        yield from _after_start(case.exchange, _COMMITMENT_DATED, dates)


def _agreement_in_time(case: ExchangeCase) -> Iterator[Said]:
    dates = _agreement_dates(case.exchange)
    if any(dates):
        yield from _after_start(case.exchange, _AGREEMENT_DATED, dates)


def _host_reported(case: ExchangeCase) -> Iterator[Said]:
    exchange = case.exchange
    end = exchange.end
    there = exchange.ho_report or exchange.ho_report_on or exchange.ho_report_validated_on
    if there or end is None:
        return
    due = end + timedelta(days=case.rules.ho_report_due_days)
    if case.today > due:
        yield Said("ho_report", {"due": due})


def _visitor_reported(case: StayCase) -> Iterator[Said]:
    if case.stay.vo_report is False:
        yield Said("vo_report", severity=Severity.ERROR if case.stay.paid else None)


def _commitment_says_why(case: ExchangeCase) -> Iterator[Said]:
    exchange = case.exchange
    if exchange.goals:
        return
    if exchange.ctq or exchange.ctq_on or not _unsigned(exchange):
        yield Said("goals")


def _listed_once(case: ExchangeCase) -> Iterator[Said]:
    this = case.visit
    other = case.visits.again(this) if this is not None else None
    if other is None and case.around.same_tool_id:
        own = case.exchange.id
        same = (v for v in case.around.same_tool_id if v.id != own and v.expected)
        other = next(same, None)
    if other is not None:
        yield Said("vo", {"other": other.number or ""})


def _counted_by_others(case: ExchangeCase) -> Iterator[Said]:
    exchange, own = case.exchange, case.own
    if own and exchange.hop == own.id and exchange.vop not in (None, own.id):
        yield Said("vop")


AGREEMENT_SIGNED: Rule[StayCase] = Rule(
    "DOC-02",
    Severity.ERROR,
    "exchange",
    "Agreement missing",
    "The agreement with the visitor is missing.",
    "Have it signed by the visitor and the visitor's partnership, and record the days.",
    "CLAM-F",
    _agreement_signed,
    premises=frozenset({Premise.TRAVEL}),
)

VISITOR_REPORTED: Rule[StayCase] = Rule(
    "DOC-06",
    Severity.WARNING,
    "exchange",
    "Visitor's report missing",
    "The visitor's report is missing.",
    "Ask the visitor for it; nothing may be paid without it.",
    "CLAM-F",
    _visitor_reported,
)

RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "DOC-01",
        Severity.ERROR,
        "exchange",
        "Commitment not signed by all four",
        "The Commitment to Quality is not signed by visitor, host and both partnerships.",
        "Collect the missing signatures and record their days.",
        "FAQ-B",
        _commitment_signed,
    ),
    AGREEMENT_SIGNED,
    Rule(
        "DOC-03",
        Severity.WARNING,
        "exchange",
        "Commitment signed after the start",
        "The Commitment to Quality was signed on {day}, after the start on {start}.",
        "Correct the dates; it is signed before the stay.",
        "FAQ-B",
        _commitment_in_time,
        premises=frozenset({Premise.SIGNED}),
    ),
    Rule(
        "DOC-04",
        Severity.WARNING,
        "exchange",
        "Agreement signed after the start",
        "The agreement was signed on {day}, after the start on {start}.",
        "Correct the dates; it is signed before the stay.",
        "CLAM-F",
        _agreement_in_time,
        premises=frozenset({Premise.SIGNED}),
    ),
    Rule(
        "DOC-05",
        Severity.WARNING,
        "exchange",
        "Host's report overdue",
        "The host's report was due by {due}.",
        "Ask the host for it.",
        "own reading",
        _host_reported,
    ),
    VISITOR_REPORTED,
    Rule(
        "DOC-08",
        Severity.WARNING,
        "exchange",
        "Commitment without goals",
        "The Commitment to Quality is there, but no goals are recorded.",
        "Fill in the goals as they stand in the Commitment.",
        "FAQ-B",
        _commitment_says_why,
    ),
    Rule(
        "KPI-01",
        Severity.ERROR,
        "exchange",
        "Exchange listed twice",
        "The same exchange seems to be listed again as {other}.",
        "Keep one of the two and delete the other.",
        "CLAM-F",
        _listed_once,
        premises=frozenset({Premise.AGAIN}),
    ),
    Rule(
        "KPI-02",
        Severity.INFO,
        "exchange",
        "Counted by the other partnership",
        "The visitor's partnership counts this exchange; ours is only the host's.",
        "Nothing has to be done.",
        "CLAM-F",
        _counted_by_others,
    ),
)
"""The rules on papers and on counting."""
