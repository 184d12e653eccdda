"""The main job from beginning to end, on the sample: what the program is for, seen working."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.exporting import export_report, file_name
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.plan import Plan
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.opening import SAMPLE_NAME, SUFFIX, new_sample, open_document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.protection import protect
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.system.clock import local_now, local_today
from smartct_desktop.system.resources import resource

PARTNER_FILE = "sample/Exchanges_Leipzig_2021-2022.xlsx"

Tell = Callable[[Sentence], None]


@dataclass(frozen=True, slots=True)
class MainJob:
    """What the main job left behind: the document, the plan of the import, the reports."""

    document: Path
    plan: Plan
    reports: tuple[Path, ...]


def do_main_job(folder: Path, tell: Tell) -> MainJob:
    """Make the sample, import a partner's file, correct, undo, redo and export into `folder`.

    `tell` hears of each thing done. Raises `Trouble` as soon as something does not come out as it
    must: that is the whole point of it.
    """
    facts = ProgrammeFacts()
    path = folder / f"{SAMPLE_NAME}{SUFFIX}"
    with closing(new_sample(path, facts)) as document:
        tell(Sentence("Made {name} with the sample partnership.", name=path.name))
        plan = _import(document, facts, tell)
        _correct(document, tell)
    with closing(open_document(path)) as document:
        _undo_and_redo(document, tell)
        reports = tuple(_export(document, facts, folder, tell))
        found = document.integrity()
        _must(not found, Sentence("the document is whole: {found}", found="; ".join(found)))
        tell(Sentence("Checked the document: it is whole."))
    _protect(path, tell)
    return MainJob(path, plan, reports)


def _protect(path: Path, tell: Tell) -> None:
    """Protect a copy, which shows whether this installation can open such documents."""
    copy = path.with_name(f"protected{SUFFIX}")
    shutil.copyfile(path, copy)
    key = protect(copy, secrets.token_urlsafe())
    with closing(open_document(copy, key=key)) as document:
        _must(document.read.total("exchange") > 0, Sentence("a protected document opens again"))
    copy.unlink()
    tell(Sentence("Protected a copy with a password, and opened that."))


def _import(document: Document, facts: ProgrammeFacts, tell: Tell) -> Plan:
    importer = Importer(document, facts, local_today())
    progress = Progress()
    book = importer.read(resource(PARTNER_FILE), progress)
    plan = importer.plan_with(book, {}, Wish(), progress)
    importer.commit(plan)
    counts = plan.counts
    stored = document.read.total("exchange")
    _must(stored == counts.add > 0, Sentence("each row added is an exchange"))
    tell(
        Sentence(
            "Imported {file}: {rows} rows, {add} added, {wait} wait for an answer, {skip} skipped.",
            file=plan.file,
            rows=counts.rows,
            add=counts.add,
            wait=counts.wait,
            skip=counts.skip,
        )
    )
    for finding in plan.findings:
        rows = ", ".join(map(str, finding.rows))
        tell(
            Sentence(
                "Finding {code}, rows {rows}: {sentence}",
                code=finding.code,
                rows=rows or "-",
                sentence=finding.sentence,
            )
        )
    again = importer.plan_with(book, {}, Wish(), progress)
    _must(
        again.counts.add == again.counts.change == 0,
        Sentence("importing the same file again changes nothing"),
    )
    return plan


def _first(document: Document) -> Exchange:
    with closing(document.read.window(Query("exchange"))) as window:
        return document.read.get(Exchange, window.ids(0, 1)[0])


def _correct(document: Document, tell: Tell) -> None:
    exchange = _first(document)
    label = Sentence("change of Remark ({number})", number=exchange.number)
    with document.edit(label) as edit:
        edit.set(exchange, "remark", "looked at with the visitor")
    tell(Sentence("Corrected {number}.", number=exchange.number))


def _undo_and_redo(document: Document, tell: Tell) -> None:
    """After a restart, as a person would find the document the next morning."""
    corrected = _first(document)
    document.undo()
    undone = _first(document)
    document.redo()
    _must(
        undone.remark != corrected.remark and _first(document) == corrected,
        Sentence("a step can be undone and redone after a restart"),
    )
    tell(Sentence("Undid and redid the correction after a restart."))


def _export(document: Document, facts: ProgrammeFacts, folder: Path, tell: Tell) -> list[Path]:
    written = []
    for kind in REPORTS:
        path = folder / file_name(kind, local_today())
        exported = export_report(
            kind, document, facts, path=path, made_at=local_now(), progress=Progress()
        )
        written.append(exported.path)
        tell(Sentence("Wrote {name}.", name=exported.path.name))
    return written


def _must(holds: bool, what: Sentence) -> None:  # noqa: FBT001 (reads as a sentence)
    if not holds:
        raise Trouble(
            Sentence("Something that must hold did not: {what}.", what=what),
            Sentence("This installation is not sound. Install the program again."),
        )
