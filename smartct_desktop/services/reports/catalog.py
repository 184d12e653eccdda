"""All reports; a new one is a module beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Report
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.composition import composition
from smartct_desktop.services.reports.event_list import event_list
from smartct_desktop.services.reports.exchange_register import exchange_register
from smartct_desktop.services.reports.issue_list import issue_list
from smartct_desktop.services.reports.kpi import kpi
from smartct_desktop.services.reports.payment_run import payment_run
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.record_list import KINDS as LISTED
from smartct_desktop.services.reports.record_list import query_list, record_list
from smartct_desktop.services.reports.sme_list import sme_list
from smartct_desktop.services.reports.waiting_papers import waiting_papers


class Part(Enum):
    """By what a report can be restricted to a part of the work."""

    PERIOD = "period"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report: its code on the command line, its name, what it says, and how it is built.

    `of` builds it for a part of the work, restricted by what `parts` has; a report that has no
    period there is of one day.
    """

    code: str
    name: Sentence
    sentence: Sentence
    build: Callable[[Reader, ProgrammeFacts, datetime], Report]
    of: Callable[[Reader, ProgrammeFacts, datetime, Scope], Report] | None = None
    parts: frozenset[Part] = frozenset()


def _register(reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope) -> Report:
    return exchange_register(reader, facts, made_at, Period(scope.since, scope.until))


_PERIOD = frozenset({Part.PERIOD})
_PARTNER = frozenset({Part.PARTNER})
_BOTH = _PERIOD | _PARTNER

REPORTS = (
    ReportKind(
        "exchange-register",
        Sentence("Exchange register"),
        Sentence("Every exchange with its money, its papers and whether it counts."),
        exchange_register,
        _register,
        _PERIOD,
    ),
    ReportKind(
        "partnership-composition",
        Sentence("Partnership composition"),
        Sentence("The clusters with their fields, members and SMEs, as on the public page."),
        composition,
    ),
    ReportKind(
        "kpi",
        Sentence("KPI report"),
        Sentence("Targets and what was achieved, by partner, month and country, with the records."),
        kpi,
        kpi,
        _BOTH,
    ),
    ReportKind(
        "payment-run",
        Sentence("Payment run"),
        Sentence("Lump sums to be paid now, overdue ones, and those not yet payable and why."),
        payment_run,
        payment_run,
        _PARTNER,
    ),
    ReportKind(
        "waiting-list",
        Sentence("Waiting list"),
        Sentence("Papers, validations and payments that are missing, a sheet per partner."),
        waiting_papers,
        waiting_papers,
        _PARTNER,
    ),
    ReportKind(
        "events",
        Sentence("Events and participants"),
        Sentence("The events, who took part in them from which country, and which count."),
        event_list,
        event_list,
        _BOTH,
    ),
    ReportKind(
        "smes",
        Sentence("SMEs counted"),
        Sentence("Each SME once, with its exchanges; and those that do not count and why."),
        sme_list,
        sme_list,
        _BOTH,
    ),
    ReportKind(
        "issues",
        Sentence("Open issues"),
        Sentence("What the programme's rules say of the records, errors first, and the waivers."),
        issue_list,
        issue_list,
        _PARTNER,
    ),
)

LISTS = tuple(
    ReportKind(
        kind,
        Sentence(schema_of(kind).plural),
        Sentence("All {kind} with all their fields.", kind=schema_of(kind).plural.lower()),
        partial(record_list, kind),
    )
    for kind in LISTED
)
"""All records of a kind as they are; for other programs, and to bring back."""


def table_report(query: Query) -> ReportKind:
    """Give what a table shows as a report: its columns, filters and order, but not its groups."""
    plural = schema_of(query.kind).plural
    return ReportKind(
        query.kind,
        Sentence(plural),
        Sentence("The rows and columns of a table."),
        partial(query_list, replace(query, group=None)),
    )
