"""Derived fields: what is shown of an exchange follows from everything it rests on, at once."""

import datetime as dt
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from smartct_desktop.domain.query import Among, Between, Contains, Path, Query, Sort
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.services.opening import open_document
from smartct_desktop.storage.examining import LATER

DUE = Path(("entitlement_cents",))
BECAUSE = Path(("entitlement_note",))


@pytest.fixture
def add(own):
    """Add records in one step."""

    def add(*records):
        with own.edit("addition") as edit:
            for record in records:
                edit.add(record)
        return records

    return add


@pytest.fixture
def change(own):
    """Change fields of a record as it is stored; give what listeners heard."""
    heard = []
    own.subscribe(heard.append)

    def change(record, **values):
        with own.edit("change") as edit:
            edit.update(own.read.get(type(record), record.id).replace(**values))
        return heard[-1]

    return change


@pytest.fixture
def stay(add):
    """A stay of five days in Spain, of which the host says the country."""
    host = Organisation(name="Clúster", country="ES")
    _, stay = add(
        host,
        Exchange(
            number="1",
            ho=host.id,
            mode=Mode.PHYSICAL,
            status=ExchangeStatus.VAL,
            start=dt.date(2022, 6, 13),
            end=dt.date(2022, 6, 17),
            working_days=Decimal(5),
            amount_cents=83000,
            agreement=True,
            evidence_on=dt.date(2022, 6, 22),
            vo_report_validated_on=dt.date(2022, 6, 20),
        ),
    )
    return stay


def now(document, stay):
    return document.read.get(Exchange, stay.id)


def test_that_what_is_due_follows_edits_undo_and_redo(own, stay, change):
    before = now(own, stay)
    assert before.entitlement_cents == 83000
    assert before.entitlement_note == (
        "830 € cap for Spain, in full: 5 working days, distance not known"
    )

    change(stay, working_days=Decimal(3))
    half = (41500, "830 € cap for Spain, halved once: 3 working days (under 5)")
    assert (now(own, stay).entitlement_cents, now(own, stay).entitlement_note) == half
    own.undo()
    assert now(own, stay) == before
    own.redo()
    assert (now(own, stay).entitlement_cents, now(own, stay).entitlement_note) == half


def test_that_it_follows_records_it_rests_on_and_listeners_hear_of_it(own, stay, change):
    host = own.read.get(Organisation, stay.ho)

    heard = change(host, country="DE")

    assert now(own, stay).entitlement_note.startswith("830 € cap for Germany")
    assert heard.changed == {"organisation": (host.id,)}
    assert heard.followed == {"exchange": (stay.id,)}
    assert heard.kinds == {"organisation", "exchange"}
    assert change(host, city="Leipzig").followed == {}


def test_that_days_and_payments_are_added_up(own, stay, add):
    assert (now(own, stay).computed_days, now(own, stay).paid_cents) == (None, None)
    assert now(own, stay).payable_on == dt.date(2022, 6, 22)
    assert now(own, stay).pay_by == dt.date(2022, 7, 2)
    assert now(own, stay).payment_note == "payable"

    day = dt.date(2022, 6, 14)
    add(ExchangeDay(exchange=stay.id, date=day, day_kind=DayKind.HALF))
    add(
        Payment(exchange=stay.id, date=day, amount_cents=83000),
        Payment(exchange=stay.id, amount_cents=3000, payment_kind=PaymentKind.RECOVERY),
    )

    found = now(own, stay)
    assert (found.computed_days, found.paid_cents) == (Decimal("0.5"), 80000)
    assert (found.payable_on, found.pay_by, found.payment_note) == (None, None, "recovered")


def test_that_the_facts_say_the_state_and_what_the_payment_waits_for(own, stay, change):
    assert now(own, stay).fact_status is ExchangeStatus.PAYDUE
    assert now(own, stay).fact_status_note == "report validated, evidence there, not paid"

    change(stay, evidence_on=None, status=None)

    assert now(own, stay).payment_note == "not yet: evidence of the stay is missing"
    assert now(own, stay).fact_status is ExchangeStatus.VOREP


