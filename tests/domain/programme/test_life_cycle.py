"""The life of an exchange: states from facts, moves, papers and payments."""

import datetime as dt
from dataclasses import replace

import pytest

from smartct_desktop.domain.programme.exchange_case import Booking
from smartct_desktop.domain.programme.facts import DayCount, Evidence, Holiday, Origin
from smartct_desktop.domain.programme.life_cycle import derived_state, move, moves
from smartct_desktop.domain.programme.lookups import Holidays
from smartct_desktop.domain.programme.papers import Paper, Party, papers
from smartct_desktop.domain.programme.payments import (
    PaymentState,
    masked_iban,
    money,
    payability,
)
from smartct_desktop.domain.programme.state_needs import ORDER, LifeFacts, gaps
from smartct_desktop.domain.programme.working_days import Locality
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.services.programme import ProgrammeFacts

RULES = ProgrammeFacts().rule_set("G1")
S = ExchangeStatus
TODAY = dt.date(2021, 12, 1)
SOON = dt.date(2021, 12, 14)
START, END = dt.date(2021, 11, 16), dt.date(2021, 11, 18)
BEFORE = dt.date(2021, 11, 1)

KNOWN = {"vo": new_id(), "ho": new_id(), "mode": Mode.PHYSICAL}
FOUR = {f"ctq_{who}_on": BEFORE for who in ("vo", "ho", "vop", "hop")}
TWO = {f"agreement_{who}_on": BEFORE for who in ("vo", "vop")}
AGREED = {**KNOWN, **FOUR, **TWO, "amount_cents": 41500}
DATED = {"start": START, "end": END}
AHEAD = {"start": SOON, "end": SOON + dt.timedelta(2)}
REPORTED = {"vo_report": True, "ho_report": True}
VALIDATED = {**REPORTED, "vo_report_validated_on": dt.date(2021, 11, 25), "evidence": True}
PAID = Booking(PaymentKind.PAYMENT, dt.date(2021, 11, 30), 41500)
BACK = Booking(PaymentKind.REVERSAL, dt.date(2021, 11, 30), 41500)
RECOVERED = Booking(PaymentKind.RECOVERY, dt.date(2021, 11, 30), 41500)


def facts(*bookings, today=TODAY, errors=(), **values):
    return LifeFacts(Exchange(**values), bookings, RULES, today, errors)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, S.DRAFT),
        ({"vo": KNOWN["vo"]}, S.DRAFT),
        (KNOWN, S.REG),
        ({**KNOWN, "status": S.MACC}, S.MACC),
        ({**KNOWN, **FOUR, "status": S.MACC}, S.CTQ),
        ({**KNOWN, **dict(list(FOUR.items())[:3]), "status": S.MACC}, S.MACC),
        ({**KNOWN, "ctq": True, "status": S.MACC}, S.CTQ),
        ({**AGREED, **AHEAD}, S.READY),
        ({**AGREED, "start": TODAY, "end": SOON}, S.ONG),
        ({**AGREED, **DATED}, S.REPDUE),
        ({**AGREED, "start": START, "end": TODAY}, S.ONG),
        ({**KNOWN, **DATED, "status": S.MACC}, S.MACC),  # nobody signed: it may never have been
        ({**AGREED, **DATED, "vo_report": True}, S.VOREP),
        ({**AGREED, **DATED, **REPORTED}, S.REPS),
        ({**AGREED, **DATED, **REPORTED, "evidence": True}, S.REPS),
        ({**AGREED, **DATED, **VALIDATED}, S.PAYDUE),
        ({**AGREED, **DATED, **VALIDATED, "evidence": None}, S.REPS),
        ({**AGREED, **DATED, **VALIDATED, "mode": Mode.VIRTUAL, "evidence": None}, S.VAL),
        ({**AGREED, **DATED, **VALIDATED, "paid_on": TODAY}, S.PAID),
        ({**AGREED, **DATED, **VALIDATED, "status": S.CLOSED}, S.CLOSED),
        ({**AGREED, **DATED, **VALIDATED, "status": S.CANC}, S.CANC),
        ({**AGREED, **DATED, "status": S.NVAL}, S.NVAL),
        ({**AGREED, **DATED, "status": S.INT}, S.REPDUE),
        ({**AGREED, **DATED, "paid_on": TODAY, "status": S.RECOV}, S.RECOV),
        ({**KNOWN, "mode": Mode.VIRTUAL, **FOUR, **AHEAD}, S.READY),
    ],
)
def test_that_facts_decide_where_there_are_any(values, expected):
    assert derived_state(facts(**values)).state is expected


