"""Logs of online meetings: one person may come and go, and attends once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.records.attendance import AttendanceRole
from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.attendance import AttendanceTable
from smartct_desktop.services.importing.attendance_columns import is_log
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.event_of_list import ListedEvent, event_of, title_of
from smartct_desktop.services.importing.plan import PlanFinding, Target
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.session_text import TitleText
from smartct_desktop.services.importing.stays import (
    HOUR,
    MINUTE,
    SECOND,
    Moment,
    is_bare,
    orders_of,
    read_duration,
    read_moment,
    together,
    unit_in,
)
from smartct_desktop.services.importing.understood import Fault

GUEST, ORGANISER, LEAVE_OUT = "participant", "organiser", "leave out"
"""What a name in the log can be."""

_UNITS = {"minutes": MINUTE, "hours": HOUR, "seconds": SECOND}
_ROUNDED = 90  # seconds by which logs round
_LONGEST = 24 * 60  # minutes
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_HOST = frozenset(["host", "co host", "organizer", "organiser", "gastgeber", "veranstalter",
    "anfitrion", "organizador", "organitzador", "organizzatore", "домакин"])  # fmt: skip
_ASIDE = frozenset(["guest", "external", "extern", "gast", "unverified", "nicht verifiziert",
    "invitado", "externo", "convidat", "ospite", "esterno", "гост", "me", "ich"])  # fmt: skip
_MACHINES = frozenset(["notetaker", "note taker", "otter ai", "fireflies", "fathom", "read ai",
    "tl dv", "meeting notes", "recorder", "recording", "bot", "sembly", "avoma", "zoom room",
    "zoom rooms", "meeting room", "conference room"])  # fmt: skip
_DEVICES = frozenset(["iphone", "ipad", "android", "galaxy", "samsung", "huawei", "xiaomi",
    "macbook", "laptop", "phone", "telefon", "anonymous", "anonym", "anonimo", "user"])  # fmt: skip
_TITLES = ("meeting title", "meeting name", "meeting topic", "topic", "event name",
    "titel der besprechung", "besprechungstitel", "thema", "titulo de la reunion", "tema",
    "titol de la reunio", "titolo della riunione", "titolo riunione", "argomento",
    "заглавие на събранието", "тема")  # fmt: skip


@dataclass(slots=True)
class _Stay:
    """The rows of one person, with what they say of the time."""

    draft: Draft
    times: list[tuple[int, int]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)


def attendance_of(table: TableWork) -> AttendanceTable:
    """Give what reads a list of attendance: a log of a meeting, or any other list."""
    return ConferenceLog(table) if is_log(table.columns) else AttendanceTable(table)


class ConferenceLog(AttendanceTable):
    """One log: gives the event, and one attendance a person with the seconds they were there."""

    def __init__(self, table: TableWork) -> None:
        super().__init__(table)
        self._joined = self._moments("attendance.join_time")
        self._left = self._moments("attendance.leave_time")

    def _moments(self, code: str) -> list[Moment | None]:
        texts = (self._table.text(code, place) for place in range(len(self._table.numbers)))
        return [read_moment(text, self._days) if text else None for text in texts]

    def drafts(self) -> Iterator[Draft]:
        """Give the event and one draft for each person."""
        table = self._table
        moments = [m for m in (*self._joined, *self._left) if m is not None]
        order = self._order(moments)
        event = self._about(moments, order)
        yield event.draft
        stored = self._stored(event.stored)
        unit = self._unit(order)
        people: dict[object, _Stay] = {}
        for place, row in enumerate(table.numbers):
            draft = self._attendance(place, row, event, None)
            self._role(draft, place)
            draft.faults += self._time_faults(place)
            person = draft.values.get("person")
            key: object = person if isinstance(person, Target) and not draft.faults else row
            stay = people.setdefault(key, _Stay(draft))
            if stay.draft is not draft:
                stay.draft.rows += draft.rows
                _complete(stay.draft, draft)
            self._measure(stay, place, order, unit)
        for stay in people.values():
            self._settle(stay)
        least = self._least() if any(not s.draft.faults for s in people.values()) else None
        for stay in people.values():
            seconds = stay.draft.values.get("seconds")
            if isinstance(seconds, int) and least is not None:
                there = least if isinstance(least, Asked) else seconds >= least
                stay.draft.values["attended"] = there
            stay.draft.id = stored.find(stay.draft.values)
            yield stay.draft

    # The meeting.

    def _about(self, moments: Sequence[Moment], order: DateOrder | Asked) -> ListedEvent:
        """Ask which event it was; the log tells its day where the titles do not."""
        title = title_of(self._table, self._days)
        for text in self._table.titles:
            label = next((t for t in _TITLES if fold(text).startswith(f"{t} ")), None)
            if label is not None:
                rest = " ".join(text.split()[len(label.split()) :]).lstrip(":–- ")
                title = TitleText(rest, rest, title.place, title.start, title.end)
                break
        days = {
            day
            for moment in moments
            if isinstance(order, DateOrder) and len(set(moment.days.values())) == 1
            for day in moment.days.values()
        }
        if title.start is None and len(days) == 1:
            (day,) = days
            title = replace(title, start=day, end=day)
        return event_of(
            self._table,
            title,
            Sentence("Which event is this the log of? New: “{title}”.", title=title.title),
        )

    def _order(self, moments: Sequence[Moment]) -> DateOrder | Asked:
        """Tell day and month apart where that decides how long somebody stayed."""
        possible = orders_of(moments)
        if len(possible) == 1 or not any(moment.days for moment in moments):
            return possible[0] if possible else DateOrder.DMY
        sample = next(iter(self._table.cells("attendance.join_time")), None)
        place = Place(
            "date_order",
            "file",
            Sentence(
                "Which way round are the days of coming and going written, such as “{sample}”?",
                sample=str(sample or "").split(" ")[0].rstrip(","),
            ),
            self._table.sheet,
            about="log",
        )
        given = self._table.work.asking.ask(place, options=[o.value for o in possible])
        if given is None:
            return Asked(place.id, "")
        return next(o for o in possible if o.value == given.value)

    # The people.

    def _name(self, place: int) -> str | None:
        """Give the name without what the tool puts behind it."""
        name = super()._name(place)
        while name and (match := _BRACKETS.search(name)):
            if fold(match[1]) not in _HOST | _ASIDE:
                break
            name = name[: match.start()]
        return name or None

    def _role(self, draft: Draft, place: int) -> None:
        """Ask about hosts, and about names of machines and devices."""
        name = draft.values.get("name_text")
        if draft.faults or not isinstance(name, str):
            return
        whole = f" {fold(super()._name(place) or '')} "
        bracket = _BRACKETS.search(super()._name(place) or "")
        hosting = bracket is not None and fold(bracket[1]) in _HOST
        machine = any(f" {word} " in whole for word in _MACHINES)
        nobody = any(f" {word} " in whole for word in _DEVICES) or not any(map(str.isalpha, name))
        if not (hosting or machine or nobody) or (hosting and draft.values.get("role")):
            return
        asked = Place(
            "meeting_role",
            "name",
            Sentence("Which of these names are guests of the event?"),
            self._table.sheet,
        )
        likely = LEAVE_OUT if machine else ORGANISER if hosting else None
        given = self._table.work.asking.ask(
            asked,
            name,
            rows=draft.rows,
            options=(GUEST, ORGANISER, LEAVE_OUT),
            propose=likely,
            certainty=0.8 if likely else 0.0,
            text=_why(name, hosting=hosting, machine=machine),
        )
        if given is None:
            draft.waits.append(asked.id)
        elif given.value == LEAVE_OUT:
            left_out = Sentence("“{name}” is left out, as you have said.", name=name)
            draft.faults.append(("", Fault("IMP-05", left_out)))
        else:
            organiser = given.value == ORGANISER
            draft.values["role"] = (
                AttendanceRole.ORGANISER if organiser else AttendanceRole.PARTICIPANT
            )

    # The time.

    def _time_faults(self, place: int) -> Iterator[tuple[str, Fault]]:
        """Say which times cannot be read, or contradict each other."""
        table = self._table
        for code, found in (
            ("attendance.join_time", self._joined),
            ("attendance.leave_time", self._left),
        ):
            text = table.text(code, place)
            if text and found[place] is None:
                sentence = Sentence("“{text}” is no time that can be read.", text=text)
                yield self._letter(code), Fault("IMP-07", sentence)

    def _unit(self, order: DateOrder | Asked) -> int | Asked | None:
        """Give the seconds of the unit of bare durations: by the heading, the times, or asking."""
        code = "attendance.duration"
        table = self._table
        texts = [(p, t) for p in range(len(table.numbers)) if (t := table.text(code, p))]
        bare = [(place, text) for place, text in texts if is_bare(text)]
        heading = next((m.header for m in table.mapped if m.code == code), "")
        if not bare or unit_in(heading):
            return unit_in(heading)
        proven = {unit for unit in _UNITS.values() if self._fits(bare, unit, order)}
        if len(proven) == 1:
            return proven.pop()
        place = Place(
            "duration_unit",
            "column",
            Sentence("What does the column “{header}” count?", header=heading),
            table.sheet,
            self._letter(code),
        )
        given = table.work.asking.ask(place, options=tuple(_UNITS))
        return Asked(place.id, "") if given is None else _UNITS[str(given.value)]

    def _fits(self, bare: Sequence[tuple[int, str]], unit: int, order: DateOrder | Asked) -> bool:
        """Whether durations in a unit are those between joining and leaving."""
        compared = 0
        for place, text in bare:
            span, length = self._span(place, order), read_duration(text, unit)
            if span is None or length is None:
                continue
            if abs(span[1] - span[0] - length) > _ROUNDED:
                return False
            compared += span[1] - span[0] > 2 * _ROUNDED
        return compared > 0

    def _span(self, place: int, order: DateOrder | Asked) -> tuple[int, int] | None:
        joined, left = self._joined[place], self._left[place]
        if joined is None or left is None or isinstance(order, Asked):
            return None
        return joined.at(order), left.at(order)

    def _measure(
        self, stay: _Stay, place: int, order: DateOrder | Asked, unit: int | Asked | None
    ) -> None:
        """Note what one row says of the time."""
        draft, table = stay.draft, self._table
        text = table.text("attendance.duration", place)
        length = read_duration(text, unit if isinstance(unit, int) else None) if text else None
        if text and length is None and isinstance(unit, Asked) and is_bare(text):
            draft.waits.append(unit.question)
        elif text and length is None:
            sentence = Sentence("“{text}” is no duration that can be read.", text=text)
            draft.faults.append((self._letter("attendance.duration"), Fault("IMP-08", sentence)))
        if isinstance(order, Asked):
            draft.waits.append(order.question)
        span = self._span(place, order)
        if span is not None and span[1] < span[0]:
            sentence = Sentence("Somebody leaves here before they join.")
            draft.faults.append((self._letter("attendance.leave_time"), Fault("IMP-07", sentence)))
        elif span is not None:
            stay.times.append(span)
            if length is not None and length > span[1] - span[0] + _ROUNDED:
                self._note(
                    place, Sentence("The duration is longer than the time between the hours.")
                )
                length = None
        if length is not None:
            stay.lengths.append(length)

    def _settle(self, stay: _Stay) -> None:
        """Work out the seconds: of one row the duration, of several what their times cover."""
        draft = stay.draft
        rows = len(draft.rows)
        if len(stay.times) == rows and (rows > 1 or not stay.lengths):
            draft.values["seconds"] = together(stay.times)
        elif len(stay.lengths) == rows:
            draft.values["seconds"] = sum(stay.lengths)
            if rows > 1:
                self._table.findings.append(
                    PlanFinding(
                        "IMP-08",
                        Severity.INFO,
                        Sentence(
                            "Durations of one person are added; no hours say if they overlap."
                        ),
                        self._table.sheet,
                        tuple(draft.rows),
                        record=draft.key,
                    )
                )
        elif not draft.faults and not draft.waits:
            sentence = Sentence("How long somebody was there cannot be told.")
            draft.faults.append(("", Fault("IMP-04", sentence)))

    def _least(self) -> int | Asked:
        """Ask once from how many minutes on somebody has attended; gives seconds."""
        place = Place(
            "threshold",
            "file",
            Sentence("From how many minutes on has somebody attended?"),
            self._table.sheet,
        )
        given = self._table.work.asking.ask(place)
        if given is None:
            return Asked(place.id, "")
        text = str(given.value)
        if not text.isdecimal() or int(text) > _LONGEST:
            raise Invalid(
                Sentence(
                    "The answer “{answer}” to the question {question} is no number of minutes.",
                    answer=text,
                    question=place.id,
                )
            )
        return int(text) * MINUTE

    def _note(self, place: int, sentence: Sentence) -> None:
        table = self._table
        row = table.numbers[place]
        key = table.key("attendance", row)
        table.findings.append(
            PlanFinding("IMP-08", Severity.WARNING, sentence, table.sheet, (row,), record=key)
        )

    def _letter(self, code: str) -> str:
        return next((m.letter for m in self._table.mapped if m.code == code), "")


def _complete(first: Draft, again: Draft) -> None:
    """Take over what only a later row of a person says."""
    for name, value in again.values.items():
        if first.values.get(name) is None:
            first.values[name] = value
    first.waits += [question for question in again.waits if question not in first.waits]


def _why(name: str, *, hosting: bool, machine: bool) -> Sentence:
    if machine:
        return Sentence("“{name}” looks like a machine.", name=name)
    if hosting:
        return Sentence("“{name}” is the host of the meeting.", name=name)
    return Sentence("“{name}” does not say who it is.", name=name)
