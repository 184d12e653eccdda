"""What deleting records does to those that name them, and what one can say about it."""

from datetime import date

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.exchange_day import ExchangeDay
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.target import Target
from smartct_desktop.services.deleting import Choice, Way, delete, plan_deletion
from smartct_desktop.services.own_partnership import own_partnership


def label(document):
    return document.read.next_undo().label


def add(document, *records):
    with document.edit("more") as edit:
        for record in records:
            edit.add(record)


def ways(plan):
    """What becomes of whom: field, number of records, way."""
    return {
        naming.field.code: (len(naming.ids), naming.way.value if naming.way else "open")
        for naming in plan.namings
    }


def refusals(plan):
    return [str(naming.refusal) for naming in plan.namings if naming.refusal is not None]


def test_that_parts_go_with_their_record_and_parts_of_parts_too(document, world):
    day = ExchangeDay(exchange=world.first, date=date(2021, 11, 16))
    paper = Attachment(file_name="a.pdf", sha256="0" * 64, exchange=world.first)
    with document.edit("parts") as edit:
        edit.add(day)
        edit.add(paper)

    plan = plan_deletion(document.read, "exchange", [world.first])
    delete(document, plan)

    assert ways(plan) == {
        "exchange_day.exchange": (1, "along"),
        "attachment.exchange": (1, "along"),
    }
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

    assert ways(plan) == {"person.organisation": (1, "blank"), "target.cluster": (1, "blank")}
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


def test_that_nothing_goes_while_it_is_open_what_becomes_of_an_exchange(document, world):
    plan = plan_deletion(document.read, "organisation", [world.alpha])

    assert ways(plan) == {"exchange.vo": (1, "open")}
    assert not plan.settled
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

    assert ways(plan) == {"membership.cluster": (1, "along")}
    assert label(document) == "removal of 2 organisations"
    assert document.read.total("organisation") == 4


def test_that_many_records_are_deleted_with_what_belongs_to_them(document, world):
    firms = [Organisation(name=f"N{n}") for n in range(300)]
    people = [Person(name="P", organisation=firm.id) for firm in firms[:100]]
    members = [Membership(cluster=world.cluster, organisation=firm.id) for firm in firms[:50]]
    with document.edit("many") as edit:
        for record in (*firms, *people, *members):
            edit.add(record)

    plan = plan_deletion(document.read, "organisation", [firm.id for firm in firms])
    assert ways(plan) == {
        "membership.organisation": (50, "along"),
        "person.organisation": (100, "blank"),
    }
    delete(document, plan)

    assert document.read.total("organisation") == 4
    assert {person.organisation for person in document.read.all(Person)} == {None}
    assert document.read.total("membership") == 1
    document.undo()
    assert document.read.total("organisation") == 304
    assert all(person.organisation for person in document.read.all(Person))


def test_that_an_exchange_goes_along_with_what_names_it_in_its_turn(document, world):
    payment = Payment(exchange=world.first, amount_cents=10_000)
    day = ExchangeDay(exchange=world.first, date=date(2021, 11, 16))
    add(document, payment, day)
    along = {"exchange.vo": Choice(Way.ALONG)}

    plan = plan_deletion(document.read, "organisation", [world.alpha], along)

    assert ways(plan) == {
        "exchange.vo": (1, "along"),
        "exchange_day.exchange": (1, "along"),
        "payment.exchange": (1, "open"),
    }
    assert not plan.settled
    choices = along | {"payment.exchange": Choice(Way.BLANK)}
    plan = plan_deletion(document.read, "organisation", [world.alpha], choices)
    assert (plan.settled, plan.going, plan.touched) == (True, 3, 4)
    delete(document, plan)
    assert document.read.get(Payment, payment.id).exchange is None
    assert document.read.total("exchange") == 2
    assert document.read.total("exchange_day") == 0
    document.undo()
    assert document.read.get(Payment, payment.id).exchange == world.first
    assert document.read.get(Exchange, world.first).vo == world.alpha


def test_that_another_organisation_takes_the_place_in_one_step(document, world):
    instead = {"exchange.vo": Choice(Way.OTHER, world.beta)}

    plan = plan_deletion(document.read, "organisation", [world.alpha], instead)
    delete(document, plan)

    assert document.read.get(Exchange, world.first).vo == world.beta
    assert document.read.total("organisation") == 3
    document.undo()
    assert document.read.get(Exchange, world.first).vo == world.alpha


