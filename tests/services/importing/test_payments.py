"""Lists of payments: each booking finds its exchange by number; anything else is only proposed."""

import pytest

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import book, day, exchange, exchanges

HEADINGS = ["Bank reference", "Payee", "IBAN", "Amount EUR", "Booking date", "Exchange no."]
ACCOUNT = "ES91 2100 0418 4502 0005 1332"


def booking(ref="B-1", payee="Adler Optik GmbH", **other):
    cells = {
        "ref": ref,
        "payee": payee,
        "iban": ACCOUNT,
        "amount": 830,
        "date": day("2021-11-26"),
        "exchange": "SCT-2021-001",
    }
    return list((cells | other).values())


@pytest.fixture
def paid(take, clusters):
    """Imports bookings after one exchange of Adler Optik; gives plan and stored payments."""
    take(book(exchanges(exchange())))
    with clusters.edit("numbers") as edit:
        one = next(iter(clusters.read.all(Exchange)))
        edit.set(one, "number", "SCT-2021-001")

    def imported(*rows, answers=None):
        plan, _ = take(book([HEADINGS, *rows]), answers, kind="payment")
        return plan, list(clusters.read.all(Payment))

    return imported


def test_that_a_booking_finds_its_exchange_by_number(paid, clusters):
    plan, (payment,) = paid(booking())

    (stay,) = clusters.read.all(Exchange)
    assert payment.exchange == stay.id
    assert (payment.amount_cents, payment.date) == (83_000, day("2021-11-26"))
    assert payment.payment_kind is PaymentKind.PAYMENT
    assert not plan.open_questions


def test_that_a_payee_who_is_stored_is_named_and_others_make_nobody(paid, clusters):
    before = {o.name: o.id for o in clusters.read.all(Organisation)}

    _, payments = paid(booking(), booking("B-2", "Unknown Ltd", exchange=None))

    assert payments[0].organisation == before["Adler Optik GmbH"]
    assert {o.name for o in clusters.read.all(Organisation)} == set(before)


def test_that_no_bank_account_is_stored_in_full(paid, clusters):
    _, (payment,) = paid(booking())

    assert payment.iban_masked == "ES91 **** 1332"
    assert b"2100041845" not in clusters.path.read_bytes()


def test_that_an_account_within_a_text_is_masked_as_well(paid, clusters):
    _, (payment,) = paid(booking(payee=f"Adler Optik {ACCOUNT}"))

    assert payment.payee_as_written == "Adler Optik ES91 **** 1332"
    assert ACCOUNT[5:19].encode() not in clusters.path.read_bytes()


def test_that_without_a_number_the_exchange_is_asked_for(paid):
    plan, payments = paid(booking(exchange=None))

    (question,) = plan.open_questions
    assert question.topic == "which_exchange"
    assert question.items[0].propose.startswith("SCT-2021-001")
    assert not payments


def test_that_the_answer_can_be_that_it_belongs_to_none(paid):
    answers = {"which_exchange:Sheet1": {"2": "no exchange"}}

    _, (payment,) = paid(booking(exchange=None), answers=answers)

    assert payment.exchange is None


def test_that_the_same_list_again_changes_nothing(paid):
    paid(booking())

    plan, payments = paid(booking())

    assert len(payments) == 1
    assert {row.action for row in plan.rows} == {Action.SAME}


def test_that_a_second_payment_is_an_error_and_asked_about(paid):
    paid(booking())

    plan, payments = paid(booking("B-2", date=day("2021-12-06")))

    assert [f.code for f in plan.findings if f.rows == (2,)] == ["PAY-04"]
    assert {q.topic for q in plan.open_questions} == {"second_payment"}
    assert len(payments) == 1


@pytest.mark.parametrize(("answer", "there"), [("another payment", 2), ("leave out", 1)])
def test_that_the_answer_decides_on_the_second_payment(paid, answer, there):
    paid(booking())
    answers = {"second_payment:Sheet1": {"2": answer}}

    plan, payments = paid(booking("B-2", date=day("2021-12-06")), answers=answers)

    assert len(payments) == there
    assert plan.counts.rows == 1


def test_that_two_payments_in_one_file_are_seen(paid):
    plan, payments = paid(booking(), booking("B-2", date=day("2021-12-06")))

    assert [f.rows for f in plan.findings if f.code == "PAY-04"] == [(3,)]
    assert len(payments) == 1


def test_that_a_minus_is_asked_about_and_never_kept(paid):
    plan, payments = paid(booking(amount=-830))
    assert {q.topic for q in plan.open_questions} == {"reversal_of"}
    assert not payments

    _, (payment,) = paid(booking(amount=-830), answers={"reversal_of:Sheet1": {"2": "reversal"}})
    assert (payment.amount_cents, payment.payment_kind) == (83_000, PaymentKind.REVERSAL)


def test_that_a_row_without_an_amount_is_refused(paid):
    plan, payments = paid(booking(amount=None))

    assert plan.counts.refuse == 1
    assert not payments
