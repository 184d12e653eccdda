"""The command that fills a funder's own template, and lists what it asks for."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing, suppress
from pathlib import Path

from smartct_desktop.cli.exporting import day
from smartct_desktop.cli.figures import partners_called, which_partner
from smartct_desktop.cli.outcome import DONE, LEFT, WRONG, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.domain.errors import InUse
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.document import Document
from smartct_desktop.services.export_notes import note_export
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.reports.wording import LANGUAGES
from smartct_desktop.services.template_filling import (
    fill_template,
    plan_filling,
    template_of,
    told,
)
from smartct_desktop.services.templates.mapping import RegionMap, TemplateMap, read_map
from smartct_desktop.services.templates.plan import TemplatePlan, shown
from smartct_desktop.system.clock import local_now


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe what the command takes beside the document."""
    command.add_argument("template", type=Path, metavar="TEMPLATE", help="the funder's workbook")
    command.add_argument("out", type=Path, nargs="?", metavar="OUT.xlsx")
    for side, field in (("from", "first"), ("to", "last")):
        command.add_argument(
            f"--{side}", dest=field, type=day, metavar="D", help="a day: 2022-03-31"
        )
    command.add_argument("--partner", metavar="NAME", help="one cluster of the partnership")
    command.add_argument("--lang", default="en", metavar="LL", help="en, de, es, ca, bg or it")
    command.add_argument("--map", type=Path, metavar="MAP.json", help="what fills which place")
    command.add_argument("--masked", action="store_true", help="without personal data")
    command.add_argument(
        "--list", action="store_true", help="say what the template asks for and what stays; stop"
    )
    command.add_argument("--json", action="store_true", help="with --list: print it as a map")


def fill(parsed: argparse.Namespace) -> int:
    """Fill a template, or list its places."""
    language = parsed.lang.lower()
    if language not in LANGUAGES:
        languages = ", ".join(LANGUAGES)
        print(f"Templates are filled in {languages}, not in {parsed.lang}.", file=sys.stderr)
        return WRONG
    if parsed.out is None and not parsed.list:
        print("Say into which file, or ask for --list.", file=sys.stderr)
        return WRONG
    said = read_map(parsed.map) if parsed.map else TemplateMap()
    with closing(_opened(parsed)) as document:
        partner: Id | None = None
        if parsed.partner:
            named = partners_called(document.read, parsed.partner)
            if len(named) != 1:
                return which_partner(document.read, parsed.partner)
            partner = named[0].id
        wish = Wish(
            Period(parsed.first, parsed.last), partner, language=language, masked=parsed.masked
        )
        return _go(document, parsed, wish, said)


def _opened(parsed: argparse.Namespace) -> Document:
    """Open for writing only where something may have to be noted, and nobody else has it."""
    if not parsed.list and not parsed.masked:
        with suppress(InUse):
            return opened(parsed.doc)
    return opened(parsed.doc, read_only=True)


def _go(document: Document, parsed: argparse.Namespace, wish: Wish, said: TemplateMap) -> int:
    progress, facts = Progress(), ProgrammeFacts(wish.language)
    template = template_of(parsed.template, progress)
    made_at = local_now()
    plan = plan_filling(template, document.read, facts, wish=wish, said=said, made_at=made_at)
    if parsed.list:
        if parsed.json:
            print_json(_as_map(plan).as_json())
        else:
            _tell(plan)
        return LEFT if plan.problems else DONE
    if plan.problems:
        for problem in plan.problems:
            print(problem, file=sys.stderr)
        return WRONG
    filled = fill_template(
        parsed.template,
        template,
        document,
        facts,
        wish=wish,
        said=said,
        made_at=made_at,
        path=parsed.out,
        progress=progress,
    )
    noted = note_export(document, filled)
    for remark in (*filled.remarks, *filter(None, [noted])):
        print(remark, file=sys.stderr)
    if filled.path != parsed.out:
        print(f"{parsed.out.name} is open in another program.", file=sys.stderr)
    print(f"Wrote {filled.path}.")
    return DONE


def _tell(plan: TemplatePlan) -> None:
    for one in plan.places:
        if one.filled_by is not None:
            value = shown(one.filled_by.value, plan.decimal, share=one.filled_by.share)
            print(f"{one.place.cell:<24} {one.filled_by.name:<32} {value}")
        else:
            state = "stays blank" if one.blank else "?" if one.needed else "stays as it is"
            print(f"{one.place.cell:<24} {one.asked:<32} {state}")
    for rows in plan.rows:
        columns = ", ".join(column.name for column in rows.columns.values())
        print(f"{rows.key:<24} {rows.known.name:<32} {rows.count} rows: {columns}")
    for region in plan.regions:
        if not any(rows.key == region.key for rows in plan.rows):
            print(f"{region.key:<24} {'':<32} stays as it is: {', '.join(region.headings)}")
    for line in (*told(plan), *plan.remarks, *plan.problems):
        print(line)


def _as_map(plan: TemplatePlan) -> TemplateMap:
    """Give what fills the template now, in the form in which it can be changed and given back."""
    places = {
        one.asked: one.filled_by.name if one.filled_by else "" if one.blank else one.asked
        for one in plan.places
        if one.needed
    }
    planned = {rows.key: rows for rows in plan.rows}
    regions = {
        region.key: RegionMap(
            planned[region.key].known.name,
            {
                heading: planned[region.key].columns[place].name
                for place, heading in enumerate(region.headings, region.body.first_column)
                if place in planned[region.key].columns
            },
        )
        for region in plan.regions
        if region.key in planned
    }
    return TemplateMap(places, regions)
