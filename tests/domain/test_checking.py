"""Which values can be stored, and what is said of those that cannot."""

from datetime import date, time
from decimal import Decimal

import pytest

from smartct_desktop.domain.checking import check, problems, refusal
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person


def said(record):
    return [str(problem.sentence) for problem in problems(record)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "SCT-2021-007"),
        ("start", date(2021, 11, 16)),
        ("working_days", Decimal("2.5")),
        ("amount_cents", 83000),
        ("status", ExchangeStatus.PAID),
        ("ctq", False),
        ("ho_country", "ES"),
        ("activities", ("networking", "market-research")),
        ("remark", "two\nlines"),
    ],
)
def test_that_a_value_of_the_right_kind_is_taken(field, value):
    assert refusal(Exchange.schema.by_name[field], value) is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "x" * 41, "at most 40 characters; this has 41"),
        ("number", "a\nb", "single line"),
        ("number", "", "takes text"),
        ("number", "a\x00b", "cannot be shown"),
        ("number", "e\u0301", "put together oddly"),
        ("start", "2021-11-16", "takes a day"),
        ("working_days", Decimal("2.55"), "at most 1 places"),
        ("working_days", Decimal("NaN"), "takes a number"),
        ("working_days", Decimal(-1), "lies between"),
        ("amount_cents", 830.0, "amount in euro"),
        ("amount_cents", True, "amount in euro"),
        ("amount_cents", -1, "cannot be this amount"),
        ("status", Mode.PHYSICAL, "one of the answers"),
        ("ctq", 1, "yes, no or nothing"),
        ("ho_country", "Spain", "takes a country"),
        ("activities", ("networking", "networking"), "each once"),
    ],
)
def test_that_a_wrong_value_is_refused_in_words(field, value, words):
    assert words in str(refusal(Exchange.schema.by_name[field], value))
    assert any(words in sentence for sentence in said(Exchange(**{field: value})))


def test_that_a_blank_is_fine_unless_the_field_is_required():
    assert refusal(Organisation.schema.by_name["city"], None) is None
    assert refusal(Organisation.schema.by_name["name"], None) == "Name must be filled in."


@pytest.mark.parametrize("address", ["x@y", "a b@c.eu", "a@b.eu; c@d.eu", "@b.eu", "a@b..eu"])
def test_that_what_is_no_address_is_refused(address):
    assert said(Person(name="Ada", email=address)) == ["E-mail takes one e-mail address."]


def test_that_a_link_must_lead_to_the_web():
    assert said(Organisation(name="A", website="javascript:alert(1)"))
    assert said(Organisation(name="A", website="https://energiemetropole-leipzig.de/")) == []


def test_that_a_time_is_to_the_minute():
    assert said(Event(title="E", start_time=time(9, 30))) == []
    assert said(Event(title="E", start_time=time(9, 30, 15)))


def test_that_a_stay_cannot_end_before_it_starts():
    stay = Exchange(start=date(2021, 11, 19), end=date(2021, 11, 16))
    with pytest.raises(Invalid, match="cannot end before it starts") as refused:
        check(stay)
    assert refused.value.field == "end"


def test_that_nobody_visits_itself():
    same = new_id()
    assert said(Exchange(vo=same, ho=same)) == [
        "Visiting and host organisation must be two organisations."
    ]


def test_that_no_cluster_is_a_member_of_itself():
    cluster = new_id()
    assert said(Membership(cluster=cluster, organisation=cluster)) == [
        "A cluster cannot be a member of itself."
    ]


def test_that_a_cluster_has_no_more_smes_than_members():
    figures = ClusterFigures(cluster=new_id(), as_of=PartialDate(2020), members=53, smes=78)
    assert said(figures) == ["A cluster cannot have more SMEs than members."]
