"""What the figures would be counted from, if records were added or changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.cluster_label import ClusterLabel
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figure_fields import Belonging, Counting


def with_records(facts: FigureFacts, records: Iterable[Record]) -> FigureFacts:
    """Give the facts as they would be with these records, new ones or in place of old ones."""
    own = facts.own
    exchanges, organisations = dict(facts.exchanges), dict(facts.organisations)
    events, attendance, labels = dict(facts.events), dict(facts.attendance), dict(facts.labels)
    memberships = dict(facts.memberships)
    for record in records:
        match record:
            case Exchange():
                exchanges[record.id] = record
            case Organisation(id=id_, sme=sme, type=type_):
                organisations[id_] = Counting(id_, sme, type_, record.partnership, record.country)
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
        facts,
        own=own,
        exchanges=exchanges,
        organisations=organisations,
        events=events,
        attendance=attendance,
        labels=labels,
        memberships=memberships,
        abouts={},
    )
