"""The command that writes reports."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from smartct_desktop.cli.figures import partners_called, which_partner
from smartct_desktop.cli.moments import with_moments
from smartct_desktop.cli.outcome import DONE, WRONG
from smartct_desktop.cli.passwords import opened
from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.export_notes import note_export
from smartct_desktop.services.exporting import Exported, export_report
from smartct_desktop.services.printing import SUFFIX as PDF
from smartct_desktop.services.printing import is_printed, print_report
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, OF_ONE, REPORTS, Part, ReportKind
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.reports.wording import LANGUAGES
from smartct_desktop.system.clock import local_now

_ALL = (*REPORTS, *OF_ONE, *LISTS)
_MOST_NAMED = 10


def day(text: str) -> date:
    """Read a day as the calls of this program write it. Raises `ArgumentTypeError`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is no day; write it as 2022-03-31"
        raise argparse.ArgumentTypeError(msg) from None


def add_choices(command: argparse.ArgumentParser) -> None:
    """Add what a report can be restricted to, and how it is written."""
    for side, field in (("from", "first"), ("to", "last")):
        command.add_argument(
            f"--{side}", dest=field, type=day, metavar="D", help="a day: 2022-03-31"
        )
    command.add_argument("--partner", metavar="NAME", help="one cluster of the partnership")
    command.add_argument("--event", metavar="NAME", help="the event, by title, code or id")
    command.add_argument("--person", metavar="NAME", help="the person, by name, e-mail or id")
    command.add_argument(
        "--masked", action="store_true", help="without personal data: initials, no addresses"
    )
    command.add_argument(
        "--empty", action="store_true", help="a template for the partner without any records"
    )
    command.add_argument("--lang", default="en", metavar="LL", help="en, de, es, ca, bg or it")


def export(parsed: argparse.Namespace) -> int:
    """Write one report as a workbook, or list what there is."""
    if parsed.list:
        _list_reports()
        return DONE
    if parsed.out is None:
        print("Say which document, which report and which file. See --list.", file=sys.stderr)
        return WRONG
    chosen = next((kind for kind in _ALL if kind.code == parsed.report), None)
    if chosen is None:
        codes = ", ".join(kind.code for kind in _ALL)
        print(f"There is no report {parsed.report}; there are {codes}.", file=sys.stderr)
        return WRONG
    chosen = with_moments(chosen, parsed)
    if parsed.lang.lower() not in LANGUAGES:
        languages = ", ".join(LANGUAGES)
        print(f"Reports are written in {languages}, not in {parsed.lang}.", file=sys.stderr)
        return WRONG
    with closing(_opened(parsed.doc, chosen, masked=parsed.masked)) as document:
        return _write(document, chosen, parsed)


def _list_reports() -> None:
    """Say what there is, and what each can be told; what it must be told goes first."""
    for kind in _ALL:
        pdf = ("OUT.pdf",) if is_printed(kind) else ()
        options = ", ".join((*kind.options, *pdf))
        print(f"{kind.code:<26} {kind.sentence}")
        if options:
            print(f"{'':<26} {options}")


def _opened(path: Path, kind: ReportKind, *, masked: bool) -> Document:
    """Open for writing only where something will have to be noted, and nobody else has it."""
    if not masked and kind.may_tell_of_people:
        with suppress(InUse):
            return opened(path)
    return opened(path, read_only=True)


def _write(document: Document, kind: ReportKind, parsed: argparse.Namespace) -> int:
    partner = None
    if parsed.partner:
        named = partners_called(document.read, parsed.partner)
        if len(named) != 1:
            return which_partner(document.read, parsed.partner)
        partner = named[0].id
    language = parsed.lang.lower()
    wish = Wish(
        Period(parsed.first, parsed.last),
        partner,
        _chosen(document.read, kind, parsed),
        language,
        masked=parsed.masked,
        empty=parsed.empty,
    )
    written = _written(document, kind, wish, parsed)
    if written.path != parsed.out:
        print(f"{parsed.out.name} is open in another program.", file=sys.stderr)
    noted = note_export(document, written)
    for remark in (*written.remarks, *filter(None, [noted])):
        print(remark, file=sys.stderr)
    print(f"Wrote {written.path}.")
    return DONE


def _written(
    document: Document, kind: ReportKind, wish: Wish, parsed: argparse.Namespace
) -> Exported:
    """Write the report as its file's name says. Raises `Trouble`."""
    facts, made_at = ProgrammeFacts(wish.language), local_now()
    if parsed.out.suffix.lower() == PDF:
        if parsed.draw is None:
            raise Trouble(
                Sentence("A PDF cannot be drawn here."), Sentence("Use a name that ends in .xlsx.")
            )
        return print_report(
            kind,
            document,
            facts,
            parsed.draw,
            path=parsed.out,
            made_at=made_at,
            progress=Progress(),
            wish=wish,
        )
    return export_report(
        kind,
        document,
        facts,
        path=parsed.out,
        made_at=made_at,
        progress=Progress(),
        period=wish.period,
        partner=wish.partner,
        language=wish.language,
        about=wish.about,
        masked=wish.masked,
        empty=wish.empty,
    )


def _chosen(reader: Reader, kind: ReportKind, parsed: argparse.Namespace) -> Id | None:
    """Find the one record that the report is about. Raises `Trouble` if that is not clear."""
    if parsed.empty and Part.EMPTY not in kind.parts:
        raise Trouble(
            Sentence("The {report} is not to be filled in.", report=kind.code),
            Sentence("Leave --empty out."),
        )
    for what in ("event", "person"):
        name = getattr(parsed, what)
        if name and kind.chosen != what:
            raise Trouble(
                Sentence("The {report} is not about one {what}.", report=kind.code, what=what),
                Sentence("Leave --{what} out.", what=what),
            )
    if not kind.chosen:
        return None
    name = getattr(parsed, kind.chosen)
    if not name:
        raise Trouble(
            Sentence("The {report} is about one {what}.", report=kind.code, what=kind.chosen),
            Sentence("Say which one: --{what} NAME.", what=kind.chosen),
        )
    return record_called(reader, kind.chosen, name)


_KEYS = {"event": ("title", "code"), "person": ("name", "email")}


def record_called(reader: Reader, kind: str, name: str) -> Id:
    """Give the record with this id or name, otherwise the only one that contains the words."""
    wanted = fold(name)
    whole: list[Id] = []
    part: list[Id] = []
    for id_, *texts in reader.columns(kind, _KEYS[kind]):
        told = [fold(text) for text in texts if text]
        if name == id_ or wanted in told:
            whole.append(id_)
        elif any(wanted in text for text in told):
            part.append(id_)
    found = whole or part
    if len(found) == 1:
        return found[0]
    label = schema_of(kind).label.lower()
    if not found:
        raise Trouble(Sentence("No {what} is called {name}.", what=label, name=name))
    names = sorted(reader.captions(kind, found[:_MOST_NAMED]).values())
    raise Trouble(
        Sentence(
            "{n} records of the kind {what} are called {name}.", n=len(found), what=label, name=name
        ),
        Sentence("Say the whole name, the code or the id: {names}.", names=", ".join(names)),
    )
