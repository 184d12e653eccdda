"""The commands that close a period, and open it again; what was sent for closed ones."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from smartct_desktop.cli.exporting import day
from smartct_desktop.cli.outcome import DONE, LEFT, WRONG, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.cli.sent_figures import adjusted_json
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.adjustments import Adjusted, adjustments
from smartct_desktop.services.closed_periods import (
    Closing,
    close,
    closed_periods,
    open_again,
    plan_closing,
)
from smartct_desktop.services.comparing.sent_file import sent_file
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.system.clock import local_today


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe what the command takes, apart from the document and --json."""
    command.add_argument("--from", dest="first", type=day, metavar="D", help="its first day")
    command.add_argument("--to", dest="last", type=day, metavar="D", help="its last day")
    command.add_argument("--name", default="", metavar="NAME", help="what it is called")
    command.add_argument("--file", type=Path, metavar="WORKBOOK", help="the workbook that was sent")
    command.add_argument("--lang", default="en", metavar="LL", help="the language it was sent in")
    command.add_argument("--reopen", metavar="NAME", help="open a closed period again instead")
    command.add_argument("--because", default="", metavar="TEXT", help="why it is opened again")


def close_period(parsed: argparse.Namespace) -> int:
    """Close a period, open one again, or list the closed ones."""
    with closing(opened(parsed.doc, read_only=_only_lists(parsed))) as document:
        if parsed.reopen:
            named = [p for p in closed_periods(document.read) if p.name == parsed.reopen]
            if len(named) != 1:
                print(f"No closed period is called {parsed.reopen}.", file=sys.stderr)
                return WRONG
            open_again(document, named[0], parsed.because, local_today())
            print(f"Opened the period {parsed.reopen} again.")
            return DONE
        if parsed.last is None:
            _list(document.read, as_json=parsed.json)
            return DONE
        planned = plan_closing(
            document.read,
            local_today(),
            (parsed.first, parsed.last),
            name=parsed.name,
            language=parsed.lang,
            file=sent_file(parsed.file) if parsed.file else None,
        )
        close(document, planned)
    return _tell(planned, as_json=parsed.json)


def _only_lists(parsed: argparse.Namespace) -> bool:
    return parsed.last is None and not parsed.reopen


def _list(reader: Reader, *, as_json: bool) -> None:
    facts = FigureFacts.read(reader, local_today())
    told = [
        {
            "period": period.name,
            "from": period.first.isoformat() if period.first else None,
            "to": period.last.isoformat(),
            "closed_on": period.closed_on.isoformat(),
            "closed_by": period.closed_by,
            "file": period.file,
            "sha256": period.sha256,
            "figures": [
                {"code": one.figure.code, "partner": one.figure.cluster_name} | adjusted_json(one)
                for one in adjustments(reader, facts, period)
            ],
        }
        for period in closed_periods(reader)
    ]
    if as_json:
        print_json(told)
        return
    if not told:
        print("No period is closed.")
    for period in closed_periods(reader):
        print(f"{period.name}, closed on {period.closed_on}")
        for one in adjustments(reader, facts, period):
            if one.figure.cluster is None or one.adjustments:
                print(f"  {_line(one)}")


def _line(one: Adjusted) -> str:
    figure = one.figure
    moved = f" + {one.added} - {one.removed}" + (f" {one.changed:+}" if one.changed else "")
    part = f", {figure.cluster_name}" if figure.cluster_name else ""
    sent = f"{one.sent} sent{moved} = {one.now}" if one.adjustments else f"{one.sent} sent"
    return f"{figure.name}{part}, {figure.span.label.lower()}: {sent}"


def _tell(planned: Closing, *, as_json: bool) -> int:
    whole = [figure for figure in planned.figures if figure.cluster is None]
    errors = sorted({one.caption for one in planned.open_errors})
    if as_json:
        print_json(
            {
                "period": planned.period.name,
                "figures": [
                    {
                        "code": figure.code,
                        "partner": figure.cluster_name,
                        "span": figure.span.value.lower(),
                        "target": figure.target,
                        "value": figure.value,
                    }
                    for figure in planned.figures
                ],
                "open_errors": errors,
            }
        )
    else:
        print(f"Closed the period {planned.period.name}.")
        for figure in whole:
            print(f"  {figure.name}, {figure.span.label.lower()}: {figure.value}")
        for caption in errors:
            print(f"  counts although something is wrong with it: {caption}", file=sys.stderr)
    return LEFT if errors else DONE
