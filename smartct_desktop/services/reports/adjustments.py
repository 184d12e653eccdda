"""What moved since figures were sent: the sheets for the reports that come later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.sent_figure import Span
from smartct_desktop.domain.report import Column, Kind, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.adjustments import Adjusted, adjustments
from smartct_desktop.services.causes import Causes, CauseWords, step_of_closing, told
from smartct_desktop.services.closed_periods import closed_periods
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts, TextStyle

_SPANS = {Span.SO_FAR: Sentence("so far"), Span.IN_PERIOD: Sentence("in the period")}
"""How a sheet says over which days a figure was counted."""

_FIGURES = (
    Column("Period", width=16),
    Column("Closed on", Kind.DAY),
    Column("Indicator", width=28),
    Column("Partner", width=28),
    Column("Days", width=16),
    Column("Target", Kind.WHOLE),
    Column("As sent", Kind.WHOLE),
    Column("Added", Kind.WHOLE, note="What records brought that did not count then."),
    Column("Taken away", Kind.WHOLE, note="What records that counted then took away."),
    Column("Changed", Kind.WHOLE, note="Records that count for more or fewer, together."),
    Column("Now", Kind.WHOLE, note="As sent + added - taken away + changed."),
)
_RECORDS = (
    Column("Period", width=16),
    Column("Indicator", width=28),
    Column("Days", width=16),
    Column("Record", width=34),
    Column("As sent", Kind.WHOLE),
    Column("Now", Kind.WHOLE),
    Column("Adjustment", Kind.WHOLE),
    Column("Because", width=36),
    Column("What changed", width=50),
    Column("Changed on", Kind.MOMENT),
)


def adjustment_tables(
    reader: Reader,
    facts: FigureFacts,
    programme: ProgrammeFacts,
    scope: Scope = EVERYTHING,
) -> tuple[Table, ...]:
    """Give the sheets on all closed periods, for the work of all or of the scope's partner.

    None where no period is closed. For each figure as sent and its adjustments are what is now.
    """
    held = [
        _Held(reader, period, _of_part(adjustments(reader, facts, period), scope.partner))
        for period in closed_periods(reader)
    ]
    if not held:
        return ()
    words = CauseWords(reader, Texts(programme, TextStyle()))
    note = "Closed periods: the figures as they were sent, what moved since, and the figures now."
    return (
        Table("Adjustments", _FIGURES, list(_figure_rows(held)), note=note, frozen=3),
        Table(
            "Adjusted records",
            _RECORDS,
            list(_record_rows(held, words)),
            note="The records behind the adjustments, and what happened to them since.",
            frozen=2,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A closed period held against now."""

    reader: Reader
    period: ReportingPeriod
    figures: Sequence[Adjusted]


def _of_part(found: Sequence[Adjusted], partner: Id | None) -> list[Adjusted]:
    return [one for one in found if partner is None or one.figure.cluster == partner]


def _figure_rows(held: Sequence[_Held]) -> Iterator[Row]:
    for one in held:
        for adjusted in one.figures:
            figure = adjusted.figure
            yield (
                one.period.name,
                one.period.closed_on,
                Sentence(figure.name),
                figure.cluster_name or Sentence("all partners"),
                _SPANS[figure.span],
                figure.target,
                adjusted.sent,
                adjusted.added or None,
                adjusted.removed or None,
                adjusted.changed or None,
                adjusted.now,
            )


def _record_rows(held: Sequence[_Held], words: CauseWords) -> Iterator[Row]:
    """Give each record once for a figure of the whole; those of partners are the same records."""
    for one in held:
        causes = Causes(one.reader, step_of_closing(one.reader, one.period.id))
        for adjusted in _told_once(one.figures):
            figure = adjusted.figure
            for moved in adjusted.adjustments:
                found = list(told(causes.of(figure.records_kind, moved.id)))
                newest = found[-1].step if found else None
                yield (
                    one.period.name,
                    Sentence(figure.name),
                    _SPANS[figure.span],
                    moved.caption,
                    moved.sent,
                    moved.now,
                    moved.difference,
                    moved.because,
                    "\n".join(map(words.what, found)) or None,
                    newest.at if newest else None,
                )


def _told_once(figures: Sequence[Adjusted]) -> Iterator[Adjusted]:
    """Leave out the partners' figures where those of the whole are there.

    A record that only moved from one partner to another is told with both.
    """
    whole = {
        (one.figure.code, one.figure.span): frozenset(moved.id for moved in one.adjustments)
        for one in figures
        if one.figure.cluster is None
    }
    for one in figures:
        known = whole.get((one.figure.code, one.figure.span), frozenset())
        if one.figure.cluster is None or not {m.id for m in one.adjustments} <= known:
            yield one
