"""Columns of many records: the values that the records have, and who sent what brought them."""

import datetime as dt

from smartct_desktop.domain.changes import Change, Source, Step
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from tests.storage.conftest import AT

NAMES = ("number", "status", "vo", "start", "counted", "amount_cents", "evidence_kinds")


def as_columns(record):
    return (record.id, *(getattr(record, name) for name in NAMES))


def test_that_the_columns_of_all_records_come_in_the_order_they_were_stored(store, add):
    firm = Organisation(name="Firm")
    some = [
        Exchange(number="2", vo=firm.id, status=ExchangeStatus.VAL, evidence_kinds=("photo",)),
        Exchange(number="1", start=dt.date(2022, 4, 25), counted=False, counted_reason="so"),
        Exchange(amount_cents=0, counted=True, counted_reason="agreed"),
    ]
    add(firm, *some)
    assert list(store.read.columns("exchange", NAMES)) == [as_columns(one) for one in some]


def test_that_only_the_columns_of_those_asked_for_come_and_gone_ones_do_not(store, add):
    some = [Exchange(number=str(n)) for n in range(1200)]
    add(*some)
    wanted = {one.id for one in some[::2]} | {Id("gone")}
    found = {row[0]: row for row in store.read.columns("exchange", NAMES, wanted)}
    assert found == {one.id: as_columns(one) for one in some[::2]}
    assert not list(store.read.columns("exchange", NAMES, ()))
    assert len(list(store.read.columns("exchange", ("number",)))) == 1200


def test_that_the_sender_is_that_of_the_file_which_brought_a_record(store, add):
    brought, typed = Exchange(number="1"), Exchange(number="2")
    file = Source("a.xlsx", "0" * 64, "NEU")
    store.apply(Step("import", (Change(None, brought),), file), "ada", AT)
    add(typed)
    later = Source("b.xlsx", "1" * 64, "MLC")
    changes = tuple(Change(one, one.replace(remark="x")) for one in (brought, typed))
    store.apply(Step("import", changes, later), "ada", AT)
    found = store.read.first_senders("exchange", [brought.id, typed.id, Id("gone")])
    assert found == {brought.id: "NEU"}
