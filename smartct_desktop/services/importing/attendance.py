"""Attendance lists: one event, perhaps several sessions, and who was there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.records.attendance import Attendance, AttendanceRole
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.day_matrix import DayMatrix, MatrixDay
from smartct_desktop.services.importing.drafts import Draft, TableWork, plain
from smartct_desktop.services.importing.event_of_list import ListedEvent, event_of, title_of
from smartct_desktop.services.importing.identity import Mention, domain_of
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.named_sessions import NamedSessions
from smartct_desktop.services.importing.people import SeenPerson
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue, Target
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.session_text import SessionText, read_session
from smartct_desktop.services.importing.understood import Fault

PRESENT, ABSENT = "present", "not present"

_READING = Sentence("Reading the rows")


@dataclass(frozen=True, slots=True)
class _Part:
    """A session of the list, with its number."""

    no: int
    text: SessionText
    target: PlanValue


@dataclass(slots=True)
class _Stored:
    """What is stored of an event: its sessions by date and start, its attendance."""

    sessions: list[Session] = field(default_factory=list)
    attendance: dict[tuple[Any, Any], Id] = field(default_factory=dict)

    def find(self, values: dict[str, PlanValue]) -> Id | None:
        """Give the stored attendance that a row tells; of nobody known, the one of that name."""
        session, person = who(values)
        found = self.attendance.get((session, person)) if person is not None else None
        name = values.get("name_text")
        if found is None and isinstance(name, str):
            found = self.attendance.get((session, fold(name)))
        return found


class AttendanceTable:
    """One attendance list: names the organisations first, then gives event, sessions, persons."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._named: dict[int, Named] = {}
        self._days = DateText(table.work.dictionary.dates, table.work.today.year + 10)
        self._seen: dict[tuple[str, str], SeenPerson] = {}
        self._sessions: NamedSessions | None = None

    def mention(self) -> None:
        """Note the organisations that the rows name, with what the rows tell of them."""
        table, mentions = self._table, self._table.work.mentions
        rows = table.work.progress.through(_READING, table.numbers, len(table.numbers))
        for place, row in enumerate(rows):
            name = table.text("attendance.organisation", place)
            if name is None:
                continue
            country = table.value("attendance.country", place)
            mention = Mention(
                name,
                country=country if isinstance(country, str) else None,
                domain=domain_of(table.text("attendance.email", place)),
            )
            named = self._named[place] = mentions.name(mention, (table.sheet, row))
            type_ = table.value("attendance.type", place)
            mentions.tell(named, (table.sheet, row), country=country, type=plain(type_))

    def drafts(self) -> Iterator[Draft]:
        """Give the event, its sessions, and one draft for each row."""
        table = self._table
        event = self._event()
        yield event.draft
        stored = self._stored(event.stored)
        matrix = DayMatrix(table, event.title)
        days: list[MatrixDay] = []
        for day, draft in matrix.sessions(event, stored.sessions):
            days.append(day)
            yield draft
        named = self._sessions = NamedSessions(table, event, stored.sessions)
        yield from named.drafts()
        parts: dict[int, _Part] = {}
        for session, draft in self._parts(event, stored):
            parts[draft.rows[0]] = session
            yield draft
        rows = table.work.progress.through(_READING, table.numbers, len(table.numbers))
        from_host: list[int] = []
        for place, row in enumerate(rows):
            part = parts.get(table.section_rows.get(row, 0))
            whole = self._attendance(place, row, event, part)
            if event.country and whole.values.get("country") == event.country:
                from_host.append(row)
            for draft in self._by_day(whole, place, matrix, days) if matrix else (whole,):
                draft.id = stored.find(draft.values)
                yield draft
        self._note_from_host(from_host)

    def _event(self) -> ListedEvent:
        title = title_of(self._table, self._days)
        return event_of(
            self._table,
            title,
            Sentence("Which event is this the attendance of? New: “{title}”.", title=title.title),
        )

    def _by_day(
        self, whole: Draft, place: int, matrix: DayMatrix, days: Sequence[MatrixDay]
    ) -> Iterator[Draft]:
        """Give one attendance for each day that has a mark; without any, that is asked about."""
        marks = list(matrix.marks(days, place))
        if not marks:
            if not whole.faults:
                self._ask_unmarked(whole)
            yield whole
            return
        waits = list(whole.waits)  # a row is taken as a whole or waits as a whole
        for value in (v for day, mark in marks for v in (day.target, mark.there)):
            if isinstance(value, Asked) and value.question not in waits:
                waits.append(value.question)
        for day, mark in marks:
            values = whole.values | {
                "session": day.target,
                "attended": mark.there,
                "weight_total": mark.days,
                "days": day.on.isoformat() if day.on and mark.there is True else None,
            }
            yield replace(
                whole,
                key=f"{whole.key} {day.letter}",
                values=values,
                rows=list(whole.rows),
                defaults=dict(whole.defaults),
                told=dict(whole.told),
                waits=list(waits),
            )

    def _stored(self, event: Id | None) -> _Stored:
        found = _Stored()
        if event is None:
            return found
        known = self._table.work.known
        found.sessions = known.parts(Session, event)
        for one in known.parts(Attendance, event):
            found.attendance[one.session, one.person or fold(one.name_text or "")] = one.id
        return found

    # The sessions.

    def _parts(self, event: ListedEvent, stored: _Stored) -> Iterator[tuple[_Part, Draft]]:
        """Give each session that a heading between the rows tells, in order."""
        table = self._table
        year = event.title.start.year if event.title.start else None
        headings = {table.section_rows[row]: table.sections[row] for row in table.section_rows}
        no = 0
        for row, text in sorted(headings.items()):
            told = read_session(text, self._days, year)
            if told is None:
                continue
            no += 1
            draft = Draft(
                "session",
                table.key("session", row),
                table.sheet,
                [row],
                {
                    "event": event.value,
                    "no": no,
                    "title": text,
                    "date": told.date,
                    "start_time": told.start,
                    "end_time": told.end,
                },
            )
            known = next((s for s in stored.sessions if _same_session(s, told)), None)
            draft.id = known.id if known else None
            name = f"{event.title.title} {no}"
            target = Target("session", name, draft.id, "" if draft.id else draft.key)
            yield _Part(no, told, event.hanging(target)), draft

    # The people.

    def _attendance(self, place: int, row: int, event: ListedEvent, part: _Part | None) -> Draft:
        table = self._table
        named = self._named.get(place)
        country = table.value("attendance.country", place)
        role = plain(table.value("attendance.role", place))
        values: dict[str, PlanValue] = {
            "event": event.value,
            "session": part.target if part else self._session(place),
            "name_text": self._name(place),
            "email": table.value("attendance.email", place),
            "organisation": named.value if named else None,
            "country": country if country is not None else _country_of(table, named),
            "role": role,
            "registered": table.value("attendance.registered", place),
            "weight_total": table.value("attendance.weight_total", place),
        }
        draft = Draft("attendance", table.key("attendance", row), table.sheet, [row], values)
        draft.faults = table.faults(place)
        if role is None:
            draft.defaults["role"] = AttendanceRole.PARTICIPANT
        if values["name_text"] is None:
            draft.faults.append(("", Fault("IMP-04", Sentence("The name is missing."))))
        else:
            values["person"] = self._person(place, row, named)
        self._presence(place, row, values)
        consent = table.value("attendance.photo_consent", place)
        if consent is not None:
            draft.told["photo_consent"] = consent
        if part is not None:
            draft.told["no"] = part.no
        return draft

    def _session(self, place: int) -> PlanValue:
        return self._sessions.target(place) if self._sessions is not None else None

    def _name(self, place: int) -> str | None:
        table = self._table
        whole = table.text("attendance.name_text", place)
        parts = [table.text(f"attendance.{n}_name", place) for n in ("given", "family")]
        return whole or " ".join(filter(None, parts)) or None

    def _person(self, place: int, row: int, named: Named | None) -> Target | Asked:
        """Find the person; one written otherwise than before, without address, is asked about."""
        table = self._table
        seen = SeenPerson(
            (table.sheet, row),
            self._name(place) or "",
            table.text("attendance.email", place),
            named,
            table.text("attendance.phone", place),
        )
        key = fold(seen.name), seen.place
        first = self._seen.setdefault(key, seen)
        written = first.name == seen.name and first.organisation is seen.organisation
        sure = seen.email is not None or first.email is None or written
        return table.work.people.person(seen, sure=sure)

    def _presence(self, place: int, row: int, values: dict[str, PlanValue]) -> None:
        """Take who signed or is marked as there; a gap in the signatures is asked about."""
        table = self._table
        attended = table.value("attendance.attended", place)
        if attended is not None:
            values["attended"] = attended
        if not table.has("attendance.signature"):
            return
        signature = table.value("attendance.signature", place)
        if signature is not None:
            values["signed"] = True
            values.setdefault("attended", True)
            return
        values["signed"] = False
        if "attended" not in values:
            values["attended"] = self._there(
                row,
                str(values["name_text"]),
                Sentence("These names are on the list without a signature. Were they there?"),
            )

    def _ask_unmarked(self, draft: Draft) -> None:
        draft.values["attended"] = self._there(
            draft.rows[0],
            str(draft.values["name_text"]),
            Sentence("These names are on the list without a mark on any day. Were they there?"),
        )

    def _there(self, row: int, name: str, question: Sentence) -> bool | Asked:
        asked = Place("attended", "row", question, self._table.sheet)
        given = self._table.work.asking.ask(
            asked,
            f"{row}: {name}",
            rows=[row],
            options=(ABSENT, PRESENT),
            propose=ABSENT,
            certainty=0.7,
            text=Sentence("Row {row}: {name}", row=row, name=name),
        )
        if given is None:
            return Asked(asked.id, f"{row}: {name}", propose=False)
        return given.value == PRESENT

    def _note_from_host(self, rows: list[int]) -> None:
        if rows:
            sentence = Sentence(
                "The organisation is from the country of the event: its attendance cannot become"
                " an exchange."
            )
            self._table.findings.append(
                PlanFinding("EVT-10", Severity.INFO, sentence, self._table.sheet, tuple(rows))
            )


def _country_of(table: TableWork, named: Named | None) -> PlanValue:
    """The country of an organisation that is stored, where the list does not say it."""
    target = named.target if named else None
    if target is None or target.id is None:
        return None
    return next((o.country for o in table.work.known.organisations if o.id == target.id), None)


def _same_session(stored: Session, told: SessionText) -> bool:
    return stored.date == told.date and (
        told.start is None or stored.start_time is None or stored.start_time == told.start
    )


def who(values: dict[str, PlanValue]) -> tuple[Any, Any]:
    """What tells one attendance of an event from another, if all of it is stored."""
    session, person = values.get("session"), values.get("person")
    return (
        session.id if isinstance(session, Target) else None,
        person.id if isinstance(person, Target) else None,
    )
