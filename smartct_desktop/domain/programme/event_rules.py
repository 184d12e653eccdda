"""The rules on events (EVT)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.event import Event, EventStatus


@dataclass(frozen=True, slots=True)
class EventCase:
    """A stored event and how many lines its attendance list has; `today` is the local date."""

    event: Event
    attendance: int
    today: date


def _held_on_a_day(case: EventCase) -> Iterator[Said]:
    if case.event.status is EventStatus.HELD and case.event.start is None:
        yield Said("start")


def _plan_not_past(case: EventCase) -> Iterator[Said]:
    event = case.event
    day = event.planned_end or event.planned_start or event.end or event.start
    if event.status is EventStatus.PLANNED and day and day < case.today:
        yield Said("status", {"day": day})


def _held_with_papers(case: EventCase) -> Iterator[Said]:
    if case.event.status is not EventStatus.HELD:
        return
    if not case.event.agenda:
        yield Said("agenda")
    elif not case.attendance:
        yield Said("participants_reported")


def _plan_has_dates(case: EventCase) -> Iterator[Said]:
    event = case.event
    if event.planned_text and not (event.planned_start or event.planned_end or event.start):
        yield Said("planned_start", {"text": event.planned_text})


RULES: tuple[Rule[EventCase], ...] = (
    Rule(
        "EVT-01",
        Severity.ERROR,
        "event",
        "Held without a date",
        "The event was held, but its date is missing.",
        "Fill in when it started.",
        "SEED",
        _held_on_a_day,
    ),
    Rule(
        "EVT-06",
        Severity.WARNING,
        "event",
        "Still planned, though past",
        "The event was planned for {day} and is still marked as planned.",
        "Say whether it was held, postponed or cancelled.",
        "SEED",
        _plan_not_past,
    ),
    Rule(
        "EVT-07",
        Severity.WARNING,
        "event",
        "Held without agenda or attendance list",
        "The event was held, but its agenda or its attendance list is missing.",
        "Fill in the agenda, and import or type the attendance list.",
        "own reading",
        _held_with_papers,
    ),
    Rule(
        "EVT-09",
        Severity.WARNING,
        "event",
        "Estimated date without days",
        "“{text}” is no date that can be compared.",
        "Fill in the planned start and end.",
        "SEED",
        _plan_has_dates,
    ),
)
"""All rules on stored events."""
