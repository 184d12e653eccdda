"""What the figures are counted from, read once from a document."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias, TypeVar

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import (
    About,
    Countable,
    Counted,
    CountedFields,
    count_exchanges,
    distinct_smes,
)
from smartct_desktop.domain.programme.event_counting import (
    Attending,
    AttendingFields,
    count_events,
    count_labelled,
    count_participants,
    people_at,
)
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.programme.whose import UNTOLD, Whose, whose, whose_by_sender
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.cluster_label import ClusterLabel
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.records.sender import Sender
from smartct_desktop.services.figure_fields import (
    Belonging,
    Counting,
    FieldsT,
    put_in_place,
    read_fields,
)
from smartct_desktop.services.own_partnership import own_partnership

Ids = Mapping[str, Collection[Id]]
"""Ids of records by their kind."""

_REQUIRED = tuple(
    name for name in CountedFields._fields if name not in CountedFields._field_defaults
)
_NAME_OFFICES = frozenset({"partnership", "organisation", "sender"})
"""What decides under which names the partners send files."""

Asked: TypeAlias = tuple[Id | None, Id | None]
"""The partners to ask for what the visitor's and what the host's side owe."""

T = TypeVar("T")
RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class FigureFacts:
    """The records that the counting rules look at.

    `today` decides which labels are valid. `offices` are the partners by the names under which
    their files come, `senders` those names for exchanges of which nothing else tells a partner, as
    far as they were looked up. Each count is made once for each scope; `abouts` and
    `asked` are the answers that `about` and `to_ask` have given, `people` those at the events for
    the attendance lists that they were counted from.
    """

    own: Partnership | None
    today: date
    exchanges: Mapping[Id, Countable]
    organisations: Mapping[Id, Counting]
    events: Mapping[Id, Event]
    attendance: Mapping[Id, Attending]
    labels: Mapping[Id, ClusterLabel]
    memberships: Mapping[Id, Belonging]
    offices: Mapping[str, Id] = dataclasses.field(default_factory=dict)
    tells_whose: bool = False
    senders: Mapping[Id, str] = dataclasses.field(default_factory=dict, repr=False, compare=False)
    _counted: dict[Scope, Counted] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    abouts: dict[Id, About] = dataclasses.field(default_factory=dict, repr=False, compare=False)
    asked: dict[Id, Asked] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    people: list[tuple[Mapping[Id, Attending], Mapping[Id, int]]] = dataclasses.field(
        default_factory=list, repr=False, compare=False
    )

    @classmethod
    def read(cls, reader: Reader, today: date) -> FigureFacts:
        """Read all of them, which takes the longer the more exchanges there are."""
        every = {one.id: one for one in read_fields(reader, "exchange", CountedFields)}
        facts = cls._read(reader, today, every)
        offices = _offices(reader, facts.partners)
        return replace(facts, offices=offices, tells_whose=True).asking(reader)

    @classmethod
    def read_for_the_whole(cls, reader: Reader, today: date) -> FigureFacts:
        """Read what is enough to count, but not to say of which partner an exchange is."""
        every = reader.columns("exchange", _REQUIRED[1:])
        return cls._read(reader, today, {row[0]: CountedFields(*row) for row in every})

    @classmethod
    def _read(cls, reader: Reader, today: date, exchanges: Mapping[Id, Countable]) -> FigureFacts:
        return cls(
            own_partnership(reader),
            today,
            exchanges,
            {one.id: one for one in read_fields(reader, "organisation", Counting)},
            {event.id: event for event in reader.all(Event)},
            {one.id: one for one in read_fields(reader, "attendance", AttendingFields)},
            {label.id: label for label in reader.all(ClusterLabel)},
            {one.id: one for one in read_fields(reader, "membership", Belonging)},
        )

    def renewed(self, reader: Reader, touched: Ids) -> FigureFacts:
        """Give the facts as they are after steps that touched these records, and no others."""

        def fields(kind: str, type_: type[FieldsT]) -> dict[Id, FieldsT]:
            ids = touched.get(kind, ())
            return {row[0]: row for row in read_fields(reader, kind, type_, ids)} if ids else {}

        def now(kind: str, known: Mapping[Id, T], found: Mapping[Id, T]) -> Mapping[Id, T]:
            return put_in_place(known, touched.get(kind, ()), found)

        def records(type_: type[RecordT]) -> dict[Id, RecordT]:
            ids = touched.get(type_.schema.kind, ())
            return reader.get_many(type_, ids) if ids else {}

        members = fields("membership", Belonging)
        changed = touched.get("exchange", ())
        renewed = replace(
            self,
            own=own_partnership(reader) if "partnership" in touched else self.own,
            exchanges=now("exchange", self.exchanges, fields("exchange", CountedFields)),
            organisations=now("organisation", self.organisations, fields("organisation", Counting)),
            events=now("event", self.events, records(Event)),
            attendance=now("attendance", self.attendance, fields("attendance", AttendingFields)),
            labels=now("label", self.labels, records(ClusterLabel)),
            memberships=now("membership", self.memberships, members),
            senders=now("exchange", self.senders, {}),
            abouts={},
        )
        if _NAME_OFFICES & touched.keys():
            renewed = replace(renewed, offices=_offices(reader, renewed.partners))
        if renewed.partners == self.partners and renewed.offices == self.offices:
            gone = {*changed, *self._exchanges_of(self._around(members, touched))}
            renewed.abouts.update(put_in_place(self.abouts, gone, {}))
            asked = put_in_place(self.asked, gone, {})
        else:
            asked = {}
        renewed = renewed.asking(reader)
        renewed.asked.update(asked)
        return renewed

    def _around(self, members: Mapping[Id, Belonging], touched: Ids) -> frozenset[Id]:
        """Give the organisations of which these steps may have changed whose they are."""
        ids = touched.get("membership", ())
        before = (self.memberships[id_].organisation for id_ in ids if id_ in self.memberships)
        now = (one.organisation for one in members.values())
        return frozenset((*touched.get("organisation", ()), *before, *now))

    def _exchanges_of(self, organisations: frozenset[Id]) -> Iterator[Id]:
        """Give the exchanges that these visit or host."""
        if organisations:
            for id_, exchange in self.exchanges.items():
                if exchange.vo in organisations or exchange.ho in organisations:
                    yield id_

    def asking(self, reader: Reader) -> FigureFacts:
        """Look up who sent the exchanges of which nothing else tells an own partner."""
        nobodys = [
            id_
            for id_, exchange in self.exchanges.items()
            if id_ not in self.abouts
            and id_ not in self.senders
            and not self._known_of_itself(exchange)
        ]
        if not nobodys:
            return self
        found = reader.first_senders("exchange", nobodys)
        senders = {id_: found.get(id_, "") for id_ in nobodys}
        return replace(self, senders={**self.senders, **senders})

    def _known_of_itself(self, exchange: Countable) -> bool:
        """Whether an own partner is told without its sender; if so, the answer is kept."""
        partner = whose(exchange, self.partners, self.cluster_of).partner
        if partner not in self.partners:
            return False
        self.abouts[exchange.id] = partner, self._type_of_visitor(exchange)
        return True

    def exchanges_counted(self, scope: Scope = EVERYTHING) -> Counted:
        """The exchanges that count for the own partnership."""
        if scope not in self._counted:
            own = self.own
            self._counted[scope] = count_exchanges(
                self.exchanges.values(),
                own.id if own else None,
                self.counted_from,
                scope,
                self.about,
            )
        return self._counted[scope]

    @property
    def counted_from(self) -> CountingStatus:
        """The state from which on exchanges count."""
        return (self.own and self.own.counted_from) or CountingStatus.VALIDATED

    def about(self, exchange: Countable) -> About:
        """Say to which partner one of these exchanges belongs, and of what type its visitor is."""
        known = self.abouts.get(exchange.id)
        if known is None:
            partner = self.whose(exchange).partner
            known = self.abouts[exchange.id] = partner, self._type_of_visitor(exchange)
        return known

    def whose(self, exchange: Countable) -> Whose:
        """Say to which partner one of these exchanges belongs, and what tells it.

        The figures, the waiting list, the letters, the problems by partner and the reports all ask
        here.
        """
        found = whose(exchange, self.partners, self.cluster_of)
        if found is not UNTOLD:
            return found
        sender = self.senders.get(exchange.id, "")
        own = self.own.id if self.own else None
        of = self.offices.get(sender)
        return whose_by_sender(exchange, sender, of, own, self.cluster_of)

    def whose_is(self, exchange: Id) -> Whose:
        """Say it of an exchange by its id. Raises KeyError."""
        return self.whose(self.exchanges[exchange])

    def to_ask(self, exchange: Countable) -> Asked:
        """Give the partners to ask for what the visitor's and the host's side owe.

        One stands in for the other; where neither is told, who sent the exchange first.
        """
        known = self.asked.get(exchange.id)
        if known is None:
            known = self.asked[exchange.id] = self._to_ask(exchange)
        return known

    def _to_ask(self, exchange: Countable) -> Asked:
        visitors, _ = self.about(exchange)
        hosts = exchange.ho_cluster
        if hosts not in self.partners and exchange.ho is not None:
            hosts = self.cluster_of(exchange.ho, exchange.end or exchange.start)
        visitors = visitors if visitors in self.partners else None
        hosts = hosts if hosts in self.partners else None
        last = visitors or hosts or self.offices.get(self.senders.get(exchange.id, ""))
        return visitors or last, hosts or last

    def _type_of_visitor(self, exchange: Countable) -> OrganisationType | None:
        visitor = self.organisations.get(exchange.vo) if exchange.vo is not None else None
        return visitor.type if visitor is not None else None

    def cluster_of(self, organisation: Id, day: date | None) -> Id | None:
        """Give the partner that an organisation is, or whose member it was on a day; or None."""
        if organisation in self.partners:
            return organisation
        memberships = self._memberships_of.get(organisation, ())
        of = {m.cluster for m in memberships if m.holds_on(day)} & self.partners
        return next(iter(of)) if len(of) == 1 else None

    @cached_property
    def partners(self) -> frozenset[Id]:
        """The clusters of the own partnership."""
        own = self.own.id if self.own else None
        return frozenset(
            one.id for one in self.organisations.values() if own and one.partnership == own
        )

    @cached_property
    def _memberships_of(self) -> Mapping[Id, list[Belonging]]:
        found: defaultdict[Id, list[Belonging]] = defaultdict(list)
        for one in self.memberships.values():
            found[one.organisation].append(one)
        return found

    def smes(self, scope: Scope = EVERYTHING, *, hosts: bool) -> Counted:
        """The distinct SMEs of the exchanges that count."""
        smes = frozenset(one.id for one in self.organisations.values() if one.is_sme)
        return distinct_smes(
            self.exchanges.values(), self.exchanges_counted(scope), smes, hosts=hosts
        )

    def events_held(self, scope: Scope = EVERYTHING) -> Counted:
        """The events that took place; planned ones are expected."""
        return count_events(self.events.values(), scope)

    def participants(self, scope: Scope = EVERYTHING) -> Counted:
        """The events that took place, each weighed by its participants."""
        known = next(iter(self.people), None)
        if known is None or known[0] is not self.attendance:
            known = self.attendance, people_at(self.attendance.values())
            self.people[:] = [known]
        return count_participants(self.events.values(), known[1], scope)

    def labelled(self, scope: Scope = EVERYTHING) -> Counted:
        """The partners that hold a label."""
        return count_labelled(self.labels.values(), self.partners, self.today, scope)


def _offices(reader: Reader, partners: Collection[Id]) -> Mapping[str, Id]:
    """Give the partners by the names under which their files come; a name of two is nobody's."""
    found: defaultdict[str, set[Id]] = defaultdict(set)
    for id_, name in reader.captions("organisation", partners).items():
        found[name].add(id_)
    for sender in reader.all(Sender):
        if sender.cluster in partners and sender.cluster is not None:
            found[sender.name] = {sender.cluster}
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
