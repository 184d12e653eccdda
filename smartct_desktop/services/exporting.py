"""Writing a report: read at one moment, streamed into a workbook, put in place whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Readers
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import ReportKind


@dataclass(frozen=True, slots=True)
class Exported:
    """The workbook really written, and what had to be changed so that it can hold everything."""

    path: Path
    remarks: tuple[Sentence, ...]


def file_name(kind: ReportKind, made_on: date) -> str:
    """Propose the name of the workbook."""
    return f"SmartCT_{kind.code}_{made_on.isoformat()}.xlsx"


def export_report(  # noqa: PLR0913 (what a report is made of)
    kind: ReportKind,
    document: Readers,
    facts: ProgrammeFacts,
    *,
    path: Path,
    made_at: datetime,
    progress: Progress,
) -> Exported:
    """Write a report; runs on any thread. Raises `Trouble` and `Cancelled`, leaving nothing half.

    If the target is held open by another program the file is written under a second name, which
    the result gives.
    """
    from smartct_desktop.spreadsheets.writing import write_beside

    with document.reader() as reader:
        written = write_beside(kind.build(reader, facts, made_at), path, progress)
    return Exported(written.path, written.remarks)
