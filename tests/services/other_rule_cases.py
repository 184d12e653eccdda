"""For the rules on organisations and events a case that raises each, and one that does not."""

import dataclasses
import datetime as dt

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.event_rules import Attendee, EventCase
from smartct_desktop.domain.programme.organisation_case import (
    ClusterFacts,
    Hosted,
    Member,
    OrganisationCase,
    Snapshot,
    Twin,
)
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.organisation import (
    Organisation,
    OrganisationType,
    SmeBasis,
)

TODAY = dt.date(2022, 7, 1)
START = dt.date(2021, 11, 16)
CLUSTER = {"type": OrganisationType.CLUSTER, "sme": None}

GOOD_FIRM = {
    "name": "Mobitest",
    "type": OrganisationType.SME,
    "country": "BG",
    "sme": True,
    "sme_basis": SmeBasis.SELF,
    "headcount": 249,
    "group_note": "Independent.",
}


@dataclasses.dataclass
class Around:
    """An organisation and what else is known."""

    values: dict = dataclasses.field(default_factory=dict)
    more: dict = dataclasses.field(default_factory=dict)


def twins(country):
    return {"same_name": (Twin(new_id(), "MOBITEST", country),)}


def cluster(*, figures=(), labels=(), members=()):
    """A cluster with figures by year (members, SMEs), last days of labels, and members."""
    snapshots = [Snapshot(PartialDate(year), *told) for year, *told in figures]
    memberships = [Member(kind, None, until) for kind, until in members]
    return Around(CLUSTER, {"cluster": ClusterFacts(snapshots, labels, memberships)})


VISITORS = {n: new_id() for n in (1, 2)}


def guest(vo, first, last):
    """A stay in November 2021 of one of two visitors."""
    days = (dt.date(2021, 11, day) for day in (first, last))
    return Hosted(VISITORS[vo], f"SCT-2021-00{vo}", *days)


FIFTEEN = [("firm", None)] * 14 + [("research", None)]

ORGANISATIONS = {
    "ORG-01": ({"name": " -- "}, {"name": "3"}),
    "ORG-02": (Around(more=twins("BG")), Around(more=twins("ES"))),
    "ORG-03": ({"country": None}, {"country": "US"}),
    "ORG-04": ({"vat": "BG12345"}, {"vat": "BG123456789"}),
    "ORG-05": ({"headcount": 250}, {"headcount": 250, "sme": False}),
    "ORG-06": ({"sme_basis": None}, {"sme_basis": None, "type": OrganisationType.CLUSTER}),
    "ORG-07": ({"group_note": None}, {"group_note": None, "headcount": None}),
    "ORG-08": (
        cluster(figures=[(2020, 20, 21)]),
        cluster(figures=[(2020, 20, 20)]),
    ),
    "ORG-09": (cluster(members=FIFTEEN[1:]), cluster(members=FIFTEEN)),
    "ORG-10": (
        cluster(figures=[(2020, 16, 3)], members=FIFTEEN),
        cluster(figures=[(2019, 17, 3), (2020, 31, 3)], members=FIFTEEN),
    ),
    "ORG-11": (
        cluster(labels=[dt.date(2022, 6, 30)]),
        cluster(labels=[dt.date(2022, 6, 30), TODAY]),
    ),
    "ORG-12": (
        {**CLUSTER, "technology_fields": ("nonsense",)},
        {**CLUSTER, "scaleup_kind": None},
    ),
    "ORG-13": (
        Around({"vat": "BG123456789"}, {"same_vat": (Twin(new_id(), "Other", "BG"),)}),
        Around({"vat": "BG123456789"}),
    ),
    "ORG-14": ({"country": "GR", "region_code": "GR30"}, {"country": "GR", "region_code": "EL30"}),
    "ORG-15": ({"pic": "12345678"}, {"pic": "123456789"}),
    "ELG-13": (
        Around(more={"hosted": (guest(1, 16, 18), guest(2, 18, 19))}),
        Around(more={"hosted": (guest(1, 16, 18), guest(1, 17, 19), guest(2, 20, 21))}),
    ),
    "ORG-16": (
        cluster(figures=[(2020, 100, 1), (2021, 121, 1)]),
        cluster(figures=[(2020, 100, 1), (2021, 120, 1)]),
    ),
}


def attendees(*people):
    return tuple(Attendee(**{"who": str(n), **person}) for n, person in enumerate(people))


HELD = {"status": EventStatus.HELD}
TWO = attendees({"sme": True, "country": "BG"}, {"sme": False, "country": "ES"})
LARGE_ONLY = attendees({"sme": False}, {"sme": None})

EVENTS = {
    "EVT-01": (
        {"status": EventStatus.HELD, "start": None},
        {"status": EventStatus.PLANNED, "start": None},
    ),
    "EVT-02": ({"end": dt.date(2021, 11, 15)}, {"end": START}),
    "EVT-03": (
        Around({"participants_reported": 3}, {"attendance": TWO}),
        Around({"participants_reported": 2}, {"attendance": TWO}),
    ),
    "EVT-04": (
        Around(more={"attendance": attendees({"who": "ada"}, {"who": "ada"})}),
        Around(more={"attendance": attendees({"who": "ada"}, {"who": "ada", "session": "2"})}),
    ),
    "EVT-05": (
        Around({**HELD, "open_to_smes": True}, {"attendance": LARGE_ONLY}),
        Around({**HELD, "open_to_smes": True}, {"attendance": TWO}),
    ),
    "EVT-06": (
        {"status": EventStatus.PLANNED, "planned_end": dt.date(2022, 6, 30)},
        {"status": EventStatus.PLANNED, "planned_end": TODAY},
    ),
    "EVT-07": (
        {"status": EventStatus.HELD, "agenda": None},
        {"status": EventStatus.HELD, "agenda": "Talks"},
    ),
    "EVT-08": (
        Around({"participants_reported": 12}, {"by_country": (5, 6)}),
        Around({"participants_reported": 12}, {"by_country": (5, 7)}),
    ),
    "EVT-09": (
        {"planned_text": "autumn 2020", "start": None},
        {"planned_text": "autumn 2020", "planned_start": dt.date(2020, 9, 1)},
    ),
    "GDP-07": (
        Around(more={"photos": 1, "attendance": attendees({"photos": True}, {"photos": None})}),
        Around(more={"photos": 1, "attendance": attendees({"photos": True}, {"photos": True})}),
    ),
    "EVT-10": (
        Around({"country": "BG"}, {"attendance": TWO}),
        Around({"country": "ES"}, {"attendance": TWO}),
    ),
}


def organisation_case(about, facts):
    about = about if isinstance(about, Around) else Around(about)
    return OrganisationCase(
        Organisation(**{**GOOD_FIRM, **about.values}),
        visits=True,
        rules=facts.rule_set("G1"),
        countries=facts.countries,
        patterns=facts.identifiers,
        today=TODAY,
        terms=facts,
        **about.more,
    )


def event_case(about, _facts):
    about = about if isinstance(about, Around) else Around(about)
    usual = {"title": "Days", "start": START, "agenda": "Talks"}
    more = {"attendance": attendees({}, {}), **about.more}
    return EventCase(Event(**{**usual, **about.values}), today=TODAY, **more)
