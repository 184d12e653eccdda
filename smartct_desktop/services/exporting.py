"""Writing a report: read at one moment, streamed into a workbook, put in place whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader, Readers
from smartct_desktop.domain.report import Report
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.privacy.restricting import Restriction
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import Part, ReportKind
from smartct_desktop.services.reports.masking import declared
from smartct_desktop.services.reports.masking import masked as without_people
from smartct_desktop.services.reports.period import ALWAYS, Period
from smartct_desktop.services.reports.wording import Wording

SUFFIX = ".xlsx"
_WORKBOOK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Exported:
    """The workbook really written, and what had to be changed so that it can hold everything.

    `report` is its name, `part` the part of the work it is about. `personal` says whether it tells
    something of people, which is then to be noted in the document (`export_notes.py`).
    """

    path: Path
    remarks: tuple[Sentence, ...]
    report: str = ""
    part: str = ""
    personal: bool = False


def file_name(kind: ReportKind, made_on: date) -> str:
    """Propose the name of the workbook."""
    return f"SmartCT_{kind.code}_{made_on.isoformat()}{SUFFIX}"


def export_report(  # noqa: PLR0913 (what a report is made of)
    kind: ReportKind,
    document: Readers,
    facts: ProgrammeFacts,
    *,
    path: Path,
    made_at: datetime,
    progress: Progress,
    period: Period = ALWAYS,
    partner: Id | None = None,
    language: str = "en",
    about: Id | None = None,
    masked: bool = False,
    empty: bool = False,
) -> Exported:
    """Write a report; runs on any thread. Raises `Trouble` and `Cancelled`, leaving nothing half.

    `partner` restricts it to the work of one; `language` is that of the headings and of all words
    that the program itself says. `about` is the one event or person that some reports are about;
    `masked` leaves personal data out, `empty` the records of what others are to fill in.
    Only a workbook is ever replaced. If the target is held open by another program the file is
    written under a second name, which the result gives.
    """
    from smartct_desktop.spreadsheets.writing import write_beside

    _refuse_target(path)
    with document.reader(progress) as reader:
        scope = Scope(partner, period.first, period.last)
        built = build_report(kind, reader, facts, made_at, scope, about, masked=masked, empty=empty)
        report = Wording(language, facts).report(built)
        written = write_beside(report, path, progress)
        part = told_part(kind, reader, scope, about)
    return Exported(written.path, written.remarks, kind.name, part, report.personal)


def told_part(kind: ReportKind, reader: Reader, scope: Scope, about: Id | None) -> str:
    """Say of which part of the work the report is; "" for all of it."""
    told = [str(Period(scope.since, scope.until))]
    if scope.partner:
        told.insert(0, reader.captions("organisation", [scope.partner]).get(scope.partner, ""))
    if about and kind.chosen != "person":  # the note must not outlive what is erased
        told.insert(0, reader.captions(kind.chosen, [about]).get(about, ""))
    return " · ".join(filter(None, told))


def build_report(  # noqa: PLR0913, PLR0917 (what a report is about)
    kind: ReportKind,
    reader: Reader,
    facts: ProgrammeFacts,
    made_at: datetime,
    scope: Scope,
    about: Id | None = None,
    *,
    masked: bool = False,
    empty: bool = False,
) -> Report:
    """Build a report, not said in any language yet. Raises `Trouble` where it knows no such part.

    The reader must stay open until the report's rows were read.
    """
    if empty and kind.empty is not None:
        return kind.empty(reader, facts, made_at, scope)
    built = _built(kind, reader, facts, made_at, scope, about)
    if not kind.tells_of_restricted:
        built = Restriction.read(reader, but=about).report(built)
    if masked and built.personal and Part.MASKED not in kind.parts:
        raise Trouble(
            Sentence("The {report} cannot be told without people.", report=kind.name.lower()),
            Sentence("Write it with personal data, and look after the file."),
        )
    return without_people(built) if masked else declared(built)


def _built(  # noqa: PLR0913, PLR0917 (what a report is about)
    kind: ReportKind,
    reader: Reader,
    facts: ProgrammeFacts,
    made_at: datetime,
    scope: Scope,
    about: Id | None,
) -> Report:
    """Build the report for a part of the work. Raises `Trouble` where the report knows no such."""
    if kind.about is not None and about is not None:
        return kind.about(reader, facts, made_at, about)
    if about is not None:
        raise Trouble(
            Sentence("The {report} is not about one record.", report=kind.name.lower()),
            Sentence("Leave the record out."),
        )
    if scope == EVERYTHING:
        return kind.build(reader, facts, made_at)
    if scope.partner is not None and Part.PARTNER not in kind.parts:
        raise Trouble(
            Sentence("The {report} is of all partners.", report=kind.name.lower()),
            Sentence("Leave the partner out."),
        )
    since, until = scope.since, scope.until
    if (since or until) and Part.PERIOD not in kind.parts:
        raise Trouble(
            Sentence("The {report} is of one day, not of a period.", report=kind.name.lower()),
            Sentence("Leave the days out."),
        )
    if since and until and until < since:
        raise Trouble(
            Sentence("The period ends before it begins."),
            Sentence("Give the earlier day first."),
        )
    return kind.of(reader, facts, made_at, scope) if kind.of else kind.build(reader, facts, made_at)


def _refuse_target(path: Path) -> None:
    """Raise `Trouble` for a target that is no workbook: a report must never replace a document."""
    if path.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("A report is a workbook, and its name ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=path.name + SUFFIX),
        )
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            start = file.read(len(_WORKBOOK))
    except OSError:
        return  # whether it can be written there is found out when it is
    if start not in (_WORKBOOK, b""):
        raise Trouble(
            Sentence("{name} is no workbook, so it is not replaced.", name=path.name),
            Sentence("Choose another name."),
        )
