"""Writing a report: read at one moment, streamed into a workbook, put in place whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Readers
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import ReportKind

SUFFIX = ".xlsx"
_WORKBOOK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Exported:
    """The workbook really written, and what had to be changed so that it can hold everything."""

    path: Path
    remarks: tuple[Sentence, ...]


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
) -> Exported:
    """Write a report; runs on any thread. Raises `Trouble` and `Cancelled`, leaving nothing half.

    Only a workbook is ever replaced. If the target is held open by another program the file is
    written under a second name, which the result gives.
    """
    from smartct_desktop.spreadsheets.writing import write_beside

    _refuse_target(path)
    with document.reader() as reader:
        written = write_beside(kind.build(reader, facts, made_at), path, progress)
    return Exported(written.path, written.remarks)


def _refuse_target(path: Path) -> None:
    """Raise `Trouble` for a target that is no workbook: a report must never replace a document."""
    if path.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("A report is a workbook, and its name ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=path.name + SUFFIX),
        )
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(_WORKBOOK))
    except OSError:
        return  # whether it can be replaced is found out when it is
    if start not in (_WORKBOOK, b""):
        raise Trouble(
            Sentence("{name} is no workbook, so it is not replaced.", name=path.name),
            Sentence("Choose another name."),
        )