def test_that_the_mention_of_an_exchange_is_taken_out_if_one_says_so(document, world):
    blank = {"exchange.vo": Choice(Way.BLANK)}

    delete(document, plan_deletion(document.read, "organisation", [world.alpha], blank))

    assert document.read.get(Exchange, world.first).vo is None


def test_that_who_shall_be_named_instead_has_to_be_said_and_to_stay(document, world):
    unsaid = {"exchange.vo": Choice(Way.OTHER)}
    assert not plan_deletion(document.read, "organisation", [world.alpha], unsaid).settled

    going = {"exchange.vo": Choice(Way.OTHER, world.beta)}
    plan = plan_deletion(document.read, "organisation", [world.alpha, world.beta], going)

    assert not plan.settled
    assert refusals(plan) == ["What is named instead goes as well. Choose another one."]


def test_that_nobody_is_named_instead_whom_the_record_must_not_name(document, world):
    delta = Organisation(name="Delta")
    member = Membership(cluster=world.cluster, organisation=delta.id)
    add(document, delta, member)

    twice = {"membership.organisation": Choice(Way.OTHER, world.gamma)}
    plan = plan_deletion(document.read, "organisation", [delta.id], twice)
    assert refusals(plan) == [
        "Membership Delta Klaster K: The one that is named instead has it already. Delete it along."
    ]
    itself = {"membership.organisation": Choice(Way.OTHER, world.cluster)}
    plan = plan_deletion(document.read, "organisation", [delta.id], itself)
    assert refusals(plan) == ["Membership Delta Klaster K: A cluster cannot be a member of itself."]
    with pytest.raises(Trouble):
        delete(document, plan)


def test_that_a_membership_of_another_period_is_no_double(document, world):
    delta = Organisation(name="Delta")
    ended = Membership(cluster=world.cluster, organisation=world.beta, until=PartialDate(2019))
    began = Membership(cluster=world.cluster, organisation=delta.id, since=PartialDate(2020))
    add(document, delta, ended, began)
    instead = {"membership.organisation": Choice(Way.OTHER, world.beta)}

    plan = plan_deletion(document.read, "organisation", [delta.id], instead)
    delete(document, plan)

    assert document.read.get(Membership, began.id).organisation == world.beta


def test_that_a_field_that_must_be_filled_is_never_left_blank(document, world):
    plan = plan_deletion(document.read, "organisation", [world.gamma])
    offered = {naming.field.code: naming.ways for naming in plan.namings}

    assert offered["membership.organisation"] == (Way.ALONG, Way.OTHER)
    assert offered["exchange.ho"] == (Way.ALONG, Way.BLANK, Way.OTHER)


def test_that_the_own_partnership_never_goes_along(document, world):
    plan = plan_deletion(document.read, "organisation", [world.cluster])

    assert all(naming.field.kind != "partnership" for naming in plan.namings)
    own = document.read.get(Organisation, world.cluster).partnership
    plan = plan_deletion(document.read, "partnership", [own])
    assert ways(plan)["organisation.partnership"] == (1, "blank")


def test_that_records_that_are_gone_are_left_out(document, world):
    plan = plan_deletion(document.read, "event", [world.fair, "0" * 32])

    assert plan.ids == (world.fair,)


def test_that_nothing_that_proves_is_deleted_while_records_are_on_hold(own):
    somebody, exchange = Person(name="Somebody"), Exchange(number="1")
    with own.edit("some") as edit:
        edit.add(somebody)
        edit.add(exchange)
        edit.update(own_partnership(own.read).replace(hold=True, hold_reason="audit of 2023"))

    for kind, one in (("person", somebody), ("exchange", exchange)):
        with pytest.raises(Trouble) as refused:
            delete(own, plan_deletion(own.read, kind, [one.id]))
        assert "audit of 2023" in refused.value.sentence
        assert own.read.captions(kind, [one.id])

    with own.edit("over") as edit:
        edit.update(own_partnership(own.read).replace(hold=False))
    delete(own, plan_deletion(own.read, "person", [somebody.id]))
    assert not own.read.total("person")
