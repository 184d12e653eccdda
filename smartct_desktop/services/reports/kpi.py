"""The KPI report: targets and what was achieved, by partner, month and country, with the records.

Every number comes from `services/figures.py` and `services/breakdowns.py`, as in the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from smartct_desktop.domain.charts import Chart, Drawn, Mark, Series, Tone
from smartct_desktop.domain.programme.pace import Pace
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figures import Figure
from smartct_desktop.services.lump_sums import lump_sums
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.adjustments import adjustment_tables
from smartct_desktop.services.reports.frame import framed
from smartct_desktop.services.reports.kpi_basis import (
    PIPELINE,
    PLAN,
    Basis,
    share,
    share_of_target,
)
from smartct_desktop.services.reports.kpi_parts import (
    countries_table,
    hosts_table,
    months_table,
    partners_table,
    status_table,
    types_table,
)
from smartct_desktop.services.reports.kpi_records import record_tables

_REACHED = Sentence("reached")
_ALL_OF_IT = 100  # percent


def kpi(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the KPI report (workbook X3); the reader must stay open until it is written."""
    basis = Basis(reader, facts, made_at, scope)
    return framed(
        "KPI report",
        reader,
        made_at,
        scope,
        own=basis.facts.own,
        tables=[
            _summary(basis),
            status_table(basis),
            partners_table(basis),
            hosts_table(basis),
            months_table(basis),
            countries_table(basis),
            types_table(basis),
            _money(basis),
            *record_tables(basis),
            *adjustment_tables(basis.reader, basis.facts, basis.programme, basis.scope),
        ],
        definitions=list(_definitions(basis)),
    )


def _summary(basis: Basis) -> Table:
    within = (Column("In the period", Kind.WHOLE),) if basis.has_period else ()
    achieved = Column("Achieved", Kind.WHOLE, note="From the beginning to the last day told.")
    columns = (
        Column("Indicator", width=26),
        Column("Target", Kind.WHOLE),
        achieved,
        *within,
        share_of_target("Achieved"),
        Column("Lacking", Kind.WHOLE),
        PIPELINE,
        PLAN,
        Column("Standing", width=20, marks=(Mark(Tone.GOOD, text=_REACHED),)),
        Column("Definition", width=48),
    )
    with_target = [line for line in basis.lines if line.achieved.target]
    chart = Chart(
        "Targets reached, in percent",
        "Indicator",
        (Series("% of target", Drawn.BARS),),
        rows=len(basis.lines),
        top=None if any(line.achieved.missing == 0 for line in with_target) else _ALL_OF_IT,
    )
    charts = (chart,) if with_target else ()
    return Table("Summary", columns, list(_indicators(basis)), frozen=1, charts=charts)


def _indicators(basis: Basis) -> Iterator[Row]:
    for line in basis.lines:
        figure = line.achieved
        within = (line.in_period.value,) if basis.has_period else ()
        yield (
            figure.name,
            figure.target,
            figure.value,
            *within,
            share(figure.value, figure.target),
            figure.missing,
            line.expected,
            line.pace.by(basis.until) if line.pace else None,
            _standing(figure, line.pace, basis.until),
            figure.definition,
        )


def _standing(figure: Figure, pace: Pace | None, day: date) -> Sentence:
    if figure.target is None:
        return Sentence("no target")
    if figure.value >= figure.target:
        return _REACHED
    if pace is None:
        return Sentence("open")
    behind = pace.by(day) - figure.value
    return Sentence("{n} behind the plan", n=behind) if behind > 0 else Sentence("as planned")


def _money(basis: Basis) -> Table:
    waiting = basis.stock.waiting.listed(basis.facts)
    payments = basis.stock.waiting.payments.values()
    sums = lump_sums(basis.facts, payments, waiting, basis.scope)
    columns = (
        Column("Lump sums", width=34),
        Column("EUR", Kind.MONEY),
        Column("Exchanges", Kind.WHOLE),
    )
    rows: list[Row] = [
        (Sentence("Paid"), sums.paid.value, len(sums.paid.counted)),
        (Sentence("Due now"), sums.due.value, len(sums.due.counted)),
        (Sentence("Promised"), sums.promised.value, len(sums.promised.counted)),
    ]
    if sums.granted is not None:
        rows.append((Sentence("Budget"), sums.granted, None))
        rows.append((Sentence("Left of the budget"), sums.left, None))
    return Table("Money", columns, rows)


def _definitions(basis: Basis) -> Iterator[Definition]:
    for line in basis.lines:
        yield Definition(line.achieved.name, line.achieved.definition)
    yield Definition(
        "Achieved",
        Sentence(
            "All that counts from the beginning on; where the period has ended, until its "
            "last day, so that records without a date are not among it."
        ),
    )
    yield Definition("Plan", Sentence("The same number each day up to the target."))
