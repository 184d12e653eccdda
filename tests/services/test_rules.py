"""Every rule of the catalogue: one case that raises it, and one like it that does not."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.programme.event_rules import EventCase
from smartct_desktop.domain.programme.exchange_case import (
    Booking,
    ExchangeCase,
    LoggedDay,
    Visit,
    Visits,
)
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.organisation_rules import OrganisationCase
from smartct_desktop.domain.programme.rule_catalog import BY_CODE, KINDS, LINKS, RULES
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_day import DayKind
from smartct_desktop.domain.records.organisation import (
    Organisation,
    OrganisationType,
    SmeBasis,
)
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.services.importing.rates import Rates, rules_of
from smartct_desktop.services.stays import stay_of

TODAY = dt.date(2022, 7, 1)
START = dt.date(2021, 11, 16)  # a Tuesday
END = dt.date(2021, 11, 18)
LATER = dt.date(2021, 12, 1)

OWN = Partnership(acronym="Ours", own=True, rule_set="G1", starts_on=dt.date(2020, 2, 3))
OTHER = Partnership(acronym="Theirs")
VISITOR = Organisation(name="Mobitest", type=OrganisationType.SME, country="BG")
HOST = Organisation(name="Clúster", type=OrganisationType.CLUSTER, country="ES")
SIGNED = {f"ctq_{who}_on": dt.date(2021, 11, 1) for who in ("vo", "ho", "vop", "hop")}
AGREED = {f"agreement_{who}_on": dt.date(2021, 11, 2) for who in ("vo", "vop")}

# A stay to which no rule has anything to say.
GOOD = {
    "number": "SCT-2021-007",
    "vo": VISITOR.id,
    "ho": HOST.id,
    "vop": OWN.id,
    "hop": OTHER.id,
    "mode": Mode.PHYSICAL,
    "start": START,
    "end": END,
    "ho_country": "ES",
    "working_days": Decimal(3),
    "distance_km": Decimal(1500),
    "amount_cents": 41500,
    "goals": "Learn.",
    "vo_report": True,
    "vo_report_validated_on": LATER,
    "ho_report": True,
    "evidence": True,
    "status": ExchangeStatus.VAL,
    **SIGNED,
    **AGREED,
}


@dataclasses.dataclass
class About:
    """What is different from the good stay, and what belongs to it."""

    exchange: dict = dataclasses.field(default_factory=dict)
    visitor: dict = dataclasses.field(default_factory=dict)
    host: dict = dataclasses.field(default_factory=dict)
    own: dict = dataclasses.field(default_factory=dict)
    others: tuple = ()
    payments: tuple = ()
    days: tuple = ()


def exchange_case(about, facts):
    exchange = Exchange(**{**GOOD, **about.exchange})
    visitor, host = VISITOR.replace(**about.visitor), HOST.replace(**about.host)
    own = OWN.replace(**about.own)
    rules = rules_of(facts, own)
    payments = [Booking(*payment) for payment in about.payments]
    others = [Exchange(**{**GOOD, "number": "SCT-2021-001", **other}) for other in about.others]
    return ExchangeCase(
        stay=stay_of(exchange, (visitor, host), payments, Rates(facts, rules.code), rules),
        rules=rules,
        exchange=exchange,
        visitor=visitor,
        host=host,
        own=own,
        visits=Visits(visit(each) for each in (exchange, *others)),
        payments=payments,
        days=[LoggedDay(*day) for day in about.days],
        countries=facts.countries,
        holidays=facts.holidays,
        today=TODAY,
    )


def visit(exchange):
    names = ("id", "number", "ho", "mode", "status", "start", "end", "cxc_id")
    return Visit(*(getattr(exchange, name) for name in names))


def stay(**exchange):
    return About(exchange=exchange)


def paid(**exchange):
    return stay(paid_on=LATER, status=None, **exchange)


BEFORE = {"start": dt.date(2021, 5, 4), "end": dt.date(2021, 5, 6), "ho": None}
SATURDAY, FRIDAY = dt.date(2021, 11, 20), dt.date(2021, 11, 19)
PAYMENT, REVERSAL = (PaymentKind.PAYMENT, LATER), (PaymentKind.REVERSAL, LATER)
VIRTUAL = {"mode": Mode.VIRTUAL, "amount_cents": None}
LARGE, OTHER_TYPE = OrganisationType.LARGE, OrganisationType.OTHER

EXCHANGES = {
    "ELG-01": (About(visitor={"country": "US"}), About(visitor={"country": "RS"})),
    "ELG-02": (stay(ho_country="US"), stay(ho_country="IT", amount_cents=None)),
    "ELG-03": (About(visitor={"country": "ES"}), About(visitor={"country": "PT"})),
    "ELG-04": (About(visitor={"type": LARGE}), About(visitor={"type": OrganisationType.SCALEUP})),
    "ELG-05": (About(host={"type": OTHER_TYPE}), About(host={"type": OrganisationType.BUSNET})),
    "ELG-08": (About(others=(BEFORE,)), About(others=({**BEFORE, "mode": Mode.VIRTUAL},))),
    "ELG-09": (About(others=({**BEFORE, "mode": Mode.VIRTUAL},)), About(others=(BEFORE,))),
    "ELG-12": (About(visitor={"beneficiary": True}), About(visitor={"beneficiary": False})),
    "ELG-14": (stay(hop=None), stay(hop=OWN.id)),
    "DUR-02": (stay(working_days=Decimal("2.5")), stay(working_days=Decimal(3))),
    "DUR-03": (stay(end=dt.date(2021, 12, 17)), stay(end=dt.date(2021, 12, 16))),
    "DUR-03b": (stay(end=dt.date(2021, 12, 16)), stay(end=dt.date(2021, 12, 15))),
    "DUR-04": (About(days=((SATURDAY, DayKind.FULL),)), About(days=((SATURDAY, DayKind.TRAVEL),))),
    "DUR-05": (
        About(days=((START, DayKind.FULL), (END, DayKind.HALF))),
        About(days=tuple((START + dt.timedelta(n), DayKind.FULL) for n in range(3))),
    ),
    "DUR-06": (
        About(own={"ends_on": dt.date(2021, 11, 17)}),
        About(own={"ends_on": dt.date(2021, 11, 18)}),
    ),
    "DUR-10": (stay(mode=Mode.VIRTUAL, amount_cents=100), stay(**VIRTUAL)),
    "DUR-11": (stay(**VIRTUAL, start=dt.date(2020, 6, 1)), stay(**VIRTUAL)),
    "DUR-13": (
        stay(start=dt.date(2022, 7, 1), end=dt.date(2022, 7, 3)),
        stay(start=dt.date(2022, 6, 28), end=dt.date(2022, 7, 1)),
    ),
    "AMT-01": (stay(ho_country="US"), stay(ho_country="PT")),
    "AMT-02": (stay(amount_cents=41501), stay(amount_cents=41500)),
    "AMT-03": (stay(amount_cents=83000), stay(amount_cents=83000, working_days=Decimal(5))),
    "AMT-04": (
        stay(amount_cents=83000, working_days=Decimal(5), distance_km=Decimal(199)),
        stay(amount_cents=83000, working_days=Decimal(5), distance_km=Decimal(200)),
    ),
    "AMT-05": (stay(amount_cents=20750), stay(amount_cents=41500)),
    "AMT-06": (stay(amount_cents=41499), stay(amount_cents=41500)),
    "AMT-07": (stay(amount_cents=124500), stay(amount_cents=41500)),
    "AMT-14": (stay(amount_cents=110001), stay(amount_cents=110000)),
    "PAY-01": (paid(vo_report=False, vo_report_validated_on=None), paid()),
    "PAY-02": (paid(evidence=None), paid()),
    "PAY-03": (paid(agreement_vo_on=None), paid()),
    "PAY-04": (About(payments=(PAYMENT, PAYMENT)), About(payments=(PAYMENT, REVERSAL, PAYMENT))),
    "PAY-06": (stay(paid_on=dt.date(2021, 11, 17)), stay(paid_on=END)),
    "DOC-01": (stay(ctq_hop_on=None), stay(ctq_hop_on=None, status=ExchangeStatus.MACC)),
    "DOC-02": (stay(agreement_vop_on=None), stay(agreement_vop_on=None, **VIRTUAL)),
    "DOC-03": (stay(ctq_vo_on=dt.date(2021, 11, 17)), stay(ctq_vo_on=START)),
    "DOC-04": (stay(agreement_vo_on=dt.date(2021, 11, 17)), stay(agreement_vo_on=START)),
    "DOC-05": (
        stay(ho_report=None, start=None, end=dt.date(2022, 5, 31)),
        stay(ho_report=None, start=None, end=dt.date(2022, 6, 1)),
    ),
    "DOC-06": (
        stay(vo_report=None, vo_report_validated_on=None),
        stay(vo_report=None, vo_report_validated_on=None, status=ExchangeStatus.ONG),
    ),
    "DOC-08": (stay(goals=None), stay(goals=None, **dict.fromkeys(SIGNED))),
    "KPI-01": (About(others=({},)), About(others=({"start": dt.date(2021, 11, 15)},))),
    "KPI-02": (stay(vop=OTHER.id, hop=OWN.id), stay(vop=OWN.id, hop=OWN.id)),
}

GOOD_FIRM = {
    "name": "Mobitest",
    "type": OrganisationType.SME,
    "country": "BG",
    "sme": True,
    "sme_basis": SmeBasis.SELF,
    "headcount": 249,
}
ORGANISATIONS = {
    "ORG-03": ({"country": None}, {"country": "US"}),
    "ORG-04": ({"vat": "BG12345"}, {"vat": "BG123456789"}),
    "ORG-05": ({"headcount": 250}, {"headcount": 250, "sme": False}),
    "ORG-06": ({"sme_basis": None}, {"sme_basis": None, "type": OrganisationType.CLUSTER}),
    "ORG-14": ({"country": "GR", "region_code": "GR30"}, {"country": "GR", "region_code": "EL30"}),
    "ORG-15": ({"pic": "12345678"}, {"pic": "123456789"}),
}

EVENTS = {
    "EVT-01": (
        {"status": EventStatus.HELD, "start": None},
        {"status": EventStatus.PLANNED, "start": None},
    ),
    "EVT-06": (
        {"status": EventStatus.PLANNED, "planned_end": dt.date(2022, 6, 30)},
        {"status": EventStatus.PLANNED, "planned_end": TODAY},
    ),
    "EVT-07": (
        {"status": EventStatus.HELD, "agenda": None},
        {"status": EventStatus.HELD, "agenda": "Talks"},
    ),
    "EVT-09": (
        {"planned_text": "autumn 2020", "start": None},
        {"planned_text": "autumn 2020", "planned_start": dt.date(2020, 9, 1)},
    ),
}


def organisation_case(values, facts):
    organisation = Organisation(**{**GOOD_FIRM, **values})
    return OrganisationCase(
        organisation,
        visits=True,
        rules=facts.rule_set("G1"),
        countries=facts.countries,
        patterns=facts.identifiers,
    )


def event_case(values, _facts):
    usual = {"title": "Days", "start": START, "agenda": "Talks"}
    return EventCase(Event(**{**usual, **values}), 12, TODAY)


CASES = {
    **{code: (exchange_case, *pair) for code, pair in EXCHANGES.items()},
    **{code: (organisation_case, *pair) for code, pair in ORGANISATIONS.items()},
    **{code: (event_case, *pair) for code, pair in EVENTS.items()},
}


def said(code, case):
    return list(BY_CODE[code].findings(case))


@pytest.mark.parametrize("code", BY_CODE)
def test_that_a_rule_speaks_when_it_is_broken_and_is_silent_otherwise(code, facts):
    make, broken, kept = CASES[code]

    (finding,) = said(code, make(broken, facts))
    assert said(code, make(kept, facts)) == []
    assert finding.code == code
    assert "{" not in finding.sentence
    schema = schema_of(BY_CODE[code].kind)
    assert finding.field in {"", *schema.by_name}


@pytest.mark.parametrize(
    ("kind", "make", "good"),
    [
        ("exchange", exchange_case, About()),
        ("organisation", organisation_case, {}),
        ("event", event_case, {"status": EventStatus.HELD}),
    ],
)
def test_that_no_rule_has_anything_to_say_of_what_is_good(kind, make, good, facts):
    case = make(good, facts)

    assert [rule.code for rule in RULES if rule.kind == kind and said(rule.code, case)] == []


def test_that_every_rule_has_a_row_that_explains_it(facts):
    assert len(BY_CODE) == len(RULES)
    for rule in RULES:
        assert rule.title
        assert rule.sentence.endswith(".")
        assert rule.todo.endswith(".")
        assert set(rule.source.split("; ")) <= {*facts.sources, "own reading"}
        assert rule.kind in KINDS


def test_that_links_lead_along_fields_that_exist():
    for link in LINKS:
        for kind, name in ((link.kind, link.field), (link.of_kind, link.of_field)):
            assert name == "id" or name in schema_of(kind).by_name
        assert set(link.watched) <= set(schema_of(link.kind).by_name)


def test_that_an_unknown_end_of_the_period_makes_it_a_doubt_only(facts):
    planned = {"planned_months": 6}
    (doubt,) = said("DUR-06", exchange_case(About(own=planned), facts))
    (error,) = said("DUR-06", exchange_case(About(own={"ends_on": dt.date(2020, 8, 3)}), facts))

    assert (doubt.severity, error.severity) == (Severity.WARNING, Severity.ERROR)


def test_that_the_country_of_the_establishment_counts(facts):
    based = About(visitor={"country": "ES", "base_country": "BG"})

    assert said("ELG-03", exchange_case(based, facts)) == []


def test_that_a_report_that_is_there_but_not_validated_keeps_money_back(facts):
    early = stay(
        status=ExchangeStatus.REPS, paid_on=LATER, vo_report=True, vo_report_validated_on=None
    )

    assert [f.code for f in said("PAY-01", exchange_case(early, facts))] == ["PAY-01"]
    assert said("DOC-06", exchange_case(early, facts)) == []


def test_that_of_two_physical_visits_the_later_one_is_one_too_many(facts):
    later = {"start": dt.date(2022, 1, 11), "end": dt.date(2022, 1, 13), "ho": new_id()}

    assert said("ELG-08", exchange_case(About(others=(later,)), facts)) == []
    cancelled = {**BEFORE, "status": ExchangeStatus.CANC}
    assert said("ELG-08", exchange_case(About(others=(cancelled,)), facts)) == []
