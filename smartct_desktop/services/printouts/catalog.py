"""Which reports can be had on paper, and how each gets there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smartct_desktop.domain.printout import Printout
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.report import Report
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.printouts.attendance import attendance
from smartct_desktop.services.printouts.kpi_summary import kpi_summary
from smartct_desktop.services.printouts.payments import payments
from smartct_desktop.services.printouts.source import Source
from smartct_desktop.services.reports.wording import Wording

_Build = Callable[[Source, Partnership | None, str], Printout]

PRINTOUTS: Mapping[str, _Build] = {
    "attendance-list": attendance,
    "kpi": kpi_summary,
    "payment-run": payments,
}
"""By the code of the report."""


def printout_of(code: str, report: Report, reader: Reader, wording: Wording) -> Printout:
    """Put a report on paper, in a language. Reads the rows that it shows."""
    made_on = f"{report.made_at.astimezone():%d.%m.%Y}"
    return PRINTOUTS[code](Source(report, wording), own_partnership(reader), made_on)
