"""The rules on events (EVT, GDP-07)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Attendee:
    """A line of an attendance list; `who` is the person, or else the name, None if neither is told.

    `sme` and `country` are those of the organisation, None if not known; `photos` says whether the
    person consented to photos, None if nobody knows.
    """

    session: Id | None = None
    who: str | None = None
    attended: bool = True
    sme: bool | None = None
    country: str | None = None
    photos: bool | None = None


@dataclass(frozen=True, slots=True)
class EventCase:
    """A stored event with its attendance list; `today` is the local date.

    `by_country` are the totals of participants that were told for countries, `photos` how many
    photos are attached.
    """

    event: Event
    attendance: Sequence[Attendee]
    today: date
    by_country: Sequence[int] = ()
    photos: int = 0

    @property
    def participants(self) -> int:
        """How many different people attended, as the list tells."""
        there = [one for one in self.attendance if one.attended]
        return len({one.who for one in there if one.who}) + sum(not one.who for one in there)


def _held_on_a_day(case: EventCase) -> Iterator[Said]:
    if case.event.status is EventStatus.HELD and case.event.start is None:
        yield Said("start")


def _ends_after_start(case: EventCase) -> Iterator[Said]:
    start, end = case.event.start, case.event.end
    if start and end and end < start:
        yield Said("end", {"start": start, "end": end})


def _as_many_as_listed(case: EventCase) -> Iterator[Said]:
    told, listed = case.event.participants_reported, case.participants
    if told is not None and listed and told != listed:
        yield Said("participants_reported", {"told": told, "listed": listed})


def _listed_once(case: EventCase) -> Iterator[Said]:
    lines = Counter((one.session, one.who) for one in case.attendance if one.who)
    double = sum(count > 1 for count in lines.values())
    if double:
        yield Said("", {"people": double})


def _as_open_as_said(case: EventCase) -> Iterator[Said]:
    known = [one.sme for one in case.attendance if one.attended and one.sme is not None]
    if case.event.status is not EventStatus.HELD or not known:
        return
    if case.event.open_to_smes and not any(known):
        yield Said("open_to_smes", {"why": Sentence("It was open to SMEs, but none is listed")})
    elif case.event.open_to_smes is False and any(known):
        yield Said(
            "open_to_smes", {"why": Sentence("It was not open to SMEs, but some are listed")}
        )


def _countries_add_up(case: EventCase) -> Iterator[Said]:
    told, counted = case.event.participants_reported, sum(case.by_country)
    if told is not None and case.by_country and told != counted:
        yield Said("participants_reported", {"told": told, "counted": counted})


def _from_abroad(case: EventCase) -> Iterator[Said]:
    country = case.event.country
    here = sum(bool(one.sme) and one.country == country for one in case.attendance if one.attended)
    if country and here:
        yield Said("", {"people": here, "country": country})


def _photos_allowed(case: EventCase) -> Iterator[Said]:
    """A photo of people needs their consent; that nobody asked is no consent."""
    there = [one for one in case.attendance if one.attended]
    asked = len({one.who or place for place, one in enumerate(there) if not one.photos})
    if case.photos and asked:
        yield Said("", {"photos": case.photos, "people": asked})


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
        "EVT-02",
        Severity.ERROR,
        "event",
        "End before start",
        "The event ends on {end}, before it starts on {start}.",
        "Correct the dates.",
        "own reading",
        _ends_after_start,
    ),
    Rule(
        "EVT-03",
        Severity.WARNING,
        "event",
        "Participants differ from the list",
        "{told} participants were reported, the attendance list has {listed}.",
        "Correct the number, or complete the list.",
        "NEU-V",
        _as_many_as_listed,
    ),
    Rule(
        "EVT-04",
        Severity.WARNING,
        "event",
        "Somebody listed twice",
        "{people} people stand more than once in the list of one session.",
        "Remove the second line of each.",
        "own reading",
        _listed_once,
    ),
    Rule(
        "EVT-05",
        Severity.WARNING,
        "event",
        "Openness and attendance differ",
        "{why}.",
        "Correct whether it was open to SMEs, or the types of the organisations.",
        "SEED",
        _as_open_as_said,
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
        "EVT-08",
        Severity.WARNING,
        "event",
        "Countries do not add up",
        "The countries add up to {counted} participants, {told} were reported.",
        "Correct the numbers by country, or the total.",
        "E4C",
        _countries_add_up,
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
    Rule(
        "EVT-10",
        Severity.INFO,
        "event",
        "SMEs of the host country",
        "{people} people of SMEs come from {country}, where the event took place.",
        "Their attendance cannot become an exchange, which leads abroad.",
        "ABOUT",
        _from_abroad,
    ),
    Rule(
        "GDP-07",
        Severity.WARNING,
        "event",
        "Photos without consent",
        "Photos attached: {photos}; people listed whose consent is not recorded: {people}.",
        "Record the consent with each person, or remove photos on which they can be recognised.",
        "own reading",
        _photos_allowed,
    ),
)
"""All rules on stored events."""
