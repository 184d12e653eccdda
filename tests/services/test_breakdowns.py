"""Exchanges by month, by partner and from country to country: the same records as the figure."""

import datetime as dt
import itertools

import pytest

from smartct_desktop.domain.changes import Source
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.breakdowns import (
    by_countries,
    by_month,
    by_partner,
    by_status,
)
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import figures
from smartct_desktop.services.own_partnership import own_partnership, partners
from tests.services.steps import add

TODAY = dt.date(2022, 10, 1)


def day(text):
    return dt.date.fromisoformat(text)


def facts_of(document):
    return FigureFacts.read(document.read, TODAY)


@pytest.fixture
def firms(sample):
    neu, mlc = partners(sample.read)[:2]
    basque = Organisation(name="Núvol de Paper", country="ES")
    saxon = Organisation(name="Sensorik Sachs", country="DE")
    add(sample, basque, saxon)
    return neu, mlc, basque, saxon


def stay(vo, ho, **values):
    known = {"vo": vo.id, "ho": ho.id, "status": ExchangeStatus.VAL, "end": day("2021-11-18")}
    return Exchange(**{**known, **values})


def test_that_months_follow_each_other_and_hold_what_the_figure_counts(sample, firms):
    _, _, basque, saxon = firms
    autumn, planned = stay(basque, saxon), stay(saxon, basque, status=ExchangeStatus.READY)
    planned = planned.replace(end=None, planned_end=day("2022-12-09"))
    lost, undated = stay(basque, saxon, end=day("1922-01-01")), stay(basque, saxon, end=None)
    add(sample, autumn, planned, lost, undated)
    found = by_month(facts_of(sample))
    firsts = [month.first for month in found.months]
    assert all((b - a).days in (28, 29, 30, 31) for a, b in itertools.pairwise(firsts))
    by_first = {month.first: month for month in found.months}
    assert by_first[day("2021-11-01")].counted == (autumn.id,)
    assert by_first[day("2022-12-01")].expected == (planned.id,)
    assert set(found.elsewhere) == {lost.id, undated.id}
    own = own_partnership(sample.read)
    assert firsts[0] == own.starts_on.replace(day=1)


def test_that_each_partner_is_there_and_last_what_belongs_to_none(sample, firms):
    neu, mlc, basque, saxon = firms
    ours = stay(saxon, basque, vo_cluster=neu.id)
    nobodys = stay(basque, saxon)
    add(sample, ours, nobodys)
    parts = by_partner(facts_of(sample))
    assert (parts[0].partner, parts[0].counted) == (neu.id, (ours.id,))
    assert (parts[-1].partner, parts[-1].counted) == (None, (nobodys.id,))
    assert mlc.id in [part.partner for part in parts]
    alone = by_partner(facts_of(sample), Scope(partner=neu.id))
    assert [part.partner for part in alone] == [neu.id]


def test_that_ways_hold_every_exchange_but_those_called_off(sample, firms):
    _, _, basque, saxon = firms
    gone, inside = stay(basque, saxon), stay(saxon, saxon.replace(id=new_id()), ho_country="DE")
    host = Organisation(id=inside.ho, name="Host Leipzig", country="DE")
    off = stay(basque, saxon, status=ExchangeStatus.CANC)
    blank = Exchange(status=ExchangeStatus.DRAFT)
    add(sample, host, gone, inside, off, blank)
    found = by_countries(facts_of(sample))
    ways = {(way.visitor, way.host): way.exchanges for way in found.ways}
    assert ways == {
        ("ES", "DE"): (gone.id,),
        ("DE", "DE"): (inside.id,),
        (None, None): (blank.id,),
    }
    assert found.called_off == (off.id,)


def test_that_a_partnership_without_days_shows_the_months_of_its_exchanges(own):
    assert not by_month(facts_of(own)).months
    ours = own_partnership(own.read)
    assert isinstance(ours, Partnership)
    one = Organisation(name="One", country="IT")
    other = Organisation(name="Other", country="BG")
    stays = [stay(one, other, end=day(text)) for text in ("2021-03-04", "2021-05-06")]
    add(own, one, other, *stays)
    months = by_month(facts_of(own)).months
    assert [len(month.counted) for month in months] == [1, 0, 1]


def test_that_each_status_has_the_exchanges_of_every_mode(sample, firms):
    neu, _, basque, saxon = firms
    gone = stay(saxon, basque, mode=Mode.PHYSICAL, vo_cluster=neu.id)
    seen = stay(basque, saxon, mode=Mode.VIRTUAL)
    off = stay(basque, saxon, status=ExchangeStatus.CANC, mode=Mode.PHYSICAL)
    blank = Exchange()
    add(sample, gone, seen, off, blank)
    found = by_status(facts_of(sample))
    assert [one.status for one in found] == [ExchangeStatus.VAL, ExchangeStatus.CANC, None]
    validated, cancelled, unknown = (dict(one.by_mode) for one in found)
    assert list(validated) == [Mode.PHYSICAL, Mode.VIRTUAL, None]
    assert validated == {Mode.PHYSICAL: (gone.id,), Mode.VIRTUAL: (seen.id,), None: ()}
    assert (cancelled[Mode.PHYSICAL], unknown[None]) == ((off.id,), (blank.id,))
    alone = by_status(facts_of(sample), Scope(partner=neu.id))
    assert [one.exchanges for one in alone] == [(gone.id,)]


def test_that_an_exchange_belongs_to_who_sent_it_unless_that_is_its_host(sample, firms):
    neu, mlc, basque, saxon = firms
    sent, hosted = stay(basque, saxon), stay(basque, saxon, ho_cluster=neu.id)
    named = stay(basque, saxon, vo_cluster=mlc.id)
    source = Source("Austausche.xlsx", "cafe", neu.name)
    with sample.edit("Import of Austausche.xlsx", source) as edit:
        for one in (sent, hosted, named):
            edit.add(one)
    facts = facts_of(sample)
    told = {one.id: facts.whose(facts.exchanges[one.id]) for one in (sent, hosted, named)}
    assert told[sent.id].partner == neu.id
    assert str(told[sent.id].why) == f"sent by {neu.name}"
    assert (told[hosted.id].partner, told[named.id].partner) == (None, mlc.id)
    parts = {part.partner: part.counted for part in by_partner(facts)}
    assert (parts[neu.id], parts[mlc.id], parts[None]) == ((sent.id,), (named.id,), (hosted.id,))
    of = figures(sample.read, TODAY, Scope(partner=neu.id))
    assert of[0].behind.counted == (sent.id,)
