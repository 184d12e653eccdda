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
from smartct_desktop.services.day_logs import begin_log
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


def kinds(log):
    return [day.kind.value for day in log.lines]


def places(log, *days):
    return [place for place, line in enumerate(log.lines) if line.on in days]


def test_that_a_log_follows_weekend_and_the_holidays_of_the_region(known, facts):
    """The Day of Repentance, 17 November 2021, is kept in Saxony only."""
    one = stay()
    add(known, one)
    log = begin_log(known.read, facts, one.id)
    assert log.computed == 4
    log.set_kind(places(log, MONDAY), DayKind.TRAVEL)

    assert kinds(log) == ["travel", "full", "holiday", "full", "full", "free", "free"]
    assert (log.computed, log.declared, log.unwritten) == (3, None, 7)
    assert log.where.region == "DED5"


def test_that_the_place_of_the_stay_comes_before_the_hosts(known, facts):
    berlin = stay(ho_city="Berlin")
    add(known, berlin)
    log = begin_log(known.read, facts, berlin.id)

    assert log.where.region == "DE3"
    assert log.computed == 5


def test_that_own_holidays_count(known, facts):
    one = stay()
    add(known, one, PublicHoliday(date=MONDAY, country="DE", city="Leipzig", name="Town day"))
    elsewhere = PublicHoliday(
        date=MONDAY + dt.timedelta(1), country="DE", city="Chemnitz", name="Other town"
    )
    add(known, elsewhere)

    assert begin_log(known.read, facts, one.id).computed == 3


def test_that_days_somebody_logged_stay_and_the_log_is_one_step(known, facts):
    one = stay(working_days=Decimal(5))
    saturday = ExchangeDay(
        exchange=one.id, date=MONDAY + dt.timedelta(5), day_kind=DayKind.HALF, note="Fair"
    )
    before = ExchangeDay(exchange=one.id, date=MONDAY - dt.timedelta(1), day_kind=DayKind.TRAVEL)
    add(known, one, saturday, before)
    log = begin_log(known.read, facts, one.id)
    assert (log.computed, log.unwritten) == (Decimal("4.5"), 6)

    with known.edit("day log") as edit:
        log.write(edit, declare=True)
    assert known.read.total("exchange_day") == 8
    assert get(known, one).working_days == Decimal("4.5")
    assert get(known, one).computed_days == Decimal("4.5")
    assert begin_log(known.read, facts, one.id).unwritten == 0
    known.undo()
    assert known.read.total("exchange_day") == 2


def test_that_a_log_is_changed_as_a_whole_in_one_step(known, facts):
    one = stay()
    saturday = MONDAY + dt.timedelta(5)
    logged = [
        ExchangeDay(exchange=one.id, date=day, day_kind=DayKind.FULL)
        for day in (MONDAY, MONDAY + dt.timedelta(1))
    ]
    add(known, one, *logged)
    log = begin_log(known.read, facts, one.id)
    log.remove(places(log, MONDAY))
    log.set_kind(places(log, MONDAY + dt.timedelta(1)), DayKind.HALF)
    log.set_kind(places(log, saturday), DayKind.FULL)
    (place,) = places(log, saturday)
    assert log.remark(log.lines[place]) == "weekend: note why it counts"
    log.set_note(place, " Fair ")
    assert log.remark(log.lines[place]) == "weekend"
    assert log.add(saturday, saturday + dt.timedelta(3)) == 2  # two are there already
    with known.edit("day log") as edit:
        log.write(edit)

    found = {day.date: day for day in known.read.all(ExchangeDay)}
    assert MONDAY not in found
    assert found[MONDAY + dt.timedelta(1)].day_kind is DayKind.HALF
    assert found[MONDAY + dt.timedelta(1)].id == logged[1].id
    assert (found[saturday].day_kind, found[saturday].note) == (DayKind.FULL, "Fair")
    assert log.computed == Decimal("5.5")
    known.undo()
    assert {day.id for day in known.read.all(ExchangeDay)} == {day.id for day in logged}


def test_that_the_log_stands_in_for_days_nobody_declared(known, facts):
    one = stay(ho_city="Berlin", distance_km=Decimal(300))
    add(known, one)
    assert get(known, one).entitlement_cents is None
    with known.edit("day log") as edit:
        begin_log(known.read, facts, one.id).write(edit)
    assert get(known, one).entitlement_cents == 83000

    change(known, one, working_days=Decimal(3))
    assert get(known, one).entitlement_cents == 41500
    codes = [f.code for f in known.read.findings("exchange", [one.id])[one.id]]
    assert "DUR-05" in codes


def test_that_a_virtual_stay_is_logged_by_the_days_it_met(known, facts):
    one = stay(mode=Mode.VIRTUAL, end=MONDAY + dt.timedelta(20))
    add(known, one)
    log = begin_log(known.read, facts, one.id)
    assert log.lines == []
    for week in (0, 7, 14):  # Monday and Tuesday of three weeks
        log.add(MONDAY + dt.timedelta(week), MONDAY + dt.timedelta(week + 1))
    assert (len(log.lines), log.computed) == (6, 3)
    assert log.add(MONDAY + dt.timedelta(16), MONDAY + dt.timedelta(21)) == 4  # no weekend
    with pytest.raises(Invalid, match="already"):
        log.add(MONDAY, MONDAY)
    with pytest.raises(Invalid, match="later"):
        log.add(MONDAY, MONDAY - dt.timedelta(1))


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
        begin_log(known.read, facts, one.id)
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
