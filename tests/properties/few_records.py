"""Few records with few values, made at random, so that they have much to do with each other."""

import datetime as dt
from decimal import Decimal
from random import Random

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.cluster_label import ClusterLabel
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.event_count import CountBy, EventCount
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.public_holiday import PublicHoliday
from smartct_desktop.domain.records.rule_value import RuleValue, ValueStatus
from smartct_desktop.domain.records.waiver import Waiver

TYPES = (
    *(Organisation, Exchange, Payment, ExchangeDay, Event, Attendance, Waiver, Partnership),
    *(Membership, Person, RuleValue, PublicHoliday, ClusterFigures, ClusterLabel, EventCount),
)


def day(random):
    return dt.date(2021, 11, 1) + dt.timedelta(random.randrange(40))


VALUES = {
    Membership: lambda self, random: {
        "cluster": self.some(random, Organisation),
        "organisation": self.some(random, Organisation),
        "until": random.choice([None, PartialDate(2021, 11, 20), PartialDate(2020)]),
    },
    Person: lambda _self, random: {
        "name": random.choice("XY"),
        "third_country_national": random.choice([None, True]),
    },
    RuleValue: lambda _self, random: {
        "rule_set": "G1",
        "name": random.choice(["cap.ES", "min_working_days", "once_only", "may_visit.LARGE"]),
        "value": random.choice(["3", "yes", "900"]),
        "source": "Annex",
        "valid_from": random.choice([None, day(random)]),
        "status": random.choice([None, *ValueStatus]),
    },
    PublicHoliday: lambda _self, random: {"date": day(random), "country": "ES", "name": "Feast"},
    ClusterFigures: lambda self, random: {
        "cluster": self.some(random, Organisation),
        "members": random.choice([None, 3, 20]),
    },
    ClusterLabel: lambda self, random: {
        "cluster": self.some(random, Organisation),
        "valid_until": random.choice([None, dt.date(2022, 7, 2)]),
    },
    EventCount: lambda self, random: {
        "event": self.some(random, Event),
        "by": random.choice(list(CountBy)),
        "participants": random.choice([None, 5]),
    },
}


class Records:
    """Adds records to a document."""

    def __init__(self, document):
        self.document = document

    def begin(self):
        """Start with some of each kind."""
        for seed, type_ in enumerate((*TYPES, *(Organisation, Exchange, Exchange, Waiver) * 3)):
            self.add(Random(seed), type_)

    def some(self, random, type_):
        ids = [record.id for record in self.document.read.all(type_)]
        return random.choice(ids) if ids and random.random() < 0.9 else None

    def values(self, random, type_):
        one = random.choice
        if type_ is Organisation:
            return {
                "name": one(["A", "Beta"]),
                "legal_name": one([None, None, "BETA", "Gamma"]),
                "aliases": one([None, None, "A", "Gamma", "Delta\nBeta"]),
                "type": one([None, *OrganisationType]),
                "country": one([None, "ES", "DE", "US"]),
                "sme": one([None, True]),
                "headcount": one([None, 10, 300]),
                "beneficiary": one([None, True]),
                "vat": one([None, "ESB1", "es b1"]),
                "eccp_profiled": one([None, True, False]),
                "partnership": self.some(random, Partnership),
            }
        if type_ is Exchange:
            start = one([None, day(random)])
            return {
                "number": one("123"),
                "vo": self.some(random, Organisation),
                "ho": self.some(random, Organisation),
                "vop": self.some(random, Partnership),
                "mode": one([None, Mode.PHYSICAL, Mode.VIRTUAL]),
                "status": one([None, ExchangeStatus.VAL, ExchangeStatus.PAID, ExchangeStatus.CANC]),
                "evidence_on": one([None, day(random)]),
                "paid_on": one([None, None, day(random)]),
                "start": start,
                "end": start and start + dt.timedelta(one([0, 3, 40])),
                "working_days": one([None, Decimal(2), Decimal(5)]),
                "amount_cents": one([None, 41500, 83000]),
                "ho_country": one([None, "ES"]),
                "cxc_id": one([None, "C1"]),
                "remark": one([None, "later"]),
                "visitor": self.some(random, Person),
                "vo_cluster": one([None, self.some(random, Organisation)]),
            }
        if type_ is Payment:
            return {
                "exchange": self.some(random, Exchange),
                "date": day(random),
                "payment_kind": one(list(PaymentKind)),
                "amount_cents": one([None, 41500]),
                "payer_cluster": self.some(random, Organisation),
                "payee_as_written": one([None, "A", "C"]),
            }
        if type_ is ExchangeDay:
            return {
                "exchange": self.some(random, Exchange),
                "date": day(random),
                "day_kind": one(list(DayKind)),
            }
        if type_ is Event:
            return {
                "title": one("EF"),
                "status": one(list(EventStatus)),
                "planned_end": day(random),
            }
        if type_ is Attendance:
            return {
                "event": self.some(random, Event),
                "organisation": self.some(random, Organisation),
                "name_text": one([None, "Ada", "Ben"]),
            }
        if type_ in VALUES:
            return VALUES[type_](self, random)
        if type_ is Waiver:
            return {
                "rule_code": one(["ELG-04", "ELG-05", "ELG-08", "DUR-02"]),
                "exchange": self.some(random, Exchange),
                "reason": "so",
                "expires_on": one([None, dt.date(2022, 7, 2)]),
            }
        return {"acronym": one("PQ"), "starts_on": one([None, dt.date(2021, 11, 20)])}

    def add(self, random, type_):
        try:
            with self.document.edit("addition") as edit:
                edit.add(type_(**self.values(random, type_)))
        except Invalid:
            pass
