"""The KPI report on one or two pages: targets, months, partners, countries and money."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.printout import (
    Block,
    Listing,
    Matrix,
    MonthBar,
    Months,
    PrintedColumn,
    Printout,
    TargetLine,
    Targets,
    Terms,
)
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.report import Row
from smartct_desktop.services.printouts.funding import funding_line
from smartct_desktop.services.printouts.source import Part, Source

_MOST_MONTHS = 48
_PARTNERS = (
    ("Partner", 70),
    ("Target", 22),
    ("Counted", 22),
    ("% of target", 24),
    ("Expected", 22),
)
_MONEY = (("Lump sums", 70), ("EUR", 30), ("Exchanges", 24))


def kpi_summary(source: Source, own: Partnership | None, made_on: str) -> Printout:
    """Put the figures on paper; the lists of records stay in the workbook."""
    report = source.said
    facts = [fact for fact in source.head if fact[1]]
    if report.period:
        facts.append((report.words.period, report.period))
    facts.append((report.words.made_on, made_on))
    return Printout(
        title=report.title,
        subtitle=(own.full_name or "") if own else "",
        author=report.partnership,
        facts=tuple(facts),
        funding=source.say(funding_line(own)),
        blocks=tuple(_blocks(source)),
        foot=" · ".join(text for text in (report.partnership, report.title, made_on) if text),
        page=report.words.page,
        language=report.language,
    )


def _blocks(source: Source) -> Iterator[Block]:
    summary = source["Summary"]
    targets = tuple(_target(summary, row, source) for row in summary.rows)
    yield Targets(summary.name, targets)
    yield _months(source["Months"], source.said.words.nothing)
    yield _listing(source["Partners"], _PARTNERS)
    yield _matrix(source["Countries"], source)
    yield _listing(source["Money"], _MONEY)
    defined = [(line.name, line.definition) for line in targets]
    yield Terms(source.said.words.definitions, tuple(defined))


def _target(summary: Part, row: Row, source: Source) -> TargetLine:
    told = [summary.text(row, "Standing")]
    lacking, planned = summary.whole(row, "Lacking"), summary.whole(row, "Plan")
    if lacking:
        told.append(f"{summary.heading('Lacking')}: {lacking}")
    if summary.whole(row, "Expected"):
        told.append(f"{summary.heading('Expected')}: {summary.text(row, 'Expected')}")
    if planned is not None:
        told.append(f"{summary.heading('Plan')}: {planned}")
    if summary.place("In the period") is not None:
        told.append(f"{summary.heading('In the period')}: {summary.text(row, 'In the period')}")
    return TargetLine(
        name=summary.text(row, "Indicator"),
        value=summary.whole(row, "Achieved") or 0,
        target=summary.whole(row, "Target"),
        expected=summary.whole(row, "Expected") or 0,
        planned=planned,
        told=source.say(" · ".join(text for text in told if text)),
        definition=summary.text(row, "Definition"),
    )


def _months(part: Part, nothing: str) -> Months:
    """Give the months; the line without a month (its text is not MM/YYYY) is told in words."""
    bars: list[MonthBar] = []
    besides = ""
    for row in part.rows:
        label = part.text(row, "Month")
        counted, expected = part.whole(row, "Counted") or 0, part.whole(row, "Expected") or 0
        if not label[:2].isdigit():
            besides = f"{label}: {counted} + {expected}"
            continue
        so_far = part.whole(row, "So far") or 0
        bars.append(MonthBar(label, counted, expected, so_far, part.whole(row, "Plan")))
    shown = tuple(bars[-_MOST_MONTHS:])
    return Months(part.name, part.note, shown, part.heading("Plan"), besides, nothing)


def _matrix(part: Part, source: Source) -> Matrix:
    """Give the countries; the sums are those of the sheet, which the last row adds up."""
    corner, *headings = (part.heading(heading) for heading in part.headings)
    rows = [
        (str(row[0]), tuple(value if isinstance(value, int) else None for value in row[1:]))
        for row in part.rows
    ]
    if rows:
        sums = [sum(values[n] or 0 for _, values in rows) for n in range(len(headings))]
        rows.append((source.said.words.total, tuple(sums)))
    return Matrix(part.name, part.note, corner, tuple(headings), tuple(rows))


def _listing(part: Part, wanted: tuple[tuple[str, float], ...]) -> Listing:
    there = [(heading, share) for heading, share in wanted if part.place(heading) is not None]
    columns = tuple(
        PrintedColumn(part.heading(heading), share, right=place > 0)
        for place, (heading, share) in enumerate(there)
    )
    rows = tuple(tuple(part.text(row, heading) for heading, _ in there) for row in part.rows)
    return Listing(part.name, columns, rows, note=part.note)
