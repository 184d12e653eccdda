"""A small partnership for the tests of the window: a few records of each kind that matters."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import (
    Organisation,
    OrganisationType,
    PartnerRole,
)
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.services.document import Document
from smartct_desktop.storage.store import Store
from tests.templates import Template


@dataclass(frozen=True)
class World:
    """The ids of the records by short names."""

    alpha: Id
    beta: Id
    gamma: Id
    cluster: Id
    first: Id
    second: Id
    third: Id
    fair: Id


def clock():
    """Moments a minute apart, beginning in 2022."""
    minutes = count()
    return lambda: datetime(2022, 6, 15, 8, tzinfo=UTC) + timedelta(minutes=next(minutes))


def _empty(path, ticks):
    return Document(Store.create(path, at=ticks()), ticks), None


def _small(path, ticks):
    document, _ = _empty(path, ticks)
    return document, fill(document)


EMPTY = Template(_empty, clock)
SMALL = Template(_small, clock)


def make_document(path):
    """A new document at `path`, open for writing."""
    return EMPTY.open(path, clock())


def make_small_document(path):
    """A document at `path` with the small partnership, open for writing; and its ids."""
    return SMALL.open(path, clock()), SMALL.known


def fill(document):
    """Put the small partnership into a document, as one step."""
    own = Partnership(acronym="Small", full_name="A small partnership", own=True, rule_set="G1")
    cluster = Organisation(
        name="Klaster K",
        type=OrganisationType.CLUSTER,
        country="DE",
        region="Leipzig",
        partnership=own.id,
        partner_role=PartnerRole.COORDINATOR,
        sectoral_industries=("environmental-services", "automotive"),
    )
    alpha = Organisation(name="Álfa, S.L.", type=OrganisationType.SME, country="ES", sme=True)
    beta = Organisation(name="„Бета“ ООД", type=OrganisationType.SME, country="BG", sme=True)
    gamma = Organisation(name="Gamma GmbH", type=OrganisationType.SME, country="DE", city="Halle")
    first = Exchange(
        number="SCT-2021-001",
        vo=alpha.id,
        ho=gamma.id,
        start=date(2021, 11, 16),
        end=date(2021, 11, 19),
        working_days=Decimal(3),
        amount_cents=41_500,
        status=ExchangeStatus.CLOSED,
    )
    second = Exchange(
        number="SCT-2021-002",
        vo=beta.id,
        ho=cluster.id,
        start=date(2021, 10, 4),
        working_days=Decimal("2.5"),
        status=ExchangeStatus.CANC,
    )
    third = Exchange(
        number="SCT-2022-001", vo=gamma.id, amount_cents=83_000, status=ExchangeStatus.PAID
    )
    fair = Event(
        title="Smart City Expo",
        code="E-01",
        start=date(2021, 11, 16),
        country="ES",
        host_cluster=cluster.id,
        status=EventStatus.HELD,
        planned_text="17th - 19th November 2020",
    )
    records = [
        *(own, cluster, alpha, beta, gamma, first, second, third, fair),
        ClusterFigures(cluster=cluster.id, as_of=PartialDate(2019), members=70, smes=50),
        ClusterFigures(cluster=cluster.id, as_of=PartialDate(2020, 5), members=78, smes=53),
        Membership(cluster=cluster.id, organisation=gamma.id),
        Target(name="Exchanges", value=50, counting_rule=CountingRule.EXCH_VALIDATED_VOP),
    ]
    with document.edit("the small partnership") as edit:
        for record in records:
            edit.add(record)
    ids = (alpha, beta, gamma, cluster, first, second, third, fair)
    return World(*(record.id for record in ids))
