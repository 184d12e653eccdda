"""A table as it is shown, as text for other programs (.csv)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.programme.scope import EVERYTHING
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Readers
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.exporting import Exported, build_report
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.view_list import ShownTable, view_report

SUFFIX = ".csv"
COMMA, SEMICOLON = ",", ";"
"""What can stand between the values; programs in most European languages expect semicolons."""

_SEEN = 1024


def csv_name(shown: ShownTable, made_on: date) -> str:
    """Propose the name of the file."""
    return f"SmartCT_{shown.query.kind}_{made_on.isoformat()}{SUFFIX}"


def export_csv(  # noqa: PLR0913 (what a file of values is made of)
    shown: ShownTable,
    document: Readers,
    facts: ProgrammeFacts,
    *,
    path: Path,
    made_at: datetime,
    progress: Progress,
    delimiter: str = COMMA,
) -> Exported:
    """Write what a table shows as CSV; runs on any thread.

    The first line holds the headings, so that programs read it; what the table was filtered by is
    told in workbooks only. Texts that a program might run as a formula are guarded, and come back
    as they were. Raises `Trouble` and `Cancelled`, leaving nothing half.
    """
    from smartct_desktop.spreadsheets.csv_out import CsvOut
    from smartct_desktop.system.second_names import write_beside

    _refuse_target(path)
    with document.reader(progress) as reader:
        kind = view_report(shown)
        report = build_report(kind, reader, facts, made_at, EVERYTHING)
        made: list[CsvOut] = []

        def produce(file: BinaryIO) -> None:
            made.append(CsvOut(report.tables[0], report.words, delimiter=delimiter))
            file.writelines(made[-1].parts(progress))

        written = write_beside(path, produce)
    return Exported(written, made[-1].written(written).remarks, kind.name, personal=report.personal)


def _refuse_target(path: Path) -> None:
    """Raise `Trouble` for a target that is no text: a document must never be replaced."""
    if path.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("The name of a text for other programs ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=path.name + SUFFIX),
        )
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            start = file.read(_SEEN)
    except OSError:
        return  # whether it can be written there is found out when it is
    if b"\0" in start:
        raise Trouble(
            Sentence("{name} is no text, so it is not replaced.", name=path.name),
            Sentence("Choose another name."),
        )
