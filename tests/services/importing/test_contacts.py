"""Lists of contacts: one row, one person, known again by the e-mail address."""

import pytest

from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import book

HEADINGS = ["Vor- und Nachname", "Funktion", "Organisation", "E-Mail", "Telefon"]


def contact(name="Jonna Auster", **other):
    cells = {
        "name": name,
        "function": "Projektleitung",
        "organisation": "Kaikante GmbH",
        "email": "j.auster@kaikante.example",
        "phone": "+49 431 1234",
    }
    return list((cells | other).values())


@pytest.fixture
def people(take, clusters):
    def imported(*rows):
        plan, _ = take(book([HEADINGS, *rows]), kind="person")
        return plan, list(clusters.read.all(Person))

    return imported


def test_that_a_row_becomes_a_person_with_their_organisation(people, clusters):
    plan, (person,) = people(contact())

    assert (person.name, person.function) == ("Jonna Auster", "Projektleitung")
    assert (person.email, person.phone) == ("j.auster@kaikante.example", "+49 431 1234")
    names = {o.id: o.name for o in clusters.read.all(Organisation)}
    assert names[person.organisation] == "Kaikante GmbH"
    assert plan.counts.add == plan.counts.rows == 1


def test_that_the_same_list_again_changes_nothing(people):
    people(contact())

    plan, found = people(contact())

    assert len(found) == 1
    assert {row.action for row in plan.rows} == {Action.SAME}


def test_that_a_new_telephone_number_changes_the_person(people):
    people(contact())

    plan, (person,) = people(contact(phone="+49 431 9999"))

    assert plan.counts.change == 1
    assert person.phone == "+49 431 9999"


def test_that_one_person_twice_is_taken_once(people):
    plan, found = people(contact(), contact())

    assert len(found) == 1
    assert [f.rows for f in plan.findings if f.code == "IMP-10"] == [(3,)]


def test_that_another_name_at_one_address_is_asked_about(people):
    plan, found = people(contact(), contact("Ove Brandt"))

    (question,) = plan.open_questions
    assert question.topic == "same_person"
    assert [person.name for person in found] == ["Jonna Auster"]


def test_that_a_broken_address_is_asked_about_while_the_others_go_on(people):
    plan, found = people(contact(email="auster at kaikante"), contact("Ove Brandt", email=None))

    assert [person.name for person in found] == ["Ove Brandt"]
    assert plan.counts.wait == 1
    assert [question.rows for question in plan.open_questions] == [(2,)]


def test_that_a_row_without_a_name_is_refused(people):
    plan, found = people(contact(None))

    assert not found
    assert plan.counts.refuse == 1