def test_that_a_reversed_payment_is_none_and_a_second_one_is_one():
    values = {**AGREED, **DATED, **VALIDATED}
    assert derived_state(facts(PAID, **values)).state is S.PAID
    assert derived_state(facts(PAID, BACK, **values)).state is S.PAYDUE
    assert derived_state(facts(PAID, BACK, PAID, **values)).state is S.PAID


def test_that_it_says_whether_facts_or_people_decided():
    assert derived_state(facts(**AGREED, **AHEAD)).decided
    assert not derived_state(facts(**KNOWN, status=S.MPROP)).decided
    assert not derived_state(facts(**AGREED, status=S.CANC)).decided


@pytest.mark.parametrize(
    ("values", "to", "lack"),
    [
        ({**KNOWN, "status": S.MACC}, S.CTQ, "visitor has not signed"),
        ({**KNOWN, **FOUR, "status": S.CTQ}, S.FAA, "amount is not agreed"),
        ({"vo": KNOWN["vo"], "status": S.DRAFT}, S.REG, "host organisation"),
        ({**AGREED, "status": S.READY}, S.ONG, "start is not known"),
        ({**AGREED, **DATED, "status": S.REPDUE}, S.VOREP, "report is missing"),
        ({**AGREED, **DATED, **REPORTED, "status": S.REPS}, S.VAL, "Evidence"),
        ({**AGREED, **DATED, **VALIDATED, "status": S.PAYDUE}, S.PAID, "no payment"),
        ({**AGREED, "status": S.READY}, S.CANC, "reason"),
        ({**AGREED, "status": S.ONG}, S.INT, "ended"),
        ({**AGREED, **DATED, "status": S.REPS}, S.NVAL, "reason"),
    ],
)
def test_that_a_move_that_is_not_allowed_says_what_is_missing(values, to, lack):
    found = move(facts(**values), to)

    assert not found.allowed
    assert found.possible
    assert any(lack.lower() in one.sentence.lower() for one in found.lacks)


@pytest.mark.parametrize(
    ("start", "to"),
    [
        (S.DRAFT, S.RECOV),
        (S.ONG, S.CANC),
        (S.DRAFT, S.NVAL),
        (S.READY, S.INT),
        (S.CANC, S.READY),
        (S.DECL, S.PAID),
        (S.RECOV, S.DRAFT),
        (S.REPDUE, S.DECL),
    ],
)
def test_that_the_order_does_not_lead_everywhere(start, to):
    found = move(facts(**AGREED, **DATED, status=start), to, "so")
    assert not found.possible
    assert not found.allowed


@pytest.mark.parametrize(
    ("start", "to"),
    [
        (S.DECL, S.REG),
        (S.NVAL, S.REPDUE),
        (S.INT, S.REPDUE),
        (S.PAID, S.RECOV),
        (S.CLOSED, S.RECOV),
        (S.RECOV, S.CLOSED),
        (S.ONG, S.INT),
        (S.REPS, S.NVAL),
        (S.DRAFT, S.CANC),
        (S.MPROP, S.DECL),
    ],
)
def test_that_the_side_ways_lead_on(start, to):
    values = {**AGREED, **DATED, **VALIDATED, "status": start}
    assert move(facts(PAID, **values), to, "because").allowed


IN_ORDER = {state: set(ORDER) - {state} for state in ORDER}
ASIDE = {
    S.REJ: {S.DRAFT, S.REG, S.PVAL},
    S.DECL: {S.MPROP, S.MACC},
    S.CANC: set(ORDER[: ORDER.index(S.ONG)]),
    S.INT: {S.ONG},
    S.NVAL: {S.REPDUE, S.VOREP, S.REPS},
    S.RECOV: {S.PAID, S.CLOSED},
}
LEADS_BACK = {
    S.REJ: S.REG,
    S.DECL: S.REG,
    S.CANC: S.DRAFT,
    S.INT: S.REPDUE,
    S.NVAL: S.REPDUE,
    S.RECOV: S.CLOSED,
}


