"""The command that compares a workbook as it was sent with the document."""

from __future__ import annotations

import argparse
from contextlib import closing

from smartct_desktop.cli.outcome import DONE, LEFT, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.cli.progress_line import told
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.comparing.comparison import Comparison, Difference, compare_workbook


def compare(parsed: argparse.Namespace) -> int:
    """List where the workbook and the document differ; exit code 1 if they do."""
    with closing(opened(parsed.doc, read_only=True)) as document, told(Progress()) as going:
        found = compare_workbook(document, parsed.workbook, going)
    if parsed.json:
        print_json(_as_json(found))
    else:
        _tell(found)
    return LEFT if found.differences or found.lacking else DONE


def _tell(found: Comparison) -> None:
    recognised = found.recognised
    period = f", {recognised.period}" if not recognised.period.open else ""
    partner = f", {recognised.partner_name}" if recognised.partner_name else ""
    made = f"{recognised.made_on:%Y-%m-%d %H:%M}"
    print(f"{found.file}: {recognised.kind.name}{period}{partner}, made on {made}.")
    if found.closed is not None:
        print(f"It is the workbook that was sent for the period {found.closed.name}.")
    for name in found.lacking:
        print(f"The workbook has no sheet {name}.")
    for one in found.differences:
        print(_line(one))
    print(f"{len(found.differences)} differences." if found.differences else "They agree.")


def _line(one: Difference) -> str:
    of = one.of
    what = f"{of.sheet}, {' · '.join(of.key)}"
    if of.heading:
        what = f"{what}, {of.heading}: {of.file or '–'} in the workbook, {of.document or '–'} now"
    elif of.file:
        what = f"{what}: only in the workbook"
    else:
        what = f"{what}: only in the document"
    return f"{what}\n    {one.why}".replace("\n", "\n    ") if one.why else what


def _as_json(found: Comparison) -> dict[str, object]:
    recognised = found.recognised
    period = recognised.period
    return {
        "file": found.file,
        "report": recognised.kind.code,
        "language": recognised.language,
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "partner": recognised.partner_name or None,
        "made_on": recognised.made_on.isoformat(),
        "closed_period": found.closed.name if found.closed else None,
        "sheets_lacking": list(found.lacking),
        "differences": [
            {
                "sheet": one.of.sheet,
                "row": one.of.number,
                "what": list(one.of.key),
                "column": one.of.heading or None,
                "file": one.of.file or None,
                "document": one.of.document or None,
                "difference": one.of.difference,
                "record": one.of.id or None,
                "why": one.why or None,
            }
            for one in found.differences
        ],
    }
