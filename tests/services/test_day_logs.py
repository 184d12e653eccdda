"""Day logs and distances: proposed from what a document knows, and written as a step."""

import datetime as dt
from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.exchange import DistanceMethod, Exchange, Mode
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.place import Place
from smartct_desktop.domain.records.public_holiday import PublicHoliday
from smartct_desktop.services.day_logs import plan_log, write_log
from smartct_desktop.services.distances import propose_distance, write_distance
from tests.services.steps import add, change, get

MONDAY = dt.date(2021, 11, 15)
LEIPZIG = Organisation(
    name="NEU", type=OrganisationType.CLUSTER, country="DE", city="Leipzig", region_code="DED5"
)
VISITOR = Organisation(name="Mobitest", type=OrganisationType.CLUSTER, country="CZ", city="Plzeň")


def stay(**values):
    usual = {
        "vo": VISITOR.id,
        "ho": LEIPZIG.id,
        "mode": Mode.PHYSICAL,
        "ho_country": "DE",
        "start": MONDAY,
        "end": MONDAY + dt.timedelta(6),
    }
    return Exchange(**{**usual, **values})


@pytest.fixture
def known(own):
    """A document with the visitor and the host."""
    add(own, VISITOR, LEIPZIG)
    return own


def kinds(plan):
    return [day.kind.value for day in plan.added]


def test_that_a_log_follows_weekend_and_the_holidays_of_the_region(known, facts):
    """The Day of Repentance, 17 November 2021, is kept in Saxony only."""
    one = stay()
    add(known, one)
    plan = plan_log(known.read, facts, one.id, travel=[MONDAY])

    assert kinds(plan) == ["travel", "full", "holiday", "full", "full", "free", "free"]
    assert (plan.computed, plan.declared, plan.agrees) == (3, None, True)
    assert plan.where.region == "DED5"


def test_that_the_place_of_the_stay_comes_before_the_hosts(known, facts):
    berlin = stay(ho_city="Berlin")
    add(known, berlin)
    plan = plan_log(known.read, facts, berlin.id)

    assert plan.where.region == "DE3"
    assert plan.computed == 5


def test_that_own_holidays_count(known, facts):
    one = stay()
    add(known, one, PublicHoliday(date=MONDAY, country="DE", city="Leipzig", name="Town day"))
    elsewhere = PublicHoliday(
        date=MONDAY + dt.timedelta(1), country="DE", city="Chemnitz", name="Other town"
    )
    add(known, elsewhere)

    assert plan_log(known.read, facts, one.id).computed == 3


def test_that_days_somebody_logged_stay_and_the_log_is_one_step(known, facts):
    one = stay(working_days=Decimal(5))
    saturday = ExchangeDay(
        exchange=one.id, date=MONDAY + dt.timedelta(5), day_kind=DayKind.HALF, note="Fair"
    )
    before = ExchangeDay(exchange=one.id, date=MONDAY - dt.timedelta(1), day_kind=DayKind.TRAVEL)
    add(known, one, saturday, before)
    plan = plan_log(known.read, facts, one.id)
    assert (plan.kept, plan.outside) == ((saturday,), (before,))
    assert (plan.computed, plan.agrees) == (Decimal("4.5"), False)

    with known.edit("day log") as edit:
        write_log(edit, plan, declare=True)
    assert known.read.total("exchange_day") == 8
    assert get(known, one).working_days == Decimal("4.5")
    assert get(known, one).computed_days == Decimal("4.5")
    again = plan_log(known.read, facts, one.id)
    assert again.added == ()
    known.undo()
    assert known.read.total("exchange_day") == 2


def test_that_the_log_stands_in_for_days_nobody_declared(known, facts):
    one = stay(ho_city="Berlin", distance_km=Decimal(300))
    add(known, one)
    assert get(known, one).entitlement_cents is None
    with known.edit("day log") as edit:
        write_log(edit, plan_log(known.read, facts, one.id))
    assert get(known, one).entitlement_cents == 83000

    change(known, one, working_days=Decimal(3))
    assert get(known, one).entitlement_cents == 41500
    codes = [f.code for f in known.read.findings("exchange", [one.id])[one.id]]
    assert "DUR-05" in codes


def test_that_a_virtual_stay_is_logged_by_the_days_it_met(known, facts):
    one = stay(mode=Mode.VIRTUAL, end=MONDAY + dt.timedelta(20))
    add(known, one)
    meetings = [MONDAY + dt.timedelta(n) for n in (0, 3, 7, 10, 14, 17)]

    assert plan_log(known.read, facts, one.id, online=meetings).computed == 3
    with pytest.raises(Invalid, match="which days"):
        plan_log(known.read, facts, one.id)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"start": None}, "start"),
        ({"end": None}, "end"),
        ({"end": MONDAY + dt.timedelta(400)}, "end"),
    ],
)
def test_that_a_log_needs_dates_that_can_be(known, facts, change, field):
    one = stay(**change)
    add(known, one)
    with pytest.raises(Invalid) as refused:
        plan_log(known.read, facts, one.id)
    assert refused.value.field == field


def test_that_a_distance_is_worked_out_from_towns_and_stored_with_its_method(known, facts):
    one = stay(ho_country="CZ", ho_city="Praha", vo=LEIPZIG.id, ho=VISITOR.id)
    add(known, one)
    found = propose_distance(known.read, facts, one.id)
    assert abs(found.km - 202) < 1

    with known.edit("distance") as edit:
        write_distance(edit, one.id, found)
    stored = get(known, one)
    assert (stored.distance_km, stored.distance_method) == (found.km, DistanceMethod.GREAT_CIRCLE)


def test_that_coordinates_come_before_the_town(known, facts):
    one = stay()
    add(known, one)
    change(known, VISITOR, latitude=Decimal("51.34"), longitude=Decimal("12.37"))

    assert propose_distance(known.read, facts, one.id).km == 0


def test_that_an_own_place_is_used_where_the_table_has_none(known, facts):
    one = stay(ho_city="Markkleeberg")
    add(known, one)
    assert propose_distance(known.read, facts, one.id).km is None

    add(
        known,
        Place(
            name="Markkleeberg",
            country="DE",
            latitude=Decimal("51.28"),
            longitude=Decimal("12.37"),
        ),
    )
    assert propose_distance(known.read, facts, one.id).km > 100


def test_that_what_is_not_known_is_said_and_never_guessed(known, facts):
    nobody = stay(vo=None)
    abroad = stay(ho_country="FR", ho_city=None)
    add(known, nobody, abroad)
    change(known, VISITOR, base_country="SK")

    assert "visitor" in propose_distance(known.read, facts, nobody.id).because
    assert "visitor" in propose_distance(known.read, facts, abroad.id).because
    change(known, VISITOR, base_country=None)
    assert "stay" in propose_distance(known.read, facts, abroad.id).because
    with known.edit("distance") as edit, pytest.raises(ValueError, match="stay"):
        write_distance(edit, abroad.id, propose_distance(known.read, facts, abroad.id))
