"""All record types of a document; a new one is a file in `records/` and a line here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from smartct_desktop.domain.fields import Field
from smartct_desktop.domain.record import Schema
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.cluster_label import ClusterLabel
from smartct_desktop.domain.records.deliverable import Deliverable
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.event_count import EventCount
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.exchange_day import ExchangeDay
from smartct_desktop.domain.records.exchange_person import ExchangePerson
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.place import Place
from smartct_desktop.domain.records.profile import Profile
from smartct_desktop.domain.records.public_holiday import PublicHoliday
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.domain.records.sender import Judgement, Sender
from smartct_desktop.domain.records.sent_figure import SentFigure
from smartct_desktop.domain.records.sent_records import SentRecords
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.records.target import Target
from smartct_desktop.domain.records.waiver import Waiver

SCHEMAS: tuple[Schema, ...] = (
    Partnership.schema,
    Organisation.schema,
    ClusterFigures.schema,
    ClusterLabel.schema,
    Membership.schema,
    Person.schema,
    Profile.schema,
    Deliverable.schema,
    Event.schema,
    Session.schema,
    Attendance.schema,
    EventCount.schema,
    Exchange.schema,
    ExchangeDay.schema,
    ExchangePerson.schema,
    Payment.schema,
    Attachment.schema,
    Waiver.schema,
    Target.schema,
    Sender.schema,
    Judgement.schema,
    RuleValue.schema,
    PublicHoliday.schema,
    Place.schema,
    ReportingPeriod.schema,
    SentFigure.schema,
    SentRecords.schema,
)

BY_KIND: Mapping[str, Schema] = MappingProxyType({schema.kind: schema for schema in SCHEMAS})


def schema_of(kind: str) -> Schema:
    """Give the schema of a kind. Raises KeyError for a kind that does not exist."""
    return BY_KIND[kind]


def references_to(kind: str) -> Iterator[Field]:
    """Give every field, of any record type, that can name a record of `kind`."""
    for schema in SCHEMAS:
        for field in schema.references:
            if getattr(field.type, "kind", None) == kind:
                yield field
