"""Which two moments a report of differences compares, as the call says it."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from smartct_desktop.cli.passwords import opened
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.moments import NOW, Moment
from smartct_desktop.services.reports.catalog import ReportKind
from smartct_desktop.services.reports.differences import Compared
from smartct_desktop.services.reports.moment_choice import CODE, between


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe how the two moments are named, beside --from and --to."""
    for side in ("from", "to"):
        command.add_argument(
            f"--{side}-step",
            type=int,
            metavar="N",
            help=f"differences: {side} the moment after this step (0: before the first)",
        )
    command.add_argument(
        "--backup", type=Path, metavar="FILE", help="differences: from this backup to now"
    )


def with_moments(kind: ReportKind, parsed: argparse.Namespace) -> ReportKind:
    """Give the report for the moments of the call. Raises `Trouble` where it makes no sense."""
    asked = (parsed.from_step, parsed.to_step, parsed.backup)
    if all(one is None for one in asked):
        return kind
    if kind.code != CODE:
        raise Trouble(
            Sentence("Steps and backups are compared by the report {code} only.", code=CODE)
        )
    steps = parsed.from_step is not None or parsed.to_step is not None
    if (parsed.first or parsed.last) or (steps and parsed.backup):
        raise Trouble(
            Sentence("Two moments are named by days, by steps or by a backup."),
            Sentence("Leave the others out."),
        )
    if parsed.backup:
        opened_backup = partial(opened, parsed.backup, read_only=True)
        return between(Compared(backup=opened_backup, backup_name=parsed.backup.name))
    after = NOW if parsed.to_step is None else Moment(parsed.to_step)
    return between(Compared(Moment(parsed.from_step or 0), after))