@pytest.mark.parametrize("start", S)
def test_that_the_arrows_from_a_state_are_those_of_the_table_and_no_others(start):
    expected = IN_ORDER.get(start, set()) | {to for to, froms in ASIDE.items() if start in froms}
    if start in LEADS_BACK:
        expected = {LEADS_BACK[start]}
    complete = facts(PAID, **AGREED, **DATED, **VALIDATED, status=start)

    assert {one.to for one in moves(complete)} == expected
    for to in expected:
        assert move(complete, to, "because").allowed


@pytest.mark.parametrize("start", [S.REJ, S.CANC])
def test_that_taking_up_again_what_was_ended_asks_for_a_reason(start):
    ended = facts(**AGREED, status=start, status_reason="They were ill.")
    back = move(ended, LEADS_BACK[start])

    assert (back.backward, back.allowed) == (True, False)
    assert move(ended, LEADS_BACK[start], "They are well again.").allowed


@pytest.mark.parametrize(
    ("state", "to", "broken", "allowed"),
    [
        (S.REG, S.PVAL, "ELG-03", False),
        (S.REG, S.PVAL, "AMT-02", True),
        (S.CTQ, S.FAA, "AMT-02", False),
        (S.CTQ, S.FAA, "ELG-03", True),
        (S.PAID, S.CLOSED, "DUR-02", False),
    ],
)
def test_that_a_state_waits_for_the_rules_it_rests_on(state, to, broken, allowed):
    one = facts(PAID, errors=(broken,), **AGREED, **DATED, **VALIDATED, status=state)
    assert move(one, to).allowed is allowed


def test_that_going_back_asks_for_a_reason():
    validated = facts(**AGREED, **DATED, **VALIDATED, status=S.VAL)
    back = move(validated, S.REPDUE)

    assert (back.backward, back.allowed) == (True, False)
    assert move(validated, S.REPDUE, "Wrong report.").allowed


def test_that_states_that_are_skipped_are_asked_for_as_well():
    found = move(facts(**KNOWN, status=S.DRAFT), S.READY)
    told = " ".join(lack.sentence for lack in found.lacks)
    assert "has not signed" in told
    assert "amount" in told


def test_that_a_virtual_exchange_has_neither_agreement_nor_payment():
    values = {**KNOWN, **FOUR, **DATED, **REPORTED, "mode": Mode.VIRTUAL}
    virtual = facts(**values, vo_report_validated_on=TODAY, status=S.VAL)

    assert not move(virtual, S.PAID).possible
    assert move(virtual, S.CLOSED).allowed
    assert S.FAA not in {one.to for one in moves(facts(**KNOWN | values, status=S.CTQ))}


def test_that_errors_keep_an_exchange_from_being_closed():
    values = {**AGREED, **DATED, **VALIDATED, "status": S.PAID}
    assert not move(facts(PAID, errors=("DUR-02",), **values), S.CLOSED).allowed
    assert move(facts(PAID, **values), S.CLOSED).allowed


def test_that_every_state_of_a_complete_exchange_has_no_gap():
    values = {**AGREED, **DATED, **VALIDATED, "planned_start": START}
    for state in ORDER:
        assert gaps(facts(PAID, **values, status=state)) == (), state


def states(**values):
    return {one.paper: one for one in papers(Exchange(**values), RULES)}


def test_that_papers_say_who_is_missing_and_since_when():
    first, third = dt.date(2021, 11, 1), dt.date(2021, 11, 5)
    found = states(**KNOWN, **DATED, ctq_vo_on=third, ctq_vop_on=first, agreement_vo_on=third)

    commitment = found[Paper.COMMITMENT]
    assert {one.party for one in commitment.waiting} == {Party.HOST, Party.HOST_PARTNERSHIP}
    assert (commitment.since, commitment.due) == (first, START)
    agreement = found[Paper.AGREEMENT]
    assert [one.field for one in agreement.waiting] == ["agreement_vop_on"]
    report = found[Paper.VISITOR_REPORT]
    assert (report.since, report.due) == (END, dt.date(2021, 11, 28))
    assert report.late(dt.date(2021, 11, 29))
    assert not report.late(dt.date(2021, 11, 28))


def test_that_complete_papers_wait_for_nobody_and_virtual_stays_need_fewer():
    assert all(one.there for one in states(**AGREED, **DATED, **VALIDATED).values())
    assert states(**KNOWN, ctq=True)[Paper.COMMITMENT].waiting == ()
    virtual = states(**{**KNOWN, "mode": Mode.VIRTUAL})
    assert Paper.AGREEMENT not in virtual
    assert Paper.EVIDENCE not in virtual


