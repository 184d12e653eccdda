"""Writing a report as a PDF: built like a workbook, drawn by whoever can, put in place whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Readers
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.drawing import Draw
from smartct_desktop.services.exporting import Exported, told_part
from smartct_desktop.services.printouts.catalog import PRINTOUTS, printout_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import ReportKind
from smartct_desktop.services.reports.preview import build_wish
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.reports.wording import Wording
from smartct_desktop.system.second_names import write_beside

SUFFIX = ".pdf"
_BEGIN = b"%PDF"


def is_printed(kind: ReportKind) -> bool:
    """Whether the report can be had as a PDF."""
    return kind.code in PRINTOUTS


def print_report(  # noqa: PLR0913 (what a report is made of)
    kind: ReportKind,
    document: Readers,
    facts: ProgrammeFacts,
    draw: Draw,
    *,
    path: Path,
    made_at: datetime,
    progress: Progress,
    wish: Wish,
) -> Exported:
    """Write a report as PDF; runs on any thread. Raises `Trouble` and `Cancelled`.

    Only a PDF is ever replaced; if another program has it open, a second name is taken.
    """
    _refuse(kind, path)
    with document.reader(progress) as reader:
        built = build_wish(kind, reader, facts, made_at, wish)
        part = told_part(kind, reader, wish.scope, wish.about)
        printout = printout_of(kind.code, built, reader, Wording(wish.language, facts))
    content = draw(printout, progress)

    def produce(file: BinaryIO) -> None:
        progress.report(Sentence("Saving {name}", name=path.name))
        file.write(content)

    written = write_beside(path, produce)
    return Exported(written, (), kind.name, part, built.personal)


def _refuse(kind: ReportKind, path: Path) -> None:
    if not is_printed(kind):
        raise Trouble(
            Sentence("“{report}” is a workbook, not a PDF.", report=kind.name),
            Sentence("Use a name that ends in {suffix}.", suffix=".xlsx"),
        )
    if path.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("The name of a PDF ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=path.name + SUFFIX),
        )
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            start = file.read(len(_BEGIN))
    except OSError:
        return  # whether it can be written there is found out when it is
    if start not in {_BEGIN, b""}:
        raise Trouble(
            Sentence("{name} is no PDF, so it is not replaced.", name=path.name),
            Sentence("Choose another name."),
        )
