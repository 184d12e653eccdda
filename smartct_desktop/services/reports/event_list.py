"""The events with their participants, those of each country, and why an event does not count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.event_counting import attendee
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.event_count import CountBy, EventCount
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import BY_RULE
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import NOT_KNOWN, day_of, framed, label_of

_EVENTS = (
    Column("Code", code="event.code"),
    Column("Title", width=44),
    Column("Event type", width=24),
    Column("Status", code="event.status"),
    Column("Format", code="event.format"),
    Column("Start", Kind.DAY),
    Column("End", Kind.DAY),
    Column("City", width=18),
    Column("Country"),
    Column("Host cluster", width=30),
    Column("Open to SMEs", Kind.FLAG),
    Column("Registered", Kind.WHOLE),
    Column("Reported", Kind.WHOLE, note="The number that the host reported."),
    Column("On the list", Kind.WHOLE, note="People on the attendance list, each once."),
    Column("Participants", Kind.WHOLE, total=Total.SUM, note="What counts for the indicator."),
    Column("Countries", Kind.WHOLE, note="Countries known of the participants."),
    Column("Held", Kind.FLAG, note="Whether it counts as an event held."),
    Column("Not counted because", width=40),
)
_COUNTRIES = (
    Column("Code", code="event.code"),
    Column("Title", width=44),
    Column("Start", Kind.DAY),
    Column("Country", width=22),
    Column("Participants", Kind.WHOLE, total=Total.SUM),
    Column("Source", width=26),
)


def event_list(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the list of events, with what each brings to the figures and its countries."""
    events = _Events(reader, facts, FigureFacts.read(reader, day_of(made_at)), scope)
    rules = (CountingRule.EVENTS_HELD, CountingRule.PARTICIPANTS)
    return framed(
        "Events",
        reader,
        made_at,
        scope,
        own=events.facts.own,
        tables=(
            Table("Events", _EVENTS, list(events.rows()), frozen=2),
            Table(
                "Participants by country",
                _COUNTRIES,
                list(events.by_country()),
                note="The participants of the events held, as they count for the indicator.",
                frozen=2,
            ),
        ),
        definitions=(
            *(
                Definition(Sentence(BY_RULE[rule].name), Sentence(BY_RULE[rule].definition))
                for rule in rules
            ),
            Definition(
                "Country",
                "Of the person on the attendance list, otherwise of the organisation; without a "
                "list as the host counted them.",
            ),
        ),
    )


class _Events:
    """Counts the people of events by country; the sums are those of the figures."""

    def __init__(
        self, reader: Reader, programme: ProgrammeFacts, facts: FigureFacts, scope: Scope
    ) -> None:
        self._reader = reader
        self._programme = programme
        self.facts = facts
        self._held = facts.events_held(scope)
        self._participants = facts.participants(scope)

    def rows(self) -> Iterator[Row]:
        """Give all events in the order of their days, those without a day last."""
        counted = frozenset(self._held.counted)
        why_not = dict(self._held.left_out)
        listed = {event: sum(those.values()) for event, those in self._listed.items()}
        hosts = {e.host_cluster for e in self.facts.events.values() if e.host_cluster}
        names = self._reader.captions("organisation", hosts)
        weights = self._weights
        for event in self._ordered(self.facts.events):
            countries = self._countries(event.id) if event.id in weights else {}
            expected = Sentence("it is planned") if event.id not in counted else None
            yield (
                event.code,
                event.title,
                self._type(event),
                label_of(event.status),
                label_of(event.format),
                event.start or event.planned_start,
                event.end or event.planned_end,
                event.city,
                self._country(event.country) if event.country else None,
                names.get(event.host_cluster) if event.host_cluster else None,
                event.open_to_smes,
                event.participants_registered,
                event.participants_reported,
                listed.get(event.id),
                weights.get(event.id),
                sum(1 for country in countries if country is not None) or None,
                event.id in counted,
                why_not.get(event.id, expected),
            )

    def _type(self, event: Event) -> Sentence | None:
        label = self._programme.term_label("event_type", event.type) if event.type else ""
        return Sentence(label) if label else None

    def by_country(self) -> Iterator[Row]:
        """Give the participants of each event held by country; they add up to the figure."""
        for event in self._ordered(self._weights):
            countries = self._countries(event.id)
            told = Sentence("attendance list" if event.id in self._listed else "told by the host")
            for country in sorted(countries, key=lambda one: (one is None, -countries[one])):
                name = self._country(country) if country else NOT_KNOWN
                day = event.start or event.planned_start
                yield event.code, event.title, day, name, countries[country], told

    def _ordered(self, ids: Iterable[Id]) -> list[Event]:
        events = [self.facts.events[id_] for id_ in ids]
        return sorted(events, key=_order)

    def _countries(self, event: Id) -> Mapping[str | None, int]:
        """Give the countries of an event held; whoever is left of its number has none."""
        known = self._listed.get(event)
        if known is None:
            known = Counter(self._told.get(event, {}))
            rest = self._weights[event] - known.total()
            if rest < 0:  # the host's countries are more than the host's number: none is believed
                return {None: self._weights[event]}
            if rest:
                known[None] += rest
        return known

    @cached_property
    def _weights(self) -> Mapping[Id, int]:
        found = self._participants
        return {event: found.weights.get(event, 1) for event in found.counted}

    @cached_property
    def _listed(self) -> Mapping[Id, Counter[str | None]]:
        """The people on the attendance lists by country, each once for an event."""
        organisations = self.facts.organisations
        people: defaultdict[Id, dict[str, str | None]] = defaultdict(dict)
        for id_, organisation, country in self._reader.columns(
            "attendance", ("organisation", "country")
        ):
            one = self.facts.attendance[id_]
            if who := attendee(one):
                known = organisations.get(organisation) if organisation else None
                told = country or (known.country if known else None)
                people[one.event][who] = people[one.event].get(who) or told
        return {event: Counter(those.values()) for event, those in people.items()}

    @cached_property
    def _told(self) -> Mapping[Id, Mapping[str | None, int]]:
        """The countries that hosts counted, where the country is one that is known."""
        found: defaultdict[Id, Counter[str | None]] = defaultdict(Counter)
        for count in self._reader.all(EventCount):
            if count.by is CountBy.COUNTRY and count.participants and count.value:
                country = self._programme.find_country(count.value)
                found[count.event][country] += count.participants
        return found

    def _country(self, code: str) -> str:
        return self._programme.country_name(code)


def _order(event: Event) -> tuple[bool, str, str]:
    day = event.start or event.planned_start
    return day is None, day.isoformat() if day else "", event.title
