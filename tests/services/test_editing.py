"""Deeds on single records: their names, and what a deletion takes with it."""

from datetime import date
from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.exchange import DistanceMethod, Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.services.duplicating import duplication_step
from smartct_desktop.services.editing import (
    add_record,
    change_value,
    duplicate,
    next_number,
    record_name,
)
from smartct_desktop.services.revising.committing import commit
from smartct_desktop.services.revising.filling import set_all
from smartct_desktop.services.revising.revision import Target
from smartct_desktop.services.texts import Texts, TextStyle
from tests.services.steps import add, get


def label(document):
    return document.read.next_undo().label


def kinds(mentions):
    return sorted(mention.field.code for mention in mentions)


def test_that_a_change_is_named_after_field_and_record(document, world):
    change_value(document, world.first, Exchange.schema.by_name["start"], date(2021, 11, 17))

    assert label(document) == "change of From (SCT-2021-001)"


@pytest.mark.usefixtures("world")
def test_that_a_record_without_a_caption_is_called_what_it_is(document):
    nameless = Exchange()
    with document.edit("new") as edit:
        edit.add(nameless)

    assert record_name(document.read, "exchange", nameless.id) == "Exchange"


def test_that_a_refused_change_writes_nothing(document, world):
    with pytest.raises(Invalid):
        change_value(document, world.first, Exchange.schema.by_name["end"], date(2020, 1, 1))

    assert label(document) == "the small partnership"


@pytest.mark.usefixtures("world")
def test_that_adding_is_named_after_the_record(document):
    add_record(document, Organisation(name="Delta"), "Delta")

    assert label(document) == "new organisation Delta"


def test_that_a_copy_leaves_out_what_only_one_can_have(document, world):
    copy = duplicate(document, "exchange", world.first, ["number", "ho_city"])

    assert label(document) == "copy of SCT-2021-001"
    assert document.read.get(Exchange, copy.id).number == "SMA-2021-001"


def test_that_an_exchange_gets_the_next_free_number_of_its_year(document, world):
    numbers = []
    for start in (date(2021, 5, 3), date(2021, 6, 7), None, date(2022, 1, 10)):
        added = add_record(document, Exchange(vo=world.alpha, start=start), "")
        numbers.append(document.read.get(Exchange, added.id).number)

    assert numbers == ["SMA-2021-001", "SMA-2021-002", "SMA-0000-001", "SMA-2022-001"]
    assert label(document) == "new exchange SMA-2022-001"


@pytest.mark.usefixtures("world")
def test_that_numbers_go_on_after_a_thousand(document):
    with document.edit("many") as edit:
        for number in (1, 998, 999, 1000, 1001):
            edit.add(Exchange(number=f"SMA-2021-{number:03d}"))

    assert next_number(document.read, date(2021, 5, 3)) == "SMA-2021-1002"


@pytest.mark.usefixtures("world")
def test_that_a_number_that_was_given_stays(document):
    added = add_record(document, Exchange(number="X-1"), "X-1")

    assert document.read.get(Exchange, added.id).number == "X-1"


def test_that_copies_of_many_exchanges_get_the_next_free_numbers(document, world):
    field = Exchange.schema.by_name["number"]
    change_value(document, world.second, field, "SMA-2021-002")
    ids = [world.first, world.second, world.third]

    document.do(duplication_step(document.read, "exchange", ids, ("number",)))

    numbers = sorted(e.number for e in document.read.all(Exchange) if e.id not in ids)
    assert numbers == ["SMA-0000-001", "SMA-2021-003", "SMA-2021-004"]
    assert label(document) == "copies of 3 exchanges"
    document.undo()
    assert document.read.total("exchange") == 3


def test_that_a_distance_that_is_typed_is_no_longer_one_that_was_worked_out(own):
    stay = Exchange(distance_km=Decimal(202), distance_method=DistanceMethod.GREAT_CIRCLE)
    add(own, stay)
    field = Exchange.schema.by_name["distance_km"]

    change_value(own, stay.id, field, Decimal(205))
    assert get(own, stay).distance_method is DistanceMethod.MANUAL
    change_value(own, stay.id, field, None)
    assert get(own, stay).distance_method is None
    own.undo()
    own.undo()
    assert get(own, stay).distance_method is DistanceMethod.GREAT_CIRCLE


def test_that_any_way_of_writing_another_distance_forgets_how_the_old_was_found(own, facts):
    stay = Exchange(distance_km=Decimal(202), distance_method=DistanceMethod.GREAT_CIRCLE)
    other = Exchange(distance_km=Decimal(199), distance_method=DistanceMethod.ROUTE)
    add(own, stay, other)
    field = Exchange.schema.by_name["distance_km"]
    target, texts = Target(field.label, field), Texts(facts, TextStyle())

    commit(own, set_all(own.read, texts, "exchange", [stay.id], target, Decimal(199)))
    assert get(own, stay).distance_method is DistanceMethod.MANUAL
    commit(own, set_all(own.read, texts, "exchange", [stay.id, other.id], target, Decimal(199)))
    assert get(own, other).distance_method is DistanceMethod.ROUTE
    with own.edit("both at once") as edit:
        route = DistanceMethod.ROUTE
        edit.update(stay.replace(distance_km=Decimal(210), distance_method=route))
    assert get(own, stay).distance_method is DistanceMethod.ROUTE


def test_that_a_whole_account_number_is_refused_with_what_to_write(own):
    payment = Payment(amount_cents=41500)
    add(own, payment)
    field = Payment.schema.by_name["iban_masked"]

    with pytest.raises(Invalid, match=r"ES91 \*\*\*\* 1332"):
        change_value(own, payment.id, field, "ES91 2100 0418 4502 0005 1332")
    change_value(own, payment.id, field, "ES91 **** 1332")
    assert get(own, payment).iban_masked == "ES91 **** 1332"
