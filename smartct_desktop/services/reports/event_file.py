"""The file of one event: what it is, lists to sign, its participants counted, and its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Options
from smartct_desktop.domain.programme.event_counting import attendee
from smartct_desktop.domain.programme.scope import EVERYTHING
from smartct_desktop.domain.reading import Reader, RecordT
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.event_count import CountBy, EventCount
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Value
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.attendance_list import attendance_list
from smartct_desktop.services.reports.frame import NOT_KNOWN, framed
from smartct_desktop.services.reports.told_values import joined

_ABOUT = (Column("What", width=26), Column("Content", width=70))
_COUNTS = (
    Column("Counted by", width=24),
    Column("Value", width=44),
    Column("Participants", Kind.WHOLE),
    Column("Source", width=26),
)
_EVIDENCE = (
    Column("Evidence", width=34),
    Column("There", Kind.FLAG),
    Column("Content", width=60),
)
_DAY = "%d.%m.%Y"
_PAPERS = ("agenda", "attendance-list", "minutes", "photo", "presentation")


def event_file(reader: Reader, facts: ProgrammeFacts, made_at: datetime, event: Id) -> Report:
    """Build the file of one event (workbook X7). Raises `Trouble` if there is no such event."""
    found = reader.get_many(Event, [event]).get(event)
    if found is None:
        raise Trouble(Sentence("There is no such event."), Sentence("Choose another one."))
    file = _EventFile(reader, facts, found)
    report = framed(
        "Event file",
        reader,
        made_at,
        EVERYTHING,
        own=own_partnership(reader),
        tables=(
            Table("Event", _ABOUT, [row for row in file.about() if row[1]]),
            *attendance_list(reader, facts, made_at, event).tables,
            Table(
                "Counts",
                _COUNTS,
                list(file.counts()),
                note="Each person of the attendance list once; without a list as the host counted.",
            ),
            Table("Evidence", _EVIDENCE, list(file.evidence())),
        ),
        facts=(Definition("Event", found.title),),
    )
    return replace(report, subtitle=found.title)


class _EventFile:
    def __init__(self, reader: Reader, facts: ProgrammeFacts, event: Event) -> None:
        self._reader = reader
        self._facts = facts
        self._event = event
        self._attendance = _of(reader, Attendance, event.id)
        self._told = _of(reader, EventCount, event.id)
        self._files = _of(reader, Attachment, event.id)
        those = {one.organisation for one in self._attendance if one.organisation}
        self._organisations = reader.get_many(Organisation, those)

    def about(self) -> Iterator[tuple[Sentence, Value]]:
        """Say what the event is, a line for each thing that is known."""
        event, facts = self._event, self._facts
        names = self._reader.captions("organisation", filter(None, [event.host_cluster]))
        deliverables = self._reader.captions("deliverable", filter(None, [event.deliverable]))
        groups = [Sentence(facts.term_label("target_group", code)) for code in event.target_groups]
        country = facts.country_name(event.country) if event.country else None
        place = (event.venue, event.city, country)
        yield Sentence("Code"), event.code
        yield Sentence("Title"), event.title
        yield (
            Sentence("Event type"),
            Sentence(facts.term_label("event_type", event.type)) if event.type else None,
        )
        yield Sentence("Format"), _label(event.format)
        yield Sentence("Status"), _label(event.status)
        yield Sentence("Target groups"), joined(groups, ", ")
        yield Sentence("Open to SMEs"), _yes_or_no(event.open_to_smes)
        yield Sentence("Date"), _days(event)
        yield Sentence("Time"), _times(event.start_time, event.end_time)
        yield Sentence("Place"), ", ".join(filter(None, place))
        yield (
            Sentence("Host cluster"),
            names.get(event.host_cluster) if event.host_cluster else None,
        )
        yield Sentence("Co-organisers"), event.co_organisers
        yield Sentence("Languages"), event.languages
        yield (
            Sentence("Deliverable"),
            deliverables.get(event.deliverable) if event.deliverable else None,
        )
        yield Sentence("Agenda"), event.agenda
        yield Sentence("Registered"), _number(event.participants_registered)
        yield Sentence("Reported"), _number(event.participants_reported)
        yield Sentence("Satisfaction"), self._satisfaction()
        yield Sentence("News"), event.news_link

    def _satisfaction(self) -> Sentence | None:
        event = self._event
        if event.satisfaction_mean is None:
            return None
        return Sentence(
            "{mean} of {best} ({n} answers)",
            mean=event.satisfaction_mean,
            best=event.satisfaction_max if event.satisfaction_max is not None else "?",
            n=event.satisfaction_n if event.satisfaction_n is not None else "?",
        )

    def counts(self) -> Iterator[Row]:
        """Give the participants by country, type of organisation and session."""
        listed = Sentence("attendance list")
        people = self._people()
        yield (
            Sentence("All"),
            None,
            len(people) or self._event.participants_reported,
            (listed if people else Sentence("told by the host")),
        )
        if people:
            by_country = Counter(self._country(one) for one in people)
            by_type = Counter(self._type(one) for one in people)
            yield from _counted(Sentence("Country"), by_country, listed)
            yield from _counted(Sentence("Type of organisation"), by_type, listed)
            yield from self._by_session(listed)
        for one in self._told:
            if not (people and one.by in {CountBy.COUNTRY, CountBy.ORGANISATION_TYPE}):
                yield (
                    _label(one.by),
                    one.value,
                    one.participants,
                    one.told_in or Sentence("told by the host"),
                )

    def _by_session(self, source: Sentence) -> Iterator[Row]:
        sessions = self._reader.captions(
            "session", {one.session for one in self._attendance if one.session}
        )
        for id_, name in sorted(sessions.items(), key=lambda both: both[1]):
            people = {
                who for one in self._attendance if one.session == id_ and (who := attendee(one))
            }
            yield Sentence("Session"), name, len(people), source

    def _people(self) -> list[Attendance]:
        """Give a line of the list for each person who came, the one that tells most."""
        each: dict[str, Attendance] = {}
        for one in self._attendance:
            who = attendee(one)
            if who and (who not in each or self._known(one) > self._known(each[who])):
                each[who] = one
        return list(each.values())

    def _known(self, one: Attendance) -> int:
        return bool(one.country) + bool(one.organisation)

    def _country(self, one: Attendance) -> str:
        organisation = self._organisations.get(one.organisation) if one.organisation else None
        code = one.country or (organisation.country if organisation else None)
        return self._facts.country_name(code) if code else NOT_KNOWN

    def _type(self, one: Attendance) -> str:
        organisation = self._organisations.get(one.organisation) if one.organisation else None
        return (_label(organisation.type) if organisation else None) or NOT_KNOWN

    def evidence(self) -> Iterator[Row]:
        """Say what proves the event and whether it is there; every file with its name."""
        event = self._event
        files = {paper: self._named(paper) for paper in _PAPERS}
        signed = sum(1 for one in self._attendance if one.signed)
        listed = len(self._attendance)
        held = event.status is EventStatus.HELD
        yield Sentence("Held, with its date"), held and event.start is not None, _days(event)
        yield (
            Sentence("Agenda"),
            bool(event.agenda or files["agenda"]),
            files["agenda"] or (Sentence("in the record of the event") if event.agenda else None),
        )
        in_document = Sentence("{n} lines in the document", n=listed) if listed else None
        yield (
            Sentence("Attendance list"),
            bool(listed or files["attendance-list"]),
            files["attendance-list"] or in_document,
        )
        yield (
            Sentence("Signatures"),
            bool(signed),
            Sentence("{n} of {all} lines are signed", n=signed, all=listed) if listed else None,
        )
        yield (
            Sentence("Number of participants"),
            event.participants_reported is not None or bool(listed),
            _number(event.participants_reported),
        )
        yield Sentence("Minutes"), bool(files["minutes"]), files["minutes"]
        yield Sentence("Photos"), bool(files["photo"]), files["photo"]
        yield Sentence("Presentations"), bool(files["presentation"]), files["presentation"]
        yield Sentence("News"), bool(event.news_link), event.news_link
        others = [one.file_name for one in self._files if one.document_type not in _PAPERS]
        if others:
            yield Sentence("Other files"), True, "\n".join(sorted(others))

    def _named(self, paper: str) -> str | None:
        names = (one.file_name for one in self._files if one.document_type == paper)
        return "\n".join(sorted(names)) or None


def _of(reader: Reader, type_: type[RecordT], event: Id) -> list[RecordT]:
    ids = [id_ for id_, *_ in reader.naming(type_.schema.kind, "event", [event], ("event",))]
    found = reader.get_many(type_, ids)
    return [found[id_] for id_ in sorted(found)]


def _counted(by: Sentence, counts: Counter[str], source: Sentence) -> Iterator[Row]:
    for value, number in sorted(counts.items(), key=lambda both: (-both[1], both[0])):
        yield by, value, number, source


def _days(event: Event) -> Value:
    first, last = event.start or event.planned_start, event.end or event.planned_end
    if first is None:
        return event.planned_text
    return f"{first:{_DAY}}{_until(first, last)}"


def _until(first: date, last: date | None) -> str:
    return f" – {last:{_DAY}}" if last and last != first else ""


def _times(first: time | None, last: time | None) -> str | None:
    told: Sequence[time] = [one for one in (first, last) if one]
    return " – ".join(f"{one:%H:%M}" for one in told) or None


def _label(option: Options | None) -> Sentence | None:
    return None if option is None else Sentence("{label}", label=option.label)


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)


def _yes_or_no(value: bool | None) -> Sentence | None:  # noqa: FBT001 (a value of a field)
    return None if value is None else Sentence("yes") if value else Sentence("no")
