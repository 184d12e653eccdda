"""The shipped views find what the programme's rules mean."""

from datetime import date, timedelta
from random import Random

import pytest

from smartct_desktop.domain.programme.counting import count_exchanges
from smartct_desktop.domain.query import Path, Query
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.services.filtering.language import Language
from smartct_desktop.services.filtering.meaning import Meaning
from smartct_desktop.services.filtering.terms import Refusal
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.shipped_views import shipped_views
from smartct_desktop.services.texts import ISO, Texts

TODAY = date(2022, 6, 15)
S = ExchangeStatus


@pytest.fixture
def shown(own, facts):
    """The ids that a shipped view shows."""

    def shown(name, counted_from=CountingStatus.VALIDATED):
        views = {view.name: view for view in shipped_views(facts.rule_set("G1"), counted_from)}
        language = Language("exchange", facts, Texts(facts, ISO))
        terms = language.read(views[name].filter)
        assert not isinstance(terms, Refusal), terms
        asked = Meaning("exchange", TODAY).of(terms)
        query = Query("exchange", (), asked.filters, asked.search)
        window = own.read.window(query)
        return set(window.ids(0, window.count))

    return shown


def add(document, *records):
    with document.edit("records") as edit:
        for record in records:
            edit.add(record)
    return [record.id for record in records]


@pytest.mark.parametrize("counted_from", list(CountingStatus))
def test_that_counted_and_not_counted_are_what_the_figure_counts(own, shown, counted_from):
    random = Random(5)
    ours = own_partnership(own.read)
    other = Partnership(acronym="Other", full_name="Another")
    exchanges = [
        Exchange(
            number=str(place),
            status=random.choice([None, *S]),
            counted=random.choice([None, None, True, False]),
            counted_reason="because",
            vop=random.choice([None, ours.id, other.id]),
        )
        for place in range(400)
    ]
    add(own, other, *exchanges)
    figure = set(count_exchanges(exchanges, ours.id, counted_from).counted)

    assert shown("Counted", counted_from) == figure
    assert shown("Not counted", counted_from) == {one.id for one in exchanges} - figure


def test_that_waiting_for_papers_is_told_by_the_status_and_the_paper_itself(own, shown):
    waiting = add(
        own,
        Exchange(number="1", status=S.MACC),
        Exchange(number="2", status=S.CTQ, mode=Mode.PHYSICAL),
        Exchange(number="3", status=S.REPDUE),
        Exchange(number="4", status=S.VOREP, ho_report=False),
        Exchange(number="5", status=S.REPS),
    )
    add(
        own,
        Exchange(number="11", status=S.MACC, ctq=True),
        Exchange(number="12", status=S.CTQ, mode=Mode.VIRTUAL),
        Exchange(number="13", status=S.CTQ, agreement=True),
        Exchange(number="14", status=S.VOREP, ho_report=True),
        Exchange(number="15", status=S.REPS, evidence=True),
        Exchange(number="16", status=S.VAL),
        Exchange(number="17"),
    )
    assert shown("Waiting for papers") == set(waiting)


def test_that_payable_and_late_are_what_the_payments_say(own, shown, facts):
    rules = facts.rule_set("G1")

    def validated(number, days, **change):
        """Every condition is met since so many days."""
        day = TODAY - timedelta(days)
        values = {
            "status": S.VAL,
            "mode": Mode.PHYSICAL,
            "end": day,
            "amount_cents": 41_500,
            "agreement": True,
            "vo_report": True,
            "vo_report_on": day,
            "vo_report_validated_on": day,
            "evidence": True,
            "evidence_on": day,
        }
        return Exchange(number=number, **{**values, **change})

    on_time = validated("1", rules.payment_days)
    too_late = validated("2", rules.payment_days + 1)
    sent_back = validated("3", 5, status=S.PAID)
    add(
        own,
        *(on_time, too_late, sent_back),
        Payment(exchange=sent_back.id, amount_cents=41_500, payment_kind=PaymentKind.PAYMENT),
        Payment(exchange=sent_back.id, amount_cents=41_500, payment_kind=PaymentKind.REVERSAL),
        validated("11", 50, mode=Mode.VIRTUAL),
        validated("12", 50, paid_on=TODAY),
        validated("13", 50, evidence=False, evidence_on=None),
    )
    booked = validated("14", 50)
    add(own, booked, Payment(exchange=booked.id, amount_cents=41_500))
    days = rules.ho_report_due_days
    ended = TODAY - timedelta(days + 1)
    (overdue,) = add(own, Exchange(number="21", status=S.REPDUE, end=ended))
    add(own, Exchange(number="22", status=S.VOREP, end=ended + timedelta(1)))
    add(own, Exchange(number="23", status=S.REPDUE))

    assert shown("Payable now") == {on_time.id, too_late.id, sent_back.id}
    assert shown("Late") == {too_late.id, overdue}


def test_that_every_shipped_view_says_what_it_means_and_knows_its_columns(facts):
    for view in shipped_views(facts.rule_set("G1"), CountingStatus.VALIDATED):
        assert view.shipped
        assert view.hint.endswith(".")
        for column in view.columns:
            assert Path.of(column).field("exchange")
