"""What the figures are counted from, read once from a document."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self, TypeVar

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
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.cluster_label import ClusterLabel
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.services.figure_fields import Belonging, Counting, FieldsT, read_fields
from smartct_desktop.services.own_partnership import own_partnership

Ids = Mapping[str, Collection[Id]]
"""Ids of records by their kind."""

_SAY_OF_WHOM = frozenset({"partnership", "organisation", "membership"})
"""What decides, beside the exchange itself, to which partner it belongs."""

T = TypeVar("T")
RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class FigureFacts:
    """The records that the counting rules look at; `adding` gives the same with more of them.

    `today` decides which labels are valid. Each count is made once for each scope; `abouts` are
    the answers that `about` has given.
    """

    own: Partnership | None
    today: date
    exchanges: Mapping[Id, Countable]
    organisations: Mapping[Id, Counting]
    events: Mapping[Id, Event]
    attendance: Mapping[Id, Attending]
    labels: Mapping[Id, ClusterLabel]
    memberships: Mapping[Id, Belonging]
    _counted: dict[Scope, Counted] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    abouts: dict[Id, About] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, reader: Reader, today: date) -> Self:
        """Read all of them, which takes the longer the more exchanges there are."""
        return cls(
            own_partnership(reader),
            today,
            {one.id: one for one in read_fields(reader, "exchange", CountedFields)},
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
        same = not _SAY_OF_WHOM & touched.keys()
        return replace(
            self,
            own=own_partnership(reader) if "partnership" in touched else self.own,
            exchanges=now("exchange", self.exchanges, fields("exchange", CountedFields)),
            organisations=now("organisation", self.organisations, fields("organisation", Counting)),
            events=now("event", self.events, records(Event)),
            attendance=now("attendance", self.attendance, fields("attendance", AttendingFields)),
            labels=now("label", self.labels, records(ClusterLabel)),
            memberships=now("membership", self.memberships, members),
            abouts=dict(now("exchange", self.abouts, {})) if same else {},
        )

    def adding(self, records: Iterable[Record]) -> FigureFacts:
        """Give the facts as they would be with these records, new ones or in place of old ones."""
        own = self.own
        exchanges, organisations = dict(self.exchanges), dict(self.organisations)
        events, attendance, labels = dict(self.events), dict(self.attendance), dict(self.labels)
        memberships = dict(self.memberships)
        for record in records:
            match record:
                case Exchange():
                    exchanges[record.id] = record
                case Organisation(id=id_, sme=sme, type=type_):
                    organisations[id_] = Counting(
                        id_, sme, type_, record.partnership, record.country
                    )
                case Event():
                    events[record.id] = record
                case Attendance():
                    attendance[record.id] = record
                case ClusterLabel():
                    labels[record.id] = record
                case Membership(id=id_, cluster=cluster, organisation=member):
                    memberships[id_] = Belonging(id_, cluster, member, record.since, record.until)
                case Partnership(own=True):
                    own = record
                case _:
                    pass  # nothing counts records of other types
        return replace(
            self,
            own=own,
            exchanges=exchanges,
            organisations=organisations,
            events=events,
            attendance=attendance,
            labels=labels,
            memberships=memberships,
            abouts={},
        )

    def exchanges_counted(self, scope: Scope = EVERYTHING) -> Counted:
        """The exchanges that count for the own partnership."""
        if scope not in self._counted:
            own = self.own
            self._counted[scope] = count_exchanges(
                self.exchanges.values(),
                own.id if own else None,
                (own and own.counted_from) or CountingStatus.VALIDATED,
                scope,
                self.about,
            )
        return self._counted[scope]

    def about(self, exchange: Countable) -> About:
        """Say to which partner one of these exchanges belongs, and of what type its visitor is.

        Where the exchange does not name the visitor's cluster, it belongs to the partner that the
        visitor is, or is a member of; if these are several, to none.
        """
        known = self.abouts.get(exchange.id)
        if known is None:
            known = self.abouts[exchange.id] = self._about(exchange)
        return known

    def _about(self, exchange: Countable) -> About:
        visitor = self.organisations.get(exchange.vo) if exchange.vo is not None else None
        type_ = visitor.type if visitor is not None else None
        partner = exchange.vo_cluster
        if partner is None and exchange.vo is not None:
            partner = self.cluster_of(exchange.vo, exchange.end or exchange.start)
        return partner, type_

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
        return count_participants(self.events.values(), people_at(self.attendance.values()), scope)

    def labelled(self, scope: Scope = EVERYTHING) -> Counted:
        """The partners that hold a label."""
        return count_labelled(self.labels.values(), self.partners, self.today, scope)


def renew_fields(
    reader: Reader,
    kind: str,
    known: Mapping[Id, FieldsT],
    type_: type[FieldsT],
    touched: Collection[Id],
) -> Mapping[Id, FieldsT]:
    """Read some records of a kind anew, and give them among those known; gone ones are left out."""
    if not touched:
        return known
    rows = reader.columns(kind, type_._fields[1:], touched)
    return put_in_place(known, touched, {row[0]: type_._make(row) for row in rows})


def put_in_place(
    known: Mapping[Id, T], touched: Collection[Id], found: Mapping[Id, T]
) -> Mapping[Id, T]:
    """Give what is known with what was found of those touched; what was not found is gone."""
    if not touched:
        return known
    changed = {**known, **found}
    for id_ in touched:
        if id_ not in found:
            changed.pop(id_, None)
    return changed
