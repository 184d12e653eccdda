"""The command that writes reports."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from smartct_desktop.cli.outcome import DONE, WRONG
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.system.clock import local_now


def export(parsed: argparse.Namespace) -> int:
    """Write one report as a workbook, or list what there is."""
    if parsed.list:
        for kind in REPORTS:
            print(f"{kind.code:<26} {kind.sentence}")
        return DONE
    if parsed.out is None:
        print("Say which document, which report and which file. See --list.", file=sys.stderr)
        return WRONG
    chosen = next((kind for kind in REPORTS if kind.code == parsed.report), None)
    if chosen is None:
        codes = ", ".join(kind.code for kind in REPORTS)
        print(f"There is no report {parsed.report}; there are {codes}.", file=sys.stderr)
        return WRONG
    with closing(open_document(parsed.doc, read_only=True)) as document:
        written = export_report(
            chosen,
            document,
            ProgrammeFacts(),
            path=parsed.out,
            made_at=local_now(),
            progress=Progress(),
        )
    if written.path != parsed.out:
        print(f"{parsed.out.name} is open in another program.", file=sys.stderr)
    for remark in written.remarks:
        print(remark, file=sys.stderr)
    print(f"Wrote {written.path}.")
    return DONE