def test_that_they_are_no_part_of_the_history(own, stay, change):
    change(stay, working_days=Decimal(3))
    (_, changed), (_, added) = own.read.record_history("exchange", stay.id)

    derived = {field.name for field in Exchange.schema.derived}
    assert changed.after == {"working_days": Decimal(3)}
    assert derived.isdisjoint(added.after)


def test_that_writing_them_is_no_step_and_changes_nothing(own, stay):
    steps = own.read.history_count()
    with own.edit("by hand") as edit:
        edit.set(now(own, stay), "entitlement_cents", 1)
    assert own.read.history_count() == steps

    with own.edit("by hand") as edit:
        edit.update(now(own, stay).replace(entitlement_cents=1, remark="x"))
    assert now(own, stay).entitlement_cents == 83000
    assert own.integrity() == []


def numbers(document, *filters, **about):
    window = document.read.window(Query("exchange", (Path(("number",)),), filters, **about))
    return [row.values[0] for row in window.rows(0, 100)]


@pytest.mark.usefixtures("stay")
def test_that_they_are_sorted_filtered_and_counted_like_other_columns(own, add):
    add(
        Exchange(number="2", ho_country="DE", working_days=Decimal(3)),
        Exchange(number="3", mode=Mode.VIRTUAL),
        Exchange(number="4"),
    )

    assert numbers(own, sort=(Sort(DUE, descending=True),)) == ["1", "2", "3", "4"]
    assert numbers(own, Between(DUE, 1, 50000)) == ["2"]
    assert numbers(own, Among(DUE, frozenset({None}))) == ["4"]
    assert numbers(own, Contains(BECAUSE, "halved germany")) == ["2"]
    buckets = own.read.buckets(Query("exchange"), DUE)
    assert {(b.value, b.records) for b in buckets} == {(0, 1), (41500, 1), (83000, 1), (None, 1)}
    assert own.read.sums(Query("exchange"), [DUE]) == {DUE: 124500}
    assert numbers(own, search="halved") == []


def test_that_a_removed_record_comes_back_with_what_holds_then(own, stay, change):
    host = own.read.get(Organisation, stay.ho)
    with own.edit("removal") as edit:
        edit.remove("exchange", stay.id)
    own.undo()

    assert now(own, stay).entitlement_cents == 83000
    change(host, country="DK")
    assert now(own, stay).entitlement_cents == 110000


@pytest.mark.usefixtures("stay")
def test_that_only_what_a_new_day_concerns_is_looked_at_again(own, add, clock):
    add(
        Exchange(number="2", status=ExchangeStatus.VAL, end=dt.date(2022, 7, 5)),
        *(Exchange(number=f"9{n}") for n in range(20)),
    )
    path = own.path
    own.close()

    later = clock() + dt.timedelta(days=5)
    with closing(open_document(path, clock=lambda: later)) as again:
        assert again.renew_findings()
        due = again.read.due(100)
        assert 0 < again.read.unexamined() <= 2
        assert [now(again, Exchange(id=id_)).number for id_ in due.ids][-1] == "2"
        again.settle_all()
        assert again.read.unexamined() == 0
    earlier = clock() - dt.timedelta(days=40)
    with closing(open_document(path, clock=lambda: earlier)) as again:
        assert again.renew_findings()
        assert again.read.unexamined() > 20


def test_that_a_step_with_thousands_of_records_leaves_them_for_later(own, add):
    many = add(*(Exchange(number=str(n), mode=Mode.VIRTUAL) for n in range(LATER + 1)))
    assert now(own, many[0]).entitlement_cents is None
    assert own.read.unexamined() == len(many)

    own.settle_all()
    assert now(own, many[0]).entitlement_cents == now(own, many[-1]).entitlement_cents == 0
    assert own.read.unexamined() == 0


def test_that_a_foreign_partnership_concerns_nobody_and_the_own_one_all(own, stay, add, change):
    (ours,) = own.read.all(Partnership)
    with closing(sqlite3.connect(own.path)) as file:
        file.execute("UPDATE exchange SET entitlement_cents = 1")
        file.commit()
    add(Partnership(acronym="Other"))
    assert now(own, stay).entitlement_cents == 1

    change(ours, starts_on=dt.date(2022, 1, 1))
    assert now(own, stay).entitlement_cents == 83000
