"""Which events count, how many took part, and which clusters hold a label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple, Protocol

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.counting import Counted, Sorting
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.records.cluster_label import ClusterLabel
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.sentence import Sentence


class Attending(Protocol):
    """What counting looks at of an attendance record, or only these fields of one."""

    @property
    def event(self) -> Id: ...
    @property
    def person(self) -> Id | None: ...
    @property
    def name_text(self) -> str | None: ...
    @property
    def email(self) -> str | None: ...
    @property
    def attended(self) -> bool | None: ...


class AttendingFields(NamedTuple):
    """The fields of an attendance record that counting looks at."""

    id: Id
    event: Id
    person: Id | None
    name_text: str | None
    email: str | None
    attended: bool | None


def why_not_held(event: Event, scope: Scope) -> Sentence | None:
    """Say why an event does not count as held, None if it does."""
    if event.status is EventStatus.HELD:
        return scope.leaves_out(event.host_cluster, event.end or event.start)
    status = event.status.label if event.status else Sentence("not given")
    return Sentence("its status is {status}", status=status)


def _expected(event: Event, scope: Scope) -> bool:
    """A planned event will count one day, in the period for which it is planned."""
    day = event.end or event.start or event.planned_end or event.planned_start
    planned = event.status is EventStatus.PLANNED
    return planned and scope.leaves_out(event.host_cluster, day) is None


def count_events(events: Iterable[Event], scope: Scope = EVERYTHING) -> Counted:
    """Count the events that took place; an event belongs to the partner who hosts it."""
    sorting = Sorting()
    for event in events:
        sorting.put(event.id, why_not_held(event, scope), expected=_expected(event, scope))
    return sorting.result()


def people_at(attendance: Iterable[Attending]) -> dict[Id, int]:
    """Count the people at each event, each once however many of its sessions they attended.

    Who is only known by name is told apart by name and e-mail. Who was registered and did not
    come is left out; where nobody said who came, all on the list are taken to have come.
    """
    people: defaultdict[Id, set[str]] = defaultdict(set)
    folded = cache(fold)  # the same people come to many events
    for one in attendance:
        if who := attendee(one, folded):
            people[one.event].add(who)
    return {event: len(who) for event, who in people.items()}


def attendee(one: Attending, folded: Callable[[str], str] = fold) -> str:
    """Say by what a person is told apart at an event; "" for nobody, and who did not come."""
    if one.attended is False:
        return ""
    return one.person or f"{folded(one.name_text or '')} {folded(one.email or '')}".strip()


def count_participants(
    events: Iterable[Event], people: Mapping[Id, int], scope: Scope = EVERYTHING
) -> Counted:
    """Add up the participants of the events that took place.

    The attendance list decides (`people`, from `people_at`); without one the number that the host
    reported is taken. Someone who comes to two events counts at both.
    """
    sorting = Sorting()
    for event in events:
        number = people.get(event.id) or event.participants_reported
        why_not = why_not_held(event, scope)
        if why_not is None and not number:
            why_not = Sentence("it has neither an attendance list nor a number of participants")
        sorting.put(event.id, why_not, expected=_expected(event, scope))
        if why_not is None and number:
            sorting.weigh(event.id, number)
    return sorting.result()


def count_labelled(
    labels: Iterable[ClusterLabel],
    partners: frozenset[Id],
    day: date,
    scope: Scope = EVERYTHING,
) -> Counted:
    """Count each partner once that holds a label on `day`, or at the end of the scope's period.

    With a beginning of the period only labels awarded since then count.
    """
    day = min(day, scope.until) if scope.until is not None else day
    reasons: dict[Id, Sentence | None] = {}
    for label in labels:
        why_not = _why_no_label(label, day, scope)
        if label.cluster not in partners:
            why_not = Sentence("it is no partner of the partnership")
        if label.cluster not in reasons or why_not is None:
            reasons[label.cluster] = why_not
    sorting = Sorting()
    for cluster, why_not in reasons.items():
        sorting.put(cluster, why_not)
    return sorting.result()


def _why_no_label(label: ClusterLabel, day: date, scope: Scope) -> Sentence | None:
    if scope.partner is not None and label.cluster != scope.partner:
        return Sentence("it is another partner")
    if label.awarded_on is not None and label.awarded_on > day:
        return Sentence("its label was awarded on {day}, later", day=label.awarded_on)
    if label.valid_until is not None and label.valid_until < day:
        return Sentence("its label was valid until {day}", day=label.valid_until)
    if scope.since is not None:
        return Scope(since=scope.since).leaves_out_day(label.awarded_on)
    return None
