"""Holding a workbook as it was sent against what the document says now."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader, Readers
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.comparing.reasons import Reasons
from smartct_desktop.services.comparing.recognising import Recognised, recognise_report
from smartct_desktop.services.comparing.sheets import SheetDifference, compare_books
from smartct_desktop.services.exporting import build_report
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import ReportKind
from smartct_desktop.services.reports.wording import Wording

_ADDED_LATER = frozenset({"Adjustments", "Adjusted records"})
"""Sheets that tell what moved since, which a workbook that was sent earlier cannot have."""

_COLUMNS = (
    Column("Sheet", width=22),
    Column("Row", Kind.WHOLE, note="The row of the workbook; none for what it does not have."),
    Column("What", width=36),
    Column("Column", width=24),
    Column("In the workbook", width=30),
    Column("In the document", width=30),
    Column("Difference", Kind.NUMBER, places=2),
    Column("Because", width=60),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference with the reason that the history gives, blank where it gives none.

    `record` is the one that the row is about, where that is known.
    """

    of: SheetDifference
    why: str
    record: tuple[str, Id] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A workbook of ours and where the document says otherwise now.

    `closed` is the closed period for which this very file was sent. `lacking` are sheets that the
    report has and the file does not.
    """

    file: str
    recognised: Recognised
    closed: ReportingPeriod | None
    differences: tuple[Difference, ...]
    lacking: tuple[str, ...]


def compare_workbook(
    document: Readers, path: Path, progress: Progress, password: str | None = None
) -> Comparison:
    """Compare one of our own workbooks with the document; runs on any thread.

    The report is made once more as of the workbook's own day, so that only records make a
    difference, not days gone by. Raises `Trouble`, `PasswordNeeded`, `Cancelled`.
    """
    from smartct_desktop.spreadsheets.request import FileChoice
    from smartct_desktop.spreadsheets.worker import read_book
    from smartct_desktop.spreadsheets.writing import write_workbook

    book = read_book(path, progress, choice=FileChoice(password=password))
    with document.reader(progress) as reader:
        recognised = recognise_report(book, {one.id: one.name for one in partners(reader)})
        report = _report_now(reader, recognised)
        # Written and read like the file: what is no difference in a workbook is none here.
        with tempfile.TemporaryDirectory(prefix="smartct-comparing-") as folder:
            target = Path(folder) / "now.xlsx"
            write_workbook(report, target, progress)
            ours = read_book(target, progress)
        found, lacking = compare_books(book, ours, report)
        exchanges = Wording(recognised.language, ProgrammeFacts()).say("Exchanges")
        reasons = Reasons(reader, recognised.made_on, found, exchanges, report.words.total)
        told = tuple(Difference(one, reasons.of(one), reasons.record_of(one)) for one in found)
        closed = next((p for p in reader.all(ReportingPeriod) if p.sha256 == book.sha256), None)
    if not found and len(lacking) == len(report.tables):
        raise Trouble(
            Sentence("No sheet of the report is in {name}.", name=path.name),
            Sentence("Choose the workbook as it was exported."),
        )
    later = {Wording(recognised.language, ProgrammeFacts()).say(name) for name in _ADDED_LATER}
    lacking = [name for name in lacking if name not in later]
    return Comparison(path.name, recognised, closed, told, tuple(lacking))


def comparison_report(comparison: Comparison, reader: Reader, made_at: datetime) -> Report:
    """Give the differences as a workbook."""
    own = own_partnership(reader)
    recognised = comparison.recognised
    facts = [
        Definition("Workbook", comparison.file),
        Definition("Report", recognised.kind.name),
        Definition("Made on", f"{recognised.made_on:%d.%m.%Y %H:%M}"),
        Definition("Partner", recognised.partner_name or Sentence("all partners")),
    ]
    if comparison.closed is not None:
        facts.append(Definition("As sent for", comparison.closed.name))
    return Report(
        title="Workbook and document compared",
        made_at=made_at,
        partnership=own.acronym if own else "",
        period=str(recognised.period),
        tables=(Table("Differences", _COLUMNS, list(_rows(comparison.differences)), frozen=3),),
        facts=tuple(facts),
    )


def _rows(differences: Iterable[Difference]) -> Iterable[Row]:
    for one in differences:
        of = one.of
        yield (
            of.sheet,
            of.number,
            " · ".join(of.key),
            of.heading or Sentence("the whole row"),
            of.file or None,
            of.document or None,
            of.difference,
            one.why or None,
        )


def _report_now(reader: Reader, recognised: Recognised) -> Report:
    """Build the report of the workbook from the document, its rows read."""
    facts = ProgrammeFacts(recognised.language)
    scope = Scope(recognised.partner, recognised.period.first, recognised.period.last)
    # It is only looked at here, so it tells of people as the workbook does.
    kind = replace(recognised.kind, tells_of_restricted=not recognised.restricted)
    built = build_report(kind, reader, facts, recognised.made_on, scope, masked=recognised.masked)
    said = Wording(recognised.language, facts).report(built)
    return replace(
        said, tables=tuple(replace(table, rows=list(table.rows)) for table in said.tables)
    )


def comparison_kind(comparison: Comparison) -> ReportKind:
    """Give the differences as a report, to be written like the others."""

    def build(reader: Reader, facts: ProgrammeFacts, made_at: datetime) -> Report:
        del facts
        return comparison_report(comparison, reader, made_at)

    return ReportKind(
        "workbook-compared",
        Sentence("Workbook and document compared"),
        Sentence("Where a workbook as it was sent and the document differ."),
        build,
    )
