"""All reports; a new one is a module beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Report
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.listing import personal_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.attendance_list import attendance_list
from smartct_desktop.services.reports.composition import composition
from smartct_desktop.services.reports.differences import moment_differences
from smartct_desktop.services.reports.event_file import event_file
from smartct_desktop.services.reports.event_list import event_list
from smartct_desktop.services.reports.exchange_register import exchange_register
from smartct_desktop.services.reports.fstp_awards import fstp_awards
from smartct_desktop.services.reports.issue_list import issue_list
from smartct_desktop.services.reports.kpi import kpi
from smartct_desktop.services.reports.partner_template import empty_template, partner_template
from smartct_desktop.services.reports.payment_run import payment_run
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.person_data import person_data
from smartct_desktop.services.reports.record_list import KINDS as LISTED
from smartct_desktop.services.reports.record_list import record_list
from smartct_desktop.services.reports.retention_register import retention_register
from smartct_desktop.services.reports.sme_list import sme_list
from smartct_desktop.services.reports.waiting_papers import waiting_papers


class Part(Enum):
    """By what a report can be restricted to a part of the work, and what it must be told."""

    PERIOD = "period"
    PARTNER = "partner"
    EVENT = "event"
    """One event has to be chosen: the report is about it."""
    PERSON = "person"
    """One person has to be chosen: the report is about them."""
    EMPTY = "empty"
    """It can be filled with what is known of the partner, or left empty."""
    MASKED = "masked"
    """It names people, and can be written without personal data."""


CHOSEN = {Part.EVENT: "event", Part.PERSON: "person"}
"""The parts that are one record, with its kind."""

_OPTIONS = {
    Part.EVENT: ("--event",),
    Part.PERSON: ("--person",),
    Part.PERIOD: ("--from", "--to"),
    Part.PARTNER: ("--partner",),
    Part.MASKED: ("--masked",),
    Part.EMPTY: ("--empty",),
}


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report: its code on the command line, its name, what it says, and how it is built.

    `of` builds it for a part of the work, restricted by what `parts` has; a report that has no
    period there is of one day. A report about one record is built by `about` only,
    and one to be filled in by `empty` where it shall hold no records. `always_personal` is one
    that tells of people and has no way to leave them out; `tells_of_restricted` one that is about
    what is stored, so that it tells also of people whose data must not be used.
    """

    code: str
    name: Sentence
    sentence: Sentence
    build: Callable[[Reader, ProgrammeFacts, datetime], Report]
    of: Callable[[Reader, ProgrammeFacts, datetime, Scope], Report] | None = None
    parts: frozenset[Part] = frozenset()
    about: Callable[[Reader, ProgrammeFacts, datetime, Id], Report] | None = None
    empty: Callable[[Reader, ProgrammeFacts, datetime, Scope], Report] | None = None
    always_personal: bool = False
    tells_of_restricted: bool = False

    @property
    def chosen(self) -> str:
        """The kind of the one record that has to be chosen for it, "" if none has."""
        return next((CHOSEN[part] for part in CHOSEN if part in self.parts), "")

    @property
    def may_tell_of_people(self) -> bool:
        """Whether it can hold personal data, which is then to be noted in the document."""
        by_parts = {Part.MASKED, Part.PERSON, Part.EVENT, Part.EMPTY} & self.parts
        return self.always_personal or bool(by_parts)

    @property
    def options(self) -> tuple[str, ...]:
        """What the command line can be told about it."""
        named = (options for part, options in _OPTIONS.items() if part in self.parts)
        return tuple(option for options in named for option in options)


def _unchosen(reader: Reader, facts: ProgrammeFacts, made_at: datetime) -> Report:
    """Stand in the place of a report of the whole, where there is only one about one record."""
    del reader, facts, made_at
    raise Trouble(
        Sentence("This report is about one record."), Sentence("Say which one it is about.")
    )


def _register(reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope) -> Report:
    return exchange_register(reader, facts, made_at, Period(scope.since, scope.until))


_PERIOD = frozenset({Part.PERIOD})
_PARTNER = frozenset({Part.PARTNER})
_BOTH = _PERIOD | _PARTNER
_MASKED = frozenset({Part.MASKED})

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
        _PARTNER | _MASKED,
    ),
    ReportKind(
        "waiting-list",
        Sentence("Waiting list"),
        Sentence("Papers, validations and payments that are missing, a sheet per partner."),
        waiting_papers,
        waiting_papers,
        _PARTNER | _MASKED,
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
        _PARTNER | _MASKED,
    ),
    ReportKind(
        "differences",
        Sentence("Differences"),
        Sentence("What was added, removed and changed between two moments, and the figures."),
        moment_differences,
        moment_differences,
        _PERIOD,
        always_personal=True,
    ),
    ReportKind(
        "partner-template",
        Sentence("Collection template"),
        Sentence(
            "A workbook for a partner to fill in: members, exchanges, events and who attended them."
        ),
        partner_template,
        partner_template,
        _PARTNER | {Part.EMPTY},
        empty=empty_template,
    ),
    ReportKind(
        "fstp-awards",
        Sentence("FSTP awards"),
        Sentence("Lump sums awarded, in the order in which the funder's portal asks for them."),
        fstp_awards,
        fstp_awards,
        _BOTH,
    ),
    ReportKind(
        "retention",
        Sentence("Retention register"),
        Sentence("What is stored of people, how long and why, and what is due for deletion."),
        retention_register,
        parts=_MASKED,
        tells_of_restricted=True,
    ),
)

OF_ONE = (
    ReportKind(
        "attendance-list",
        Sentence("Attendance list"),
        Sentence("The list of one event to be signed, for each session or day."),
        _unchosen,
        parts=frozenset({Part.EVENT}),
        about=attendance_list,
    ),
    ReportKind(
        "event-file",
        Sentence("Event file"),
        Sentence("One event: what it is, lists to sign, its participants, and its evidence."),
        _unchosen,
        parts=frozenset({Part.EVENT, Part.MASKED}),
        about=event_file,
    ),
    ReportKind(
        "person-data",
        Sentence("Data about one person"),
        Sentence("All that is stored of one person, where it came from, and how long it is kept."),
        _unchosen,
        parts=frozenset({Part.PERSON}),
        about=person_data,
    ),
)
"""Reports about one record that has to be chosen: an event, a person."""

LISTS = tuple(
    ReportKind(
        kind,
        Sentence(schema_of(kind).plural),
        Sentence("All {kind} with all their fields.", kind=schema_of(kind).plural.lower()),
        partial(record_list, kind),
        parts=_MASKED if any(map(personal_of, schema_of(kind).fields)) else frozenset(),
    )
    for kind in LISTED
)
"""All records of a kind as they are; for other programs, and to bring back."""