def pay(*bookings, today=TODAY, due=41500, **values):
    return payability(Exchange(**values), due, bookings, RULES, today)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"end": None}, "end of the stay"),
        ({"end": SOON}, "not over"),
        ({"agreement_vop_on": None}, "agreement"),
        ({"vo_report": None, "vo_report_validated_on": None}, "report is missing"),
        ({"vo_report_validated_on": None}, "not validated"),
        ({"evidence": None}, "evidence"),
    ],
)
def test_that_what_keeps_the_money_back_is_told(change, word):
    found = pay(**{**AGREED, **DATED, **VALIDATED, **change})
    assert found.state is PaymentState.NOT_YET
    assert any(word in sentence for sentence in found.because)


def test_that_it_is_payable_until_the_tenth_day_and_then_overdue():
    values = {**AGREED, **DATED, **VALIDATED}
    last = dt.date(2021, 12, 5)
    assert pay(today=last, **values).state is PaymentState.PAYABLE
    late = pay(today=dt.date(2021, 12, 6), **values)
    assert (late.state, late.since, late.until) == (
        PaymentState.OVERDUE,
        dt.date(2021, 11, 25),
        last,
    )


@pytest.mark.parametrize(
    ("bookings", "change", "state"),
    [
        ([PAID], {}, PaymentState.PAID),
        ([PAID, BACK], {}, PaymentState.PAYABLE),
        ([PAID, RECOVERED], {}, PaymentState.RECOVERED),
        ([PAID, PAID], {}, PaymentState.PAID),
        ([PAID], {"status": S.CANC}, PaymentState.TO_RECOVER),
        ([PAID, BACK], {"status": S.CANC}, PaymentState.NOTHING),
        ([PAID, RECOVERED], {"status": S.CANC}, PaymentState.RECOVERED),
        ([], {"status": S.CANC}, PaymentState.NOTHING),
        ([], {"mode": Mode.VIRTUAL}, PaymentState.NOTHING),
        ([], {"due": 0}, PaymentState.NOTHING),
        ([], {"paid_on": TODAY}, PaymentState.PAID),
    ],
)
def test_that_what_became_of_the_money_decides(bookings, change, state):
    assert pay(*bookings, **{**AGREED, **DATED, **VALIDATED, **change}).state is state


def test_that_money_is_owed_until_the_visitor_has_no_more_than_is_due():
    values = {**AGREED, **DATED, **VALIDATED, "status": S.RECOV}
    half = Booking(PaymentKind.RECOVERY, TODAY, 20000)
    assert pay(PAID, due=0, **values).state is PaymentState.TO_RECOVER
    assert pay(PAID, due=41500, **values).state is PaymentState.TO_RECOVER
    assert pay(PAID, half, due=0, **values).state is PaymentState.TO_RECOVER
    assert pay(PAID, RECOVERED, due=0, **values).state is PaymentState.RECOVERED


def test_that_a_second_payment_is_told():
    assert pay(PAID, PAID, **AGREED, **DATED, **VALIDATED).because == ("2 payments",)


def test_that_a_time_in_working_days_leaves_out_the_holidays_of_the_payer():
    rules = replace(RULES, payment_days=2, payment_days_kind=DayCount.WORKING)
    in_saxony = Holidays(
        (Holiday(dt.date(2021, 11, 26), "DE", "", "of this test", Origin(Evidence.GENERAL, ())),)
    )
    values = {**AGREED, **DATED, **VALIDATED}

    def until(country):
        at = Locality(country)
        found = payability(
            Exchange(**values), 41500, (), rules, TODAY, payer_at=at, holidays=in_saxony
        )
        return found.until

    assert until("ES") == dt.date(2021, 11, 29)
    assert until("DE") == dt.date(2021, 11, 30)


def test_that_bookings_are_added_up():
    found = money([PAID, BACK, PAID, Booking(None, None), RECOVERED])
    assert (found.paid, found.reversed, found.recovered) == (83000, 41500, 41500)
    assert (found.net, found.payments, found.unknown) == (0, 2, 1)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ES91 2100 0418 4502 0005 1332", "ES91 **** 1332"),
        ("de89370400440532013000", "DE89 **** 3000"),
        ("ES91", "****"),
        ("", "****"),
        ("12345678", "****"),
    ],
)
def test_that_account_numbers_are_masked(text, masked):
    assert masked_iban(text) == masked
