"""A figure of one partner, one period or one type of visitors, and the pace of a target."""

import datetime as dt

from smartct_desktop.domain.programme.counting import count_exchanges
from smartct_desktop.domain.programme.pace import Pace, pace_of
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.records.target import Target

OWN, NEU, MLC = new_id(), new_id(), new_id()
FIRM, HOST, INSTITUTE = new_id(), new_id(), new_id()
TYPES = {FIRM: OrganisationType.SME, INSTITUTE: OrganisationType.SCALEUP}


def day(text):
    return dt.date.fromisoformat(text)


def stay(**values):
    closed = {"status": ExchangeStatus.CLOSED, "vop": OWN, "ho": HOST, "vo": FIRM}
    return Exchange(**{**closed, "vo_cluster": NEU, "end": day("2022-06-10"), **values})


def counted(scope, *stays):
    return count_exchanges(stays, OWN, CountingStatus.VALIDATED, scope, about)


def about(exchange):
    return exchange.vo_cluster, TYPES.get(exchange.vo)


def reasons(result):
    return [str(why) for _, why in result.left_out]


def test_that_an_exchange_belongs_to_the_partner_whose_member_travels():
    theirs, others, nobodys = stay(), stay(vo_cluster=MLC, ho_cluster=NEU), stay(vo_cluster=None)
    result = counted(Scope(partner=NEU), theirs, others, nobodys)
    assert result.counted == (theirs.id,)
    assert reasons(result) == [
        "it belongs to another partner",
        "it does not say which partner it belongs to",
    ]


def test_that_it_belongs_to_the_period_in_which_the_stay_ends():
    across = stay(start=day("2021-12-29"), end=day("2022-01-03"))
    year = Scope(since=day("2022-01-01"), until=day("2022-12-31"))
    undated = stay(end=None)
    result = counted(
        year, across, stay(end=day("2021-12-31")), stay(end=day("2023-01-01")), undated
    )
    assert result.counted == (across.id,)
    assert reasons(result) == [
        "it ended on 2021-12-31, before the period",
        "it ended on 2023-01-01, after the period",
        "it has no date",
    ]


def test_that_what_is_expected_is_expected_of_its_own_part_only():
    planned = stay(status=ExchangeStatus.READY)
    assert counted(Scope(partner=NEU), planned).pipeline == (planned.id,)
    assert counted(Scope(partner=MLC), planned).pipeline == ()


def test_that_a_target_can_be_one_for_some_types_of_visitors():
    firm, institute, unknown = stay(), stay(vo=INSTITUTE), stay(vo=HOST)
    result = counted(Scope(visitor_types=frozenset({"SCALEUP"})), firm, institute, unknown)
    assert result.counted == (institute.id,)
    assert reasons(result) == [
        "the visiting organisation is of type SME",
        "the visiting organisation has no type",
    ]


def test_that_an_even_pace_reaches_the_number_on_the_last_day_and_not_before():
    plan = Pace(day("2020-09-01"), day("2022-08-31"), 50)
    assert plan.by(day("2020-08-31")) == 0
    assert plan.by(day("2021-08-31")) == 25
    assert plan.by(day("2022-08-30")) == 49
    assert plan.by(day("2022-08-31")) == plan.by(day("2023-01-01")) == 50


def test_that_there_is_no_pace_without_the_days_it_runs_between():
    own = Partnership(acronym="X", starts_on=day("2020-09-01"), ends_on=day("2022-08-31"))
    assert pace_of(own, Target(name="All", value=10)) == Pace(own.starts_on, own.ends_on, 10)
    due = Target(name="All", value=10, due_on=day("2021-08-31"))
    assert pace_of(own, due) == Pace(own.starts_on, day("2021-08-31"), 10)
    assert pace_of(Partnership(acronym="X"), due) is None
    assert pace_of(own, Target(name="No number yet")) is None
