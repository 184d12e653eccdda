"""For every rule of the catalogue one case that raises it, and one like it that does not."""

import dataclasses
import datetime as dt
from decimal import Decimal

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.exchange_case import (
    Booking,
    ExchangeCase,
    Signer,
    Surroundings,
    Visit,
    Visits,
)
from smartct_desktop.domain.programme.figure_rules import (
    BudgetCase,
    CallCase,
    FilesCase,
    KeepingCase,
    PaceCase,
    SmeCase,
)
from smartct_desktop.domain.programme.memberships import Belonging
from smartct_desktop.domain.programme.organisation_case import Twin
from smartct_desktop.domain.programme.working_days import Locality, LoggedDay
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_day import DayKind
from smartct_desktop.domain.records.exchange_person import SignsFor
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.domain.records.rule_value import RuleValue, ValueStatus
from smartct_desktop.services.rule_books import RulesInForce, book_with
from smartct_desktop.services.stays import lump_sums, stay_of
from tests.services.other_rule_cases import EVENTS, ORGANISATIONS, event_case, organisation_case

TODAY = dt.date(2022, 7, 1)
START = dt.date(2021, 11, 16)  # a Tuesday
END = dt.date(2021, 11, 18)
LATER = dt.date(2021, 12, 1)

OWN = Partnership(acronym="Ours", own=True, rule_set="G1", starts_on=dt.date(2020, 2, 3))
OTHER = Partnership(acronym="Theirs")
VISITOR = Organisation(name="Mobitest", type=OrganisationType.SME, country="BG")
HOST = Organisation(name="Clúster", type=OrganisationType.CLUSTER, country="ES")
CLUSTER = Organisation(name="Cluster of Sofia", type=OrganisationType.CLUSTER, eccp_profiled=True)
MEMBER = Belonging(CLUSTER.id, CLUSTER.name, profiled=True)
PERSON = new_id()
CONFIRMED = RuleValue(
    rule_set="G1",
    name="cap.ES",
    value="830",
    status=ValueStatus.CONFIRMED,
    source="Grant agreement",
)
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
    "paid_on": dt.date(2021, 12, 5),
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
    around: dict = dataclasses.field(default_factory=dict)
    region: str = ""
    double: dict | None = None
    photos: tuple = (0, 0)


def exchange_case(about, facts):
    exchange = Exchange(**{**GOOD, **about.exchange})
    visitor, host = VISITOR.replace(**about.visitor), HOST.replace(**about.host)
    own = OWN.replace(**about.own)
    book = book_with(facts, [CONFIRMED])
    in_force = RulesInForce(facts, own, book)
    rules = in_force.on(exchange.start)
    payments = [Booking(*payment) for payment in about.payments]
    others = [Exchange(**{**GOOD, "number": "SCT-2021-001", **other}) for other in about.others]
    return ExchangeCase(
        stay=stay_of(
            exchange,
            (visitor, host),
            payments,
            in_force,
            lump_sums(rules, facts.country_name),
        ),
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
        around=Surroundings(**{"visitor_in": (MEMBER,), **about.around}),
        caps=in_force,
        where=Locality("ES", about.region),
        doubles=[] if about.double is None else [double(**about.double)],
        photos=about.photos,
    )


def double(country, **other):
    """An organisation that may be the visitor, with an exchange of its own."""
    exchange = Exchange(**{**GOOD, "number": "SCT-2021-001", **other})
    return Twin(new_id(), "Mobi Test", country), Visits([visit(exchange)])


def visit(exchange):
    names = ("id", "number", "ho", "mode", "status", "start", "end", "cxc_id")
    return Visit(*(getattr(exchange, name) for name in names))


def signer(side, of=None, partnership=None):
    return Signer(PERSON, "Ana", side, of, "Somebody Ltd" if of else "", partnership)


def until(day):
    return dataclasses.replace(MEMBER, until=PartialDate.of(day))


def elsewhere(start):
    return visit(Exchange(**{**GOOD, "start": start, "end": dt.date(2021, 12, 1)}))


def stay(**exchange):
    return About(exchange=exchange)


def paid(**exchange):
    return stay(paid_on=LATER, status=None, **exchange)


