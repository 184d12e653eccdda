"""Reports written in jobs, as workbooks or PDFs, and what is told of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.document import Document
from smartct_desktop.services.export_notes import note_export
from smartct_desktop.services.exporting import Exported, export_report
from smartct_desktop.services.printing import SUFFIX as PDF
from smartct_desktop.services.printing import print_report
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import ReportKind
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.system.clock import local_now
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.jobs import Job, Jobs
from smartct_desktop.ui.notes import Link


@dataclass(frozen=True)
class Order:
    """A report that is to be written, and where."""

    kind: ReportKind
    document: Document
    facts: ProgrammeFacts
    path: Path
    wish: Wish


def write(
    jobs: Jobs,
    order: Order,
    done: Callable[[Exported], object],
    failed: Callable[[Exception], object],
    stopped: Callable[[], object] | None = None,
) -> Job:
    """Write a report in a job; one of the callbacks is called on the window's thread."""
    return jobs.run(
        partial(_write, order),
        done,
        failed,
        stopped,
        title=tr("Writing {name}", name=order.path.name),
    )


def _write(order: Order, progress: Progress) -> Exported:
    from smartct_desktop.ui.printing.pages import draw_pdf

    wish = order.wish
    facts = order.facts if wish.language == "en" else ProgrammeFacts(wish.language)
    if order.path.suffix.lower() == PDF:
        return print_report(
            order.kind,
            order.document,
            facts,
            draw_pdf,
            path=order.path,
            made_at=local_now(),
            progress=progress,
            wish=wish,
        )
    return export_report(
        order.kind,
        order.document,
        facts,
        path=order.path,
        made_at=local_now(),
        progress=progress,
        period=wish.period,
        partner=wish.partner,
        language=wish.language,
        about=wish.about,
        masked=wish.masked,
        empty=wish.empty,
    )


def told(
    asked: Path, exported: Exported, document: Document | None = None
) -> tuple[str, list[Link]]:
    """Give what is said of a file that was written, and where it can be seen.

    In the document, where one is given, is noted what the file tells of people; then this runs on
    the window's thread.
    """
    noted = note_export(document, exported) if document is not None else None
    name = exported.path.name
    sentence = tr("{name} written.", name=name)
    if exported.path != asked:
        sentence = tr(
            "{asked} is open in another program; written as {name}.", asked=asked.name, name=name
        )
    if exported.remarks:
        sentence += " " + tr("What did not fit is told on its first sheet.")
    if noted is not None:
        sentence += " " + say(noted)
    links = [
        Link(tr("Open"), partial(show_in_system, exported.path)),
        Link(tr("Show in folder"), partial(show_in_system, exported.path.parent)),
    ]
    return sentence, links


def show_in_system(path: Path) -> None:
    """Open a file or folder with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
