"""Filling a funder's own template: looked at first, planned, and written without any loss."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader, Readers
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.exporting import Exported
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.templates.known import Knowledge
from smartct_desktop.services.templates.mapping import TemplateMap
from smartct_desktop.services.templates.plan import TemplatePlan
from smartct_desktop.services.templates.planning import Planner
from smartct_desktop.spreadsheets.replacing import refuse_replacing
from smartct_desktop.spreadsheets.template_parts import GivenTemplate, Kept
from smartct_desktop.spreadsheets.template_reading import read_template

Template: TypeAlias = GivenTemplate
"""A template as it was read."""

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
"""What the names of templates end in."""

_WORKBOOK = b"PK\x03\x04"
_POINT_LANGUAGES = frozenset({"en"})


def template_of(path: Path, progress: Progress) -> GivenTemplate:
    """Read a template. Raises `Trouble` for what cannot be filled, and `Cancelled`."""
    return read_template(path, progress)


def plan_filling(  # noqa: PLR0913 (what a plan is made of)
    template: GivenTemplate,
    reader: Reader,
    facts: ProgrammeFacts,
    *,
    wish: Wish,
    said: TemplateMap,
    made_at: datetime,
) -> TemplatePlan:
    """Say what would be put where, and what is in the way; reads all records, so use a job.

    Raises `Trouble` for a period that ends before it begins.
    """
    first, last = wish.period.first, wish.period.last
    if first and last and last < first:
        raise Trouble(
            Sentence("The period ends before it begins."),
            Sentence("Give the earlier day first."),
        )
    planner = Planner(template, Knowledge(reader, facts, wish, made_at), said)
    return planner.plan("." if wish.language in _POINT_LANGUAGES else ",")


def fill_template(  # noqa: PLR0913 (what a filled template is made of)
    source: Path,
    template: GivenTemplate,
    document: Readers,
    facts: ProgrammeFacts,
    *,
    wish: Wish,
    said: TemplateMap,
    made_at: datetime,
    path: Path,
    progress: Progress,
) -> Exported:
    """Fill a template, and write it to `path`; runs on any thread.

    Raises `Trouble` if anything of the plan is in the way, if the template has changed since it
    was read, or if it cannot be written there; `Cancelled`. Then nothing is left behind.
    """
    from smartct_desktop.spreadsheets.template_writing import write_filled

    _refuse_target(source, path, template)
    with document.reader(progress) as reader:
        progress.report(Sentence("Counting"))
        plan = plan_filling(template, reader, facts, wish=wish, said=said, made_at=made_at)
        refuse_problems(plan)
        grown = [one.grown for one in plan.rows if one.grown is not None]
        written = write_filled(source, template, plan.fillings(), grown, path, progress)
    name = Sentence("the template {name}", name=template.file)
    remarks = tuple(map(_sentence, plan.remarks))
    return Exported(written, remarks, name, str(wish.period), plan.personal)


def refuse_problems(plan: TemplatePlan) -> None:
    """Raise `Trouble` with what is in the way, the first of it in words."""
    if plan.problems:
        first, more = plan.problems[0], len(plan.problems) - 1
        hint = Sentence("Change the template, or say what is to fill this place.")
        if more:
            hint = Sentence("{n} more things are in the way; look at the list.", n=more)
        raise Trouble(_sentence(first), hint)
    if plan.nothing:
        raise Trouble(
            Sentence("{name} asks for nothing that could be filled.", name=plan.template.file),
            Sentence(
                "Write names in two pairs of braces into its cells, such as {example}, or choose "
                "cells and tables of it.",
                example="{{period}}",
            ),
        )


def told(plan: TemplatePlan) -> list[str]:
    """Say what filling does to the template: what stays, and what becomes of its formulas."""
    template = plan.template
    lines: list[str] = []
    if template.kept:
        lines.append(Sentence("Nothing is lost. What stays as it is:"))
        lines += [
            Sentence("{what}: {n}", what=what(kept), n=n) for kept, n in template.kept.items()
        ]
    else:
        lines.append(Sentence("Nothing is lost: only the cells listed here change."))
    if template.formulas:
        lines.append(
            Sentence(
                "The formulas stay, and count anew when the workbook is opened: {n}.",
                n=template.formulas,
            )
        )
    if Kept.MACROS in template.kept:
        lines.append(Sentence("Macros are kept and never run here."))
    if Kept.PIVOTS in template.kept:
        lines.append(Sentence("Pivot tables show the old data until they are refreshed."))
    if Kept.PROTECTION in template.kept:
        lines.append(Sentence("Protected cells are filled nevertheless; the protection stays."))
    return lines


def what(kept: Kept) -> Sentence:
    """Say what is kept."""
    return Sentence(kept.value[0].upper() + kept.value[1:])


def _sentence(text: str) -> Sentence:
    return text if isinstance(text, Sentence) else Sentence("{text}", text=text)


def _refuse_target(source: Path, path: Path, template: GivenTemplate) -> None:
    """Raise `Trouble` if the template itself, or a file that is no workbook, would be replaced."""
    if path.suffix.lower() != template.suffix:
        raise Trouble(
            Sentence(
                "{name} filled is a workbook whose name ends in {suffix}.",
                name=template.file,
                suffix=template.suffix,
            ),
            Sentence("Use {name} instead.", name=path.with_suffix(template.suffix).name),
        )
    words = Sentence("{name} is the template itself; it is not replaced.", name=path.name)
    refuse_replacing(source, path, words)
