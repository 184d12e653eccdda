"""The report of differences for two moments that somebody has chosen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from smartct_desktop.services.reports.catalog import REPORTS, Part, ReportKind
from smartct_desktop.services.reports.differences import Compared, compared_report

CODE = "differences"


def between(compared: Compared) -> ReportKind:
    """Give the report of differences for two moments; it has no period to choose any more."""
    kind = next(kind for kind in REPORTS if kind.code == CODE)
    build = partial(compared_report, compared)
    return replace(kind, build=build, of=None, parts=frozenset({Part.MASKED}))
