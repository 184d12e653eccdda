"""The life of an exchange in a document: moves that are allowed, and those that are not."""

import datetime as dt
from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.domain.records.profile import Profile, ProfileRole
from smartct_desktop.services.life import life_of, make_move
from tests.services.steps import add, change, get

S = ExchangeStatus
TODAY = dt.date(2022, 7, 1)
FIRM = Organisation(name="Mobitest", type=OrganisationType.CLUSTER, country="BG")
HOST = Organisation(name="Host", type=OrganisationType.CLUSTER, country="ES")
STAY = Exchange(vo=FIRM.id, ho=HOST.id, mode=Mode.PHYSICAL, ho_country="ES", status=S.REG)


@pytest.fixture
def known(own):
    add(own, FIRM, HOST, STAY)
    return own


def go(document, facts, to, reason=""):
    with document.edit("move") as edit:
        return make_move(edit, life_of(document.read, facts, TODAY, STAY.id), to, reason)


def test_that_profiles_that_are_not_validated_stop_an_exchange(known, facts):
    visitor = Profile(organisation=FIRM.id, role=ProfileRole.VISITOR)
    host = Profile(organisation=HOST.id, role=ProfileRole.BOTH, validated_on=TODAY)
    assert life_of(known.read, facts, TODAY, STAY.id).profiles is None
    add(known, visitor, host)
    with pytest.raises(Invalid, match="profile is not validated"):
        go(known, facts, S.PVAL)

    change(known, visitor, validated_on=TODAY)
    go(known, facts, S.PVAL)
    assert get(known, STAY).status is S.PVAL


def test_that_a_move_that_is_refused_names_the_field_and_writes_nothing(known, facts):
    with pytest.raises(Invalid, match="has not signed") as refused:
        go(known, facts, S.CTQ)
    assert refused.value.field == "ctq_vo_on"
    assert get(known, STAY).status is S.REG


def test_that_a_way_that_does_not_exist_is_refused(known, facts):
    with pytest.raises(Invalid, match="cannot become"):
        go(known, facts, S.RECOV, "too much")


def test_that_cancelling_keeps_its_reason_and_can_be_taken_back(known, facts):
    with pytest.raises(Invalid, match="reason"):
        go(known, facts, S.CANC)
    go(known, facts, S.CANC, "They were ill.")

    assert get(known, STAY).status_reason == "They were ill."
    go(known, facts, S.DRAFT, "They are well again.")
    assert get(known, STAY).status is S.DRAFT


def test_that_a_payment_leads_on_and_money_that_has_to_come_back_too(known, facts):
    signed = {f"ctq_{who}_on": dt.date(2021, 11, 1) for who in ("vo", "ho", "vop", "hop")}
    change(
        known,
        STAY,
        **signed,
        agreement=True,
        amount_cents=41500,
        start=dt.date(2021, 11, 16),
        end=dt.date(2021, 11, 18),
        vo_report=True,
        vo_report_validated_on=dt.date(2021, 11, 25),
        evidence=True,
        status=S.PAYDUE,
    )
    with pytest.raises(Invalid, match="no payment"):
        go(known, facts, S.PAID)
    add(
        known,
        Payment(
            exchange=STAY.id,
            date=TODAY,
            amount_cents=41500,
            payment_kind=PaymentKind.PAYMENT,
        ),
    )
    go(known, facts, S.PAID)
    go(known, facts, S.RECOV, "The stay was shorter.")
    assert get(known, STAY).status is S.RECOV


EACH = {who: dt.date(2021, 11, 1) for who in ("vo", "ho", "vop", "hop")}
WALK = [
    (S.REG, "host organisation is not known", {"ho": HOST.id}),
    (S.PVAL, None, {}),
    (S.MPROP, None, {}),
    (S.MACC, None, {}),
    (S.CTQ, "host has not signed", {f"ctq_{who}_on": day for who, day in EACH.items()}),
    (
        S.FAA,
        "amount is not agreed",
        {"amount_cents": 41500, "agreement_vo_on": TODAY, "agreement_vop_on": TODAY},
    ),
    (S.READY, None, {}),
    (S.ONG, "start is not known", {"start": dt.date(2021, 11, 16)}),
    (
        S.REPDUE,
        "end is not known",
        {"end": dt.date(2021, 11, 18), "working_days": Decimal(3), "distance_km": Decimal(1500)},
    ),
    (S.VOREP, "visitor's report is missing", {"vo_report": True}),
    (S.REPS, None, {"ho_report": True}),
    (
        S.VAL,
        "evidence of the stay is missing",
        {"vo_report_validated_on": dt.date(2021, 11, 25), "evidence": True},
    ),
    (S.PAYDUE, None, {}),
    (S.PAID, "no payment is recorded", {"paid_on": dt.date(2021, 11, 30)}),
]


def test_that_the_whole_way_is_walked_and_each_step_says_what_it_waits_for(own, facts):
    visitor = FIRM.replace(id=Organisation(name="x").id, name="Walker")
    begun = STAY.replace(vo=visitor.id, ho=None, status=S.DRAFT)
    add(own, visitor, HOST, begun)
    for to, missing, given in WALK:
        if missing is not None:
            with pytest.raises(Invalid, match=missing):
                go(own, facts, to)
        if given:
            change(own, begun, **given)
        go(own, facts, to)
        assert get(own, begun).status is to

    change(own, begun, working_days=Decimal(2))
    with pytest.raises(Invalid, match="errors are left"):
        go(own, facts, S.CLOSED)
    change(own, begun, working_days=Decimal(3))
    go(own, facts, S.CLOSED)
    assert get(own, begun).status is S.CLOSED


def test_that_a_broken_rule_of_eligibility_stops_the_profiles(known, facts):
    change(known, FIRM, country="ES")
    with pytest.raises(Invalid, match="ELG-03"):
        go(known, facts, S.PVAL)
    change(known, HOST, country=None)
    change(known, STAY, status=S.DRAFT)
    with pytest.raises(Invalid, match="country of visitor or host"):
        go(known, facts, S.REG)
