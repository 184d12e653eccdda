"""The attendance list of one event, to be signed: a table for each session, or for each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.scope import EVERYTHING
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import framed

_COLUMNS = (
    Column("No.", Kind.WHOLE),
    Column("Full name", width=34, personal=Personal.NAME),
    Column("Organisation", width=38),
    Column("Country", width=18),
    Column("Signature", width=34),
)
_MOST_DAYS = 14
"""A longer event is no meeting of all its days: it gets one list."""
_ROWS_OF_A_PAGE = 18
_LEAST_BLANK = 5
_DAY = "%d.%m.%Y"


@dataclass(frozen=True, slots=True)
class _Sitting:
    """What one list is signed for: a session, a day, or the event as a whole."""

    name: str
    note: str
    session: Id | None


def attendance_list(reader: Reader, facts: ProgrammeFacts, made_at: datetime, event: Id) -> Report:
    """Build the lists of an event; who is known without a session is on each of them.

    Raises `Trouble` if there is no such event.
    """
    found = reader.get_many(Event, [event]).get(event)
    if found is None:
        raise Trouble(Sentence("There is no such event."), Sentence("Choose another one."))
    people = _People(reader, facts, event)
    tables = [
        _table(sitting, list(people.rows(sitting.session)))
        for sitting in _sittings(found, _sessions(reader, event))
    ]
    report = framed(
        "Attendance list",
        reader,
        made_at,
        EVERYTHING,
        own=own_partnership(reader),
        tables=tables,
        facts=list(_head(reader, facts, found)),
    )
    return replace(report, subtitle=found.title)


def _table(sitting: _Sitting, rows: Sequence[Row]) -> Table:
    """Put people on a list, with lines for those who come besides.

    A list without anybody on it tells nothing of people yet.
    """
    blank = max(_ROWS_OF_A_PAGE - len(rows), _LEAST_BLANK)
    columns = _COLUMNS if rows else tuple(replace(one, personal=None) for one in _COLUMNS)
    return Table(sitting.name, columns, rows, note=sitting.note, blank=blank)


def _head(reader: Reader, facts: ProgrammeFacts, event: Event) -> Iterator[Definition]:
    """Say what the event is, as far as it is known."""
    yield Definition("Event", event.title)
    first, last = event.start or event.planned_start, event.end or event.planned_end
    if first:
        until = f" – {last:{_DAY}}" if last and last != first else ""
        yield Definition("Date", f"{first:{_DAY}}{until}")
    elif event.planned_text:
        yield Definition("Date", event.planned_text)
    country = facts.country_name(event.country) if event.country else None
    place = ", ".join(part for part in (event.venue, event.city, country) if part)
    if place:
        yield Definition("Place", place)
    if event.host_cluster:
        host = reader.captions("organisation", [event.host_cluster]).get(event.host_cluster)
        if host:
            yield Definition("Host cluster", host)


def _sessions(reader: Reader, event: Id) -> Sequence[Session]:
    ids = [id_ for id_, *_ in reader.naming("session", "event", [event], ("no",))]
    sessions = reader.get_many(Session, ids).values()
    return sorted(sessions, key=_order)


def _order(session: Session) -> tuple[date, str, int, str]:
    begins = f"{session.start_time:%H:%M}" if session.start_time else ""
    return session.date or date.max, begins, session.no or 0, session.title or ""


def _sittings(event: Event, sessions: Sequence[Session]) -> Iterator[_Sitting]:
    """Give a list for each session; without any, one for each day of the event."""
    for place, session in enumerate(sessions, 1):
        number = session.no if session.no is not None else place
        when = [f"{session.date:{_DAY}}"] if session.date else []
        if session.start_time:
            end = f"–{session.end_time:%H:%M}" if session.end_time else ""
            when.append(f"{session.start_time:%H:%M}{end}")
        note = " · ".join(part for part in (session.title, ", ".join(when)) if part)
        yield _Sitting(Sentence("Session {n}", n=number), note, session.id)
    if sessions:
        return
    first, last = event.start or event.planned_start, event.end or event.planned_end
    days = (last - first).days + 1 if first and last else 1
    if first is None or not 1 <= days <= _MOST_DAYS:
        yield _Sitting(Sentence("Attendance list"), "", None)
        return
    for place in range(days):
        day = f"{first + timedelta(place):{_DAY}}"
        name = Sentence("Day {n}", n=place + 1) if days > 1 else Sentence("Attendance list")
        yield _Sitting(name, day, None)


class _People:
    """Who is expected, each once in a list and in the order of their names."""

    def __init__(self, reader: Reader, facts: ProgrammeFacts, event: Id) -> None:
        ids = [id_ for id_, *_ in reader.naming("attendance", "event", [event], ("session",))]
        self._attendance = list(reader.get_many(Attendance, ids).values())
        self._facts = facts
        self._persons: Mapping[Id, Person] = reader.get_many(
            Person, {one.person for one in self._attendance if one.person}
        )
        employers = (one.organisation for one in self._persons.values())
        told = (one.organisation for one in self._attendance)
        self._organisations: Mapping[Id, Organisation] = reader.get_many(
            Organisation, {id_ for id_ in (*employers, *told) if id_}
        )

    def rows(self, session: Id | None) -> Iterator[Row]:
        """Give the people of a session; those without one are expected at each."""
        here = (
            one for one in self._attendance if session is None or one.session in {None, session}
        )
        for number, (name, organisation, country) in enumerate(self._each_once(here), 1):
            yield number, name, organisation, country, None

    def _each_once(self, attendance: Iterable[Attendance]) -> Iterable[tuple[str, str, str]]:
        known: dict[tuple[str, str], tuple[str, str, str]] = {}
        for one in attendance:
            name, organisation, country = self._told(one)
            key = (one.person or fold(name), "" if one.person else fold(organisation))
            if name and key not in known:
                known[key] = (name, organisation, country)
        return sorted(known.values(), key=lambda told: (fold(told[0]), fold(told[1])))

    def _told(self, one: Attendance) -> tuple[str, str, str]:
        person = self._persons.get(one.person) if one.person else None
        employer = one.organisation or (person.organisation if person else None)
        organisation = self._organisations.get(employer) if employer else None
        country = one.country or (organisation.country if organisation else None)
        return (
            (person.name if person else None) or one.name_text or "",
            organisation.name if organisation else "",
            self._facts.country_name(country) if country else "",
        )
