"""Deeds on single records: their names, and what a deletion takes with it."""

from datetime import date

import pytest

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.exchange_day import ExchangeDay
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.target import Target
from smartct_desktop.services.document import Document
from smartct_desktop.services.duplicating import duplication_step
from smartct_desktop.services.editing import (
    add_record,
    change_value,
    delete,
    duplicate,
    next_number,
    plan_deletion,
    record_name,
)
from smartct_desktop.storage.store import Store
from tests.ui.world import clock, fill


@pytest.fixture
def document(tmp_path):
    ticks = clock()
    document = Document(Store.create(tmp_path / "small.smartct", at=ticks()), ticks)
    yield document
    document.close()


@pytest.fixture
def world(document):
    return fill(document)


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


def test_that_parts_go_with_their_record_and_parts_of_parts_too(document, world):
    day = ExchangeDay(exchange=world.first, date=date(2021, 11, 16))
    paper = Attachment(file_name="a.pdf", sha256="0" * 64, exchange=world.first)
    with document.edit("parts") as edit:
        edit.add(day)
        edit.add(paper)

    plan = plan_deletion(document.read, "exchange", [world.first])
    delete(document, plan)

    assert kinds(plan.parts) == ["attachment.exchange", "exchange_day.exchange"]
    assert (plan.loose, plan.witnesses) == ((), ())
    assert document.read.total("exchange_day") == document.read.total("attachment") == 0
    assert label(document) == "removal of exchange SCT-2021-001"
    document.undo()
    assert document.read.total("exchange_day") == 1
    assert document.read.get(Exchange, world.first).number == "SCT-2021-001"


@pytest.mark.usefixtures("world")
def test_that_an_optional_mention_is_only_taken_away(document):
    delta = Organisation(name="Delta")
    person = Person(name="Ana", organisation=delta.id)
    target = Target(name="Visits", cluster=delta.id)
    with document.edit("more") as edit:
        for record in (delta, person, target):
            edit.add(record)

    plan = plan_deletion(document.read, "organisation", [delta.id])
    delete(document, plan)

    assert kinds(plan.loose) == ["person.organisation", "target.cluster"]
    assert document.read.get(Person, person.id).organisation is None
    assert document.read.get(Target, target.id).cluster is None


@pytest.mark.usefixtures("world")
def test_that_a_record_which_names_another_twice_loses_both_mentions(document):
    first, second = Event(title="One"), Organisation(name="Delta")
    paper = Attachment(file_name="a.pdf", sha256="0" * 64, event=first.id, organisation=second.id)
    with document.edit("more") as edit:
        for record in (first, second, paper):
            edit.add(record)

    plan = plan_deletion(document.read, "event", [first.id])
    delete(document, plan)

    assert document.read.total("attachment") == 0
    assert document.read.get(Organisation, second.id).name == "Delta"


def test_that_what_an_exchange_names_cannot_be_deleted(document, world):
    plan = plan_deletion(document.read, "organisation", [world.alpha])

    assert kinds(plan.witnesses) == ["exchange.vo"]
    with pytest.raises(Trouble, match="name what would be deleted"):
        delete(document, plan)
    assert document.read.total("organisation") == 4


@pytest.mark.usefixtures("world")
def test_that_records_deleted_together_are_no_reason_against_each_other(document):
    delta = Organisation(name="Delta")
    omega = Organisation(name="Omega")
    member = Membership(cluster=delta.id, organisation=omega.id)
    with document.edit("more") as edit:
        for record in (delta, omega, member):
            edit.add(record)

    plan = plan_deletion(document.read, "organisation", [delta.id, omega.id])
    delete(document, plan)

    assert len(plan.parts) == 1
    assert label(document) == "removal of 2 organisations"
    assert document.read.total("organisation") == 4


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


def test_that_many_records_are_deleted_with_what_belongs_to_them(document, world):
    firms = [Organisation(name=f"N{n}") for n in range(300)]
    people = [Person(name="P", organisation=firm.id) for firm in firms[:100]]
    members = [Membership(cluster=world.cluster, organisation=firm.id) for firm in firms[:50]]
    with document.edit("many") as edit:
        for record in (*firms, *people, *members):
            edit.add(record)

    plan = plan_deletion(document.read, "organisation", [firm.id for firm in firms])
    assert (len(plan.parts), len(plan.loose), len(plan.witnesses)) == (50, 100, 0)
    delete(document, plan)

    assert document.read.total("organisation") == 4
    assert {person.organisation for person in document.read.all(Person)} == {None}
    assert document.read.total("membership") == 1
    document.undo()
    assert document.read.total("organisation") == 304
    assert all(person.organisation for person in document.read.all(Person))
