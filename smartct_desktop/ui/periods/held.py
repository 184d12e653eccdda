"""A closed period held against now, with what happened to each record: read in a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.services.adjustments import Adjusted, adjustments
from smartct_desktop.services.causes import Cause, Causes, CauseWords, step_of_closing, told
from smartct_desktop.services.closed_periods import closed_periods
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.periods.trying import persistently


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to one record: what, who did it, and when."""

    what: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Held:
    """A closed period, its figures as sent and now, and what happened by kind and id."""

    period: ReportingPeriod
    figures: tuple[Adjusted, ...]
    happened: Mapping[tuple[str, Id], tuple[Happened, ...]]


def hold(desk: Desk, progress: Progress) -> list[Held]:
    """Hold all closed periods against now; on the thread of a job."""
    return persistently(partial(_hold, desk, progress))


def _hold(desk: Desk, progress: Progress) -> list[Held]:
    with desk.document.reader(progress) as reader:
        periods = closed_periods(reader)
        if not periods:
            return []
        facts = desk.stock.read(reader, desk.facts, local_today()).facts
        words = CauseWords(reader, desk.texts)
        return [_held(reader, period, facts, words) for period in periods]


def _held(reader: Reader, period: ReportingPeriod, facts: FigureFacts, words: CauseWords) -> Held:
    figures = tuple(adjustments(reader, facts, period))
    causes = Causes(reader, step_of_closing(reader, period.id))
    keys = {(one.figure.records_kind, moved.id) for one in figures for moved in one.adjustments}
    happened = {
        key: tuple(Happened(words.what(cause), cause) for cause in told(causes.of(*key)))
        for key in keys
    }
    return Held(period, figures, happened)