BEFORE = {"start": dt.date(2021, 5, 4), "end": dt.date(2021, 5, 6), "ho": None}
SATURDAY, FRIDAY = dt.date(2021, 11, 20), dt.date(2021, 11, 19)
PAYMENT, REVERSAL = (PaymentKind.PAYMENT, LATER), (PaymentKind.REVERSAL, LATER)
VIRTUAL = {"mode": Mode.VIRTUAL, "amount_cents": None}
LONG = {"working_days": Decimal(5), "amount_cents": 83000}
JUNE = dt.date(2022, 6, 30)
LARGE, OTHER_TYPE = OrganisationType.LARGE, OrganisationType.OTHER

EXCHANGES = {
    "ELG-01": (About(visitor={"country": "US"}), About(visitor={"country": "RS"})),
    "ELG-02": (stay(ho_country="US"), stay(ho_country="IT", amount_cents=None)),
    "ELG-03": (About(visitor={"country": "ES"}), About(visitor={"country": "PT"})),
    "ELG-04": (About(visitor={"type": LARGE}), About(visitor={"type": OrganisationType.SCALEUP})),
    "ELG-05": (About(host={"type": OTHER_TYPE}), About(host={"type": OrganisationType.BUSNET})),
    "ELG-06": (About(around={"visitor_in": ()}), About()),
    "ELG-07": (
        About(host={"type": OrganisationType.SME}),
        About(host={"type": OrganisationType.SME}, exchange={"preapproval_on": START}),
    ),
    "ELG-08": (About(others=(BEFORE,)), About(others=({**BEFORE, "mode": Mode.VIRTUAL},))),
    "ELG-08b": (
        About(double={"country": "BG", **BEFORE}),
        About(double={"country": "ES", **BEFORE}),
    ),
    "ELG-09": (About(others=({**BEFORE, "mode": Mode.VIRTUAL},)), About(others=(BEFORE,))),
    "ELG-10": (
        About(around={"third_country_national": True}),
        About(around={"third_country_national": True}, exchange={"residence_proof": True}),
    ),
    "ELG-11": (
        About(visitor={"vat": "BG 123"}, host={"vat": "BG123"}),
        About(visitor={"vat": "BG 123"}, host={"vat": "ES123"}),
    ),
    "ELG-12": (About(visitor={"beneficiary": True}), About(visitor={"beneficiary": False})),
    "ELG-14": (stay(hop=None), stay(hop=OWN.id)),
    "ELG-15": (
        About(around={"visitor_in": (until(dt.date(2021, 11, 17)),)}),
        About(around={"visitor_in": (until(END),)}),
    ),
    "DUR-01": (stay(end=dt.date(2021, 11, 15)), stay(end=START)),
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
    "DUR-07": (
        About(around={"of_person": (elsewhere(END),)}),
        About(around={"of_person": (elsewhere(FRIDAY),)}),
    ),
    "DUR-08": (
        About(days=((START, DayKind.FULL), (dt.date(2021, 11, 22), DayKind.FULL))),
        About(days=((START, DayKind.FULL), (dt.date(2021, 11, 21), DayKind.HALF))),
    ),
    "DUR-09": (stay(**VIRTUAL, working_days=Decimal("2.5")), stay(**VIRTUAL)),
    "DUR-10": (stay(mode=Mode.VIRTUAL, amount_cents=100), stay(**VIRTUAL)),
    "DUR-11": (stay(**VIRTUAL, start=dt.date(2020, 6, 1)), stay(**VIRTUAL)),
    "DUR-12": (
        About(days=((START, DayKind.TRAVEL),)),
        About(days=((dt.date(2021, 11, 15), DayKind.TRAVEL),)),
    ),
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
    "AMT-08": (stay(**LONG, distance_km=Decimal(210)), stay(**LONG, distance_km=Decimal(211))),
    "AMT-09": (stay(amount_note="811,67 лв."), stay(amount_note="811,67 лв. = 415 EUR")),
    "AMT-10": (stay(amount_cents=28000), stay(amount_cents=41500)),
    "AMT-12": (
        stay(ho_country="AT", amount_cents=50000),
        stay(ho_country="AT", amount_cents=45000),
    ),
    "AMT-13": (
        stay(ho_country="IT", amount_cents=45000, paid_on=None),
        stay(ho_country="PT", amount_cents=39000, paid_on=None),
    ),
    "AMT-14": (stay(amount_cents=110001), stay(amount_cents=110000)),
    "PAY-01": (paid(vo_report=False, vo_report_validated_on=None), paid()),
    "PAY-02": (paid(evidence=None), paid()),
    "PAY-03": (paid(agreement_vo_on=None), paid()),
    "PAY-04": (About(payments=(PAYMENT, PAYMENT)), About(payments=(PAYMENT, REVERSAL, PAYMENT))),
    "PAY-05": (stay(paid_on=None), stay(paid_on=None, vo_report_validated_on=JUNE)),
    "PAY-06": (stay(paid_on=dt.date(2021, 11, 17)), stay(paid_on=END)),
    "PAY-07": (
        About(payments=((*PAYMENT, 41500, None, "Somebody Ltd"),)),
        About(payments=((*PAYMENT, 41500, None, "MOBITEST OOD"),)),
    ),
    "PAY-08": (
        About(payments=((*PAYMENT, 41500, VISITOR.id, None, OTHER.id),)),
        About(payments=((*PAYMENT, 41500, VISITOR.id, None, OWN.id),)),
    ),
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
        stay(vo_report=None, vo_report_validated_on=None, status=ExchangeStatus.ONG, paid_on=None),
    ),
    "DOC-07": (stay(evidence_on=dt.date(2021, 11, 17)), stay(evidence_on=END)),
    "DOC-10": (
        About(exchange={"hop": OWN.id}, around={"signers": (signer(SignsFor.BOTH_PARTNERSHIPS),)}),
        About(around={"signers": (signer(SignsFor.BOTH_PARTNERSHIPS),)}),
    ),
    "DOC-11": (
        About(around={"signers": (signer(SignsFor.HOST, of=VISITOR.id),)}),
        About(around={"signers": (signer(SignsFor.VISITOR, of=VISITOR.id),)}),
    ),
    "DOC-08": (stay(goals=None), stay(goals=None, **dict.fromkeys(SIGNED))),
    "KPI-01": (About(others=({},)), About(others=({"start": dt.date(2021, 11, 15)},))),
    "STA-01": (stay(start=None), stay()),
    "STA-02": (
        stay(status=ExchangeStatus.CTQ),
        stay(status=ExchangeStatus.CTQ, start=TODAY, end=TODAY),
    ),
    "STA-03": (
        stay(status=ExchangeStatus.CANC),
        stay(status=ExchangeStatus.CANC, status_reason="They were ill."),
    ),
    "STA-04": (
        stay(cxc_id="1", tool_checked_on=dt.date(2022, 5, 31)),
        stay(cxc_id="1", tool_checked_on=dt.date(2022, 6, 1)),
    ),
    "GDP-06": (stay(remark="Call +34 600 123 456."), stay(remark="SCT-2021-007, 415.00, 2021.")),
    "GDP-07b": (About(photos=(2, 1)), About(photos=(2, 0))),
    "KPI-02": (stay(vop=OTHER.id, hop=OWN.id), stay(vop=OWN.id, hop=OWN.id)),
}


def just(case, _facts):
    return case


CASES = {
    **{code: (exchange_case, *pair) for code, pair in EXCHANGES.items()},
    **{code: (organisation_case, *pair) for code, pair in ORGANISATIONS.items()},
    **{code: (event_case, *pair) for code, pair in EVENTS.items()},
    "KPI-04": (lambda errors, _facts: errors, 2, 0),
    "AMT-11": (just, BudgetCase(100_00, 50_01, 50_00), BudgetCase(100_00, 50_00, 50_00)),
    "RUL-01": (just, CallCase("G9", "G1", ("G1", "G2")), CallCase(None, "G1", ("G1", "G2"))),
    "GDP-03": (just, KeepingCase(2, END, 0), KeepingCase(0, END, 0)),
    "GDP-04": (just, KeepingCase(0, None, 1), KeepingCase(0, None, 0)),
    "DOC-09": (just, FilesCase(("scan.pdf",)), FilesCase(())),
    "STA-05": (just, ("AMT-02",), ()),
    "KPI-03": (just, SmeCase(4, 3), SmeCase(3, 3)),
    "KPI-05": (just, PaceCase("Exchanges", 9, 10), PaceCase("Exchanges", 10, 10)),
}
