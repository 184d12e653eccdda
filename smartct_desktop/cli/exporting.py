"""The command that writes reports."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date

from smartct_desktop.cli.figures import partners_called, which_partner
from smartct_desktop.cli.outcome import DONE, WRONG
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, REPORTS
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.wording import LANGUAGES
from smartct_desktop.system.clock import local_now


def day(text: str) -> date:
    """Read a day as the calls of this program write it. Raises `ArgumentTypeError`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is no day; write it as 2022-03-31"
        raise argparse.ArgumentTypeError(msg) from None


def export(parsed: argparse.Namespace) -> int:
    """Write one report as a workbook, or list what there is."""
    if parsed.list:
        for kind in (*REPORTS, *LISTS):
            print(f"{kind.code:<26} {kind.sentence}")
        return DONE
    if parsed.out is None:
        print("Say which document, which report and which file. See --list.", file=sys.stderr)
        return WRONG
    chosen = next((kind for kind in (*REPORTS, *LISTS) if kind.code == parsed.report), None)
    if chosen is None:
        codes = ", ".join(kind.code for kind in (*REPORTS, *LISTS))
        print(f"There is no report {parsed.report}; there are {codes}.", file=sys.stderr)
        return WRONG
    language = parsed.lang.lower()
    if language not in LANGUAGES:
        languages = ", ".join(LANGUAGES)
        print(f"Reports are written in {languages}, not in {parsed.lang}.", file=sys.stderr)
        return WRONG
    with closing(open_document(parsed.doc, read_only=True)) as document:
        partner = None
        if parsed.partner:
            named = partners_called(document.read, parsed.partner)
            if len(named) != 1:
                return which_partner(document.read, parsed.partner)
            partner = named[0].id
        written = export_report(
            chosen,
            document,
            ProgrammeFacts(language),
            path=parsed.out,
            made_at=local_now(),
            progress=Progress(),
            period=Period(parsed.first, parsed.last),
            partner=partner,
            language=language,
        )
    if written.path != parsed.out:
        print(f"{parsed.out.name} is open in another program.", file=sys.stderr)
    for remark in written.remarks:
        print(remark, file=sys.stderr)
    print(f"Wrote {written.path}.")
    return DONE
