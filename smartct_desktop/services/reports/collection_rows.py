"""What a document knows of one partner, as the rows of its collection template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from smartct_desktop.domain.fields import Id, Options, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Among, Path, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.report import Row
from smartct_desktop.domain.report import Value as Cell
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.list_words import option_word, term_word

T = TypeVar("T", bound=Record)


class KnownOfPartner:
    """What a document knows of one partner, as rows of the template; of nobody, nothing."""

    def __init__(
        self, reader: Reader, facts: ProgrammeFacts, partner: Id | None, today: date
    ) -> None:
        self._today = today
        self._reader = reader
        self._facts = facts
        self.partner = partner
        self._events = sorted(
            self._naming(Event, "host_cluster"),
            key=lambda event: (event.start or date.max, event.title),
        )

    def members(self) -> Iterator[Row]:
        """Give the members of the cluster."""
        memberships = self._naming(Membership, "cluster")
        members = self._reader.get_many(Organisation, {m.organisation for m in memberships})
        pairs = [(m, members[m.organisation]) for m in memberships if m.organisation in members]
        for membership, one in sorted(pairs, key=lambda pair: fold(pair[1].name)):
            yield (
                membership.id,
                one.name,
                one.name_latin,
                one.vat or one.national_number,
                self._country(one.country),
                one.region,
                one.city,
                self._option("organisation.type", one.type),
                one.sme,
                one.headcount,
                one.founded_year,
                one.website,
                one.contact,
                one.contact_email,
                _day(membership.since),
                _day(membership.until),
            )

    def exchanges(self) -> Iterator[Row]:
        """Give the exchanges whose visitor the partner sends."""
        stays = sorted(
            self._reader.get_many(Exchange, self._sent()).values(),
            key=lambda stay: (stay.start or stay.planned_start or date.max, stay.number or ""),
        )
        sides = {id_ for e in stays for id_ in (e.vo, e.ho, e.vo_cluster, e.ho_cluster) if id_}
        known = self._reader.get_many(Organisation, sides)
        people = self._reader.get_many(Person, {e.visitor for e in stays if e.visitor})
        for stay in stays:
            vo, ho, own, other = (
                known.get(id_) if id_ else None
                for id_ in (stay.vo, stay.ho, stay.vo_cluster, stay.ho_cluster)
            )
            visitor = people.get(stay.visitor) if stay.visitor else None
            yield (
                stay.id,
                stay.cxc_id,
                vo.name if vo else None,
                self._country(vo.country if vo else None),
                own.name if own else None,
                visitor.name if visitor else None,
                visitor.email if visitor else None,
                ho.name if ho else None,
                self._country(stay.ho_country or (ho.country if ho else None)),
                stay.ho_city,
                other.name if other else None,
                stay.start,
                stay.end,
                stay.working_days,
                self._option("exchange.mode", stay.mode),
                stay.distance_km,
                stay.ctq_vo_on,
                stay.ctq_ho_on,
                stay.ctq_vop_on,
                stay.ctq_hop_on,
                stay.agreement_on,
                stay.vo_report_on,
                stay.ho_report_on,
                stay.evidence,
                stay.amount_cents,
                stay.paid_on,
                stay.remark,
            )

    def events(self) -> Iterator[Row]:
        """Give the events that the partner hosts."""
        facts, language = self._facts, self._facts.language
        for event in self._events:
            groups = [
                term_word(facts, "target_group", term, language) for term in event.target_groups
            ]
            yield (
                event.id,
                event.code,
                event.title,
                term_word(facts, "event_type", event.type, language) if event.type else None,
                "; ".join(groups) or None,
                event.open_to_smes,
                event.start,
                event.end,
                event.city,
                self._country(event.country),
                self._option("event.format", event.format),
                event.participants_reported,
            )

    def attendance(self) -> Iterator[Row]:
        """Give who attended the events that the partner hosts."""
        events = {event.id: event for event in self._events}
        there = self._of(Attendance, "event", frozenset(events))
        organisations = self._reader.get_many(
            Organisation, {one.organisation for one in there if one.organisation}
        )
        people = self._reader.get_many(Person, {one.person for one in there if one.person})
        sessions = self._reader.get_many(Session, {one.session for one in there if one.session})
        order = {id_: place for place, id_ in enumerate(events)}
        for one in sorted(there, key=lambda a: (order[a.event], fold(a.name_text or ""))):
            organisation = organisations.get(one.organisation) if one.organisation else None
            person = people.get(one.person) if one.person else None
            session = sessions.get(one.session) if one.session else None
            event = events[one.event]
            yield (
                one.id,
                event.code or event.title,
                session_word(session) if session else None,
                one.name_text or (person.name if person else None),
                organisation.name if organisation else None,
                self._country(one.country),
                self._option("attendance.type", organisation.type if organisation else None),
                one.email,
                self._option("attendance.role", one.role),
            )

    def _sent(self) -> list[Id]:
        """Give the exchanges that belong to the partner, as the figures tell whose each is."""
        if self.partner is None:
            return []
        facts = FigureFacts.read(self._reader, self._today)
        return [id_ for id_ in facts.exchanges if facts.whose_is(id_).partner == self.partner]

    def _naming(self, type_: type[T], field: str) -> list[T]:
        """Give the records that name the partner in a field."""
        return self._of(type_, field, frozenset({self.partner} if self.partner else ()))

    def _of(self, type_: type[T], field: str, ids: frozenset[Value]) -> list[T]:
        if not ids:
            return []
        query = Query(type_.schema.kind, (), (Among(Path.of(field), ids),))
        window = self._reader.window(query)
        try:
            found = window.ids(0, window.count)
        finally:
            window.close()
        return list(self._reader.get_many(type_, found).values())

    def _country(self, code: str | None) -> str | None:
        return self._facts.country_name(code) if code else None

    def _option(self, code: str, option: Options | None) -> str | None:
        if option is None:
            return None
        return option_word(self._facts, code, option, self._facts.language)


def session_word(session: Session) -> str:
    """Give what stands for a session in the list of who attended: its number, or its title."""
    return str(session.no) if session.no is not None else session.title or ""


def _day(value: PartialDate | None) -> Cell:
    if value is None:
        return None
    if value.day:
        return value.first
    return f"{value.first:%m/%Y}" if value.month else value.isoformat()
