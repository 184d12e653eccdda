"""The list of open issues: what the programme's rules say of the records, and what was waived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.charts import Mark, Tone
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule_catalog import BY_CODE
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.query import Listing
from smartct_desktop.domain.reading import Reader, RecordFinding
from smartct_desktop.domain.records.waiver import Waiver
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.partner_of import partner_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import NOT_KNOWN, PAGE, day_of, framed
from smartct_desktop.services.reports.told_values import with_days

_ERROR, _WARNING = Sentence("error"), Sentence("warning")
_SEVERITIES = {
    Severity.ERROR: _ERROR,
    Severity.WARNING: _WARNING,
    Severity.INFO: Sentence("information"),
}
_ISSUES = (
    Column("Rule"),
    Column(
        "Severity",
        marks=(Mark(Tone.ERROR, text=_ERROR), Mark(Tone.WARNING, text=_WARNING)),
    ),
    Column("Kind of record"),
    Column("Record", width=34),
    Column("Partner", width=28),
    Column("Field", width=22),
    Column("Issue", width=60),
    Column("What to do", width=60),
    Column("Since", Kind.DAY, note="The day on which this document first had the issue."),
)
_WAIVED = (
    Column("Rule"),
    Column("Record", width=34),
    Column("Reason", width=50),
    Column("Granted by", width=24, personal=Personal.NAME),
    Column("Granted on", Kind.DAY),
    Column("Expires on", Kind.DAY),
)


def issue_list(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the issue list (workbook X9), errors first; for all records or those of a partner.

    The reader must stay open until it is written.
    """
    del facts  # what the rules say was looked up when the records were stored
    of = FigureFacts.read(reader, day_of(made_at))
    whole = sum(count.findings for count in reader.finding_counts()) if not scope.partner else None
    unexamined = reader.unexamined()
    told = (
        (
            Definition(
                "Not yet looked at",
                Sentence("{n} records changed and were not looked at again.", n=unexamined),
            ),
        )
        if unexamined
        else ()
    )
    return framed(
        "Open issues",
        reader,
        made_at,
        scope,
        own=of.own,
        tables=(
            Table("Open issues", _ISSUES, _issues(reader, of, scope), frozen=1, expected=whole),
            Table("Waivers", _WAIVED, list(_waived(reader, of, scope)), frozen=1),
        ),
        facts=told,
        definitions=(
            Definition(
                "Severity",
                "An error breaks a rule of the programme, a warning is doubtful, information "
                "needs nothing to be done.",
            ),
        ),
    )


def _issues(reader: Reader, of: FigureFacts, scope: Scope) -> Iterator[Row]:
    names = reader.captions("organisation", of.partners)
    start = 0
    while page := reader.list_findings(Listing(), start, start + PAGE):
        start += len(page)
        for one in page:
            partner = partner_of(of, one.kind, one.id)
            if scope.partner in {None, partner}:
                yield _issue(one, names.get(partner) if partner else None)


def _issue(one: RecordFinding, partner: str | None) -> Row:
    schema, finding = schema_of(one.kind), one.finding
    field = schema.by_name.get(finding.field)
    rule = BY_CODE.get(finding.code)
    return (
        finding.code,
        _SEVERITIES[finding.severity],
        Sentence(schema.label),
        one.caption,
        partner,
        Sentence(field.label) if field else None,
        with_days(finding.sentence),
        Sentence(rule.todo) if rule else None,
        one.since or NOT_KNOWN,
    )


def _waived(reader: Reader, of: FigureFacts, scope: Scope) -> Iterator[Row]:
    for waiver in reader.all(Waiver):
        about: tuple[tuple[str, Id | None], ...] = (
            ("exchange", waiver.exchange),
            ("organisation", waiver.organisation),
            ("event", waiver.event),
        )
        kind, id_ = next(((kind, id_) for kind, id_ in about if id_), ("", None))
        partner = partner_of(of, kind, id_) if id_ else None
        if scope.partner not in {None, partner}:
            continue
        yield (
            waiver.rule_code,
            reader.captions(kind, [id_]).get(id_) if id_ else None,
            waiver.reason,
            waiver.granted_by,
            waiver.granted_on,
            waiver.expires_on,
        )
