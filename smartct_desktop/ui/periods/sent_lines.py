"""What was sent for a figure in closed periods, told where the figure is explained."""

from __future__ import annotations

from functools import partial

from smartct_desktop.domain.fields import Day
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.sent_figure import Span
from smartct_desktop.services.adjustments import Adjusted, adjustments
from smartct_desktop.services.closed_periods import closed_periods
from smartct_desktop.services.figures import Figure
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.periods.trying import persistently

MINUS = "\u2212"


def sent_lines(desk: Desk, figure: Figure, _progress: Progress) -> list[str]:
    """Say a figure as it was sent for each closed period; on the thread of a job."""
    return persistently(partial(_lines, desk, figure))


def _lines(desk: Desk, figure: Figure) -> list[str]:
    with desk.document.reader() as reader:
        periods = closed_periods(reader)
        if not periods:
            return []
        facts = desk.stock.read(reader, desk.facts, local_today()).facts
        return [
            _line(desk, period, one)
            for period in periods
            for one in adjustments(reader, facts, period)
            if one.figure.code == figure.code
            and one.figure.cluster == figure.scope.partner
            and one.figure.span is _span(period)
        ]


def _span(period: ReportingPeriod) -> Span:
    return Span.SO_FAR if period.first is None else Span.IN_PERIOD


def _line(desk: Desk, period: ReportingPeriod, one: Adjusted) -> str:
    day = desk.texts.shown(Day(), period.closed_on)
    if not one.adjustments:
        return tr(
            "As sent on {day} for {period}: {n}; nothing moved since.",
            day=day,
            period=period.name,
            n=one.sent,
        )
    parts = (one.added, -one.removed, one.changed)
    moved = " ".join(f"{part:+}".replace("-", MINUS) for part in parts if part)
    return tr(
        "As sent on {day} for {period}: {n}; {moved} since = {now}.",
        day=day,
        period=period.name,
        n=one.sent,
        moved=moved,
        now=one.now,
    )
